"""Are two quantities the same? By exact value; nothing is rounded and no unit converted."""

from __future__ import annotations

import re
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
_WITHIN = re.compile(
    r"内|within|inside|innerhalb|binnen|délai|dans les|l['’]espace|dentro|plazo|prazo|이내", re.IGNORECASE
)
_NEARLY_ABOUT = ("cerca de", "ほぼ", "差不多")
_ORDER = list(Match)


class Support(NamedTuple):
    """The best match among candidates and the candidate, None when nothing could be compared."""

    match: Match
    candidate: Quantity | None


def same_value(a: Quantity, b: Quantity, *, loose: bool = False) -> bool:
    """True when both have the same value in the same unit, whatever their qualifiers.

    An unnamed currency (`UNKNOWN_CURRENCY`) goes with any. A bare 2026 is the year 2026. A part of a whole goes with
    its percentage (half and 50%), 增长一倍 with doubled. A magnitude (`SEVERAL`) goes with the same magnitude, and as
    `a` with a number `b` of that magnitude: "hundreds" may be said of 320, not 320 of "hundreds". With `loose` a bare
    number also goes with any unit (95 and 95 minutes), and a date with a less precise one that it agrees with.
    """
    if a.date is not None and b.date is not None:
        return a.date == b.date or (loose and a.date.agrees_with(b.date))
    if a.date is not None or b.date is not None:
        return _year_as_number(a, b) or _year_as_number(b, a)
    if Qualifier.SEVERAL in (a.qualifier, b.qualifier):
        return _same_magnitude(a, b, loose)
    if a.value == b.value and a.high == b.high:
        return _units_agree(a, b) or (loose and _bare(a, b))
    return _share(a, b) or _share(b, a) or _doubling(a, b) or _doubling(b, a) or _dozen(a, b) or _dozen(b, a)


def compare(a: Quantity, b: Quantity, *, loose: bool = False) -> Match:
    """The match of what is said (`a`) with what is known (`b`). Another currency, or percent for percentage points, is
    `DIFFERENT`."""
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
    """Equal; or "more than" beside 以上, which Chinese and Korean use for both "over" and "at least"; or two languages'
    ways of the same: "in two days" is 两天内, "cerca de" is about and nearly."""
    if a.qualifier is b.qualifier or Qualifier.SEVERAL in (a.qualifier, b.qualifier):
        return True
    if _dozen(a, b) or _dozen(b, a):
        return True
    pair = {a.qualifier, b.qualifier}
    if pair == {Qualifier.OVER, Qualifier.AT_LEAST}:
        open_ended = a if a.qualifier is Qualifier.AT_LEAST else b
        return not any(word in open_ended.text.lower() for word in _EXPLICIT)
    if not a.language or not b.language or a.language == b.language:
        return False
    if pair == {Qualifier.EXACT, Qualifier.AT_MOST} and a.kind is Kind.DURATION:
        return bool(_WITHIN.search((a if a.qualifier is Qualifier.AT_MOST else b).text))
    return pair == {Qualifier.ABOUT, Qualifier.NEARLY} and any(
        word in quantity.text.lower() for quantity in (a, b) for word in _NEARLY_ABOUT
    )


def _same_magnitude(a: Quantity, b: Quantity, loose: bool) -> bool:
    """True for hundreds and 数百, and for hundreds said of 320."""
    if not (_units_agree(a, b) or (loose and _bare(a, b))) or a.value is None or b.value is None:
        return False
    if b.qualifier is Qualifier.SEVERAL:
        return a.qualifier is Qualifier.SEVERAL and a.value == b.value
    return a.value < b.value < 10 * a.value


def _dozen(teens: Quantity, dozen: Quantity) -> bool:
    """True for 十几 and a dozen."""
    if teens.value is None or dozen.value is None or "十几" not in teens.text or "dozen" not in dozen.text.lower():
        return False
    return teens.value * 12 == dozen.value * 10 and _units_agree(teens, dozen)


def _doubling(once: Quantity, twice: Quantity) -> bool:
    """True for 增长一倍, once more, and doubled; 提升两倍 is no doubling."""
    if once.kind is not Kind.MULTIPLE or twice.kind is not Kind.MULTIPLE or once.value != 1 or twice.value != 2:
        return False
    return "倍" in once.text and ("倍" not in twice.text or twice.text.startswith("翻"))


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
