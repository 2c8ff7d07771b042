"""A workspace's rulings on checks: another severity, or off, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from knowledge.domain.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a workspace decided about a check. `severity` None switches it off. A reason is never empty."""

    check: str
    severity: Severity | None
    reason: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """All rulings of a workspace by check id."""

    rulings: Mapping[str, Ruling] = field(default_factory=dict)

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with the workspace's severities, without those of checks that are off."""
        kept = []
        for finding in findings:
            ruling = self.rulings.get(finding.check)
            if ruling is None:
                kept.append(finding)
            elif ruling.severity is not None:
                kept.append(replace(finding, severity=ruling.severity))
        return kept
