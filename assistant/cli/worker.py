"""`koujing worker`: works on the jobs of every workspace of the database, until it is told to stop."""

from __future__ import annotations

import os
import signal

import click

from assistant.cli.options import opened
from assistant.cli.output import json_option, print_json


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 512), help="Calls to a model at once, at most.")
@json_option
def worker(concurrency: int | None, as_json: bool) -> int:
    """Work on localization jobs, alone or with other workers on the same database.

    SIGTERM or Ctrl-C: the calls under way end and are kept, the rest is left to others. A second one leaves at once.
    """
    from assistant.localization.jobs.engine import Engine

    with opened() as workspace, Engine(workspace, concurrency=concurrency) as engine:
        stopping = False

        def stop(*_: object) -> None:
            nonlocal stopping
            if stopping:
                os._exit(130)
            stopping = True
            engine.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        told: list[str] = []

        def tell(line: str) -> None:
            told.append(line)
            click.echo(line, err=True)

        click.echo("At work; Ctrl-C stops.", err=True)
        engine.serve(tell)
    if as_json:
        print_json({"told": told})
    return 0
