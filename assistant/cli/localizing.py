"""What `localize` and `jobs resume` share: work on a job until it ends or rests, show how far it is, tell the end."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assistant.localization.jobs.records import Job, JobSegment
    from assistant.workspace import Workspace

_EVERY = 10.0  # seconds between two lines where no terminal shows one that changes
_ITEMS = 500  # segments read at once


def work_on(workspace: Workspace, job: Job, *, concurrency: int | None = None) -> Job:
    """Work on the job in this process; how it stands at the end. Ctrl-C (or SIGTERM) pauses it: what is under way ends
    and is kept; a second one leaves at once, and loses nothing that was kept."""
    from assistant.localization.jobs.engine import Engine
    from assistant.localization.jobs.store import LocalizationJobs
    from assistant.localization.told import BY_HAND

    jobs = LocalizationJobs(workspace.database, workspace.name)
    with _interruptible(), _Line() as line, Engine(workspace, only=job.id, concurrency=concurrency) as engine:
        try:
            return engine.run(line.show)
        except KeyboardInterrupt:
            line.end()
            jobs.pause(job.id, BY_HAND)
            click.echo("Stopping: the calls under way are waited for. Ctrl-C again leaves at once.", err=True)
            engine.stop()
            try:
                engine.wait()
            except KeyboardInterrupt:
                _say_how_to_go_on(job.id)
                os._exit(130)
            return jobs.get(job.id)


def report(job: Job, items: Iterable[JobSegment] | None, as_json: bool) -> int:
    """Print how a job stands, and return the exit status: 3 when a provider or the set-up stopped it."""
    from assistant.localization.jobs.documents import has_failures, job_document
    from assistant.localization.jobs.records import JobState
    from assistant.localization.told import BY_HAND, is_spent

    if as_json:
        print_json(job_document(job, items))
    else:
        _print(job)
        for item in items or ():
            _print_item(item)
    if job.state is JobState.PAUSED:
        click.echo(f"Job {job.id} is paused: {job.why}.", err=True)
        _say_how_to_go_on(job.id, " --budget TOKENS" if is_spent(job.why) else "")
        if job.why == BY_HAND:
            return 130
        return 1 if is_spent(job.why) or job.why.startswith("paused by") else 3
    return 1 if has_failures(job) or job.state is JobState.CANCELLED else 0


def write_report(workspace: Workspace, job: Job, path: Path, language: str | None) -> None:
    """Write the report page of a job; without a `language` in that of its files."""
    from assistant.localization.reporting import report_html
    from knowledge.domain.locale import parse_locale

    page = report_html(job, items_of(workspace, job.id), language or parse_locale(job.options.source).language)
    path.write_text(page, encoding="utf-8")
    click.echo(f"The report is in {path}.", err=True)


def items_of(workspace: Workspace, job_id: str) -> Iterator[JobSegment]:
    """Every segment of a job, read some at a time."""
    from assistant.localization.jobs.store import LocalizationJobs

    jobs = LocalizationJobs(workspace.database, workspace.name)
    after = 0
    while found := jobs.segments(job_id, after=after, limit=_ITEMS):
        yield from found
        after = found[-1].number


def _print(job: Job) -> None:
    click.echo(f"Job {job.id}: {job.state}; {job.options.source} to {', '.join(job.options.targets)}.")
    for file in job.files:
        why = f": {file.why}" if file.why else ""
        if file.held and not why:
            why = f": held back {file.held} of {sum(file.counts.values())} segments"
        click.echo(f"  {file.status:8} {file.locale:6} {file.source} -> {file.target}{why}")
    counts = job.counts
    told = ", ".join(
        f"{counts[state]} {state.replace('_', ' ')}" for state in counts if state != "total" and counts[state]
    )
    click.echo(f"{counts['total']} segments" + (f": {told}." if told else "."))
    if job.held:
        click.echo(
            f"Held back: {job.held} segments; in the target files the source text stands in their place. "
            f"{_where_it_says_why(job)}; `koujing jobs export {job.id} -o review.xlsx` is for whoever decides."
        )


def _where_it_says_why(job: Job) -> str:
    from assistant.localization.jobs.output import report_beside

    if job.options.out and (page := report_beside(job)).exists():
        return f"{page} says why"
    return f"`koujing jobs report {job.id} -o report.html` says why"


def _print_item(item: JobSegment) -> None:
    from assistant.localization.told import why_words

    click.echo(f"{item.number}  {item.state}  {item.segment.place}")
    click.echo(f"    {item.segment.source}")
    if item.target is not None:
        click.echo(f"    {item.target}")
    if item.why:
        click.echo(f"    {why_words(item).en}")


def _say_how_to_go_on(job_id: str, how: str = "") -> None:
    again = f"The same command with a larger{how}" if how else "The same command again"
    click.echo(f"{again}, or `koujing jobs resume {job_id}{how}`, goes on where it stopped.", err=True)


class _Line:
    """How far a job is, on stderr: a line that changes on a terminal, a line now and then elsewhere."""

    def __enter__(self) -> _Line:
        self._terminal, self._shown, self._open = sys.stderr.isatty(), time.monotonic(), False
        self._begun: tuple[float, int] | None = None
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def show(self, job: Job) -> None:
        """Show how the job stands."""
        now, counts = time.monotonic(), job.counts
        done = counts["total"] - counts["pending"]
        if self._begun is None:
            self._begun = (now, done)
        if not self._terminal and now - self._shown < _EVERY:
            return
        seconds = now - self._begun[0]
        rate = (done - self._begun[1]) / seconds if seconds >= 1 else 0.0
        text = f"{job.state}: {done}/{counts['total']} segments, {rate:.1f}/s" + _left(job.eta)
        if self._terminal:
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)
            self._open = True
        else:
            click.echo(text, err=True)
        self._shown = now

    def end(self) -> None:
        """Leave the line."""
        if self._open:
            click.echo("", err=True)
            self._open = False


def _left(eta: float | None) -> str:
    if eta is None:
        return ""
    minutes, seconds = divmod(round(eta), 60)
    hours, minutes = divmod(minutes, 60)
    return f", {hours}:{minutes:02}:{seconds:02} left"


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM means what Ctrl-C means."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
