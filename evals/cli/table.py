"""A run as a table on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evals.running.record import CRASHED

if TYPE_CHECKING:
    from evals.running.record import MeasureResult, Run
    from evals.statistics.paired import Comparison

_ARROWS = {"higher": "↑", "lower": "↓", None: ""}


def show_run(run: Run, comparison: Comparison | None) -> None:
    """Measures by suite and variant, with intervals; then what a comparison says."""
    from rich.console import Console
    from rich.table import Table

    console = Console(**({} if sys.stdout.isatty() else {"width": 150}))  # type: ignore[arg-type]  # a pipe has no width
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("suite", "variant", "measure", "", "value", "95% interval", "cases", "remarks"):
        table.add_column(name, justify="right" if name in ("value", "cases") else "left", no_wrap=name != "remarks")
    for suite in run.suites:
        for number, row in enumerate(suite.measures):
            first = (suite.suite, suite.variant) if number == 0 else ("", "")
            table.add_row(
                *first, row.measure, _ARROWS[row.better], value_of(row), interval_of(row), str(row.n), remarks(row)
            )
        if suite.failed:
            table.add_row("", "", f"[bold red]{suite.failed} of {counted(suite.expected, 'case')} failed[/]")
        table.add_row("")
    console.print(table)
    for line in trouble_lines(run):
        console.print(line, style="red", markup=False, highlight=False, soft_wrap=True)
    planned = "" if run.planned_seconds is None else f" (planned {run.planned_seconds:.0f} s)"
    console.print(f"{run.id}, {run.status}, {run.seconds:.0f} s{planned}. {run.machine}.", highlight=False)
    if comparison is not None:
        from evals.cli.compare import show_comparison

        show_comparison(comparison)


def trouble_lines(run: Run) -> Iterator[str]:
    """Why cases failed and scorers crashed, each reason once with the first of its cases."""
    for suite in run.suites:
        reasons: dict[str, list[str]] = {}
        for case in suite.cases:
            crashes = [why for why in case.unscored.values() if why.startswith(CRASHED)]
            for why in dict.fromkeys([f"failed: {case.error}"] if case.error else crashes):
                reasons.setdefault(" ".join(why.split()), []).append(case.id)
        for why, ids in reasons.items():
            more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
            yield f"{suite.suite} ({suite.variant}), {ids[0]}{more} {why}"


def counted(n: int, what: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{n} {what}{'' if n == 1 else 's'}"


def value_of(row: MeasureResult) -> str:
    """The value as a person reads it; nothing looked at is no zero."""
    if row.value is None:
        return "—"
    return f"{row.value:.1%}" if not row.unit else f"{row.value:.3g} {row.unit}"


def interval_of(row: MeasureResult) -> str:
    """The interval in the same measure."""
    if row.low is None or row.high is None:
        return ""
    if not row.unit:
        return f"{row.low:.1%} – {row.high:.1%}"
    return f"{row.low:.3g} – {row.high:.3g}"


def remarks(row: MeasureResult) -> str:
    """What must stand beside the value."""
    said = [f"{row.unscored} unscored"] if row.unscored else []
    if row.kappa is not None:
        said.append(f"kappa {row.kappa:.2f}")
    return "; ".join([*said, *([row.note] if row.note else [])])
