"""`koujing bench`, registered by entry point."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("names", nargs=-1)
@click.option("--data", "data_dir", type=click.Path(path_type=Path, file_okay=False),
              help="Folder of public data; KOUJING_DATA or ../shared/data when left out.")  # fmt: skip
@click.option("--list", "only_list", is_flag=True, help="Name the benchmarks and stop.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def bench(names: tuple[str, ...], data_dir: Path | None, only_list: bool, as_json: bool) -> int:
    """Measure: retrieval, speed, drafts, checks; every figure in one table."""
    from assistant.cli.output import Shown, print_json
    from assistant.settings import load_settings
    from evals.bench import BENCHMARKS, find_data, machine, run, versions
    from evals.bench.table import as_text
    from knowledge.domain.errors import InputError

    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        raise InputError(f"no benchmark '{unknown[0]}'; there are {', '.join(BENCHMARKS)}")
    if only_list:
        for name, benchmark in BENCHMARKS.items():
            click.echo(f"{name:12} {benchmark.about}")
        return 0
    settings = load_settings()
    data = find_data(data_dir, settings)
    with Shown() as progress:
        rows = run(names or tuple(BENCHMARKS), data, settings, progress, lambda line: click.echo(line, err=True))
    if as_json:
        print_json({"machine": machine(), "versions": versions(), "rows": [row.to_json() for row in rows]})
    else:
        click.echo(as_text(machine(), versions(), rows))
    return 0
