"""The sources of a paragraph as one ground: where a word stands, how much it says, which sentences say most.

Its tokens are numbered through all sources; so are its sentences.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from assistant.claims.statements.tokens import Tokens
from assistant.claims.stems import singular
from assistant.claims.vocabulary.english import STOP, English
from knowledge.domain.finding import Span

BEST = 4
"""Source sentences that a sentence is held against."""

NEARLY = 0.5
"""How much a word that says nearly the same counts in the search for those sentences."""

MOST = 200
"""Places of a word that are looked at; so many only a text of endless repetitions has."""

REACH = 9
"""Tokens to either side of a place that tell what it speaks of."""


class Ground:
    """Sources that are searched together."""

    def __init__(self, sources: tuple[Tokens, ...]) -> None:
        self.sources = sources
        self.offsets: list[int] = []
        self.sentence_starts: list[int] = []
        size = 0
        for source in sources:
            self.offsets.append(size)
            self.sentence_starts += [size + start for start in source.sentence_starts]
            size += len(source.words)
        self.roots = list(chain.from_iterable(source.roots for source in sources))
        self.stems = list(chain.from_iterable(source.stems for source in sources))
        self.words = list(chain.from_iterable(source.words for source in sources))
        self.roots_at = _places(self.roots)
        self.sentence_of: list[int] = []
        self._lengths: list[float] = []
        for number, (first, last) in enumerate(pairwise([*self.sentence_starts, size])):
            self.sentence_of += [number] * (last - first)
            self._lengths.append((6 + last - first) ** 0.35)
        self._weights: dict[str, float] = {}
        self._holders: dict[str, frozenset[int]] = {}

    @cached_property
    def stems_at(self) -> dict[str, list[int]]:
        return _places(self.stems)

    @cached_property
    def initials(self) -> str:
        """The first letter of every token with a capital, a full stop for any other."""
        written = chain.from_iterable(source.written for source in self.sources)
        return "".join([word[0] if word[0].isupper() else "." for word in written])

    @cached_property
    def written_words(self) -> frozenset[str]:
        """The tokens as they stand in the sources."""
        return frozenset(chain.from_iterable(source.written for source in self.sources))

    @cached_property
    def singulars(self) -> frozenset[str]:
        return frozenset(map(singular, set(self.words)))

    @cached_property
    def negations(self) -> frozenset[int]:
        """Tokens that negate."""
        return frozenset(self._shifted("negations"))

    @cached_property
    def denials(self) -> frozenset[int]:
        """Tokens that negate, or nearly."""
        return frozenset(self._shifted("denials"))

    def _shifted(self, name: str) -> Iterable[int]:
        for offset, source in zip(self.offsets, self.sources, strict=True):
            for token in getattr(source, name):
                yield offset + token

    def sentence(self, number: int) -> range:
        """The tokens of a sentence."""
        starts = self.sentence_starts
        return range(starts[number], starts[number + 1] if number + 1 < len(starts) else len(self.words))

    def written(self, token: int) -> str:
        """A token as it stands in its source."""
        source = bisect_right(self.offsets, token) - 1
        return self.sources[source].written[token - self.offsets[source]]

    def evidence(self, sentence: int) -> tuple[int, Span]:
        """The source of a sentence and where it stands there."""
        first = self.sentence_starts[sentence]
        source = bisect_right(self.offsets, first) - 1
        tokens = self.sources[source]
        return source, tokens.sentence_spans[bisect_right(tokens.sentence_starts, first - self.offsets[source]) - 1]

    def content(self, tokens: Iterable[int]) -> list[int]:
        """Those of the tokens that are no function words."""
        return [number for number in tokens if self.words[number] not in STOP]

    def places(self, roots: Iterable[str]) -> list[int]:
        """Where any of the roots stands."""
        return [place for word in roots for place in self.roots_at.get(word, ())[:MOST]]

    def stem_places(self, stems: Iterable[str]) -> list[int]:
        """Where any of the stems stands."""
        return [place for word in stems for place in self.stems_at.get(word, ())[:MOST]]

    def weight(self, word: str) -> float:
        """How much a root says: the rarer among the sentences of the sources, the more."""
        weight = self._weights.get(word)
        if weight is None:
            count = len(self.roots_at.get(word, ()))
            weight = self._weights[word] = math.log(1 + len(self.sentence_starts) / (count + 0.5))
        return weight

    def likest(self, places: Iterable[int], anchors: Collection[str]) -> tuple[float, int | None]:
        """The place that has most weight of the anchors around it, and how much."""
        most, best = 0.0, None
        weighed = [(anchor, self.weight(anchor)) for anchor in anchors]
        for place in places:
            around = self.roots[max(0, place - REACH) : place + REACH + 1]
            likeness = sum([weight for anchor, weight in weighed if anchor in around])
            if likeness > most:
                most, best = likeness, place
        return most, best

    def best_sentences(self, wanted: Iterable[str], english: English) -> list[int]:
        """The sentences that carry most of the wanted roots, best first."""
        votes: dict[int, float] = {}
        for word in set(wanted):
            if word in self.roots_at:
                holders = self._holding(word)
                weight = math.log(1 + len(self.sentence_starts) / len(holders))
            else:
                holders = frozenset().union(*(self._holding(near) for near in english.near_roots(word)))
                weight = NEARLY
            for sentence in holders:
                votes[sentence] = votes.get(sentence, 0.0) + weight
        ranked = sorted([(-vote / self._lengths[sentence], sentence) for sentence, vote in votes.items()])
        return [sentence for _, sentence in ranked[:BEST]]

    def _holding(self, word: str) -> frozenset[int]:
        """The sentences that have a root."""
        holders = self._holders.get(word)
        if holders is None:
            places = self.roots_at.get(word, ())
            holders = self._holders[word] = frozenset([self.sentence_of[place] for place in places])
        return holders


def _places(words: list[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        if word in places:
            places[word].append(number)
        else:
            places[word] = [number]
    return places


@lru_cache(maxsize=64)
def ground_of(sources: tuple[Tokens, ...]) -> Ground:
    """The same ground for the same sources."""
    return Ground(sources)
