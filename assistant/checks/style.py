"""The company's style rules: words it does not use, person, spelling, and how it writes figures and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.base import ParagraphCheck, ParagraphView
from assistant.checks.runs import without_quotes
from assistant.checks.spellings import other_spelling
from assistant.claims.quantities import quantities
from assistant.claims.stems import stem
from assistant.voice import Voice
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, Quantity, render
from knowledge.domain.quantity.han import COUNTED
from knowledge.domain.words import Words

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|\n\s*|[-•*]\s+)$")
_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@|/)\S*")
_ARTICLE = re.compile(r"\b(?:an?|our|your)\s+$")
_NOUN = re.compile(r"\s+[a-z]{4,}")
_FIRST_ZH = re.compile(r"我们|我司|我公司|咱们")
_FIRST_EN = re.compile(r"\b(?:[Ww]e|[Oo]urs?(?:elves)?|us)\b(?:['’](?:re|ve|ll))?")
_YOU = re.compile(r"你们?(?!追我|死我|来我|争我)")
_PERCENT_WORD = re.compile(r"\s*(?:per cent|percent)$", re.IGNORECASE)
_BARE = re.compile(r"(?<![\d.,:/-])\d{5,12}(?![\d.,:/-]*\d)")
_COUNTED_EN = re.compile(r"\s[a-z]{3,}")
_DATES = (
    ("en-GB", re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")),
    ("en-US", re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")),
    ("zh-CN", re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")),
)
"""Forms of a date by the locale in which a program writes them."""


class StyleRule(ParagraphCheck):
    """What the workspace's style rules (entries of kind `style_rule`) say and a program can decide: forbidden words, in
    English in every inflection; the third person where the rules ask for it in such a text; 您 for the reader;
    British or American spelling; per cent signs, thousands and dates.

    What somebody is quoted with is left alone. The fix stands where there is one right form.
    """

    id = "style_rule"
    severity = Severity.WARNING
    title = Words(zh="不合文风规则", en="Against the style rules")
    repair = True
    mends = True

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        voice = view.standards.voice
        if voice == Voice() or view.paragraph.role == "quote":
            return
        text = without_quotes(view.text)
        zh = view.locale.language == "zh"
        for span in _forbidden(text, view.text, voice):
            said = span.of(view.text)
            yield self.finding(
                Words(zh=f"文风规则不用“{said}”；换一种说法", en=f"the style rules avoid '{said}'; say it another way"),
                view.locale, view.paragraph.id, span,
            )  # fmt: skip
        yield from self._persons(view, text, voice, zh)
        for span, fix in (*(() if zh else _spelled(text, voice)), *_written(text, voice, view.locale)):
            said = span.of(view.text)
            yield self.finding(
                Words(zh=f"“{said}”按文风规则写作“{fix}”", en=f"by the style rules '{said}' is written '{fix}'"),
                view.locale, view.paragraph.id, span, fix=fix,
            )  # fmt: skip

    def _persons(self, view: ParagraphView, text: str, voice: Voice, zh: bool) -> Iterator[Finding]:
        for match in (_FIRST_ZH if zh else _FIRST_EN).finditer(text) if voice.named else ():
            said = match.group()
            yield self.finding(
                Words(
                    zh=f"这类稿件不用“{said}”，用“{voice.named}”",
                    en=f"such a text says '{voice.named}', not '{said}'",
                ),
                view.locale, view.paragraph.id, Span(*match.span()), fix=voice.named if zh else "",
            )  # fmt: skip
        for match in _YOU.finditer(text) if zh and voice.polite else ():
            said = match.group()
            yield self.finding(
                Words(zh=f"称读者用“您”，不用“{said}”", en=f"readers are 您, not {said}"),
                view.locale, view.paragraph.id, Span(*match.span()), fix="您" if said == "你" else "",
            )  # fmt: skip


def _forbidden(text: str, whole: str, voice: Voice) -> list[Span]:
    """Where forbidden words stand, outside what the rules except, in order."""
    allowed = [span for phrase in voice.exceptions for span in _places(_one_quote(phrase), _one_quote(whole))]
    found: list[Span] = []
    for word in voice.forbidden:
        places = _han_places(word, text) if _HAN.search(word) else _inflected(word, text)
        for span in places:
            if not any(span.overlaps(other) for other in (*allowed, *found)):
                found.append(span)
    return sorted(found)


def _one_quote(text: str) -> str:
    """Folded, with one kind of quotation mark: “小巨人” and ‘小巨人’ are the same title."""
    return fold(text).replace("'", '"')


def _han_places(word: str, text: str) -> Iterator[Span]:
    """Where a Chinese word stands, but not across words: 抓手 is not in 抓手机."""
    places = list(_places(fold(word), fold(text)))
    if places and _is_word(word):
        from assistant.claims.names.han import cut

        words = [(at, at + len(piece)) for piece, _, at in cut(text)]
        begins, ends = {start for start, _ in words}, {end for _, end in words}
        places = [span for span in places if not words or (span.start in begins and span.end in ends)]
    return iter(places)


def _is_word(word: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(word))


def _places(spelling: str, folded: str) -> Iterator[Span]:
    at = folded.find(spelling) if spelling else -1
    while at >= 0:
        yield Span(at, at + len(spelling))
        at = folded.find(spelling, at + len(spelling))


def _inflected(phrase: str, text: str) -> Iterator[Span]:
    """Where a word or phrase stands in any inflection. Between the parts of a hyphened one stands a hyphen, or a space
    where it goes before a noun: a cutting-edge design, but not the cutting edge of a tool."""
    wanted = _stems(phrase)
    words, stems = _stemmed(text)
    if not wanted or wanted[0] not in stems:
        return
    for at in range(len(words) - len(wanted) + 1):
        if stems[at : at + len(wanted)] == wanted:
            span = Span(words[at].start(), words[at + len(wanted) - 1].end())
            if len(wanted) == 1 or _holds_together(phrase, text, span):
                yield span


def _holds_together(phrase: str, text: str, span: Span) -> bool:
    between = fold(span.of(text))
    if not re.fullmatch(r"[a-z'-]+(?:[ ][a-z'-]+){0,8}", between):
        return False
    if "-" not in fold(phrase) or "-" in between or len(_stems(phrase)) > 2:
        return True
    return bool(_ARTICLE.search(text[: span.start].lower()) and _NOUN.match(text, span.end))


@lru_cache(maxsize=64)
def _stemmed(text: str) -> tuple[tuple[re.Match[str], ...], tuple[str, ...]]:
    """The words of a text and their stems: every forbidden word is looked for in the same text."""
    words = tuple(_WORD.finditer(text))
    return words, tuple(_stem(match.group()) for match in words)


@lru_cache(maxsize=512)
def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(phrase))


def _stem(word: str) -> str:
    lower = word.lower()
    return stem(lower[:-2]) if lower.endswith("ly") and len(lower) > 6 else stem(lower)


def _spelled(text: str, voice: Voice) -> Iterator[tuple[Span, str]]:
    """Words in the other spelling, with the right one. Capitals inside a sentence are names, which keep theirs."""
    other = other_spelling(voice.spelling.get("variant", ""))
    if not other:
        return
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _WORD.finditer(text):
        said = match.group()
        right = other.get(said.lower())
        if right is None or any(start <= match.start() < end for start, end in addresses):
            continue
        if said.islower():
            yield Span(*match.span()), right
        elif said[1:].islower() and _SENTENCE_BEGINS.search(text[: match.start()]):
            yield Span(*match.span()), right.capitalize()


def _written(text: str, voice: Voice, locale: Locale) -> Iterator[tuple[Span, str]]:
    """Figures and dates in another form than the rules have, with the right one."""
    found: Sequence[Quantity] = quantities(text, locale.language)
    form = next((tag for tag, pattern in _DATES if pattern.fullmatch(voice.spelling.get("date", ""))), None)
    for quantity in found:
        if quantity.date is not None:
            if form and (fix := _dated(quantity, form)):
                yield quantity.span, fix
        elif quantity.kind is Kind.PERCENT and voice.spelling.get("percent") == "%":
            word = _PERCENT_WORD.search(quantity.text)
            if word and quantity.text[: word.start()][-1:].isdigit():
                yield quantity.span, f"{quantity.text[: word.start()]}%"
        elif quantity.kind in (Kind.NUMBER, Kind.MONEY) and voice.spelling.get("thousands") == ",":
            digits = _BARE.search(quantity.text)
            if digits and _is_counted(quantity, text, locale):
                start = quantity.span.start + digits.start()
                yield Span(start, start + len(digits.group())), f"{int(digits.group()):,}"


def _dated(quantity: Quantity, form: str) -> str:
    """A full date in the rules' form, where it is in one of the known forms and not in that."""
    date = quantity.date
    if date is None or not (date.year and date.month and date.day):
        return ""
    if not any(pattern.fullmatch(quantity.text) and tag != form for tag, pattern in _DATES):
        return ""
    return render(quantity, Locale(form)) or ""


def _is_counted(quantity: Quantity, text: str, locale: Locale) -> bool:
    """True for a number of something; a postcode or a serial number counts nothing."""
    if quantity.unit:
        return True
    behind = _COUNTED_EN if locale.language == "en" else COUNTED
    return bool(behind.match(text, quantity.span.end))
