"""The life of an entry: draft → in review → approved → expired by date, or retired. Each step is on record.

Whoever acts may say which version was looked at; when there is a newer one by now, the act is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import Session

from knowledge.domain.errors import Conflict, NotFound
from knowledge.kinds import review_cycle
from knowledge.records import EntryVersion, State
from knowledge.store.database import Database
from knowledge.store.entry_rows import version_of
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import EntryRow, EntryVersionRow


class Life(Record):
    """Steps of entries. `review_days` gives the review cycle of kinds for which the workspace has another one."""

    def __init__(self, database: Database, workspace: str, review_days: Mapping[str, int] | None = None) -> None:
        super().__init__(database, workspace)
        self.review_days = review_days or {}

    def submit(
        self, entry_id: str, by: str, now: datetime, *, reason: str = "", version: int | None = None
    ) -> EntryVersion:
        """A draft goes to review. Raises `NotFound`, or `Conflict` when its newest version is no draft."""
        with self.writing() as session:
            _, row = self._newest(session, entry_id, version)
            _must_be(row, (State.DRAFT,), "submitted")
            return self._step(session, row, State.IN_REVIEW, "submitted", by, now, reason)

    def request_changes(
        self, entry_id: str, by: str, now: datetime, *, reason: str = "", version: int | None = None
    ) -> EntryVersion:
        """What is in review becomes a draft again. Raises `NotFound` or `Conflict`."""
        with self.writing() as session:
            _, row = self._newest(session, entry_id, version)
            _must_be(row, (State.IN_REVIEW,), "sent back")
            return self._step(session, row, State.DRAFT, "changes_requested", by, now, reason)

    def approve(
        self,
        entry_id: str,
        by: str,
        now: datetime,
        *,
        reason: str = "",
        version: int | None = None,
        renew: bool = False,
    ) -> EntryVersion:
        """The newest version becomes the agreed line; the one before ends. `renew` approves an approved one anew, with
        a new review date. Raises `NotFound`, or `Conflict` when it is approved already or retired."""
        with self.writing() as session:
            head, row = self._newest(session, entry_id, version)
            if renew and row.state == State.APPROVED:
                row.review_due = self.next_review(row.kind, now.date())
                return self._step(session, row, State.APPROVED, "reviewed", by, now, reason)
            _must_be(row, (State.DRAFT, State.IN_REVIEW), "approved")
            self._end(session, entry_id, head.approved_version, by, now, "superseded")
            row.approved_by, row.approved_at = by, utc(now)
            if row.review_due is None or row.review_due <= now.date():
                row.review_due = self.next_review(row.kind, now.date())
            head.approved_version = row.version
            return self._step(session, row, State.APPROVED, "approved", by, now, reason)

    def retire(
        self, entry_id: str, by: str, now: datetime, *, reason: str = "", version: int | None = None
    ) -> EntryVersion:
        """The entry is no longer said, neither its approved version nor a newer one; all stay readable.

        Raises `NotFound`, or `Conflict` when it is retired already.
        """
        with self.writing() as session:
            head, row = self._newest(session, entry_id, version)
            _must_be(row, (State.DRAFT, State.IN_REVIEW, State.APPROVED), "retired")
            if head.approved_version != row.version:
                self._end(session, entry_id, head.approved_version, by, now, "retired", reason)
            head.approved_version = None
            row.ended_at = utc(now)
            return self._step(session, row, State.RETIRED, "retired", by, now, reason)

    def on_day(self, day: date) -> list[EntryVersion]:
        """What the agreed line was at the end of `day` (UTC): one version of each entry that had one, by id."""
        end = datetime.combine(day + timedelta(days=1), time())
        with self.reading() as session:
            found = session.scalars(
                self.rows(EntryVersionRow)
                .where(
                    EntryVersionRow.approved_at < end,
                    or_(EntryVersionRow.ended_at.is_(None), EntryVersionRow.ended_at >= end),
                    or_(EntryVersionRow.valid_until.is_(None), EntryVersionRow.valid_until >= day),
                )
                .order_by(EntryVersionRow.entry_id)
            )
            return [version_of(row) for row in found]

    def next_review(self, kind: str, today: date) -> date:
        """When an entry of this kind that is approved today is due for review."""
        return today + timedelta(days=review_cycle(kind, self.review_days))

    def _newest(self, session: Session, entry_id: str, seen: int | None) -> tuple[EntryRow, EntryVersionRow]:
        head = session.get(EntryRow, (self.workspace, entry_id))
        if head is None:
            raise NotFound(f"no entry '{entry_id}'; `koujing library list` shows all")
        if seen is not None and seen != head.latest_version:
            raise Conflict(
                f"entry '{entry_id}' has a newer version {head.latest_version}, you looked at {seen}; "
                f"see `koujing library diff {entry_id}` and decide again"
            )
        return head, session.get_one(EntryVersionRow, (self.workspace, entry_id, head.latest_version))

    def _end(
        self,
        session: Session,
        entry_id: str,
        number: int | None,
        by: str,
        now: datetime,
        act: str,
        reason: str = "",
    ) -> None:
        """The approved version, when there is one, stops being the line."""
        if number is None:
            return
        row = session.get_one(EntryVersionRow, (self.workspace, entry_id, number))
        row.state, row.ended_at = str(State.RETIRED), utc(now)
        self.note(session, "entry", entry_id, act, by, now, version=number, reason=reason)

    def _step(
        self, session: Session, row: EntryVersionRow, state: State, act: str, by: str, now: datetime, reason: str
    ) -> EntryVersion:
        row.state = str(state)
        self.note(session, "entry", row.entry_id, act, by, now, version=row.version, reason=reason)
        return version_of(row)


def _must_be(row: EntryVersionRow, states: tuple[State, ...], done: str) -> None:
    if row.state not in states:
        hint = "; give --renew to confirm it once more" if done == "approved" and row.state == State.APPROVED else ""
        raise Conflict(
            f"entry '{row.entry_id}' version {row.version} is {row.state.replace('_', ' ')} already "
            f"and cannot be {done}{hint}"
        )
