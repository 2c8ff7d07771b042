"""`koujing check`."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli.options import circle_options, opened, writable
from assistant.cli.output import json_option


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", "sources", multiple=True, type=click.Path(path_type=Path),
              help="Check against this file only (repeatable); otherwise against the library.")  # fmt: skip
@circle_options
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write a report page (.html).")
@click.option("--judge", is_flag=True, help="Statements that no program can decide go to the model.")
@json_option
def check(
    file: Path,
    sources: tuple[Path, ...],
    locale: str | None,
    market: str | None,
    audience: str,
    output: Path | None,
    judge: bool,
    as_json: bool,
) -> int:
    """Check every claim of a text: figures, names, quotes, and what the rules of its market forbid."""
    import json

    from assistant.given import given_file
    from assistant.judging import is_on, judge_report
    from assistant.workspace import read_sources
    from knowledge.records import Audience

    writable(output, (".html", ".htm"))
    given, warnings = given_file(file)
    for warning in warnings:
        click.echo(f"{file.name}: {warning}", err=True)
    evidence = read_sources(sources) if sources else None
    with opened(embeds=evidence is None) as workspace:
        report = workspace.check(given, evidence, locale=locale, market=market, audience=Audience(audience))
        if judge or is_on(workspace.settings):
            report = judge_report(workspace, report, lambda line: click.echo(line, err=True))
    if output is not None:
        from assistant.export import write_check

        write_check(file.name, report, output)
        click.echo(f"The report is in {output}.", err=True)
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    elif output is None:
        from rich.console import Console

        from assistant.export import print_check

        print_check(report, Console())
    return 1 if report.has_errors else 0
