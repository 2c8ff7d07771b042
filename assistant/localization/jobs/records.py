"""A localization job as data: what was asked, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.localization.content import Content
from assistant.localization.segment import Segment, SegmentState

HELD = (SegmentState.NEEDS_REVIEW, SegmentState.FAILED)
"""Held back: a person decides."""


class JobState(StrEnum):
    """`PLANNING` reads the files, `RUNNING` translates, `PAUSED` waits for a person (by hand, or when a budget or a
    quota is used up: see `why`); `DONE`, `CANCELLED` and `FAILED` are final. A cancelled job's segments that were not
    reached are `failed` with that reason."""

    PLANNING = "planning"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        return self in (JobState.DONE, JobState.CANCELLED, JobState.FAILED)


class FileStatus(StrEnum):
    """`WRITTEN`: every segment was released; `PARTLY`: written, with held segments in the source language; `FAILED`:
    not written, `why` says the reason (unreadable, cannot be written)."""

    PENDING = "pending"
    WRITTEN = "written"
    PARTLY = "partly"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was given. `source` is its path as people know it; `name` the path of its target below the folder
    of a locale, relative, with `/`."""

    source: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What was asked. `out` is the folder of the targets, absolute (empty: they are kept in the database and fetched).

    `glossary` are the terms of a file given with the job, as data, before those of the workspace. `budget` is the
    number of tokens after which the job pauses; `memory`: False neither looks up nor keeps. `actor` is the id of the
    person or key whom its usage is booked to, empty for the command line.
    """

    source: str
    targets: tuple[str, ...]
    out: str = ""
    model: str = ""
    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    keys_left: tuple[str, ...] = ()
    glossary: tuple[Mapping[str, Any], ...] = ()
    budget: int | None = None
    memory: bool = True
    actor: str = ""


@dataclass(frozen=True, slots=True)
class JobFile:
    """One file in one target locale; `counts` are its segments by state."""

    number: int
    source: str
    target: str
    locale: str
    format: str
    status: FileStatus
    why: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """How many segments are held back: in the target the source text stands in their place."""
        return sum(self.counts.get(str(state), 0) for state in HELD)


@dataclass(frozen=True, slots=True)
class JobSegment:
    """A segment of a job as it stands. `number` is unique in the job, `file` the number of its `JobFile`; `findings`
    are those of the checks as data; `by` is the person who edited it, empty otherwise."""

    number: int
    file: int
    locale: str
    segment: Segment
    state: SegmentState
    target: Content | None
    why: str
    findings: tuple[Mapping[str, Any], ...]
    origin: str
    tries: int
    by: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job with its files. Times are UTC; `eta` is in seconds, None while nothing can be said; `tokens` are those that
    its calls have used so far, None where they were not counted."""

    id: str
    state: JobState
    why: str
    options: JobOptions
    by: str
    created_at: datetime
    updated_at: datetime
    files: tuple[JobFile, ...] = ()
    eta: float | None = None
    tokens: int | None = None

    @property
    def held(self) -> int:
        """How many segments are held back."""
        return sum(file.held for file in self.files)

    @property
    def counts(self) -> dict[str, int]:
        """Segments by state, with `total`."""
        found = {"total": 0, "pending": 0, "translated": 0, "reused": 0, "needs_review": 0, "failed": 0}
        for file in self.files:
            for state, count in file.counts.items():
                found[state] += count
                found["total"] += count
        return found
