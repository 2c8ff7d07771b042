"""What every form of a check report says in words: where a finding stands, the sum of it all, what was ruled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.draft import Claim
from assistant.export.labels import Labels
from assistant.export.marks import SIGNS
from assistant.export.plain import one_line
from knowledge.domain.finding import Finding, Severity

if TYPE_CHECKING:
    from assistant.checking import CheckReport, Ruled
    from assistant.given import Line

VERDICTS = ("supported", *SIGNS, "not_checked")
"""In the order in which a sum names them."""


def where(report: CheckReport, finding: Finding, labels: Labels) -> str:
    """The line of a finding: in the file where the file has lines, else in the text as read, with its place."""
    line = report.line_of(finding)
    if line is None:
        return labels["whole_text"]
    place = report.place_of(finding)
    if not place or place.startswith("line "):
        return labels.place(place or f"line {line.number}")
    return f"{labels.place(f'line {line.number}')} ({labels.place(place)})"


def number_of(line: Line) -> str:
    """The number beside a line: that of the file where the file has lines, else that of the text as read."""
    return line.place.removeprefix("line ") if line.place.startswith("line ") else str(line.number)


def summary(report: CheckReport, labels: Labels) -> str:
    """One line: claims by verdict, findings by severity."""
    claims = labels.counted("claim", len(report.claims))
    split = labels["comma"].join(
        labels["verdicts"].format(n=n, verdict=labels.of("verdict", verdict))
        for verdict, n in by_verdict(report.claims).items()
    )
    counted = f"{claims}{labels['colon']}{split}" if split else claims
    return counted + labels["semicolon"] + found(report, labels)


def found(report: CheckReport, labels: Labels) -> str:
    """Findings by severity."""
    severities = Counter(finding.severity for finding in report.findings)
    counted = [labels.counted(str(severity), severities[severity]) for severity in Severity if severities[severity]]
    return labels["comma"].join(counted) or labels["nothing_found"]


def by_verdict(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims there are of each verdict, in the order of `VERDICTS`."""
    verdicts = Counter(claim.verdict for claim in claims)
    known = [verdict for verdict in VERDICTS if verdict in verdicts]
    return {verdict: verdicts[verdict] for verdict in (*known, *sorted(verdicts.keys() - set(known)))}


def rulings(report: CheckReport, labels: Labels) -> list[str]:
    """What the workspace ruled on checks of this report, each with its reason; nothing where nothing was ruled."""
    off = [ruled for ruled in report.rulings if ruled.ruling.off]
    changed = [ruled for ruled in report.rulings if not ruled.ruling.off]
    return [_ruled(group, what, labels) for group, what in ((off, "off"), (changed, "changed")) if group]


def _ruled(group: Sequence[Ruled], what: str, labels: Labels) -> str:
    said = []
    for ruled in group:
        words = [one_line(ruled.ruling.reason)]
        if ruled.findings:
            words.append(labels.counted("left_out" if ruled.ruling.off else "finding", ruled.findings))
        severity = "" if ruled.ruling.off else f" → {labels.of('severity', ruled.ruling.choice)}"
        said.append(f"{ruled.ruling.check}{severity} ({labels['semicolon'].join(words)})")
    return f"{labels.counted(what, len(group))}{labels['colon']}{labels['comma'].join(said)}"
