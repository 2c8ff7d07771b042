"""Where the sources have quantities, by value or by what is measured; how like a place is to what is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from assistant.claims.examiner import Source
from assistant.claims.figures.contexts import Context, Likeness, Rarity, contexts_of, likeness
from assistant.claims.quantities import is_share, other_units
from assistant.claims.reading import Reading
from knowledge.domain.quantity import DateValue, Kind, Match, Qualifier, Quantity

At = tuple[int, Context]
"""The number of a reading, and a context in it."""


class Place:
    """A quantity of a source, and how like its surroundings are to those of the one that is said."""

    __slots__ = ("_likeness", "_rare", "_said", "context", "match", "source")

    def __init__(self, source: Source, context: Context, match: Match, said: Context, rare: Rarity) -> None:
        self.source, self.context, self.match = source, context, match
        self._said, self._rare = said, rare
        self._likeness: Likeness | None = None

    @property
    def likeness(self) -> Likeness:
        """Worked out when it is asked for: most places are passed by."""
        if self._likeness is None:
            self._likeness = likeness(self._said, self.context, self._rare)
        return self._likeness

    @property
    def quantity(self) -> Quantity:
        return self.context.quantity


class Places:
    """All quantities of some readings."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self._by_value: dict[Fraction, list[At]] = defaultdict(list)
        self._by_measure: dict[tuple[object, ...], list[At]] = defaultdict(list)
        self._by_year: dict[int | None, list[At]] = defaultdict(list)
        self._dates: list[At] = []
        self._vague: list[At] = []
        self.stated: list[At] = []
        for number, reading in enumerate(readings):
            for context in contexts_of(reading):
                self._add((number, context), context.quantity)

    def _add(self, at: At, quantity: Quantity) -> None:
        self._by_measure[measure(quantity)].append(at)
        if quantity.date is not None:
            self._dates.append(at)
            self._by_year[quantity.date.year].append(at)
            return
        if vague(quantity):
            self._vague.append(at)
        for value in {quantity.value, quantity.high} - {None}:
            assert value is not None
            self._by_value[value].append(at)
        if at[1].stated:
            self.stated.append(at)

    def of_value(self, quantity: Quantity) -> Iterator[At]:
        """Where the value may stand, also as one end of a range; a bare 2026 and the year 2026 find each other."""
        if quantity.date is None:
            yield from self.of_measure(quantity) if vague(quantity) else self._vague
            if quantity.value is not None:
                yield from self._by_value.get(quantity.value, ())
                for value in other_units(quantity.value, quantity.unit):
                    yield from self._by_value.get(value, ())
                if is_share(quantity):
                    yield from self._by_value.get(quantity.value * 100, ())
                elif quantity.kind is Kind.PERCENT:
                    yield from self._by_value.get(quantity.value / 100, ())
                if quantity.value.denominator == 1:
                    yield from self._by_year.get(int(quantity.value), ())
            return
        year = quantity.date.year
        if year is None:
            yield from self._dates
        else:
            yield from self._by_year.get(year, ())
            yield from self._by_year.get(None, ())
            yield from self._by_value.get(Fraction(year), ())

    def exact_like(self, quantity: Quantity) -> Iterator[At]:
        """Where exact figures stand that could be rounded to this one: of its measure; percents for a bare share."""
        yield from self.of_measure(quantity)
        if is_share(quantity):
            yield from self._by_measure.get((Kind.PERCENT, "%", False), ())

    def of_measure(self, quantity: Quantity) -> list[At]:
        """Where something of the same kind, unit and precision stands, whatever its value."""
        return self._by_measure.get(measure(quantity), [])


def vague(quantity: Quantity) -> bool:
    """True for what stands for more than its own value: hundreds, a dozen in words, twice and doubled."""
    return quantity.qualifier is Qualifier.SEVERAL or quantity.kind is Kind.MULTIPLE


@lru_cache(maxsize=64)
def places_of(readings: tuple[Reading, ...]) -> Places:
    """The quantities of these readings, listed once."""
    return Places(readings)


def measure(quantity: Quantity) -> tuple[object, ...]:
    """Equal for quantities that could stand in each other's place: same kind, same unit, dates equally precise. A bare
    2016 may be a year and is never the other figure of a count."""
    if quantity.date is not None:
        return (Kind.DATE, *_precision(quantity.date))
    value = quantity.value
    like_a_year = (
        quantity.kind is Kind.NUMBER and value is not None and value.denominator == 1 and 1900 <= value <= 2100
    )
    return (quantity.kind, quantity.unit, like_a_year)


def _precision(value: DateValue) -> tuple[bool, ...]:
    return tuple(getattr(value, part) is not None for part in ("year", "month", "day", "quarter", "half"))
