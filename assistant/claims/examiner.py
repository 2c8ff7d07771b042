"""What an examiner is: it finds the claims of one family in a text and says what the sources make of them.

A new family of claims is a class here and a line in `ledger.EXAMINERS`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assistant.claims.reading import Reading, read_text
from assistant.draft import Evidence, EvidenceSpan
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import NOTHING, Words
from knowledge.lexicon import Lexicon

SUPPORTED = "supported"
CONTRADICTED = "contradicted"
UNSUPPORTED = "unsupported"
QUALIFIER_CHANGED = "qualifier_changed"
AMBIGUOUS = "ambiguous"
NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Source:
    """An evidence and its reading."""

    evidence: Evidence
    reading: Reading

    def at(self, span: Span) -> EvidenceSpan:
        """A stretch of it, as a claim names it."""
        return EvidenceSpan(self.evidence.id, span)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text may rest on: the sources it cites, the others it was offered, and what the library knows by name.

    `complete` says that nothing else was to be had, so that a claim without a source is unsupported, not unchecked.
    """

    cited: tuple[Source, ...]
    others: tuple[Source, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that an examiner found. `reason` is a word of the code that says why the verdict is what it is
    (`other_value`, `swapped`, `inverted`, `elsewhere`, `negated` …); `note` says it to a person; `fix` is the exact
    text that would be right, empty when a program cannot know."""

    span: Span
    kind: str
    verdict: str
    evidence: tuple[EvidenceSpan, ...] = ()
    reason: str = ""
    note: Words = NOTHING
    fix: str = ""


class Examiner(ABC):
    """Finds and examines the claims of one family. Pure: no I/O, no model, the same answer for the same text."""

    kinds: ClassVar[tuple[str, ...]]

    @abstractmethod
    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        """The claims of `said`, in any order; spans count in its text."""


def sources_of(evidence: Sequence[Evidence]) -> tuple[Source, ...]:
    """Evidence, read."""
    return tuple(Source(item, read_text(item.text, _language(item.locale))) for item in evidence)


def _language(locale: str) -> str | None:
    """The language that an evidence names; None where it names none (`und`)."""
    language = locale.split("-", 1)[0].lower()
    return language if language and language != "und" else None
