"""A text while it is read: its forms, and what has been found in it so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from knowledge.domain.finding import Span
from knowledge.domain.quantity.model import DateValue, Kind, Qualifier, Quantity


@dataclass(slots=True)
class Amount:
    """A quantity under construction. `core_start`:`core_end` is currency to unit, `start`:`end` adds the words of the
    qualifier. `factor` is the first scale word (万 of 3万2000)."""

    core_start: int
    core_end: int
    value: Fraction
    kind: Kind = Kind.NUMBER
    unit: str = ""
    factor: int = 1
    qualifier: Qualifier = Qualifier.EXACT
    high: Fraction | None = None
    currency_first: bool = False
    spelled: bool = False
    start: int = -1
    end: int = -1

    def __post_init__(self) -> None:
        if self.start < 0:
            self.start = self.core_start
            self.end = self.core_end


@dataclass(slots=True)
class Page:
    """A text that is being read: `text` folded, `low` the same in small letters, both as long as the original."""

    text: str
    low: str
    tag: str
    language: str
    comma: bool
    latin: str = "en"
    """The language whose month names are read; English in East Asian text."""
    amounts: list[Amount] = field(default_factory=list)
    dates: list[Quantity] = field(default_factory=list)
    expected: int = -1
    """Where the second year or month of a span begins (2025 of 2020–2025), -1 when none is open."""

    @property
    def core_end(self) -> int:
        """Where the amount before ends, -1 when there is none."""
        return self.amounts[-1].core_end if self.amounts else -1

    def add_date(self, start: int, end: int, value: DateValue) -> int:
        """Record a date; returns its end."""
        span = Span(start, end)
        self.dates.append(Quantity(span, self.text[start:end], Kind.DATE, None, date=value))
        return end


Reader = Callable[[Page, int, int], int]
"""Reads what begins at a seed `start`:`end` of a page and records it; returns where it ends, 0 when it is nothing."""
