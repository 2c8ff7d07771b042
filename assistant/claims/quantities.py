"""The quantities of a text, read once, and how one that is said compares with one of a source."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from assistant.draft import Evidence
from knowledge.domain.locale import detect_language
from knowledge.domain.quantity import DateValue, Kind, Match, Quantity, compare, find
from knowledge.domain.quantity.han import COUNTED


def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text; the same text is read once. Without a language it is told from the text.

    In "from 74 to an annualised 46 hours" the first has its unit from the second, in "3 hours instead of 26" the second
    from the first.
    """
    return _quantities(text, language or detect_language(text))


@lru_cache(maxsize=4096)
def _quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    found = find(text, language)
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], found[n + 1]
        between = text[first.span.end : second.span.start]
        alone = _bare(first) and not COUNTED.match(between)
        if alone and not _bare(second) and second.date is None and _FROM_TO.fullmatch(between):
            found[n] = replace(first, kind=second.kind, unit=second.unit)
    for n in range(1, len(found)):
        first, second = found[n - 1], found[n]
        between = text[first.span.end : second.span.start]
        if _bare(second) and _measured(first) and _BEFORE.fullmatch(between) and _ALONE.match(text, second.span.end):
            found[n] = replace(second, kind=first.kind, unit=first.unit)
    return tuple(found)


_FROM_TO = re.compile(r"[^，。；,.;\n]{0,16}(?:\bto\b|[至到为]|→)[^，。；,.;\n]{0,16}")
_BEFORE = re.compile(
    r"[^。；.;:!?\n]{0,48}"
    r"(?:\b(?:(?:up|down) from|instead of|rather than|compared (?:with|to))|而不是(?:原来|此前|之前|以前)?的?)[ ]?",
    re.IGNORECASE,
)
"""Between a figure with its unit and the one that was before."""
_ALONE = re.compile(
    r"[ ]?(?:[,.;:!?)，。；：！？）](?!\d)|$|(?:before|earlier|previously|and|but|in|a)\b)", re.IGNORECASE
)
"""Behind a figure that nothing is counted with: it has no noun of its own."""


def _measured(quantity: Quantity) -> bool:
    """True for what has a unit that another figure may share: 38 minutes, 57%, EUR 2,650."""
    return quantity.kind in (Kind.DURATION, Kind.PERCENT, Kind.MONEY) or (
        quantity.kind is Kind.NUMBER and bool(quantity.unit)
    )


def _bare(quantity: Quantity) -> bool:
    return quantity.kind is Kind.NUMBER and not quantity.unit


def match_of(said: Quantity, source: Quantity) -> Match:
    """How a quantity that is said compares with one of a source.

    A date may be said less precisely than the source has it, never more. A share is the same in percent and as a
    fraction: one in five and 20%; a time is the same in hours and in minutes.
    """
    if said.date is not None and source.date is not None and said.date != source.date:
        stated = [(getattr(said.date, part), getattr(source.date, part)) for part in _DATE_PARTS]
        within = all(a is None or a == b for a, b in stated) and said.date.fiscal == source.date.fiscal
        return Match.SAME if within else Match.DIFFERENT
    return compare(*in_units_of(said, source))


def in_units_of(said: Quantity, source: Quantity) -> tuple[Quantity, Quantity]:
    """Both in one unit where they have one: shares in percent, times in the smaller one."""
    if is_share(said) and source.kind is Kind.PERCENT:
        return _in_percent(said), source
    if is_share(source) and said.kind is Kind.PERCENT:
        return said, _in_percent(source)
    if said.unit != source.unit and said.unit in _TIMES and source.unit in _TIMES:
        return _in_smallest(said), _in_smallest(source)
    return said, source


def is_share(quantity: Quantity) -> bool:
    """True for a bare fraction below one: half, 三分之一, one in five."""
    value = quantity.value
    return quantity.kind is Kind.NUMBER and not quantity.unit and value is not None and 0 < value < 1


def _in_percent(share: Quantity) -> Quantity:
    assert share.value is not None
    high = None if share.high is None else share.high * 100
    return replace(share, kind=Kind.PERCENT, unit="%", value=share.value * 100, high=high)


_TIMES: dict[str, tuple[str, int]] = {
    "second": ("second", 1),
    "minute": ("second", 60),
    "hour": ("second", 3600),
    "day": ("second", 86400),
    "week": ("second", 604800),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "year": ("month", 12),
}
"""Units of time in the smallest that they are an exact number of. No month has a fixed number of days."""


def _in_smallest(time: Quantity) -> Quantity:
    unit, factor = _TIMES[time.unit]
    assert time.value is not None
    high = None if time.high is None else time.high * factor
    return replace(time, unit=unit, value=time.value * factor, high=high)


def other_units(value: Fraction, unit: str) -> tuple[Fraction, ...]:
    """The values of a time in the other units that it can be told in: 3½ hours are 210 (minutes), 12600, …"""
    smallest, factor = _TIMES.get(unit, ("", 1))
    return tuple(value * factor / other for name, (base, other) in _TIMES.items() if base == smallest and name != unit)


_DATE_PARTS = ("year", "month", "day", "quarter", "half")


def last_day(stated: DateValue) -> date | None:
    """The last day that a date may mean (March 2026: the 31st); None without a year, or for one that does not exist."""
    if stated.year is None:
        return None
    month = stated.month or (stated.quarter or 0) * 3 or (stated.half or 0) * 6 or 12
    try:
        return date(stated.year, month, stated.day or monthrange(stated.year, month)[1])
    except ValueError:
        return None


def holds(evidence: Evidence, quantity: Quantity) -> bool:
    """True when the evidence has the quantity with its qualifier."""
    return any(match_of(quantity, candidate) is Match.SAME for candidate in quantities(evidence.text))
