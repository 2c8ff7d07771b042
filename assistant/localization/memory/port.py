"""What a job wants of the translation memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assistant.localization.content import Content
from assistant.localization.segment import Segment
from assistant.localization.translating import Example
from knowledge.domain.locale import Locale


class MatchKind(StrEnum):
    """`IN_CONTEXT`: the same text after the same text; `EXACT`: the same text and codes; both are reused."""

    IN_CONTEXT = "in_context"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A translation found. Its codes are those of the segment at hand. `by` is a person or a model's name."""

    kind: MatchKind
    target: Content
    origin: str
    by: str


class TranslationMemory(Protocol):
    """One workspace's memory."""

    def find(self, segments: Sequence[Segment], source: Locale, target: Locale) -> dict[str, MemoryMatch]:
        """The exact and in-context matches by segment id; stale ones and those that a model made and nobody looked at
        are not preferred to a person's."""

    def alike(self, segments: Sequence[Segment], source: Locale, target: Locale) -> dict[str, Sequence[Example]]:
        """Up to two fuzzy matches above the threshold for each segment that has one, the best first."""

    def keep(self, done: Mapping[Segment, Content], source: Locale, target: Locale, *, origin: str, by: str) -> None:
        """Remember. What a person wrote is not written over by a model."""
