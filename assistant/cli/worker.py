"""`koujing worker`: works on the jobs of every workspace of the database, until it is told to stop."""

from __future__ import annotations

import os
import signal

import click

from assistant.cli.options import opened


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 512), help="Calls to a model at once, at most.")
def worker(concurrency: int | None) -> int:
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
        click.echo("At work; Ctrl-C stops.", err=True)
        engine.serve(lambda line: click.echo(line, err=True))
    return 0
