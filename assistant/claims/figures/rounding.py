"""A rounder figure with a word that makes it true: over 40 of 41.5, nearly 60% of 57%, more than half of 57%."""

from __future__ import annotations

from fractions import Fraction

from assistant.claims.quantities import in_units_of, is_share
from knowledge.domain.quantity import Kind, Qualifier, Quantity

_FURTHEST = {
    Qualifier.OVER: Fraction(1, 5),
    Qualifier.AT_LEAST: Fraction(1, 5),
    Qualifier.NEARLY: Fraction(1, 10),
    Qualifier.UNDER: Fraction(1, 10),
}
"""How far (of the exact value) the rounder figure may lie below or above it."""
_UP = frozenset({Qualifier.NEARLY, Qualifier.UNDER})
_KINDS = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DURATION})


def rounds(said: Quantity, source: Quantity) -> bool:
    """True when what is said is the exact value of the source, rounded to fewer figures towards the side that its
    qualifier says: over 41 of 41.5, but not over 37, which nobody makes of 41.5."""
    if source.qualifier is not Qualifier.EXACT or said.qualifier not in _FURTHEST:
        return False
    share = is_share(said)
    said, source = in_units_of(said, source)
    if said.kind is not source.kind or said.unit != source.unit or said.kind not in _KINDS:
        return False
    rough, exact = said.value, source.value
    if rough is None or exact is None or said.high is not None or source.high is not None or min(rough, exact) <= 0:
        return False
    gap = rough - exact if said.qualifier in _UP else exact - rough
    if not 0 < gap <= exact * _FURTHEST[said.qualifier]:
        return False
    return (
        (share and source.kind is Kind.PERCENT)
        or (_figures(rough) < _figures(exact) and gap < _step(rough))
        or (_is_fives(rough) and _figures(rough) <= _figures(exact) and gap < _step(rough) * 5 and not _is_fives(exact))
    )


def _digits(value: Fraction) -> tuple[int, int]:
    """The value as a whole number without zeros at its end, and the power of ten that it is multiplied by. A value
    without a decimal form is cut off."""
    power = 0
    while value.denominator != 1 and power > -6:
        value, power = value * 10, power - 1
    whole = int(value)
    while whole and whole % 10 == 0:
        whole, power = whole // 10, power + 1
    return whole, power


def _figures(value: Fraction) -> int:
    return len(str(_digits(value)[0]))


def _step(value: Fraction) -> Fraction:
    """One in the last figure of a value: 1 of 41, 10 of 40."""
    return Fraction(10) ** _digits(value)[1]


def _is_fives(value: Fraction) -> bool:
    """True for 25, 450, 1.5: people round to these, too."""
    return _digits(value)[0] % 5 == 0


def telling(quantity: Quantity) -> bool:
    """True for a round figure that hardly two things share: with a unit, or of two figures."""
    value = quantity.value
    return bool(quantity.unit) or is_share(quantity) or (value is not None and _figures(value) > 1)
