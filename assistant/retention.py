"""What is kept for how long, as KOUJING_KEEP says, and taken away afterwards.

Only what nobody decided on goes: approved, published and exported drafts stay, as do the library, its record of ids
and acts, the translation memory and the files that jobs wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from assistant.draft_jobs import ENDED
from assistant.gateway.call_log import folder_of, older_than
from assistant.localization.jobs.records import JobState
from assistant.settings import Settings
from knowledge.domain.errors import InputError
from knowledge.store.database import Database
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import CustomerUseRow, DraftRow, ExportRow, JobRow, UseRow
from knowledge.store.schema.localization import (
    LocalizationBatchRow,
    LocalizationFileRow,
    LocalizationJobRow,
    LocalizationSegmentRow,
)

if TYPE_CHECKING:
    from assistant.workspace import Workspace

KEPT: Mapping[str, str] = {
    "drafts": "drafts that were never approved nor exported, since their last change",
    "jobs": "localization jobs and jobs of drafts, since they ended",
    "call_log": "days of the log of model calls",
}
"""What KOUJING_KEEP may name."""

_DEFAULTS = {"call_log": 30}
_AT_A_TIME = 50
"""Drafts or jobs that go in one transaction: nobody waits long for it."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What went, or would go: ids of drafts and localization jobs, names of files, how many jobs of drafts."""

    drafts: tuple[str, ...]
    jobs: tuple[str, ...]
    draft_jobs: int
    call_log: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def days_kept(settings: Settings) -> dict[str, int]:
    """Days by what is kept; what is missing is kept for ever. Raises `InputError` for what is none of `KEPT`."""
    days = settings.days_by_kind("keep")
    for name, value in days.items():
        if name not in KEPT:
            raise InputError(f"KOUJING_KEEP: '{name}' is none; choose {', '.join(KEPT)}")
        if value < 1:
            raise InputError(f"KOUJING_KEEP: {name}={value} would keep nothing; write 1 or more days")
    return {**_DEFAULTS, **days}


def tidy(workspace: Workspace, *, dry_run: bool = False, by: str = "") -> Tidied:
    """Take away what was kept long enough; with `dry_run` only say what that is. Done again it takes nothing more.

    Raises `InputError` for a KOUJING_KEEP that cannot be.
    """
    days, now = days_kept(workspace.settings), workspace.settings.now()
    leaving = _Leaving(workspace.database, workspace.name, now, by)
    drafts: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    draft_jobs: tuple[str, ...] = ()
    if "drafts" in days:
        drafts = leaving.drafts(days["drafts"], take=not dry_run)
    if "jobs" in days:
        jobs = leaving.jobs(days["jobs"], take=not dry_run)
        draft_jobs = leaving.draft_jobs(days["jobs"], take=not dry_run)
    files = older_than(folder_of(workspace.settings), days["call_log"], now.astimezone(UTC).date())
    if not dry_run:
        for file in files:
            file.unlink(missing_ok=True)
    return Tidied(drafts, jobs, len(draft_jobs), tuple(file.name for file in files))


class _Leaving(Record):
    """The rows of one workspace that may go. Each method gives their ids, and with `take` they are gone then; what
    somebody touches meanwhile stays."""

    def __init__(self, database: Database, workspace: str, now: datetime, by: str) -> None:
        super().__init__(database, workspace)
        self._now, self._by = now, by

    def drafts(self, days: int, *, take: bool) -> tuple[str, ...]:
        """With all their versions; their ids stay in the record."""
        row = DraftRow
        left = exists().where(ExportRow.workspace == row.workspace, ExportRow.draft_id == row.id)
        chosen = select(row.id).where(
            row.workspace == self.workspace, row.approved_version.is_(None), row.published_at.is_(None), ~left,
            row.updated_at < self._before(days),
        )  # fmt: skip

        def gone(session: Session, ids: Sequence[str]) -> None:
            for table in (UseRow, CustomerUseRow):
                session.execute(delete(table).where(table.workspace == self.workspace, table.draft_id.in_(ids)))
            session.execute(delete(row).where(row.workspace == self.workspace, row.id.in_(ids)))
            self._note(session, "draft", ids, days)

        return self._each(chosen.order_by(row.id), take, gone)

    def jobs(self, days: int, *, take: bool) -> tuple[str, ...]:
        """Localization jobs, with the source files and segments that were kept for them."""
        row = LocalizationJobRow
        ended = [str(state) for state in JobState if state.ended]
        chosen = select(row.id).where(
            row.workspace == self.workspace, row.state.in_(ended), row.updated_at < self._before(days)
        )

        def gone(session: Session, ids: Sequence[str]) -> None:
            for table in (LocalizationSegmentRow, LocalizationBatchRow, LocalizationFileRow):
                session.execute(delete(table).where(table.workspace == self.workspace, table.job_id.in_(ids)))
            session.execute(delete(row).where(row.workspace == self.workspace, row.id.in_(ids)))
            self._note(session, "localization", ids, days)

        return self._each(chosen.order_by(row.id), take, gone)

    def draft_jobs(self, days: int, *, take: bool) -> tuple[str, ...]:
        """What the service kept of requests for drafts."""
        row = JobRow
        chosen = select(row.id).where(
            row.workspace == self.workspace, row.state.in_(ENDED), row.updated_at < self._before(days)
        )

        def gone(session: Session, ids: Sequence[str]) -> None:
            session.execute(delete(row).where(row.workspace == self.workspace, row.id.in_(ids)))

        return self._each(chosen.order_by(row.id), take, gone)

    def _each(self, chosen: Select[str], take: bool, gone: Callable[[Session, Sequence[str]], None]) -> tuple[str, ...]:
        if not take:
            with self.reading() as session:
                return tuple(session.scalars(chosen))
        found: list[str] = []
        while True:
            with self.writing() as session:
                some = list(session.scalars(chosen.limit(_AT_A_TIME)))
                if not some:
                    return tuple(found)
                gone(session, some)
            found += some

    def _note(self, session: Session, subject: str, ids: Sequence[str], days: int) -> None:
        for one in ids:
            self.note(session, subject, one, "removed", self._by, self._now, reason=f"kept for {days} days")

    def _before(self, days: int) -> datetime:
        return utc(self._now - timedelta(days))
