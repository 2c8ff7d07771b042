"""A segment: a unit of translation with exactly one truthful state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.localization.content import Content
from knowledge.domain.finding import Finding


class SegmentState(StrEnum):
    """`PENDING` until something is known; the other four are final and are the contract's."""

    PENDING = "pending"
    REUSED = "reused"
    TRANSLATED = "translated"
    NEEDS_REVIEW = "needs_review"
    FAILED = "failed"

    @property
    def released(self) -> bool:
        """Whether the target goes into the file."""
        return self in (SegmentState.REUSED, SegmentState.TRANSLATED)


@dataclass(frozen=True, slots=True)
class Segment:
    """What is translated at once: a unit, or a sentence of it.

    `id` is unique in its job. `lead` and `tail` are the white space and codes around the words, put back as they were.
    `before` is the text of the segment before it in the file, which tells equal texts apart in the memory.
    """

    id: str
    unit: str
    source: Content
    lead: str = ""
    tail: str = ""
    context: str = ""
    note: str = ""
    place: str = ""
    before: str = ""
    max_length: int | None = None
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a segment ended. `why` is one line for people, empty for a released one; `origin` says where the target came
    from: `model`, `memory`, `repeated` (the same segment elsewhere), `file` (it was there already), `person`."""

    state: SegmentState
    target: Content | None = None
    findings: tuple[Finding, ...] = ()
    why: str = ""
    origin: str = "model"
    tries: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "state": str(self.state),
            "target": self.target.to_json() if self.target else None,
            "findings": [finding.to_json() for finding in self.findings],
            "why": self.why,
            "origin": self.origin,
            "tries": self.tries,
        }
