"""Which figures of a source its translation has: each one as often as the source does, and none of its own.

The closest go together first: the same value with the same qualifier, then a value whose unit one language leaves out
(95 and 95 minutes), then another qualifier, then another currency, then a part of a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise

from assistant.claims.quantities import in_units_of, is_share, match_of
from assistant.localization.checks.figure_words import in_han, said_as_word, said_in_words, same_limit
from knowledge.domain.quantity import Kind, Match, Qualifier, Quantity, same_value


class _Rank(IntEnum):
    """How close a figure of the target is to one of the source."""

    SAME = 0
    NEAR = 1
    QUALIFIER = 2
    CURRENCY = 3
    PART = 4


@dataclass(frozen=True, slots=True)
class Side:
    """A text with its figures, in a language."""

    text: str
    language: str
    figures: Sequence[Quantity]


@dataclass(slots=True)
class Figures:
    """`missing` are figures of the source, `added` figures of the target; the pairs are source and target. `kept` are
    those whose place is known.

    `swapped` are the two ends of a change (from 12 days to 3) that stand the other way round; `digits_…` are numbers
    that are read as no quantity: versions, steps, numbers of names.
    """

    kept: list[tuple[Quantity, Quantity]] = field(default_factory=list)
    missing: list[Quantity] = field(default_factory=list)
    added: list[Quantity] = field(default_factory=list)
    swapped: list[tuple[Quantity, Quantity]] = field(default_factory=list)
    digits_missing: list[str] = field(default_factory=list)
    digits_added: list[str] = field(default_factory=list)
    qualifiers: list[tuple[Quantity, Quantity]] = field(default_factory=list)
    currencies: list[tuple[Quantity, Quantity]] = field(default_factory=list)


def match_figures(source: Side, target: Side) -> Figures:
    """Compare the figures of both sides."""
    left, right, found = list(source.figures), list(target.figures), Figures()
    for rank in _Rank:
        for known in list(left) if right else ():
            said = next((q for q in right if _rank(known, q) is rank), None)
            if said is None:
                continue
            _remove(left, known)
            _remove(right, said)
            if known.date is not None and said.date is not None and not _whole(known, said, source, target):
                found.missing.append(known)
                found.added.append(said)
            elif rank is _Rank.QUALIFIER and not same_limit(known, said, source.text, target.text):
                found.qualifiers.append((known, said))
            elif rank is _Rank.CURRENCY:
                found.currencies.append((known, said))
            else:
                found.kept.append((known, said))
    _join_ranges(left, right)
    _join_ranges(right, left)
    _join_shares(left, right)
    _join_shares(right, left)
    left = [q for q in left if not _elsewhere(q, source, target)]
    right = [q for q in right if not _elsewhere(q, target, source)]
    found.missing += [q for q in left if not is_vague(q) or _replaced(q, right)]
    found.added += [q for q in right if not is_vague(q) or _replaced(q, left)]
    found.digits_missing = list(_unsaid(source, target))
    found.digits_added = list(_unsaid(target, source))
    if not (found.missing or found.added):
        found.swapped = _swapped(source, target)
    lost, new = _numbers(source, target), _numbers(target, source)
    if lost and new:  # a single digit may be left out or said in words, and not become another
        found.digits_missing += lost
        found.digits_added += new
    return found


_NUMBERED = re.compile(r"(?<![A-Za-z\d.,:/-])\d+(?:[.:/-]\d+)*(?![A-Za-z\d%]|['’]|[.,]\d)")
_AROUND_THE_CLOCK = frozenset({"24/7", "7/24", "365"})
# A decade, a century or a base may be said in words.
_ERA = re.compile(r" ?(?:年代|世[纪紀]|세기|년대|进制|進|진|er\b|th\b)")
_BEFORE_ERA = re.compile(r"(?:ann[ée]es|años|anos|Jahre[nr]?) ['’]?$")


def _unsaid(here: Side, there: Side) -> Iterator[str]:
    """Numbers of two digits and more that are no quantity and of whose digits the other text has none."""
    groups: set[str] | None = None
    for match in _free(here, _NUMBERED):
        text = match.group()
        if len(text) < 2 or text in _AROUND_THE_CLOCK or _ERA.match(here.text, match.end()):
            continue
        if _BEFORE_ERA.search(here.text[max(0, match.start() - 9) : match.start()]):
            continue
        groups = set(re.findall(r"\d+", there.text)) if groups is None else groups
        version = "." in text and text not in there.text
        if version or any(not _has_group(group, groups, there) for group in re.findall(r"\d+", text)):
            yield text


def _has_group(group: str, groups: set[str], there: Side) -> bool:
    if group == "0" or group in groups or group.lstrip("0") in groups:
        return True
    if said_as_word(int(group), there.text, there.language):
        return True
    if any(len(other) == 4 and other.endswith(group) for other in groups):
        return True
    return there.language in ("zh", "ja") and in_han(int(group)) in there.text


def _numbers(here: Side, there: Side) -> list[str]:
    """Numbers of one digit that are no quantity and of which the other text has none."""
    groups = set(re.findall(r"\d+", there.text))
    singles = [match.group() for match in _free(here, _NUMBERED) if len(match.group()) == 1]
    return [one for one in singles if one != "1" and not _has_group(one, groups, there)]


_FROM = {
    "en": r"\bfrom\s$",
    "zh": r"[从由]\s?[^，。；,;]{0,6}$",
    "de": r"\bvon\s$",
    "fr": r"\bde\s$",
    "es": r"\bde\s$",
    "pt": r"\bde\s$",
}
_TO = {
    "en": r"\sto\s",
    "zh": r"[到至为]",
    "de": r"\s(?:auf|zu)\s",
    "fr": r"\sà\s",
    "es": r"\sa\s",
    "pt": r"\s(?:para|a)\s",
}
"""What stands before the first figure of a change, and between the two."""


def _changes(side: Side) -> Iterator[tuple[Quantity, Quantity]]:
    """The figures that are said to go from the one to the other."""
    begins, goes = _FROM.get(side.language), _TO.get(side.language)
    if begins is None or goes is None:
        return
    for first, second in pairwise(side.figures):
        between = side.text[first.span.end : second.span.start]
        if len(between) > 24 or not re.search(goes, between):
            continue
        if re.search(begins, side.text[max(0, first.span.start - 10) : first.span.start]):
            yield first, second


def _swapped(source: Side, target: Side) -> list[tuple[Quantity, Quantity]]:
    """The changes of the target that go the other way in the source."""
    said = list(_changes(target))
    if not said:
        return []
    there = {(a.value, b.value) for a, b in _changes(source) if a.value is not None and a.value != b.value}
    return [(a, b) for a, b in said if (b.value, a.value) in there and (a.value, b.value) not in there]


def _replaced(vague: Quantity, others: Sequence[Quantity]) -> bool:
    """三个 and five: what may be left out may not become another number."""
    if is_share(vague):
        return any(is_share(q) and q.value != vague.value for q in others)
    if vague.value is None or vague.value < 2 or vague.qualifier is Qualifier.SEVERAL:
        return False
    return any(
        q.kind is vague.kind
        and q.unit == vague.unit
        and q.value is not None
        and q.value >= 2
        and q.qualifier is not Qualifier.SEVERAL
        for q in others
    )


_PARTS = ("year", "month", "day", "quarter", "half")


def _whole(known: Quantity, said: Quantity, source: Side, target: Side) -> bool:
    """True when neither date has a part that the other text says nowhere: a year may be said once for two dates."""
    for part in _PARTS:
        a, b = getattr(known.date, part), getattr(said.date, part)
        if a is None and b is not None and not _says_part(part, b, source):
            return False
        if b is None and a is not None and not _says_part(part, a, target):
            return False
    return True


def _says_part(part: str, value: int, side: Side) -> bool:
    if any(q.date is not None and getattr(q.date, part) == value for q in side.figures):
        return True
    return re.search(rf"(?<!\d){value}(?!\d)", side.text) is not None


def _remove(figures: list[Quantity], gone: Quantity) -> None:
    """By identity: equal figures may stand twice."""
    del figures[next(n for n, q in enumerate(figures) if q is gone)]


_MEANT = frozenset({Kind.MONEY, Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.MULTIPLE})
"""What no language leaves the unit out of."""


def _rank(known: Quantity, said: Quantity) -> _Rank | None:
    if (known.qualifier is Qualifier.SEVERAL) is not (said.qualifier is Qualifier.SEVERAL) and not _in_words(
        known, said
    ):
        return None
    match = match_of(said, known)
    if known.date is not None and said.date is not None:
        if known.date == said.date:
            return _Rank.SAME
        return _Rank.NEAR if known.date.agrees_with(said.date) else None
    if match is Match.SAME:
        return _Rank.SAME
    if known.date is not None or said.date is not None:
        return _Rank.PART if _part_of(known, said) or _part_of(said, known) else None
    if known.value == said.value and known.high == said.high and Kind.MONEY in (known.kind, said.kind):
        if known.kind is said.kind:
            return _Rank.CURRENCY if known.unit != said.unit else _Rank.QUALIFIER
        bare = said if known.kind is Kind.MONEY else known
        return _Rank.CURRENCY if bare.kind is Kind.NUMBER and not bare.unit else None
    if _clock(known, said) or _clock(said, known):
        return _Rank.NEAR
    loose = known.kind not in _MEANT and said.kind not in _MEANT
    if same_value(*in_units_of(said, known), loose=loose):
        changed = match is Match.QUALIFIER_CHANGED or known.qualifier is not said.qualifier
        return _Rank.QUALIFIER if changed else _Rank.NEAR
    return None


def _in_words(a: Quantity, b: Quantity) -> bool:
    """上千 and a thousand; hundreds are no 320."""
    return a.value == b.value and not _DIGITS.search(a.text + b.text)


def _part_of(date: Quantity, number: Quantity) -> bool:
    """March 4 and 5: the 5 is a day."""
    if date.date is None or number.kind is not Kind.NUMBER or number.unit:
        return False
    return number.value in (date.date.day, date.date.year)


def _clock(time: Quantity, hours: Quantity) -> bool:
    """8 h is a time in the one text and a number of hours in the other."""
    if time.kind is not Kind.TIME or hours.kind is not Kind.DURATION or hours.unit != "hour":
        return False
    return time.value is not None and hours.value is not None and time.value == hours.value * 60


def _join_ranges(ranges: list[Quantity], singles: list[Quantity]) -> None:
    """Takes out a range of the one side whose two ends stand apart on the other."""
    for known in list(ranges):
        if known.high is None:
            continue
        low = next((q for q in singles if q.value == known.value and q.high is None), None)
        high = next((q for q in singles if q.value == known.high and q.high is None and q is not low), None)
        if low is not None and high is not None:
            _remove(ranges, known)
            _remove(singles, low)
            _remove(singles, high)


def _join_shares(shares: list[Quantity], singles: list[Quantity]) -> None:
    """Takes out a share by counting (每 10 家有 7 家) whose two numbers stand apart on the other side."""
    for known in [q for q in shares if is_share(q) and q.value is not None]:
        counts = [Fraction(number) for number in _DIGITS.findall(known.text) if number.isdecimal()]
        if len(counts) != 2 or not all(counts) or min(counts) / max(counts) != known.value:
            continue
        said = [next((q for q in singles if q.value == count and q.high is None), None) for count in counts]
        if said[0] is not None and said[1] is not None and said[0] is not said[1]:
            _remove(shares, known)
            _remove(singles, said[0])
            _remove(singles, said[1])


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _elsewhere(quantity: Quantity, here: Side, there: Side) -> bool:
    """True when the other text has it where no figure was read: in a name, in words, in a year."""
    return (
        _stands(quantity, there)
        or said_in_words(quantity, there.text, there.language)
        or _second_year(quantity, here, there)
    )


def _stands(quantity: Quantity, there: Side) -> bool:
    digits = set(_DIGITS.findall(quantity.text))
    free = {match.group() for match in _free(there, _DIGITS)}
    month = quantity.date.month if quantity.date is not None else None
    if month is not None and not any(int(one) == month for one in free if one.isdecimal()):
        return False  # its digits are the day of December here and the name of something (Double 11) there
    return bool(digits) and digits <= free


def _free(side: Side, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What a pattern finds outside the quantities of a text."""
    figures = iter(side.figures)
    figure = next(figures, None)
    for match in pattern.finditer(side.text):
        while figure is not None and figure.span.end <= match.start():
            figure = next(figures, None)
        if figure is None or match.end() <= figure.span.start:
            yield match


