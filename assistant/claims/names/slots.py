"""Where a sentence says what a sentence of a source says, but names another: the two names stand in the same place.

Sentences are set beside each other by their content words; a place is the same when its neighbours are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims.names.name import Name
from assistant.claims.reading import Reading, Sentence
from assistant.claims.words import plain_words
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold

ALIKE = 0.6
"""The share of the other content words of a sentence that one of a source must have to say the same."""
ROUGHLY = 0.45
"""The same, where a name that nothing tells apart may be among the words."""
VERY_ALIKE = 0.75
"""From this share on, one neighbour is enough to know a place again."""
RIVALS = 0.85
"""Another sentence of the sources that is nearly as like may have the name in its right place."""

_LAST = re.compile(r"(?:[a-z0-9]+|[㐀-鿿]{1,2}|[^\s\"'])[\s\"']*$")
_FIRST = re.compile(r"(?:'s\b)?[\s\"']*([a-z0-9]+|[㐀-鿿]{1,2}|[^\s\"'])")


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of a source: which source, the sentence, and the share of content words (0 … 1)."""

    number: int
    sentence: Sentence
    share: float


def beside(said: Sentence, names: Iterable[Name], readings: tuple[Reading, ...]) -> list[Beside]:
    """The sentences of the sources that say about half or more of what `said` says, the best first.

    `names` do not count.
    """
    if not readings:
        return []
    words = said.plain.difference(*(plain_words(said.text[_in(said, name)]) for name in names))
    if len(words) < 2:
        return []
    index = _index(readings)
    counts: Counter[tuple[int, int]] = Counter()
    for word in words:
        counts.update(index.get(word, ()))
    found = [
        Beside(number, readings[number].sentences[n], count / len(words))
        for (number, n), count in counts.most_common(4)
        if count >= ROUGHLY * len(words)
    ]
    return sorted(found, key=lambda b: -b.share)


@lru_cache(maxsize=64)
def _index(readings: tuple[Reading, ...]) -> dict[str, list[tuple[int, int]]]:
    index: dict[str, list[tuple[int, int]]] = {}
    for number, reading in enumerate(readings):
        for n, sentence in enumerate(reading.sentences):
            for word in sentence.plain:
                index.setdefault(word, []).append((number, n))
    return index


def rival(
    name: Name, said: Sentence, there: Sequence[Beside], names_in: Callable[[str], Sequence[Name]]
) -> tuple[Beside, Span] | None:
    """The name that a source has where `said` has `name`, with its place in the sentence; None when there is none.

    `names_in` finds the names of a sentence.
    """
    there = [other for other in there if other.share >= ALIKE]
    if not there or any(name.folded in fold(b.sentence.text) for b in there if b.share >= RIVALS * there[0].share):
        return None
    folded = fold(said.text)
    span = _in(said, name)
    left, right = _left(folded, span.start), _right(folded, span.stop)
    for other in there:
        source = fold(other.sentence.text)
        for candidate in names_in(other.sentence.text):
            if candidate.folded in folded or not _comparable(name, candidate):
                continue
            same = (left == _left(source, candidate.span.start)) + (right == _right(source, candidate.span.end))
            one_kind = name.kind == candidate.kind or "place" not in (name.kind, candidate.kind)
            if same == 2 or (same == 1 and one_kind and other.share >= VERY_ALIKE and not name.is_weak):
                return other, candidate.span
    return None


def _in(said: Sentence, name: Name) -> slice:
    return slice(max(0, name.span.start - said.span.start), name.span.end - said.span.start)


def _left(folded: str, at: int) -> str:
    found = _LAST.search(folded, max(0, at - 40), at)
    return found.group().strip(" \"'\n\t") if found else "^"


def _right(folded: str, at: int) -> str:
    found = _FIRST.match(folded, at)
    return found[1] if found else "$"


def _comparable(a: Name, b: Name) -> bool:
    """Kinds that a pattern guessed are no reason to keep two names apart."""
    sure = (a.known or a.place) and (b.known or b.place)
    return a.kind == b.kind or not sure


def all_names(found: Iterable[Iterator[Name]]) -> list[Name]:
    """Names from several finders, the earlier finder first; none over another."""
    kept: list[Name] = []
    for names in found:
        kept += [name for name in names if not any(name.overlaps(other) for other in kept)]
    return sorted(kept, key=lambda name: name.span.start)
