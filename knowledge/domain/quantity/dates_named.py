"""Dates with month names, and quarters and halves in words, of the languages in Latin script."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity import date_words as words
from knowledge.domain.quantity.dates import YEAR, latin_language
from knowledge.domain.quantity.model import DateValue
from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.trie import LATIN, one_of


class _Grammar(NamedTuple):
    """The patterns of a language. `spans` and `bare` are English only."""

    language: str
    day_first: re.Pattern[str]
    month_first: tuple[re.Pattern[str], ...]
    spans: re.Pattern[str] | None
    quarter: re.Pattern[str]
    half: re.Pattern[str]
    quarter_word: str
    half_word: str
    months: dict[str, int]


@lru_cache(maxsize=8)
def _grammar(language: str) -> _Grammar:
    full = {name: number for number, name in enumerate(words.MONTHS[language], start=1)}
    short = words.SHORT_MONTHS[language]
    end = rf"(?![{LATIN}])"
    names = one_of([*(name + end for name in full), *(name + "." for name in short), *(name + end for name in short)])
    month = rf"(?P<month>{names})"
    of, flags = words.OF[language], re.NOFLAG if language == "en" else re.IGNORECASE
    ordinals = one_of(words.ORDINAL_WORDS[language])
    day = r"(?P<d>3[01]|[12][0-9]|0?[1-9])"
    left = r"(?<![\w.,/-])"
    any_year = r"(?P<y>1[0-9]{3}|20[0-9]{2})(?![0-9])"
    year, joint = rf"(?P<y>{YEAR})(?![0-9])", "(?:of |in |de |del |do )?(?:the )?"
    fiscal = rf"(?P<f>{words.FISCAL[language]})"
    patterns = [re.compile(rf"{left}{month}[ \u00a0]{of}{any_year}", flags)]
    spans = None
    if language == "en":
        bare = "|".join(name for name in words.MONTHS["en"] if name not in ("May", "March"))
        spans = re.compile(
            rf"(?<![\w-])(?P<month>{'|'.join(words.MONTHS['en'])}) (?P<a>[12]?[0-9]|3[01])[–-]"
            rf"(?P<b>[12][0-9]|3[01]|[1-9])(?:, (?P<y>{YEAR}))?(?![0-9])"
        )
        patterns = [
            re.compile(
                rf"(?<![\w-]){month} {day}(?:st|nd|rd|th)?(?![0-9]|[.,][0-9]|[ ]?%|[–-][0-9])"
                rf"(?:,? {any_year})?(?![0-9:])"
            ),
            *patterns,
            re.compile(rf"(?<![\w-])(?P<month>{bare})(?![\w-])"),
            re.compile(
                r"(?:(?<=in )|(?<=by )|(?<=since )|(?<=last )|(?<=until )|(?<=of )|(?<=early )|(?<=late )|(?<=mid-)"
                r"|\A)(?P<month>May|March)(?![\w-]|\s[a-z])"
            ),
        ]
    else:
        patterns.append(re.compile(rf"(?:{words.BEFORE_MONTH[language]}){month}", flags))
    return _Grammar(
        language,
        re.compile(rf"{left}{day}(?:\.|er|º|st|nd|rd|th)?[ \u00a0]{of}{month}(?:,? {of}{any_year})?", flags),
        tuple(patterns),
        spans,
        re.compile(
            rf"{left}(?P<o>{ordinals}) (?:fiscal )?(?:{words.QUARTER[language]})(?:,? {joint}(?:{fiscal} )?{year})?",
            re.IGNORECASE,
        ),
        re.compile(
            rf"{left}(?P<o>{ordinals}) (?P<half>{words.HALF[language]}) {joint}"
            rf"(?:(?:{fiscal} )?{year}|(?:year|Jahres|l’année|año|ano)(?!\w))",
            re.IGNORECASE,
        ),
        words.QUARTER[language][:7].casefold(),
        words.HALF[language][:4].casefold(),
        {name.casefold(): number for name, number in (full | short).items()},
    )


def month_words(tag: str) -> list[str]:
    """The words that `read_month` begins at, in small letters."""
    return list(_grammar(latin_language(tag)).months)


def ordinal_words(tag: str) -> list[str]:
    """The words that `read_part_of_year` begins at, in small letters, those in digits left out."""
    return [word for word in words.ORDINAL_WORDS[latin_language(tag)] if word[0].isalpha()]


_DAY_ENDS = frozenset(" \u00a0.ºesnr t")


def read_day_first(page: Page, start: int, end: int) -> int:
    """15 March 2026, 3. Quartal 2025: what begins with the digits of a day or a rank."""
    if end - start > 2 or page.text[end : end + 1] not in _DAY_ENDS:
        return 0
    grammar = _grammar(page.latin)
    match = grammar.day_first.match(page.text, start)
    if match:
        return page.add_date(start, match.end(), _value(match, grammar))
    return read_part_of_year(page, start, end) if end == start + 1 and page.text[start] in "1234" else 0


def read_month(page: Page, start: int, end: int) -> int:
    """March 2026, March 15, 2026, March."""
    grammar = _grammar(page.latin)
    if grammar.spans and (days := grammar.spans.match(page.text, start)):
        month, year = grammar.months[days["month"].casefold()], int(days["y"]) if days["y"] else None
        first, second = int(days["a"]), int(days["b"])
        if first < second:
            page.add_date(start, days.end("a"), DateValue(year, month, first))
            return page.add_date(days.start("b"), days.end(), DateValue(year, month, second))
    for pattern in grammar.month_first:
        if match := pattern.match(page.text, start):
            return page.add_date(start, match.end(), _value(match, grammar))
    return 0


def read_part_of_year(page: Page, start: int, end: int) -> int:
    """Third quarter of 2025, first half of the year."""
    grammar = _grammar(page.latin)
    match = grammar.quarter.match(page.text, start) or grammar.half.match(page.text, start)
    return page.add_date(start, match.end(), _value(match, grammar)) if match else 0


def _value(match: re.Match[str], grammar: _Grammar) -> DateValue:
    groups = match.groupdict()
    month = groups.get("month")
    ordinal = words.ORDINAL_WORDS[grammar.language].get((groups.get("o") or "").lower())
    return DateValue(
        year=int(groups["y"]) if groups.get("y") else None,
        month=grammar.months[month.rstrip(".").casefold()] if month else None,
        day=int(groups["d"]) if groups.get("d") else None,
        quarter=None if groups.get("half") else ordinal,
        half=ordinal if groups.get("half") else None,
        fiscal=bool(groups.get("f")) or " fiscal " in match.group(),
    )
