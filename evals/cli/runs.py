"""`koujing eval list|show|report`: the runs that are kept."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.output import json_option, print_json
from evals.cli.group import runs_here


@click.command("list")
@json_option
def list_(as_json: bool) -> int:
    """Every run that is kept, the newest first."""
    runs = runs_here()
    rows = []
    for run_id in reversed(runs.ids()):
        request = runs.request(run_id)
        done = (runs.folder(run_id) / "run.json").is_file()
        rows.append({"run": run_id, "suites": request["suites"] or ["all"], "models": request["models"],
                     "status": runs.get(run_id).status if done else "cut off"})  # fmt: skip
    if as_json:
        print_json({"runs": rows})
    for row in [] if as_json else rows:
        click.echo(f"{row['run']}  {row['status']:8} {', '.join(row['models'])}: {', '.join(row['suites'])}")
    if not rows and not as_json:
        click.echo("No run yet; make one with `koujing eval run`.")
    return 0


@click.command()
@click.argument("run", default="latest")
@click.option("--cases", is_flag=True, help="Every case as well (with --json).")
@json_option
def show(run: str, cases: bool, as_json: bool) -> int:
    """The table of RUN (an id or its beginning; the latest when left out)."""
    from evals.cli.table import show_run
    from knowledge.domain.errors import InputError

    if cases and not as_json:
        raise InputError("--cases tells every case as JSON; add --json")
    found = runs_here().get(run)
    if as_json:
        print_json({"run": found.to_json(cases=cases)})
    else:
        show_run(found, None)
    return 0


@click.command()
@click.argument("run", default="latest")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Copy it there.")
@click.option("--locale", "-l", type=click.Choice(("en", "zh")), default="en", show_default=True, help="Its language.")
def report(run: str, output: Path | None, locale: str) -> int:
    """Write the report of RUN again, and say where it is."""
    from assistant.cli.options import writable
    from evals.report.keeping import keep_report

    writable(output, [".html"])
    runs = runs_here()
    click.echo(str(keep_report(runs, runs.get(run), None, output, locale)))
    return 0
