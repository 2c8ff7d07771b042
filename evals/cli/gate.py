"""`koujing eval gate`: hold a run against the floors, raise them, or make one easier for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.output import json_option, print_json
from evals.cli.group import runs_here

if TYPE_CHECKING:
    from evals.gate.floors import Floors
    from evals.gate.gate import GateResult, Held


@click.command()
@click.argument("run", required=False)
@click.option("--floors", "path", type=click.Path(path_type=Path, dir_okay=False),
              help="The file with the floors; ours when left out.")  # fmt: skip
@click.option("--raise", "raise_", is_flag=True, help="First make every floor as strict as this run allows.")
@click.option("--loosen", metavar="SUITE/MODEL/MEASURE=VALUE",
              help="Make one floor easier, and stop; MEASURE:cases or MEASURE:unscored for those.")  # fmt: skip
@click.option("--reason", default="", help="Why; kept beside the floor.")
@json_option
def gate(run: str | None, path: Path | None, raise_: bool, loosen: str | None, reason: str, as_json: bool) -> int:
    """Hold RUN (the newest that is done when left out) against the floors. Exit status 1: it does not hold."""
    from evals.gate.changing import raised
    from evals.gate.gate import check
    from evals.gate.keeping import FLOORS, load, save
    from knowledge.domain.errors import InputError

    if raise_ and loosen:
        raise InputError("--raise and --loosen do the opposite of each other; give one")
    if reason and not loosen:
        raise InputError("--reason belongs to --loosen")
    path = path or FLOORS
    floors = load(path)
    if loosen:
        return _loosen(floors, path, loosen, reason, as_json)
    runs = runs_here()
    held = runs.get(run) if run else runs.newest()
    changes: list[str] = []
    if raise_:
        before, floors = floors, raised(held, floors)
        changes = _changes(before, floors)
        save(floors, path)
    result = check(held, floors)
    if as_json:
        print_json({"gate": result.to_json(), "raised": changes})
    else:
        click.echo("\n".join([*changes, *gate_lines(result)]))
    return 0 if result.ok else 1


def _loosen(floors: Floors, path: Path, wanted: str, reason: str, as_json: bool) -> int:
    from assistant.settings import load_settings
    from evals.gate.changing import WHATS, loosened
    from evals.gate.keeping import save
    from knowledge.domain.errors import InputError

    place, _, value = wanted.rpartition("=")
    suite, _, rest = place.partition("/")
    model, _, measure = rest.rpartition("/")
    measure, _, what = measure.partition(":")
    kinds = [kind for kind in WHATS if kind == (what or "floor")]
    try:
        to = float(value)
    except ValueError:
        to = float("nan")
    if not (suite and model and measure and kinds and to == to):
        raise InputError(
            f"--loosen '{wanted}': write it as SUITE/MODEL/MEASURE=VALUE, e.g. drafting/scripted/released=0.8"
        )
    changed = loosened(floors, suite, model, measure, to, reason, load_settings().now().date(), what=kinds[0])
    save(changed, path)
    changes = _changes(floors, changed)
    if as_json:
        print_json({"loosened": changes})
    else:
        click.echo("\n".join(changes))
    return 0


def _changes(before: Floors, after: Floors) -> list[str]:
    """What was written, a line for each floor."""
    lines = []
    for key, floor in after.entries.items():
        old = before.entries.get(key)
        if old != floor:
            was = f"{_step(old.now.floor, old.now.cases, old.now.unscored)} → " if old else "new, "
            lines.append(f"{'/'.join(key)}: {was}{_step(floor.now.floor, floor.now.cases, floor.now.unscored)}")
    return lines


def _step(floor: float, cases: int, unscored: int) -> str:
    more = [f"{cases} cases"] if cases else []
    more += [f"{unscored} unscored allowed"] if unscored else []
    return f"{floor:g}" + (f" ({', '.join(more)})" if more else "")


def gate_lines(result: GateResult) -> Iterator[str]:
    """What fails first; then what was held, and what no floor guards."""
    yield from (f"FAILED  {line}" for line in result.trouble)
    yield from (f"FAILED  {_line(row)}: {row.why}" for row in result.failures)
    yield from (f"MISSING {_line(row)}: {row.why}" for row in result.missing)
    yield from (f"ok      {_line(row)}" for row in result.passed)
    if result.unguarded:
        yield f"Without a floor: {', '.join(result.unguarded)}"
    verdict = "holds" if result.ok else "does not hold"
    yield f"Run {result.run} {verdict}: {len(result.passed)} of {_total(result)} floors reached."


def _line(row: Held) -> str:
    sign = "≥" if row.better == "higher" else "≤"
    value = "—" if row.value is None else f"{row.value:.4g}"
    return f"{row.suite}/{row.model}/{row.measure} {value} (floor {sign} {row.floor:g})"


def _total(result: GateResult) -> int:
    return len(result.passed) + len(result.failures) + len(result.missing)
