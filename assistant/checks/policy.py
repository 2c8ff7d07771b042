"""A workspace's rulings on checks: another severity, or off, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from knowledge.domain.finding import Finding, Severity

OFF = "off"
DEFAULT = "default"
CHOICES = (*(str(severity) for severity in Severity), OFF, DEFAULT)
"""What may be ruled on a check: a severity, `off`, or `default`: as the check itself says."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a workspace decided about a check. `choice` is one of `CHOICES`; a reason is never empty. `at` is UTC."""

    check: str
    choice: str
    reason: str
    by: str = ""
    at: datetime | None = None

    @property
    def off(self) -> bool:
        return self.choice == OFF

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "severity": self.choice,
            "reason": self.reason,
            "by": self.by,
            "at": f"{self.at.isoformat(timespec='seconds')}Z" if self.at else None,
        }


@dataclass(frozen=True, slots=True)
class Policy:
    """The rulings of a workspace that hold, by check id; none of them is `default`."""

    rulings: Mapping[str, Ruling] = field(default_factory=dict)

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with the workspace's severities, without those of checks that are off."""
        kept = []
        for finding in findings:
            ruling = self.rulings.get(finding.check)
            if ruling is None:
                kept.append(finding)
            elif not ruling.off:
                kept.append(replace(finding, severity=Severity(ruling.choice)))
        return kept
