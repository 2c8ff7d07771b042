"""The page of `koujing check -o report.html`: the text with its claims marked, evidence and findings beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.export.check_words import found, number_of, rulings, where
from assistant.export.excerpts import quotes_for
from assistant.export.formats import write_whole
from assistant.export.labels import Labels, labels_for
from assistant.export.marks import mark_up, shifted, shifted_findings
from assistant.export.page import Builder, Inline, Listed, PageBlock, render_page
from assistant.export.plain import about, by_severity, one_line

if TYPE_CHECKING:
    from assistant.checking import CheckReport
    from assistant.given import Line


def write_check(title: str, report: CheckReport, path: Path) -> None:
    """Write the page to `path`, as a whole or not at all. Raises `InputError` when it cannot be written."""
    write_whole(path, check_report_html(title, report).encode())


def check_report_html(title: str, report: CheckReport) -> str:
    """One self-contained page on a checked text, in the words of the text's locale (zh, else en)."""
    labels = labels_for(report.locale)
    builder = Builder(report.evidence, report.claims, report.findings)
    return render_page(
        "check.html.j2",
        labels,
        builder,
        _listed(report, builder, labels),
        title=one_line(title) or labels["check"],
        locale=report.locale,
        marked=True,
        blocks=_blocks(report.given.lines, builder),
        claimed=labels.counted("claim", len(report.claims)),
        found=found(report, labels),
        rulings=rulings(report, labels),
    )


def _listed(report: CheckReport, builder: Builder, labels: Labels) -> list[Listed]:
    listed = []
    for finding in by_severity(report.findings):
        line = report.line_of(finding)
        words = about(finding, {None: report.text})
        quotes = quotes_for(finding, report.claims, builder.evidence)
        listed.append(Listed(finding, words, _id(line) if line else "", where(report, finding, labels), quotes))
    return listed


def _blocks(lines: Sequence[Line], builder: Builder) -> list[PageBlock]:
    """A block for each line; the cells of a row are joined."""
    blocks: list[PageBlock] = []
    for before, line in zip((None, *lines), lines, strict=False):
        cards = builder.cards()
        marks = mark_up(line.text, shifted(builder.claims, line.span), shifted_findings(builder.findings, line.span))
        inline = Inline(_id(line), cards.pieces(marks), (), gap=False)
        joined = before is not None and line.kind == "row" and (before.kind, before.place) == (line.kind, line.place)
        blocks.append(PageBlock(line.kind, (inline,), cards, number="" if joined else number_of(line), joined=joined))
    return blocks


def _id(line: Line) -> str:
    return f"line-{line.number}"
