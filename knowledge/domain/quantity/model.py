"""What a quantity is: a value, its unit, its qualifier, and where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from knowledge.domain.finding import Span

UNKNOWN_CURRENCY = "money?"
"""Unit of an amount whose words name no single currency (francs, pesos)."""


class Kind(StrEnum):
    """What is measured. `ordinal` is a rank or an edition (3rd, 第3届)."""

    NUMBER = "number"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    MONEY = "money"
    DATE = "date"
    DURATION = "duration"
    TIME = "time"
    MULTIPLE = "multiple"
    ORDINAL = "ordinal"


class Qualifier(StrEnum):
    """How the value is meant. It belongs to the quantity: losing it changes the claim."""

    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    SEVERAL = "several"
    """A magnitude only: hundreds of, 数百. The value is the magnitude, 100, and not the number 100."""


@dataclass(frozen=True, slots=True)
class DateValue:
    """The stated parts of a date; None where the text says nothing. `fiscal` marks a fiscal year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    fiscal: bool = False

    @property
    def year_only(self) -> bool:
        """True when the year is all that is stated."""
        return self.year is not None and self == DateValue(year=self.year)

    def agrees_with(self, other: DateValue) -> bool:
        """True when both state a part in common and no part differs (March 2026 and 15 March 2026)."""
        if self.fiscal != other.fiscal:
            return False
        pairs = [
            (self.year, other.year),
            (self.month, other.month),
            (self.day, other.day),
            (self.quarter, other.quarter),
            (self.half, other.half),
        ]
        stated = [(a, b) for a, b in pairs if a is not None and b is not None]
        return bool(stated) and all(a == b for a, b in stated)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    `span` covers qualifier, currency, number, scale and unit where they stand next to each other; a Chinese
    classifier (台, 家) is never part of it. `value` is exact in `unit`: 27% is 27 of "%", 3.2 万 is 32,000 of "";
    a time is minutes since midnight; a date has `date` and no value. `high` is the upper end of a range.
    `language` is the one the text was read in.
    `unit` is "", "%", "pp", "x" (multiples), an ISO 4217 code, `UNKNOWN_CURRENCY`, or a canonical unit (minute, km).
    """

    span: Span
    text: str
    kind: Kind
    value: Fraction | None
    high: Fraction | None = None
    unit: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    date: DateValue | None = None
    language: str = field(default="", compare=False)
