"""What became of a claim of the source in a text that was localized: a row of the claim table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.domain.finding import Span


class Survival(StrEnum):
    """`UNCLEAR`: the program cannot tell; a person has to look. Nothing is guessed."""

    KEPT = "kept"
    CHANGED = "changed"
    MISSING = "missing"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class CarriedClaim:
    """A claim of the source and where it is in the target.

    `kind` is a figure's (`quantity`, `money`, `percent`, `date`), `name`, `term`, or what bears on a whole sentence:
    `negation`, `condition`. `span` counts in the text of the piece of evidence, `said_at` in the paragraph's; a claim
    that is kept in other words, or is lost, has no place. `note` says it to a person.
    """

    kind: str
    survival: Survival
    text: str
    span: Span
    said: str = ""
    said_at: Span | None = None
    note: str = ""
    evidence: str = ""
    paragraph: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "survival": str(self.survival),
            "source": {"evidence": self.evidence, **self.span.to_json(), "text": self.text},
            "target": {**self.said_at.to_json(), "text": self.said} if self.said_at else None,
            "paragraph": self.paragraph,
            "note": self.note,
        }


def carried_from_json(data: Mapping[str, Any]) -> CarriedClaim:
    """The inverse of `CarriedClaim.to_json`."""
    source, target = data["source"], data["target"]
    return CarriedClaim(
        data["kind"],
        Survival(data["survival"]),
        source["text"],
        Span(source["start"], source["end"]),
        target["text"] if target else "",
        Span(target["start"], target["end"]) if target else None,
        data["note"],
        source["evidence"],
        data["paragraph"],
    )
