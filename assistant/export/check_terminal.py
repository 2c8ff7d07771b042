"""The terminal: a checked text with its marks, findings with their evidence, the sum. In a pipe: the same, plain.

A number beside a sign in the text is that of the finding in the list below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.export.check_words import number_of, rulings, summary, where
from assistant.export.excerpts import Quote, quotes_for
from assistant.export.labels import Labels, labels_for
from assistant.export.marks import Mark, mark_up, shifted, shifted_findings
from assistant.export.plain import about, by_severity, clean, name_of, one_line
from assistant.export.terminal import READABLE, SEVERITIES, append_marked
from knowledge.domain.finding import Finding

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.checking import CheckReport
    from assistant.given import Line

_RAISED = str.maketrans("0123456789,", "⁰¹²³⁴⁵⁶⁷⁸⁹\u2009")


def print_check(report: CheckReport, console: Console) -> None:
    """Print the report for a person, or as plain unwrapped text when `console` is no terminal."""
    shown = _Shown(report, labels_for(report.locale))
    if console.is_terminal:
        _to_terminal(shown, console)
    else:
        console.out("\n".join(_plain(shown)), highlight=False)


class _Shown:
    """A report with its findings numbered, in the words of its language."""

    def __init__(self, report: CheckReport, labels: Labels) -> None:
        self.report, self.labels = report, labels
        self.findings = list(enumerate(by_severity(report.findings), start=1))
        self._evidence = {evidence.id: evidence for evidence in report.evidence}

    def marked(self, line: Line) -> tuple[tuple[str | Mark, ...], Callable[[Mark], str]]:
        """A line cut into strings and marks, and what stands beside a mark: its sign and the numbers of findings."""
        mine = [(n, f) for n, f in self.findings if f.span and f.span.overlaps(line.span)]
        cut = shifted_findings((finding for _, finding in mine), line.span)
        numbers = {finding: n for finding, (n, _) in reversed(list(zip(cut, mine, strict=True)))}
        pieces = mark_up(line.text, shifted(self.report.claims, line.span), cut)
        return pieces, lambda mark: mark.sign + ",".join(str(numbers[finding]) for finding in mark.findings)

    def head(self, finding: Finding) -> str:
        """Line, check and words of a finding."""
        words = about(finding, {None: self.report.text})
        place = where(self.report, finding, self.labels)
        return f"{place} · {one_line(finding.check)}" + (f" “{words}”" if words else "")

    def body(self, finding: Finding) -> Iterator[str]:
        """What a finding says, the evidence, the fix: a line each."""
        yield one_line(finding.message)
        for quote in quotes_for(finding, self.report.claims, self._evidence):
            yield self._quoted(quote)
        if finding.fix:
            yield self.labels.named("fix", one_line(finding.fix))

    def _quoted(self, quote: Quote) -> str:
        evidence, name = quote.evidence, name_of(quote.evidence)
        entry = f"{evidence.entry_id} v{evidence.version}" if evidence.entry_id else ""
        place = " › ".join(
            part for part in (evidence.source, self.labels.place(evidence.locator)) if part and part != name
        )
        known = [one_line(part) for part in (f"{evidence.id} {name}", entry, place) if part]
        return f"{' · '.join(known)}{self.labels['colon']}“{one_line(quote.before + quote.words + quote.after)}”"

    def groups(self) -> Iterator[tuple[str, list[tuple[int, Finding]]]]:
        """Findings by severity, the worst first, each group with its title."""
        for severity, group in groupby(self.findings, key=lambda numbered: numbered[1].severity):
            members = list(group)
            yield f"{self.labels.of('severities', severity)} ({len(members)})", members

    def end(self) -> list[str]:
        """What was ruled, and the sum."""
        return [*rulings(self.report, self.labels), summary(self.report, self.labels)]


def _plain(shown: _Shown) -> Iterator[str]:
    for line in shown.report.given.lines:
        pieces, sign = shown.marked(line)
        yield _bracketed(pieces, sign)
    yield ""
    for title, members in shown.groups():
        yield title
        for number, finding in members:
            yield f"{number}. {shown.head(finding)}"
            yield from (f"   {line}" for line in shown.body(finding))
        yield ""
    yield from shown.end()


def _bracketed(pieces: Iterable[str | Mark], sign: Callable[[Mark], str]) -> str:
    """Text in which marks that ask for the eye stand in brackets with their sign and number."""
    parts = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(clean(piece))
        else:
            words, said = _bracketed(piece.children, sign), "" if piece.tick else sign(piece)
            parts.append(f"⟦{words} {said}⟧" if said else words)
    return "".join(parts)


def _raised(sign: Callable[[Mark], str]) -> Callable[[Mark], str]:
    """The sign with small raised numbers: beside a figure of the text a plain one would read as part of it."""
    return lambda mark: sign(mark).translate(_RAISED)


def _to_terminal(shown: _Shown, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    width = min(console.width, READABLE)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for line in shown.report.given.lines:
        pieces, sign = shown.marked(line)
        text = Text()
        append_marked(text, pieces, sign=_raised(sign))
        if line.kind == "heading":
            text.stylize("bold")
        elif not line.checked:
            text.stylize("dim")
        grid.add_row(number_of(line), text)
    console.print(grid, width=width)
    for title, members in shown.groups():
        console.print()
        style = SEVERITIES[members[0][1].severity]
        console.rule(Text(title, style=style), align="left", style="dim")
        for number, finding in members:
            console.print(Text.assemble((f"{number}  ", style), (shown.head(finding), "bold")), width=width)
            for said in shown.body(finding):
                console.print(Padding(Text(said), (0, 0, 0, 3)), width=width)
    console.print()
    for said in shown.end():
        console.print(Text(said), width=width)
