"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. `remedy` is the command that mends it, or that shows what should be looked at soon."""

    what: str
    well: bool
    finding: str
    remedy: str = ""

    def to_json(self) -> dict[str, object]:
        return {"what": self.what, "well": self.well, "finding": self.finding, "remedy": self.remedy}
