"""What lint says: which rule, how bad, in which entries and where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.domain.finding import Severity, Span
from knowledge.domain.words import Words
from knowledge.records import EntryVersion


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the library. `span` counts code points in the `text` of the entry's version and `words` stand there.

    Without a span the place is a field (`field`, as `results[0].after`), a customer's record or the entry as a whole.
    """

    entry_id: str
    version: int
    words: str = ""
    span: Span | None = None
    field: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "entry": self.entry_id,
            "version": self.version,
            "span": self.span.to_json() if self.span else None,
            "field": self.field,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One remark of one rule. The first two places are the two that do not go together, where two are at odds; further
    ones say the same as one of them. `message` and `remedy` are in both languages of the surface."""

    rule: str
    severity: Severity
    message: Words
    places: tuple[Place, ...]
    remedy: Words

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of the entries it is about, each once, in the order of the places."""
        return tuple(dict.fromkeys(place.entry_id for place in self.places))

    def to_json(self, language: str = "en") -> dict[str, Any]:
        """With message and remedy in `language`: `zh`, or English for every other one."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message.of(language),
            "remedy": self.remedy.of(language),
            "entries": list(self.entries),
            "places": [place.to_json() for place in self.places],
        }


def whole(entry: EntryVersion, field: str = "", words: str = "") -> Place:
    """The entry as a whole, or one of its fields."""
    return Place(entry.entry_id, entry.version, words or entry.title, None, field)


def at(entry: EntryVersion, span: Span) -> Place:
    """A stretch of the entry's text."""
    return Place(entry.entry_id, entry.version, span.of(entry.text), span)
