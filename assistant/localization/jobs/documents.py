"""A job as JSON: the contract's document, with more beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobSegment
from assistant.localization.told import findings_in, reason_words, why_words


def job_document(job: Job, items: Iterable[JobSegment] | None = None, language: str = "en") -> dict[str, Any]:
    """`job`, `files[]`, `segments`, and `items[]` when they are given; reasons and messages in `language`."""
    document: dict[str, Any] = {
        "job": {
            "id": job.id,
            "state": str(job.state),
            "why": reason_words(job.why).of(language),
            "from": job.options.source,
            "to": list(job.options.targets),
            "model": job.options.model,
            "by": job.by,
            "created_at": _time(job.created_at),
            "updated_at": _time(job.updated_at),
            "eta": None if job.eta is None else round(job.eta),
            "tokens": job.tokens,
        },
        "files": [file_document(file, language) for file in job.files],
        "segments": job.counts,
        "held": job.held,
    }
    if items is not None:
        document["items"] = [item_document(item, language) for item in items]
    return document


def file_document(file: JobFile, language: str = "en") -> dict[str, Any]:
    return {
        "number": file.number,
        "source": file.source,
        "target": file.target,
        "locale": file.locale,
        "format": file.format,
        "status": str(file.status),
        "why": reason_words(file.why).of(language),
        "segments": dict(file.counts),
        "held": file.held,
    }


def item_document(item: JobSegment, language: str = "en") -> dict[str, Any]:
    return {
        "number": item.number,
        "file": item.file,
        "locale": item.locale,
        "unit": item.segment.unit,
        "place": item.segment.place,
        "source": str(item.segment.source),
        "target": None if item.target is None else str(item.target),
        "state": str(item.state),
        "why": why_words(item).of(language),
        "findings": findings_in(item, language),
        "origin": item.origin,
        "tries": item.tries,
        "by": item.by,
    }


def has_failures(job: Job) -> bool:
    """Whether something was held back: a file that failed, a segment that failed or needs a review."""
    return bool(job.held) or any(file.status is FileStatus.FAILED for file in job.files)


def _time(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"
