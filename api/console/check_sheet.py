"""A checked text as the page shows it: lines with marks, the evidence of each mark, the findings beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.console.grounds import Grounds, Line, Told, approvals_of, rests_of, title_of
from assistant.export.check_words import number_of, where
from assistant.export.labels import Labels, labels_for
from assistant.export.marks import mark_up, shifted, shifted_findings
from assistant.export.page import Cards, Inline, Listed, legend
from assistant.export.plain import about, by_severity, clean
from knowledge.library import Library

if TYPE_CHECKING:
    from assistant.checking import CheckReport
    from assistant.given import Line as GivenLine


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of the text: its sort (see `Block.kind`), the number beside it, whether it goes on with the row before."""

    line: Line
    kind: str
    number: str
    joined: bool


@dataclass(frozen=True, slots=True)
class CheckSheet(Grounds):
    """A report, ready for the page."""

    numbered: tuple[NumberedLine, ...]
    findings: tuple[Told, ...]

    def lines(self) -> Iterator[Line]:
        """Every line in reading order."""
        return (one.line for one in self.numbered)


def check_sheet(report: CheckReport, library: Library, language: str) -> CheckSheet:
    """The page's view of `report`; `language` is the reader's."""
    labels = labels_for("zh" if language == "zh" else "en")
    targets: dict[tuple[str, int, int, str], str] = {}
    return CheckSheet(
        evidence=report.evidence,
        labels=labels,
        legend=legend(report.claims, report.findings),
        rests=rests_of(report.evidence, report.claims),
        approvals=approvals_of(report.evidence, library),
        numbered=tuple(_numbered(report, targets)),
        findings=tuple(_told(report, targets, labels, language)),
    )


def _numbered(report: CheckReport, targets: dict[tuple[str, int, int, str], str]) -> Iterator[NumberedLine]:
    evidence = {piece.id: piece for piece in report.evidence}
    before: GivenLine | None = None
    for line in report.given.lines:
        cards = Cards(0, evidence)
        marks = mark_up(line.text, shifted(report.claims, line.span), shifted_findings(report.findings, line.span))
        id_ = _id(line)
        made = Line(id_, clean(line.text), False, Inline(id_, cards.pieces(marks), (), gap=False), tuple(cards.cards))
        for card in made.cards:
            for finding in card.findings:
                if finding.span:
                    key = finding.check, finding.span.start + line.start, finding.span.end + line.start, finding.message
                    targets.setdefault(key, f"m-{id_}-{card.number}")
        joined = before is not None and line.kind == "row" and (before.kind, before.place) == (line.kind, line.place)
        yield NumberedLine(made, line.kind, "" if joined else number_of(line), joined)
        before = line


def _told(
    report: CheckReport, targets: dict[tuple[str, int, int, str], str], labels: Labels, language: str
) -> Iterator[Told]:
    for number, finding in enumerate(by_severity(report.findings), 1):
        words, line = about(finding, {None: report.text}), report.line_of(finding)
        target = f"p-{_id(line)}" if line else ""
        if finding.span:
            key = finding.check, finding.span.start, finding.span.end, finding.message
            target = targets.get(key, target)
        yield Told(
            str(number),
            replace(finding, paragraph=_id(line) if line else None),
            title_of(finding.check, language),
            words,
            Listed(finding, words).message.strip(" ：:"),
            target,
            where(report, finding, labels),
        )


def _id(line: GivenLine) -> str:
    return f"line-{line.number}"
