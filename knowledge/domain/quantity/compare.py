"""Are two quantities the same? By exact value; nothing is rounded and no unit converted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from knowledge.domain.quantity.model import UNKNOWN_CURRENCY, Kind, Qualifier, Quantity
from knowledge.domain.quantity.qualifier_words import BEFORE
from knowledge.domain.quantity.units import DIMENSIONS


class Match(StrEnum):
    """How two quantities stand to each other, best first."""

    SAME = "same"
    QUALIFIER_CHANGED = "qualifier_changed"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


# An AT_LEAST in one of these words is meant strictly.
_EXPLICIT = (" or ", *(word for forms in BEFORE.values() for word in forms[Qualifier.AT_LEAST].split("|")))
_ORDER = list(Match)


class Support(NamedTuple):
    """The best match among candidates and the candidate, None when nothing could be compared."""

    match: Match
    candidate: Quantity | None


def same_value(a: Quantity, b: Quantity, *, loose: bool = False) -> bool:
    """True when both have the same value in the same unit, whatever their qualifiers.

    An unnamed currency (`UNKNOWN_CURRENCY`) goes with any. A bare 2026 is the year 2026. With `loose` a bare number
    also goes with any unit (95 and 95 minutes), 1/2 with 50%, and a date with a less precise one it agrees with.
    """
    if a.date is not None and b.date is not None:
        return a.date == b.date or (loose and a.date.agrees_with(b.date))
    if a.date is not None or b.date is not None:
        return _year_as_number(a, b) or _year_as_number(b, a)
    if a.value == b.value and a.high == b.high:
        return _units_agree(a, b) or (loose and _bare(a, b))
    return loose and (_share(a, b) or _share(b, a))


def compare(a: Quantity, b: Quantity, *, loose: bool = False) -> Match:
    """The match of two quantities. Another currency, or percent for percentage points, is `DIFFERENT`."""
    if same_value(a, b, loose=loose):
        return Match.SAME if _qualifiers_agree(a, b) else Match.QUALIFIER_CHANGED
    return Match.DIFFERENT if _comparable(a, b) else Match.INCOMPARABLE


def find_support(quantity: Quantity, candidates: Iterable[Quantity], *, loose: bool = False) -> Support:
    """The best of `candidates` for `quantity`; of equals the first."""
    best = Support(Match.INCOMPARABLE, None)
    for candidate in candidates:
        match = compare(quantity, candidate, loose=loose)
        if match is Match.SAME:
            return Support(match, candidate)
        if _ORDER.index(match) < _ORDER.index(best.match):
            best = Support(match, candidate)
    return best


def _qualifiers_agree(a: Quantity, b: Quantity) -> bool:
    """Equal, or "more than" beside 以上, which Chinese and Korean use for both "over" and "at least"."""
    if a.qualifier is b.qualifier:
        return True
    pair = {a.qualifier, b.qualifier}
    if pair != {Qualifier.OVER, Qualifier.AT_LEAST}:
        return False
    open_ended = a if a.qualifier is Qualifier.AT_LEAST else b
    return not any(word in open_ended.text.lower() for word in _EXPLICIT)


def _units_agree(a: Quantity, b: Quantity) -> bool:
    if a.kind is not b.kind:
        return False
    return a.unit == b.unit or (a.kind is Kind.MONEY and UNKNOWN_CURRENCY in (a.unit, b.unit))


def _bare(a: Quantity, b: Quantity) -> bool:
    return Kind.TIME not in (a.kind, b.kind) and any(q.kind is Kind.NUMBER and not q.unit for q in (a, b))


def _year_as_number(date: Quantity, number: Quantity) -> bool:
    if date.date is None or not date.date.year_only or number.kind is not Kind.NUMBER or number.unit:
        return False
    return number.value == date.date.year and number.high is None


def _share(percent: Quantity, fraction: Quantity) -> bool:
    if percent.kind is not Kind.PERCENT or fraction.kind is not Kind.NUMBER or fraction.unit:
        return False
    if percent.value is None or fraction.value is None or percent.high or fraction.high:
        return False
    return fraction.value < 1 and percent.value == fraction.value * 100


def _comparable(a: Quantity, b: Quantity) -> bool:
    if a.date is not None or b.date is not None:
        return a.date is not None and b.date is not None
    percents = (Kind.PERCENT, Kind.PERCENTAGE_POINT)
    if a.kind in percents and b.kind in percents:
        return True
    if a.kind is not b.kind:
        return False
    if a.kind is Kind.NUMBER:
        return DIMENSIONS.get(a.unit, "") == DIMENSIONS.get(b.unit, "")
    return True
