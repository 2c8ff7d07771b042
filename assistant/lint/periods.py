"""The time that a figure is said of: its dates, and the span after which it was measured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistant.claims.reading import Sentence
from knowledge.domain.quantity import DateValue, Kind, Quantity

RECENT = 400
"""Days for which a dated figure of the company still competes with one that is said without a date."""

_AFTER = re.compile(
    r"\s?(?:之?后|以?内|以来|期|间|的?试点|试点|后的|(?:after|into|of (?:operation|the pilot)|pilot|trial)\b)"
)
_BEFORE = re.compile(
    r"(?:上线|运行|使用|投运|投产|改造|实施|试点|历时|经过|过去|最近|"
    r"\b(?:after|within|over|in|for|during)(?: the| a| its)?(?: (?:first|last|past))?)\s?$",
    re.IGNORECASE,
)
_LONG = frozenset({"day", "week", "month", "quarter", "year", "season", "half-year"})
Length = tuple[Fraction, str]


@dataclass(frozen=True, slots=True)
class Period:
    """Dates and lengths of time around a figure; both empty when the text says nothing."""

    dates: tuple[DateValue, ...] = ()
    lengths: frozenset[Length] = frozenset()

    def clashes_with(self, other: Period, today: date, *, lasting: bool) -> bool:
        """True when the two are said of different times. A figure without a date is said of now, unless it is
        `lasting`: the result of a project stays what it was."""
        if self.lengths and other.lengths and not self.lengths & other.lengths:
            return True
        if self.dates and other.dates:
            return not any(one.agrees_with(two) for one in self.dates for two in other.dates)
        dated = self.dates or other.dates
        return bool(dated) and not lasting and not any(_is_recent(day, today) for day in dated)


def period_of(sentence: Sentence, own: Quantity) -> Period:
    """The period that a sentence gives to one of its figures."""
    return Period(_dates(sentence.quantities, own), _lengths(sentence, own))


def period_in(quantities: Iterable[Quantity], text: str) -> Period:
    """The period that a field names: everything in it."""
    found = list(quantities)
    lengths = {(q.value, q.unit) for q in found if q.kind is Kind.DURATION and q.value is not None}
    return Period(tuple(q.date for q in found if q.date is not None), frozenset(lengths))


def _dates(quantities: Iterable[Quantity], own: Quantity) -> tuple[DateValue, ...]:
    return tuple(q.date for q in quantities if q.date is not None and q.date.year is not None and q is not own)


def _lengths(sentence: Sentence, own: Quantity) -> frozenset[Length]:
    others = [q for q in sentence.quantities if q is not own and q.value]
    return frozenset((q.value, q.unit) for q in others if q.value is not None and is_period(sentence, q))


def is_period(sentence: Sentence, quantity: Quantity) -> bool:
    """True for a length of time that says when: six months after go-live, 三个月试点期内."""
    if quantity.kind is not Kind.DURATION or quantity.unit not in _LONG:
        return False
    start, end = quantity.span.start - sentence.span.start, quantity.span.end - sentence.span.start
    return bool(_AFTER.match(sentence.text, end) or _BEFORE.search(sentence.text[max(0, start - 16) : start]))


def _is_recent(value: DateValue, today: date) -> bool:
    if value.year is None:
        return True
    month = value.month or ((value.quarter or 0) * 3 or (value.half or 0) * 6 or 12)
    last = date(min(max(value.year, 1), 9998), min(max(month, 1), 12), 28)
    return (today - last).days <= RECENT
