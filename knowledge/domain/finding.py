"""What a check says: where, how bad, why, on which evidence, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """`error` blocks publication, `warning` asks for a look, `info` explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text in Unicode code points, `end` exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when both share at least one code point."""
        return self.start < other.end and other.start < self.end

    def to_json(self) -> dict[str, int]:
        return {"start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of one check. `check` is a snake_case id that is never renamed; `paragraph` is a paragraph id or
    None for the whole draft; `fix` is a replacement text or an instruction, empty when there is none."""

    check: str
    severity: Severity
    message: str
    paragraph: str | None = None
    span: Span | None = None
    evidence: tuple[str, ...] = field(default=())
    fix: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "severity": str(self.severity),
            "paragraph": self.paragraph,
            "span": self.span.to_json() if self.span else None,
            "message": self.message,
            "evidence": list(self.evidence),
            "fix": self.fix,
        }
