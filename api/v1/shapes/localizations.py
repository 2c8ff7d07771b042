"""Localization jobs, their files and segments."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.v1.shapes.parts import Answer, Moment, Next, Severity, Shape, Stretch

JobState = Literal["planning", "running", "paused", "done", "cancelled", "failed"]
FileStatus = Literal["pending", "written", "partly", "failed"]
SegmentState = Literal["pending", "reused", "translated", "needs_review", "failed"]


class LocalizationJob(Shape):
    """What was asked, and how it stands."""

    id: str
    state: JobState
    why: str = Field(description="Why it rests or was given up.")
    source: str = Field(alias="from", description="Locale of the files.")
    to: list[str]
    model: str
    by: str
    created_at: Moment
    updated_at: Moment
    eta: int | None = Field(description="Seconds that are left; null while nothing can be said.")
    tokens: int = Field(description="What its calls to the model have used so far.")


class SegmentCounts(Shape):
    """Segments by state."""

    total: int
    pending: int
    translated: int
    reused: int
    needs_review: int
    failed: int


class LocalizedFile(Shape):
    """A file in one locale. `partly`: complete, with segments in the source language that wait for a person."""

    number: int
    source: str
    target: str
    locale: str
    format: str
    status: FileStatus
    why: str
    segments: dict[str, int] = Field(description="Segments by state; a state without any is left out.")
    held: int = Field(description="Segments that wait for a person: in the target the source text stands there.")


class Localization(Answer):
    """A job with its files."""

    job: LocalizationJob
    files: list[LocalizedFile]
    segments: SegmentCounts
    held: int = Field(description="Segments of all files that wait for a person.")


class LocalizationLine(Shape):
    """A job in a list."""

    job: LocalizationJob
    segments: SegmentCounts
    held: int


class Localizations(Answer):
    """Jobs."""

    localizations: list[LocalizationLine]
    next: Next


class SegmentFinding(Shape):
    """What a check says of a target; `span` counts in it."""

    check: str
    severity: Severity
    paragraph: None
    span: Stretch | None
    message: str
    evidence: list[str]
    fix: str


class Item(Shape):
    """A segment."""

    number: int
    file: int
    locale: str
    unit: str
    place: str
    source: str
    target: str | None
    state: SegmentState
    why: str
    findings: list[SegmentFinding]
    origin: str = Field(description="`model`, `memory`, `repeated`, `file`, `program`, `person`; empty: not yet.")
    tries: int
    by: str


class LocalizedSegment(Answer):
    """One segment."""

    item: Item


class LocalizedSegments(Answer):
    """Segments."""

    items: list[Item]
    next: Next


class WaitingSegment(Shape):
    """An edit that was kept, and has errors."""

    number: int
    why: str


class LocalizationReviewed(Answer):
    """What of a review was taken; those of it that wait for a person."""

    taken: int
    waiting: list[WaitingSegment]
    problems: list[str]
