"""The tables of localization: jobs, their files, segments and batches; the translation memory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.schema.base import Base


class LocalizationJobRow(Base):
    """A job. `request` is the hash of what was asked (files, locales, options): the same asked twice is one job.
    `options` is the whole of it as data, `state` one of `jobs/records.py`, `why` the reason of a pause or failure."""

    __tablename__ = "localization_job"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    why: Mapped[str]
    options: Mapped[dict[str, Any]]
    by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    __table_args__ = (Index("localization_job_request", "workspace", "request"),)


class LocalizationFileRow(Base):
    """A file in one target locale. `data` is the source file itself, so that a worker elsewhere can write the target;
    `written` the SHA-256 of the target file as it was written last."""

    __tablename__ = "localization_file"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    job_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    target: Mapped[str]
    locale: Mapped[str] = mapped_column(String(35))
    format: Mapped[str] = mapped_column(String(40))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(20))
    why: Mapped[str]
    written: Mapped[str] = mapped_column(String(64))


class LocalizationBatchRow(Base):
    """Segments that go to the model in one call: the durable unit. `state`: pending, done, split (its segments are in
    batches of their own now). `tokens` is what it used so far, `done_at` when it ended: budget and pace rest on
    them."""

    __tablename__ = "localization_batch"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    job_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(35))
    state: Mapped[str] = mapped_column(String(20))
    tokens: Mapped[int]
    done_at: Mapped[datetime | None]


class LocalizationSegmentRow(Base):
    """A segment with its one state. `digest` is the SHA-256 of source and locale; equal ones share a `batch` by their
    `leader`, the number of the segment that is translated for them (None: itself). `source`, `target` are contents,
    `detail` the rest of the segment's record, `findings` those of its checks."""

    __tablename__ = "localization_segment"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    job_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[int]
    batch: Mapped[int | None]
    leader: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[list[Any]]
    detail: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20))
    target: Mapped[list[Any] | None]
    why: Mapped[str]
    findings: Mapped[list[Any]]
    origin: Mapped[str] = mapped_column(String(20))
    tries: Mapped[int]
    by: Mapped[str]
    updated_at: Mapped[datetime | None]
    __table_args__ = (
        Index("localization_segment_file", "workspace", "job_id", "file"),
        Index("localization_segment_batch", "workspace", "job_id", "batch"),
        Index("localization_segment_state", "workspace", "job_id", "state"),
    )


class MemoryRow(Base):
    """A translation that may be used again. `digest` is the SHA-256 of the source's text, `context` that of the segment
    before it and of its own context (empty: none). `rank` says how much it counts: a person's before a model's.
    `facts` are the entry ids that the source stated, `stale` why it should be looked at again (empty: it holds)."""

    __tablename__ = "translation_memory"
    workspace: Mapped[str] = mapped_column(String(64), primary_key=True)
    source_locale: Mapped[str] = mapped_column(String(35), primary_key=True)
    target_locale: Mapped[str] = mapped_column(String(35), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    context: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[list[Any]]
    target: Mapped[list[Any]]
    text: Mapped[str]
    origin: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int]
    by: Mapped[str]
    facts: Mapped[list[Any]]
    stale: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    uses: Mapped[int]