def _second_year(quantity: Quantity, here: Side, there: Side) -> bool:
    """2015–16 and 2015 and 2016: the second year is written short in one of them."""
    year = quantity.date.year if quantity.date is not None and quantity.date.year_only else None
    if year is not None:
        return re.search(rf"(?:19|20)\d\d ?[-–—/~] ?{year % 100:02d}(?!\d)", there.text) is not None
    before = here.text[max(0, quantity.span.start - 6) : quantity.span.start]
    short = re.search(r"((?:19|20)\d\d) ?[-–—/~] ?$", before)
    if short is None or quantity.value is None or not 0 <= quantity.value < 100:
        return False
    return f"{short[1][:2]}{int(quantity.value):02d}" in there.text or f"{short[1]}-{quantity.text}" in there.text


def is_vague(quantity: Quantity) -> bool:
    """True for what a good translation may say otherwise: one and a, both, double, third as a word, dozens of."""
    if quantity.qualifier is Qualifier.SEVERAL:
        return True
    if quantity.value is None or quantity.high is not None:
        return False
    if quantity.kind in (Kind.NUMBER, Kind.DURATION) and quantity.value == 1 and "." not in quantity.text:
        return True
    if any(letter.isdigit() for letter in quantity.text):
        return False
    if quantity.kind is Kind.ORDINAL or is_share(quantity):
        return True
    if quantity.kind is Kind.MULTIPLE:
        return quantity.value <= 2
    if quantity.kind is Kind.DURATION:
        return quantity.value == 10 and quantity.unit == "year"
    return quantity.kind is Kind.NUMBER and not quantity.unit and (quantity.value <= 10 or quantity.value == 12)
