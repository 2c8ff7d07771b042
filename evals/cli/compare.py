"""`koujing eval compare`: what changed from one run to another, or between two variants of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.output import json_option, print_json
from evals.cli.group import runs_here

if TYPE_CHECKING:
    from evals.statistics.paired import ComparedRow, Comparison


@click.command()
@click.argument("a")
@click.argument("b", required=False)
@click.option("--variants", nargs=2, metavar="FIRST OTHER", help="Compare two variants of run A instead.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write a report (.html) there.")
@json_option
def compare(a: str, b: str | None, variants: tuple[str, str] | None, output: Path | None, as_json: bool) -> int:
    """What changed from run A to run B (ids, their beginnings, or `latest`; B is the newest when left out).

    Case by case, with the interval of every difference, and p corrected for all measures looked at.
    """
    from assistant.cli.options import writable
    from evals.report.page import write_report
    from evals.statistics import paired
    from knowledge.domain.errors import InputError

    writable(output, [".html"])
    if variants and b:
        raise InputError("--variants compares within run A; leave out B")
    runs = runs_here()
    first = runs.get(a)
    other = first if variants else runs.get(b) if b else runs.get("latest")
    found = paired.compare_variants(first, *variants) if variants else paired.compare(first, other)
    if output is not None:
        write_report(other, output, earlier=list(reversed(runs.earlier(12, before=other.id))), comparison=found)
    if as_json:
        print_json({"comparison": found.to_json()})
    else:
        show_comparison(found)
    return 0


def show_comparison(comparison: Comparison) -> None:
    """The comparison in words on stdout."""
    click.echo("\n".join(comparison_lines(comparison)))


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What is shown first, then what broke, then what moved without being shown, then what cannot be compared."""
    rows, shown = comparison.rows, comparison.shown
    yield f"From {comparison.a} to {comparison.b}:"
    yield from (f"  note: {note}" for note in comparison.notes)
    order = ("worse", "better", "different")
    yield from _lines(sorted(shown, key=lambda row: order.index(row.verdict)))
    apart = [row for row in rows if row.verdict == "not comparable"]
    if len(apart) == len(rows):
        yield "  nothing in them can be compared"
    elif not shown:
        yield "  no difference shown in any measure"
    rest = [row for row in rows if row not in shown and row.verdict != "not comparable"]
    broke = [row for row in rest if row.measure in ("failed", "unscored") and row.difference]
    if broke:
        yield "Cases that failed or could not be scored:"
        yield from _lines(broke)
    moved = [row for row in rest if row.difference and row not in broke]
    if moved:
        yield "Not shown to differ (chance does as much):"
        yield from _lines(sorted(moved, key=lambda row: 1 if row.p is None else row.p))
    same = [row for row in rest if not row.difference and row.measure not in ("failed", "unscored")]
    if same:
        yield f"The same: {', '.join(f'{row.suite}/{row.measure}' for row in same)}"
    unseen = [row for row in apart if row.a is None and row.b is None and row.measure not in ("failed", "unscored")]
    if unseen:
        yield f"Nothing to look at in either: {', '.join(f'{row.suite}/{row.measure}' for row in unseen)}"
    told = [row for row in apart if row not in unseen]
    if told:
        yield "Not comparable:"
    for suite, why in dict.fromkeys((row.suite, row.why) for row in told):
        names = [row.measure for row in told if (row.suite, row.why) == (suite, why)]
        yield f"  {suite}/{', '.join(names)}: {why}"


def _lines(rows: list[ComparedRow]) -> Iterator[str]:
    wide = max((len(row.verdict) for row in rows), default=0) + 1
    for row in rows:
        why = f"; {row.why}" if row.why else ""
        label = "" if row.verdict == "no difference shown" else f"{row.verdict + ':':{wide}} "
        yield f"  {label}{_name(row)} {_figures(row)}{why}"


def _name(row: ComparedRow) -> str:
    variant = row.variant_b if row.variant_a == row.variant_b else f"{row.variant_a} → {row.variant_b}"
    return f"{row.suite}/{row.measure} [{variant}]"


def _figures(row: ComparedRow) -> str:
    unit = f" {row.unit}" if row.unit else ""
    parts = [f"{number(row.difference, sign=True)}"]
    if row.low is not None and row.high is not None:
        parts.append(f"95% {number(row.low, sign=True)}…{number(row.high, sign=True)}")
    parts.append(f"{row.n} case{'' if row.n == 1 else 's'}")
    if row.p is not None:
        parts.append(f"p {'<.001' if row.p < 0.001 else number(row.p)}")
    return f"{number(row.a)} → {number(row.b)}{unit} ({', '.join(parts)})"


def number(value: float | None, *, sign: bool = False) -> str:
    """Three digits, shares without their leading zero: `.92`, `−.34`, `12.3`."""
    if value is None:
        return "—"
    size = abs(value)
    text = f"{size:.3g}" if size >= 10 else f"{size:.3f}".rstrip("0").rstrip(".")
    if text == "0" and size:
        text = f"{size:.1g}" if size >= 1e-4 else "0.0001"
    text = text.removeprefix("0") or "0"
    if "e" in text:
        text = f"{size:.0f}"
    minus, plus = ("", "") if text == "0" else ("−", "+" if sign else "")
    return (minus if value < 0 else plus) + text
