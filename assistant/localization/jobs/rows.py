"""Between the rows of the database and the records of a job."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from assistant.localization.content import Content
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobOptions, JobSegment, JobState, SourceFile
from assistant.localization.segment import Segment, SegmentState
from knowledge.store.schema.localization import LocalizationFileRow, LocalizationJobRow, LocalizationSegmentRow

_TUPLES = ("targets", "columns", "fields", "keys_left", "glossary")


def now() -> datetime:
    """The clock, in UTC as the tables keep it; not the workspace's own `now`: this measures how long things take."""
    return datetime.now(UTC).replace(tzinfo=None)


def options_to_json(options: JobOptions) -> dict[str, Any]:
    return asdict(options)


def options_from_json(data: Mapping[str, Any]) -> JobOptions:
    given: dict[str, Any] = {name: tuple(value) if name in _TUPLES else value for name, value in data.items()}
    return JobOptions(**given)


def request_hash(options: JobOptions, files: Sequence[SourceFile]) -> str:
    """What makes two requests the same: files, locales and options, but not the budget, which may be raised, nor who
    asks."""
    asked = options_to_json(options)
    del asked["budget"], asked["actor"]
    contents = sorted((file.source, file.name, hashlib.sha256(file.data).hexdigest()) for file in files)
    return hashlib.sha256(json.dumps([asked, contents], sort_keys=True, default=dict).encode()).hexdigest()


def segment_digest(segment: Segment, locale: str) -> str:
    """Equal for segments that one translation serves: the same source with its codes, locale, form and room."""
    told = [segment.source.to_json(), locale, segment.plural, segment.max_length]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def segment_detail(segment: Segment) -> dict[str, Any]:
    """What a row keeps of a segment besides its source."""
    return {field.name: getattr(segment, field.name) for field in fields(segment) if field.name != "source"}


def segment_of(row: Any) -> Segment:
    """The segment as its file gave it, from a row or its `source` and `detail`: its id is unique in the file."""
    return Segment(source=Content.from_json(row.source), **row.detail)


def job_segment(row: LocalizationSegmentRow, locale: str) -> JobSegment:
    return JobSegment(
        number=row.number,
        file=row.file,
        locale=locale,
        segment=segment_of(row),
        state=SegmentState(row.state),
        target=None if row.target is None else Content.from_json(row.target),
        why=row.why,
        findings=tuple(row.findings),
        origin=row.origin,
        tries=row.tries,
        by=row.by,
    )


def job_file(row: LocalizationFileRow, counts: Mapping[str, int]) -> JobFile:
    return JobFile(
        row.number, row.source, row.target, row.locale, row.format, FileStatus(row.status), row.why, dict(counts)
    )


def job_of(
    row: LocalizationJobRow, files: Sequence[JobFile] = (), eta: float | None = None, tokens: int | None = None
) -> Job:
    return Job(
        id=row.id,
        state=JobState(row.state),
        why=row.why,
        options=options_from_json(row.options),
        by=row.by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        files=tuple(files),
        eta=eta,
        tokens=tokens,
    )
