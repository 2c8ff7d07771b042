"""`koujing jobs`: localization jobs, listed, shown, paused, resumed, cancelled, reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.options import acting_user, opened, writable
from assistant.cli.output import json_option, print_json

if TYPE_CHECKING:
    from assistant.localization.jobs.store import LocalizationJobs
    from assistant.workspace import Workspace


_language = click.option(
    "--language", type=click.Choice(["zh", "en"]), help="That of headings and reasons; by the files' own otherwise."
)


@click.group()
def jobs() -> None:
    """List, show, pause, resume, cancel localization jobs; segments to linguists and back."""


@jobs.command("list")
@click.option("-n", "count", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@json_option
def list_(count: int, as_json: bool) -> int:
    """The newest jobs, the newest first."""
    from assistant.localization.jobs.documents import job_document

    with opened() as workspace:
        found = _jobs(workspace).newest(count)
    if as_json:
        print_json({"jobs": [job_document(job) for job in found]})
        return 0
    for job in found:
        counts = job.counts
        click.echo(
            f"{job.id}  {job.created_at:%Y-%m-%d %H:%M}  {job.state:9} {job.options.source} to "
            f"{','.join(job.options.targets)}  {counts['total'] - counts['pending']}/{counts['total']} segments"
            + (f"  {job.why}" if job.why else "")
        )
    click.echo(f"{len(found)} jobs.")
    return 0


@jobs.command()
@click.argument("job_id")
@click.option("--verbose", is_flag=True, help="Every segment, too.")
@json_option
def show(job_id: str, verbose: bool, as_json: bool) -> int:
    """One job: its files, and how many segments stand how."""
    from assistant.cli.localizing import items_of, report

    with opened() as workspace:
        job = _jobs(workspace).get(job_id)
        report(job, items_of(workspace, job_id) if verbose else None, as_json)
    return 0


@jobs.command()
@click.argument("job_id")
@json_option
def pause(job_id: str, as_json: bool) -> int:
    """Let a job rest; the calls under way end and are kept."""
    from assistant.cli.localizing import report
    from assistant.localization.jobs.durable import DurableQueue

    with opened() as workspace:
        job = _jobs(workspace).pause(job_id, f"paused by {acting_user()}")
        queue = DurableQueue(workspace.database)
        queue.shut(workspace.name, job_id)
        queue.close()
    report(job, None, as_json)
    return 0


@jobs.command()
@click.argument("job_id")
@click.option("--detach", is_flag=True, help="Only put it back into the queue; `koujing worker` works on it.")
@click.option("--concurrency", type=click.IntRange(1, 512), help="Calls to the model at once, at most.")
@click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help="Another budget; the last may be used up.")
@json_option
def resume(job_id: str, detach: bool, concurrency: int | None, budget: int | None, as_json: bool) -> int:
    """Go on with a job that was paused, or whose process was killed."""
    from assistant.cli.localize import say_where
    from assistant.cli.localizing import report, work_on

    with opened() as workspace:
        if budget is not None:
            _jobs(workspace).allow(job_id, budget)
        job = _jobs(workspace).resume(job_id)
        if not detach:
            say_where(workspace, job.options.model)
            job = work_on(workspace, job, concurrency=concurrency)
        return report(job, None, as_json)


@jobs.command()
@click.argument("job_id")
@json_option
def cancel(job_id: str, as_json: bool) -> int:
    """Give a job up: what was not reached is marked so, files that are written stay."""
    from assistant.cli.localizing import report

    with opened() as workspace:
        job = _jobs(workspace).cancel(job_id, f"cancelled by {acting_user()}")
    report(job, None, as_json)
    return 0


@jobs.command("report")
@click.argument("job_id")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A page (.html).")
@_language
@json_option
def report_(job_id: str, output: Path, language: str | None, as_json: bool) -> int:
    """Write a page with every segment that was held back, and why, as the job stands now."""
    from assistant.cli.localizing import write_report

    writable(output, (".html", ".htm"))
    with opened() as workspace:
        job = _jobs(workspace).get(job_id)
        write_report(workspace, job, output, language)
    if as_json:
        print_json({"job": job_id, "file": str(output), "held": job.held})
    return 0


@jobs.command("export")
@click.argument("job_id")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="By its ending: .xlsx, or .xlf for linguists' own tools.")  # fmt: skip
@click.option("--locale", default="", help="Segments of this target locale only.")
@click.option("--all", "every", is_flag=True, help="Every segment, not only those that were held back.")
@_language
@json_option
def export(job_id: str, output: Path, locale: str, every: bool, language: str | None, as_json: bool) -> int:
    """Write the segments that want a person into a file for linguists."""
    from assistant.localization.jobs.reviewing import ENDINGS, JobReview

    writable(output, ENDINGS)
    with opened() as workspace:
        review = JobReview(workspace, _jobs(workspace).get(job_id))
        count = review.export(output, locale=locale, every=every, language=language or "")
    if as_json:
        print_json({"job": job_id, "file": str(output), "segments": count})
    else:
        click.echo(f"{count} segments are in {output}.")
    return 0


@jobs.command("import")
@click.argument("job_id")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reason", default="", help="Release edits that break a rule, too; the reason goes on record.")
@json_option
def import_(job_id: str, file: Path, reason: str, as_json: bool) -> int:
    """Take a review back: edits are checked, remembered, and the target files written anew."""
    from assistant.localization.jobs.reviewing import JobReview

    with opened() as workspace:
        taken = JobReview(workspace, _jobs(workspace).get(job_id)).take(file, acting_user(), reason=reason)
    if as_json:
        print_json({
            "job": job_id, "released": taken.released, "held": list(taken.held), "problems": list(taken.problems),
        })  # fmt: skip
    else:
        for line in (*taken.problems, *taken.held):
            click.echo(line, err=True)
        click.echo(f"{taken.released} segments are released, {len(taken.held)} still break a rule.")
    return 1 if taken.held or taken.problems else 0


def _jobs(workspace: Workspace) -> LocalizationJobs:
    from assistant.localization.jobs.store import LocalizationJobs

    return LocalizationJobs(workspace.database, workspace.name)
