"""The record of acts: who did what to which thing, when and why. Only ever added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from knowledge.records import Event
from knowledge.store.repository import Repository, utc
from knowledge.store.schema import EventRow


class Record(Repository):
    """A repository that writes down what is done in it."""

    def note(
        self,
        session: Session,
        subject: str,
        subject_id: str,
        act: str,
        by: str,
        now: datetime,
        *,
        version: int | None = None,
        reason: str = "",
    ) -> None:
        """Add a line, in the caller's transaction: an act that fails leaves none."""
        session.add(
            EventRow(
                workspace=self.workspace,
                subject=subject,
                subject_id=subject_id,
                version=version,
                act=act,
                by=by,
                at=utc(now),
                reason=reason,
            )
        )

    def events(self, subject: str | None = None, subject_id: str | None = None) -> list[Event]:
        """The lines on one thing, on all of a sort, or all; the oldest first. Times are UTC."""
        statement = self.rows(EventRow).order_by(EventRow.pk)
        if subject is not None:
            statement = statement.where(EventRow.subject == subject)
        if subject_id is not None:
            statement = statement.where(EventRow.subject_id == subject_id)
        with self.reading() as session:
            return [
                Event(row.subject, row.subject_id, row.act, row.by, row.at, row.version, row.reason)
                for row in session.scalars(statement)
            ]
