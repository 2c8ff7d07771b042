"""The terminal: the draft to read, its sources as a list, findings, one line of usage. In a pipe: plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from assistant.carried import Survival
from assistant.draft import Draft, Paragraph
from assistant.export.labels import MARK, Labels, labels_for
from assistant.export.layout import Block, Shape, Table, lay_out
from assistant.export.marks import DOUBT, LOUD, OPEN, QUIET, Mark, mark_up
from assistant.export.plain import (
    about,
    by_severity,
    carried_line,
    cites,
    clean,
    facts,
    name_of,
    one_line,
    origin_line,
    plain_text,
    repair_line,
    texts_of,
    usage_line,
)
from knowledge.domain.finding import Severity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

TONES = {LOUD: "bold red", DOUBT: "yellow", OPEN: "", QUIET: "underline"}
SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
SURVIVALS = {
    Survival.KEPT: "dim",
    Survival.UNCLEAR: "",
    Survival.CHANGED: "bold red",
    Survival.MISSING: "bold red",
}
READABLE = 100
"""Columns beyond which lines of text are no longer easy to read."""


def print_draft(draft: Draft, console: Console) -> None:
    """Print `draft` for a person, or as plain unwrapped text when `console` is no terminal."""
    labels = labels_for(draft.locale)
    usage = labels.named("usage", usage_line(draft, labels))
    if not console.is_terminal:
        console.out(plain_text(draft) + "\n" + usage, highlight=False)
        return
    from rich.padding import Padding
    from rich.text import Text

    width = min(console.width, READABLE)
    page = lay_out(draft, labels)
    printer = _Printer(draft, labels)
    console.print(Text.assemble((MARK, "bold red"), (f"  {' · '.join(origin_line(draft, labels))}", "dim")))
    console.print()
    headline = printer.paragraph(page.headline)
    headline.stylize("bold")
    console.print(headline, width=width)
    for section in page.sections:
        console.print()
        if section.heading:
            console.rule(Text(one_line(section.heading), style="bold"), align="left", style="dim")
        for block in section.blocks:
            if block.table is not None:
                console.print(printer.table(block.table))
                continue
            for text in printer.texts(block):
                console.print(Padding(text, (0, 0, 0, 4 if block.shape is Shape.QUOTE else 0)), width=width)
            console.print()
    _print_end(draft, labels, console, width)
    console.print(Text(usage, style="dim"))


def _print_end(draft: Draft, labels: Labels, console: Console, width: int) -> None:
    """Sources and findings."""
    from rich.text import Text

    if draft.evidence:
        console.rule(Text(labels["sources"], style="bold"), align="left", style="dim")
    for evidence in draft.evidence:
        line = Text(f"[{evidence.id}] ", style="dim").append(name_of(evidence), style="not dim")
        known = [fact for fact in facts(evidence, labels) if not fact.startswith(labels["approved_by"])]
        console.print(line.append("".join(f" · {fact}" for fact in known)), width=width)
    console.print()
    console.rule(Text(labels["findings"], style="bold"), align="left", style="dim")
    texts = texts_of(draft)
    for finding in by_severity(draft.findings):
        style = SEVERITIES[finding.severity]
        words = about(finding, texts)
        line = Text(f"{labels.of('severity', finding.severity)} {one_line(finding.check)}", style=style)
        rest = (f" “{words}”" if words else "") + labels["colon"] + one_line(finding.message)
        fix = f" → {one_line(finding.fix)}" if finding.fix else ""
        console.print(Text.assemble(line, rest, (fix, "bold")), width=width)
    if not draft.findings:
        console.print(Text(labels["no_findings"]))
    console.print()
    if draft.claim_table:
        console.rule(Text(labels["claim_table"], style="bold"), align="left", style="dim")
        for row in draft.claim_table:
            console.print(Text(carried_line(row, labels), style=SURVIVALS[row.survival]), width=width)
        console.print()
    if draft.repairs:
        console.rule(Text(labels["repairs"], style="bold"), align="left", style="dim")
        for repair in draft.repairs:
            console.print(Text(repair_line(repair, labels)), width=width)
        console.print()


def append_marked(
    text: Text, pieces: Iterable[str | Mark], style: str = "", sign: Callable[[Mark], str] = lambda mark: mark.sign
) -> None:
    """Add pieces of text in the style of their marks, each followed by its sign; ticks need none."""
    for piece in pieces:
        if isinstance(piece, str):
            text.append(clean(piece), style=style)
        elif not piece.tick:
            append_marked(text, piece.children, TONES[piece.tone] or style, sign)
            text.append(sign(piece), style=TONES[piece.tone])


class _Printer:
    """Turns paragraphs of one draft into styled text."""

    def __init__(self, draft: Draft, labels: Labels) -> None:
        self.draft, self.labels = draft, labels

    def paragraph(self, paragraph: Paragraph) -> Text:
        """Text with its marks and citations, or a fill-in box."""
        from rich.text import Text

        if paragraph.gap:
            return Text(self.labels.gap(clean(paragraph.text)), style="reverse")
        text = Text()
        claims = [claim for claim in self.draft.claims if claim.paragraph == paragraph.id]
        findings = [finding for finding in self.draft.findings if finding.paragraph == paragraph.id]
        append_marked(text, mark_up(paragraph.text, claims, findings))
        for id_ in cites(self.draft, paragraph):
            text.append(f" [{id_}]", style="dim")
        return text

    def texts(self, block: Block) -> list[Text]:
        """The paragraphs of a block, each as it looks there."""
        from rich.text import Text

        texts = [self.paragraph(paragraph) for paragraph in block.paragraphs]
        if block.shape is Shape.LIST:
            return [Text("• ").append_text(text) for text in texts]
        for text in texts if block.shape in (Shape.LINE, Shape.SUBTITLE) else ():
            text.stylize("bold" if block.shape is Shape.LINE else "italic")
        return texts

    def table(self, table: Table) -> Grid:
        """A table with thin rules."""
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text

        grid = Grid(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False)
        for column in ("", *table.columns):
            grid.add_column(Text(one_line(column)), overflow="fold")
        for name, cells in table.rows:
            texts = [Text("\n").join(self.paragraph(p) for p in cell) or Text("—") for cell in cells]
            grid.add_row(Text(one_line(name), style="bold"), *texts)
        return grid
