"""What counts as flagged in a text: claims that the sources do not carry, and the findings about claims."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from assistant.checking import CheckReport
from assistant.checks.base import Ledger

WRONG = frozenset({"contradicted", "unsupported", "qualifier_changed"})
ABOUT_CLAIMS = frozenset(
    "number_unsupported number_contradicted number_swapped qualifier_changed date_unsupported name_unsupported "
    "name_unconfirmed quote_not_verbatim quote_translation_unapproved superlative_unproven figure_two_subjects "
    "certificate_unproven target_as_result".split()
)
FIGURES = frozenset({"quantity", "money", "percent", "date"})
Marks = list[tuple[int, int, str]]
"""Start, end, and what says so."""


def flagged(report: CheckReport | Ledger, statements: bool = False) -> Marks:
    """The stretches of the text that are marked as wrong, in order; what overlaps is one. Claims of kind `statement`
    are left out, or are all there is."""
    marks = [
        (claim.span.start, claim.span.end, f"{claim.kind} {claim.verdict} {claim.reason}".strip())
        for claim in report.claims
        if claim.verdict in WRONG and (claim.kind == "statement") == statements
    ]
    if not statements:
        marks += [(f.span.start, f.span.end, f.check) for f in report.findings if f.span and f.check in ABOUT_CLAIMS]
    return _merged(marks)


def figure_alarms(report: CheckReport | Ledger) -> Marks:
    """Only figures and dates."""
    claims = [c for c in report.claims if c.kind in FIGURES and c.verdict in WRONG]
    return _merged([(c.span.start, c.span.end, f"{c.kind} {c.verdict} {c.reason}".strip()) for c in claims])


def _merged(marks: Iterable[tuple[int, int, str]]) -> Marks:
    merged: Marks = []
    for start, end, why in sorted(marks):
        if merged and start < merged[-1][1]:
            first, last, said = merged[-1]
            merged[-1] = (first, max(last, end), said if why in said else f"{said}, {why}")
        else:
            merged.append((start, end, why))
    return merged


def overlapping(marks: Marks, start: int, end: int) -> Marks:
    """Those that touch the stretch; one without extent is touched by what holds it."""
    return [mark for mark in marks if mark[0] < max(end, start + 1) and start < mark[1]]


def shown(text: str, marks: Marks) -> str:
    """The text with its marks in brackets, to be read by eye."""
    for start, end, why in reversed(marks):
        text = f"{text[:start]}⟦{text[start:end]}⟧({why}){text[end:]}"
    return text


def show(title: str, lines: Sequence[str]) -> None:
    """With KOUJING_BENCH_SHOW=1, failing cases on stderr; with KOUJING_BENCH_SHOW=DIR, also as a file there."""
    wanted = os.environ.get("KOUJING_BENCH_SHOW", "")
    if not wanted or not lines:
        return
    body = "\n".join([f"== {title}: {len(lines)}", *lines, ""])
    if wanted == "1":
        print(body, file=sys.stderr)
    else:
        os.makedirs(wanted, exist_ok=True)
        with open(os.path.join(wanted, f"{title.replace(' ', '-')}.txt"), "w", encoding="utf-8") as file:
            file.write(body)
