"""What can be odd about an English sentence beside its sources: found by small rules, each with a reason of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from assistant.claims.statements.ground import Ground
from assistant.claims.statements.tokens import Tokens
from assistant.claims.vocabulary.english import English, english

ALIKE = 0.5
"""The share of a word's surroundings that a source must have to speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """`said` is the word of the sentence, `place` the token of the ground that says otherwise, `instead` what it is.

    `sure` says that the source speaks of the same thing there: then it contradicts, otherwise it only does not carry.
    """

    reason: str
    said: str
    place: int | None = None
    instead: str = ""
    sure: bool = False


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence (`tokens` of `text`) and the ground it is held against; `others` are sources that it does not cite,
    `known` holds words of names that the library knows."""

    text: Tokens
    tokens: range
    ground: Ground
    others: tuple[Tokens, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def english(self) -> English:
        return english()

    @cached_property
    def content(self) -> list[int]:
        """Its tokens that are no function words."""
        return self.text.content(self.tokens)

    @cached_property
    def best(self) -> list[int]:
        """The source sentences that are most like it."""
        return self.ground.best_sentences((self.text.roots[token] for token in self.content), self.english)

    @cached_property
    def negations(self) -> list[int]:
        return [token for token in self.tokens if token in self.text.negations]

    def carried(self, sentences: Sequence[int]) -> float:
        """The share of the weight of its words that source sentences have; 1 for a sentence without any."""
        there: set[str] = set()
        for number in sentences:
            span = self.ground.sentence(number)
            there.update(self.ground.roots[span.start : span.stop])
        total = here = 0.0
        for token in self.content:
            root = self.text.roots[token]
            if root in self.english.light or self.text.words[token][0].isdigit():
                continue
            weight = self.ground.weight(root)
            total += weight
            here += weight if self.english.says(root, there) else 0.0
        return here / total if total else 1.0

    def anchors(self, token: int, reach: int = 6) -> list[str]:
        """Roots of the content words around a token that the ground has, too."""
        near = range(max(self.tokens.start, token - reach), min(self.tokens.stop, token + reach + 1))
        roots = {self.text.roots[n] for n in self.text.content(near) if n != token}
        return [word for word in roots if word in self.ground.roots_at]

    def alike(self, likeness: float, anchors: Sequence[str]) -> bool:
        """Whether a place that is so like the anchors speaks of the same thing."""
        return len(anchors) > 1 and likeness >= ALIKE * sum(map(self.ground.weight, anchors))

    def same(self, token: int) -> list[int]:
        """Where the ground has the word, or one that says nearly the same."""
        word = self.text.roots[token]
        return self.ground.places([word, *self.english.near_roots(word)])

    def is_unsaid(self, token: int) -> bool:
        """True when neither the word nor one that says nearly the same stands in any source."""
        root = self.text.roots[token]
        return not self.english.says(root, self.ground.roots_at) and not any(
            self.english.says(root, other.root_set) for other in self.others
        )

    def is_name(self, token: int) -> bool:
        """A word with a capital inside the sentence, or with capitals behind its first letter."""
        written = self.text.written[token]
        if written.islower():
            return False
        if not written[1:].islower() and any(character.isupper() for character in written[1:]):
            return True
        before = self.text.text[self.text.starts[token] - 1 : self.text.starts[token]]
        return written[0].isupper() and token > self.tokens.start and before not in "\"'“‘(:"


class Rule(ABC):
    """Looks for one family of oddities in an English sentence."""

    reasons: ClassVar[tuple[str, ...]]

    @abstractmethod
    def look(self, line: Line) -> Iterator[Oddity]: ...
