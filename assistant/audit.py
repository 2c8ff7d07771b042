"""The record to be looked through: acts, exports and rulings of a workspace in one list, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from knowledge.store.repository import Repository, utc
from knowledge.store.schema import CheckRulingRow, EventRow, ExportRow

Place = tuple[datetime, str, int]
"""When, from which table, which row: the order of the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `detail` is what else the act has: the file of an export, the severity of a ruling. Times are UTC."""

    place: Place
    subject: str
    subject_id: str
    version: int | None
    act: str
    by: str
    reason: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "at": f"{self.place[0].isoformat(timespec='seconds')}Z",
            "subject": self.subject,
            "subject_id": self.subject_id,
            "version": self.version,
            "act": self.act,
            "by": self.by,
            "reason": self.reason,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines; empty: all. `since` and `until` are moments, the second one not included."""

    subject: str = ""
    subject_id: str = ""
    act: str = ""
    by: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Audit(Repository):
    """The record of one workspace."""

    def lines(self, asked: Asked, limit: int, after: Place | None = None) -> list[Entry]:
        """At most `limit` lines after place `after`, the newest first."""
        lines = sorted(
            [
                *self._events(asked, limit, after),
                *self._exports(asked, limit, after),
                *self._rulings(asked, limit, after),
            ],
            key=lambda line: line.place,
            reverse=True,
        )
        return lines[:limit]

    def _events(self, asked: Asked, limit: int, after: Place | None) -> Iterator[Entry]:
        conditions = [
            _is(EventRow.subject, asked.subject),
            _is(EventRow.subject_id, asked.subject_id),
            _is(EventRow.act, asked.act),
        ]
        for row in self._newest(EventRow, "event", asked, limit, after, *conditions):
            place = (row.at, "event", row.pk)
            yield Entry(place, row.subject, row.subject_id, row.version, row.act, row.by, row.reason)

    def _exports(self, asked: Asked, limit: int, after: Place | None) -> Iterator[Entry]:
        if not _may_be(asked, "draft", "exported"):
            return
        of_draft = _is(ExportRow.draft_id, asked.subject_id)
        for row in self._newest(ExportRow, "export", asked, limit, after, of_draft):
            detail = {"form": row.format, "file": row.name}
            place = (row.at, "export", row.pk)
            yield Entry(place, "draft", row.draft_id, row.draft_version, "exported", row.by, detail=detail)

    def _rulings(self, asked: Asked, limit: int, after: Place | None) -> Iterator[Entry]:
        if not _may_be(asked, "check", "ruled"):
            return
        on_check = _is(CheckRulingRow.check_id, asked.subject_id)
        for row in self._newest(CheckRulingRow, "ruling", asked, limit, after, on_check):
            detail = {"severity": row.choice}
            yield Entry((row.at, "ruling", row.pk), "check", row.check_id, None, "ruled", row.by, row.reason, detail)

    def _newest(
        self, model: Any, table: str, asked: Asked, limit: int, after: Place | None, *conditions: ColumnElement[bool]
    ) -> list[Any]:
        wanted = [*conditions, _is(model.by, asked.by)]
        if asked.since is not None:
            wanted.append(model.at >= utc(asked.since))
        if asked.until is not None:
            wanted.append(model.at < utc(asked.until))
        if after is not None:
            at, of_table, pk = after
            same = false() if table > of_table else true() if table < of_table else model.pk < pk
            wanted.append(or_(model.at < at, and_(model.at == at, same)))
        statement = self.rows(model).where(*wanted).order_by(model.at.desc(), model.pk.desc()).limit(limit)
        with self.reading() as session:
            return list(session.scalars(statement))


def _is(column: Any, value: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column == value if value else true()
    return found


def _may_be(asked: Asked, subject: str, act: str) -> bool:
    """Whether lines of a table whose rows all have this subject and act are asked for."""
    return asked.subject in ("", subject) and asked.act in ("", act)
