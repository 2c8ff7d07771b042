"""Chinese sentences beside their sources: opposites, negation, plans told as done, things replaced by others."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from assistant.claims.reading import Reading, Sentence
from assistant.claims.vocabulary.chinese import Chinese, chinese
from knowledge.domain.quantity import Kind

BEST = 4
REACH = 14
"""Characters around a word that tell what is spoken of."""
SIGHT = 40
"""Characters of a clause to either side of a word, at most."""
MOST = 40
"""Places or clauses of a sentence that are looked at; so many only a text of endless repetitions has."""
BY_CHANCE = 0.4
"""The share of its characters that a sentence has in common with sentences about something else."""
CLEARLY = 1.5
"""How much more like the sentence the opposite's surroundings must be than the word's own, where both stand there."""
ALIKE = 0.5
"""The share of the surroundings that a source must have to speak of the same thing."""


@dataclass(frozen=True, eq=False, slots=True)
class HanOddity:
    """`said` is what the sentence says, `sentence` the source's, `instead` what stands there."""

    reason: str
    said: str
    source: int = 0
    sentence: Sentence | None = None
    instead: str = ""
    sure: bool = False


class HanGround:
    """The sentences of the sources, by the pairs of characters that they have."""

    def __init__(self, sources: Sequence[Reading]) -> None:
        self.sentences = [(number, sentence) for number, source in enumerate(sources) for sentence in source.sentences]
        self.texts = [source.text.casefold() for source in sources]
        self._holders: dict[str, list[int]] = {}
        for number, (_, sentence) in enumerate(self.sentences):
            for pair in sentence.plain:
                if pair in self._holders:
                    self._holders[pair].append(number)
                else:
                    self._holders[pair] = [number]
        self._weights: dict[str, float] = {}
        self._lengths = [(20 + len(sentence.text)) ** 0.35 for _, sentence in self.sentences]

    def __contains__(self, pair: str) -> bool:
        return pair in self._holders

    def weight(self, pair: str) -> float:
        """How much a pair says: the rarer among the sentences, the more."""
        weight = self._weights.get(pair)
        if weight is None:
            count = len(self._holders.get(pair, ()))
            weight = self._weights[pair] = math.log(1 + len(self.sentences) / (count + 0.5))
        return weight

    def best(self, pairs: frozenset[str]) -> list[tuple[int, Sentence]]:
        """(source, sentence) of those that carry most of the pairs, best first."""
        votes: dict[int, float] = {}
        for pair in pairs:
            weight = self.weight(pair)
            for number in self._holders.get(pair, ()):
                votes[number] = votes.get(number, 0.0) + weight
        ranked = sorted([(-vote / self._lengths[number], number) for number, vote in votes.items()])
        return [self.sentences[number] for _, number in ranked[:BEST]]

    def carried(self, pairs: frozenset[str], best: Sequence[tuple[int, Sentence]]) -> float:
        """The share of the pairs' weight that the best sentences have, or of the characters, whichever is more."""
        there = frozenset().union(*(sentence.plain for _, sentence in best))
        total = sum(map(self.weight, pairs))
        by_pairs = sum(self.weight(pair) for pair in pairs & there) / total if total else 1.0
        characters = set("".join(pairs))
        shared = len(characters.intersection("".join(there))) / (len(characters) or 1)
        return max(by_pairs, (shared - BY_CHANCE) / (1 - BY_CHANCE))


@lru_cache(maxsize=64)
def han_ground(sources: tuple[Reading, ...]) -> HanGround:
    """The same ground for the same sources."""
    return HanGround(sources)


@dataclass(frozen=True, eq=False)
class HanLine:
    """A sentence and the ground it is held against; `others` are sources that it does not cite."""

    sentence: Sentence
    ground: HanGround
    others: tuple[Reading, ...] = ()

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def words(self) -> Chinese:
        return chinese()

    @cached_property
    def best(self) -> list[tuple[int, Sentence]]:
        return self.ground.best(self.sentence.plain)

    def is_unsaid(self, word: str) -> bool:
        """True when the word stands in no source."""
        folded = word.casefold()
        return not any(folded in text for text in self.ground.texts) and not any(
            word in other.text or folded in other.text.casefold() for other in self.others
        )

    def is_money(self, at: int) -> bool:
        """True inside an amount of money, whose currency is compared with the figure: 人民币 and 元 are one."""
        place = self.sentence.span.start + at
        return any(q.kind is Kind.MONEY and q.span.start <= place < q.span.end for q in self.sentence.quantities)

    def anchors(self, start: int, end: int) -> list[str]:
        """Pairs around a stretch that the ground has, too."""
        return [pair for pair in _pairs_around(self.text, start, end) if pair in self.ground]

    def likest(self, words: Sequence[str], anchors: Sequence[str]) -> tuple[float, HanOddity | None]:
        """Where any of the words stands in the best sentences among the most of the anchors."""
        most: tuple[float, HanOddity | None] = (0.0, None)
        for source, sentence in self.best:
            for word in words:
                for start in islice(_occurrences(sentence.text, word), MOST):
                    around = _clause_at(sentence.text, start, start + len(word))
                    likeness = sum(self.ground.weight(anchor) for anchor in anchors if anchor in around)
                    if likeness > most[0]:
                        most = likeness, HanOddity("", "", source, sentence, word)
        return most


def _occurrences(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)


_HAN = re.compile(r"[㐀-䶿一-鿿]")
_WORD = re.compile(r"[A-Za-z0-9.%]{2,}")


def _pairs_around(text: str, start: int, end: int) -> set[str]:
    clause_start, clause_end = _clause_span(text, start, end)
    pieces = text[max(clause_start, start - REACH) : start], text[end : min(clause_end, end + REACH)]
    pairs = {piece[n : n + 2] for piece in pieces for n in range(len(piece) - 1)}
    kept = {pair for pair in pairs if len(_HAN.findall(pair)) == 2}
    return kept | {word for piece in pieces for word in _WORD.findall(piece)}


_COMMAS = "，。；！？,;\n"


def _clause_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause begins and ends that a stretch stands in, within sight."""
    left = max((text.rfind(mark, max(0, start - SIGHT), start) for mark in _COMMAS), default=-1)
    right = [at for mark in _COMMAS if (at := text.find(mark, end, end + SIGHT)) >= 0]
    return max(left + 1, start - SIGHT, 0), min(right, default=min(len(text), end + SIGHT))


def _clause_at(text: str, start: int, end: int) -> str:
    first, last = _clause_span(text, start, end)
    return text[first:last]
