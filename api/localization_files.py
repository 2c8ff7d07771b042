"""Files that leave a localization job and come back: targets, report, review. Each as content, name, media type."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from assistant.localization.editing import Editing, Merged, target_name
from assistant.localization.jobs.output import Output
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobSegment
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.reporting import report_html
from assistant.localization.review.records import Review, ReviewRow, rows_of
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.domain.locale import parse_locale

Named = tuple[bytes, str, str]
"""Content, name, media type."""

BYTES = "application/octet-stream"
ZIP = "application/zip"
XLIFF = "application/xliff+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def target_file(workspace: Workspace, job_id: str, number: int) -> Named:
    """One target file as its segments stand. Raises `NotFound`, `Conflict` while something in it is awaited."""
    job = _jobs(workspace).get(job_id)
    file = next((file for file in job.files if file.number == number), None)
    if file is None:
        raise NotFound(f"job '{job_id}' has no file {number}")
    if not is_complete(file):
        why = file.why or f"{file.counts.get('pending', 0)} segments are still to be translated; wait"
        raise Conflict(f"{file.source} into {file.locale}: {why}")
    return _target(workspace, job, file), target_name(file), BYTES


def targets_zip(workspace: Workspace, job_id: str, language: str) -> Named:
    """Every target file that is complete; with the report, in `language`, where a segment is held back: the files have
    the source text there. Raises `NotFound`, `Conflict` when there is none."""
    job = _jobs(workspace).get(job_id)
    there = [file for file in job.files if is_complete(file)]
    if not there:
        raise Conflict(f"job '{job_id}' has no file yet that is complete; wait")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in there:
            archive.writestr(_path_in_zip(job, file), _target(workspace, job, file))
        if job.held:
            page, name, _ = report_file(workspace, job_id, language)
            archive.writestr(name, page)
    return packed.getvalue(), f"{job.id}.zip", ZIP


def report_file(workspace: Workspace, job_id: str, language: str) -> Named:
    """The report, its frame in `zh` or `en`. Raises `NotFound`."""
    jobs = _jobs(workspace)
    job = jobs.get(job_id)
    html = report_html(job, jobs.segments(job_id, limit=None), language)
    return html.encode(), f"{job.id}-report.html", "text/html; charset=utf-8"


def review_file(workspace: Workspace, job_id: str, form: str, locale: str, language: str) -> Named:
    """The segments of a job for linguists, of one locale when it is named, as `xlsx` or `xliff`.

    Raises `NotFound`, `InputError` for a locale that is none of the job's, or none named for XLIFF where it has more.
    """
    from assistant.localization.review.review_xliff import write_xliff
    from assistant.localization.review.review_xlsx import write_xlsx

    job = _jobs(workspace).get(job_id, counts=False)
    chosen = parse_locale(locale).tag if locale else ""
    offered = ", ".join(job.options.targets)
    if chosen and chosen not in job.options.targets:
        raise InputError(f"locale: the job is into {offered}, not {chosen}")
    if form == "xliff" and not chosen and len(job.options.targets) > 1:
        raise InputError(f"locale: an XLIFF file holds one; choose {offered}")
    rows = _rows(workspace, job, chosen, language)
    name = "-".join(filter(None, (job.id, chosen, "review")))
    if form == "xlsx":
        return write_xlsx(rows, language), f"{name}.xlsx", XLSX
    target = parse_locale(chosen or job.options.targets[0])
    content = write_xliff(rows, parse_locale(job.options.source), target, language=language)
    return content, f"{name}.xlf", XLIFF


def review_back(workspace: Workspace, job_id: str, name: str, data: bytes, by: str, reason: str = "") -> Merged:
    """What of a review that came back was taken. Raises `NotFound`, `UnreadableFile` for what is no review."""
    from assistant.localization.review.review_xliff import read_xliff
    from assistant.localization.review.review_xlsx import read_xlsx

    job = _jobs(workspace).get(job_id, counts=False)
    read = read_xlsx if data.startswith(b"PK") else read_xliff
    review: Review = read(data, _rows(workspace, job), name)
    merged = Editing(workspace).merge(job_id, review.edits, by, reason=reason)
    return Merged(merged.taken, merged.waiting, (*review.problems, *merged.problems))


def is_complete(file: JobFile) -> bool:
    """Whether nothing is awaited in a file that could be read: its target can be had."""
    return bool(file.format) and file.status is not FileStatus.FAILED and not file.counts.get("pending")


def _target(workspace: Workspace, job: Job, file: JobFile) -> bytes:
    return Output(workspace.database, workspace.name).target(job, file)[0]


def _path_in_zip(job: Job, file: JobFile) -> str:
    """Its path below the folder of targets; one that was written into a folder elsewhere is taken from there."""
    path = PurePosixPath(file.target)
    out = PurePosixPath(job.options.out) if job.options.out else None
    if out is not None and path.is_relative_to(out):
        path = path.relative_to(out)
    parts = [part for part in path.parts if part not in ("/", "..")]
    return "/".join(parts)


def _rows(workspace: Workspace, job: Job, locale: str = "", language: str = "en") -> list[ReviewRow]:
    """What a linguist is shown: nothing that is still to be translated."""
    found: list[JobSegment] = _jobs(workspace).segments(job.id, locale=locale or None, limit=None)
    names = {file.number: file.source for file in job.files}
    return rows_of((one for one in found if one.state != "pending"), names, language)


def _jobs(workspace: Workspace) -> LocalizationJobs:
    return LocalizationJobs(workspace.database, workspace.name)
