"""The set of planted errors: so many of each kind in each language, the same for the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from evals.bench.claims.corpus import LOCALES, Place, paragraphs_of, sentences_of
from evals.bench.claims.mutations.base import Mutant, Mutator
from evals.bench.claims.mutations.dates import DateMutator
from evals.bench.claims.mutations.names import Name, NameMutator
from evals.bench.claims.mutations.numbers import ScaleMutator, ValueMutator
from evals.bench.claims.mutations.quotes import QuoteMutator
from evals.bench.claims.mutations.units import CurrencyMutator, QualifierMutator, UnitMutator

SEED = 20260921
KINDS = ("value", "scale", "unit", "currency", "qualifier", "date", "quote", "name")
_LEADING = ("zh", "en")
_MANY, _SOME = 32, 12
"""Errors of one kind in Chinese and English each, and in each other language."""

_PER_TEXT = 4
"""Errors of one kind from one text at most, so that no text decides a figure."""


def planted(data: Path | None, names: Sequence[Name], seed: int = SEED) -> list[Mutant]:
    """All planted errors, by kind and language; another seed plants others."""
    sentences, paragraphs = sentences_of(data), paragraphs_of(data)
    mutators: list[tuple[Mutator, Sequence[Place]]] = [
        (ValueMutator(), sentences),
        (ScaleMutator(), sentences),
        (UnitMutator(), sentences),
        (CurrencyMutator(), sentences),
        (QualifierMutator(), sentences),
        (DateMutator(), sentences),
        (QuoteMutator(), paragraphs),
        (NameMutator(names), sentences),
    ]
    return [
        mutant
        for mutator, places in mutators
        for language in LOCALES
        for mutant in _sampled(mutator, [place for place in places if place.language == language], language, seed)
    ]


def _sampled(mutator: Mutator, places: Iterable[Place], language: str, seed: int) -> list[Mutant]:
    dice = Random(f"{seed} {mutator.kind} {language}")  # noqa: S311  the same errors every time, no secret
    shuffled = sorted(places, key=lambda place: (place.origin, place.text))
    dice.shuffle(shuffled)
    shuffled.sort(key=lambda place: place.origin.startswith(("xquad", "tico19")))  # marketing texts first
    wanted = _MANY if language in _LEADING else _SOME
    found: list[Mutant] = []
    from_text: Counter[str] = Counter()
    for place in shuffled:
        if len(found) == wanted:
            break
        options = list(mutator.mutants(place, dice)) if from_text[place.origin] < _PER_TEXT else []
        if options:
            found.append(options[dice.randrange(len(options))])
            from_text[place.origin] += 1
    return found
