"""A text as the ledger sees it: its sentences with their words, its quantities. Read once, kept for the next look."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assistant.claims.quantities import quantities
from assistant.claims.words import content_words, plain_words
from knowledge.domain.finding import Span
from knowledge.domain.locale import detect_language
from knowledge.domain.quantity import Quantity
from knowledge.domain.text import sentences


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence; `span` and the quantities count in the whole text."""

    span: Span
    text: str
    quantities: tuple[Quantity, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its content words, see `assistant.claims.words`."""
        return content_words(self.text)

    @cached_property
    def plain(self) -> frozenset[str]:
        """Its content words without the quantities."""
        return plain_words(self.text)


@dataclass(frozen=True, eq=False)
class Reading:
    """A text with its language (two letters; `en` when it cannot be told) and its sentences in order."""

    text: str
    language: str
    quantities: tuple[Quantity, ...]
    _spans: tuple[Span, ...] = field(repr=False)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(span, span.of(self.text), tuple(q for q in self.quantities if span.overlaps(q.span)))
            for span in self._spans
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The content words of the whole text."""
        return frozenset().union(*(sentence.words for sentence in self.sentences))

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds a position; between two, the one before. The text must have a sentence."""
        starts = [span.start for span in self._spans]
        return self.sentences[max(0, bisect_right(starts, position) - 1)]


@lru_cache(maxsize=2048)
def read_text(text: str, language: str | None = None) -> Reading:
    """Read a text; without `language` it is told from the text."""
    tongue = language or detect_language(text) or "en"
    return Reading(text, tongue, quantities(text, tongue), tuple(sentences(text)))
