"""What a mutant is, and what a mutator is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from evals.bench.claims.corpus import Place


@dataclass(frozen=True, slots=True)
class Mutant:
    """A sentence with one error, at `start`–`end` of `text`; `place` has the true one, `change` says what was done."""

    kind: str
    place: Place
    text: str
    start: int
    end: int
    change: str


class Mutator(ABC):
    """Makes errors of one kind. The same `dice` give the same errors."""

    kind: ClassVar[str]

    @abstractmethod
    def mutants(self, place: Place, dice: Random) -> Iterator[Mutant]:
        """Errors in the sentence, each for itself; none when an error could be true by the document."""

    def made(self, place: Place, start: int, end: int, new: str, show: tuple[int, int] | None = None) -> Mutant:
        """The sentence with `new` at `start`–`end`. `show`: what to count as the place of the error instead, before it
        was made (an error that only takes something away has no extent of its own)."""
        text = place.text[:start] + new + place.text[end:]
        grown = len(new) - (end - start)
        first, last = show or (start, end)
        marked = (min(first, start), max(last, end) + grown)
        change = f"{place.text[first:last] if show else place.text[start:end]} → {text[marked[0] : marked[1]]}"
        return Mutant(self.kind, place, text, *marked, change)


def chosen(dice: Random, options: Sequence[str]) -> str:
    """One of them."""
    return options[dice.randrange(len(options))]
