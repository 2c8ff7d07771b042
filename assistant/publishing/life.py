"""The life of a draft: open → draft → in review → changes requested → approved → published → withdrawn.

Each step is on record. A new version begins as a draft again, whatever became of the one before: what was approved or
published stays so until it is withdrawn, and `Status` says both.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.domain.text import clean
from knowledge.store.record import Record
from knowledge.store.repository import utc
from knowledge.store.schema import DraftRow, DraftVersionRow, EventRow

OPEN: Final = "open"
DRAFT: Final = "draft"
IN_REVIEW: Final = "in_review"
CHANGES_REQUESTED: Final = "changes_requested"
APPROVED: Final = "approved"
PUBLISHED: Final = "published"
WITHDRAWN: Final = "withdrawn"

STATES = (OPEN, DRAFT, IN_REVIEW, CHANGES_REQUESTED, APPROVED, PUBLISHED, WITHDRAWN)

NOT_WRITING = frozenset({"checked", "kept"})
"""Acts that make a version without a new word: whoever did them is not its author, and what is in review stays so."""

_APPROVABLE = (DRAFT, IN_REVIEW, CHANGES_REQUESTED)
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Status:
    """Where a draft stands. `state` is that of its newest version. `authors` wrote any version; `unapproved_authors`
    those since the last approval: whoever approves may have to be somebody else. `published_version` is the one that
    stands at `published_to`. Times are UTC."""

    id: str
    state: str
    version: int
    created_by: str
    authors: tuple[str, ...]
    unapproved_authors: tuple[str, ...]
    approved_version: int | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    published_version: int | None = None
    published_at: datetime | None = None
    published_to: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "state": self.state,
            "version": self.version,
            "created_by": self.created_by,
            "authors": list(self.authors),
            "unapproved_authors": list(self.unapproved_authors),
            "approved_version": self.approved_version,
            "approved_by": self.approved_by,
            "approved_at": as_text(self.approved_at),
            "published_version": self.published_version,
            "published_at": as_text(self.published_at),
            "published_to": self.published_to,
        }


class DraftLife(Record):
    """Steps of drafts. Whoever acts may say which version was looked at; when there is a newer one by now, the act is
    refused. Whether a draft is ready for a step is asked before (readiness.py)."""

    def status(self, draft_id: str) -> Status:
        """Where the draft stands. Raises `NotFound`."""
        with self.reading() as session:
            return self._status(session, self._row(session, draft_id))

    def submit(self, draft_id: str, by: str, now: datetime, *, reason: str = "", version: int | None = None) -> Status:
        """The newest version goes to review. Raises `NotFound`, or `Conflict` when it is there or further already."""
        with self.writing(revises=False) as session:
            row = self._newest(session, draft_id, version)
            _must_be(row, (DRAFT, CHANGES_REQUESTED, WITHDRAWN), "submitted")
            return self._step(session, row, IN_REVIEW, "submitted", by, now, reason)

    def request_changes(
        self, draft_id: str, by: str, now: datetime, *, reason: str, version: int | None = None
    ) -> Status:
        """What is in review goes back to its authors, who are told why. Raises `NotFound`, `Conflict`, `InputError`."""
        reason = reason_given(reason, "a request for changes")
        with self.writing(revises=False) as session:
            row = self._newest(session, draft_id, version)
            _must_be(row, (IN_REVIEW,), "sent back")
            return self._step(session, row, CHANGES_REQUESTED, "changes_requested", by, now, reason)

    def must_be_approvable(self, draft_id: str, version: int | None = None) -> None:
        """Raises what `approve` raises, before anything is checked for it."""
        with self.reading() as session:
            _must_be(self._newest(session, draft_id, version), _APPROVABLE, "approved")

    def approve(self, draft_id: str, by: str, now: datetime, *, reason: str = "", version: int | None = None) -> Status:
        """The newest version may leave from now on; one that was approved before no longer may.

        Raises `NotFound`, or `Conflict` when it is approved already or withdrawn.
        """
        with self.writing(revises=False) as session:
            row = self._newest(session, draft_id, version)
            _must_be(row, _APPROVABLE, "approved")
            row.approved_version, row.approved_by, row.approved_at = row.version, by, utc(now)
            return self._step(session, row, APPROVED, "approved", by, now, reason)

    def publish(
        self, draft_id: str, by: str, now: datetime, *, to: str, version: int | None = None, reason: str = ""
    ) -> Status:
        """The approved version stands at `to` (an address, an account) from now on.

        Raises `NotFound`, `InputError` without a place, or `Conflict` when nothing is approved, another version than
        `version` is, or it stands there already.
        """
        to = _place(to)
        with self.writing(revises=False) as session:
            row = self._row(session, draft_id)
            approved = self._approved(row, version)
            published = self._published_version(session, row)
            if published == approved and row.published_to == to:
                raise Conflict(f"draft '{draft_id}' version {approved} is published at {to} already")
            row.published_at, row.published_to = utc(now), to
            told = f"{to}: {reason}" if reason else to
            return self._step(session, row, PUBLISHED, "published", by, now, told, approved)

    def withdraw(self, draft_id: str, by: str, now: datetime, *, reason: str, version: int | None = None) -> Status:
        """What was approved or published no longer may leave or stand anywhere; a newer version goes on as a draft.

        Raises `NotFound`, `InputError` without a reason, or `Conflict` when nothing is approved.
        """
        reason = reason_given(reason, "a withdrawal")
        with self.writing(revises=False) as session:
            row = self._row(session, draft_id)
            approved = self._approved(row, version)
            published = self._published_version(session, row)
            if published not in (None, approved):
                # An older version still stands where it was published: it goes, too.
                self._step(session, row, WITHDRAWN, "withdrawn", by, now, reason, published)
            row.approved_version = row.approved_by = row.approved_at = row.published_at = None
            row.published_to = ""
            return self._step(session, row, WITHDRAWN, "withdrawn", by, now, reason, approved)

    def _newest(self, session: Session, draft_id: str, seen: int | None) -> DraftRow:
        row = self._row(session, draft_id)
        if seen is not None and seen != row.version:
            raise Conflict(newer(draft_id, row.version, seen, self._made_by(session, row)))
        return row

    def _approved(self, row: DraftRow, seen: int | None) -> int:
        """The approved version, which must be the one that was looked at."""
        if row.approved_version is None:
            raise Conflict(f"draft '{row.id}' has no approved version; `koujing drafts approve {row.id}` approves it")
        if seen is not None and seen != row.approved_version:
            raise Conflict(f"draft '{row.id}': version {row.approved_version} is approved, you looked at {seen}")
        return row.approved_version

    def _row(self, session: Session, draft_id: str) -> DraftRow:
        # `writing` has the workspace's lock already: nothing changes between reading and writing.
        row = session.get(DraftRow, (self.workspace, draft_id))
        if row is None:
            raise unknown(draft_id)
        return row

    def _made_by(self, session: Session, row: DraftRow) -> str:
        return session.get_one(DraftVersionRow, (self.workspace, row.id, row.version)).created_by

    def _step(
        self,
        session: Session,
        row: DraftRow,
        state: str,
        act: str,
        by: str,
        now: datetime,
        reason: str,
        version: int | None = None,
    ) -> Status:
        """One version (the newest, unless another is named) comes to `state`."""
        number = version or row.version
        kept = session.get_one(DraftVersionRow, (self.workspace, row.id, number))
        kept.document = {**kept.document, "draft": {**kept.document["draft"], "state": state}}
        if number == row.version:
            row.state = state
        row.updated_at = utc(now)
        self.note(session, "draft", row.id, act, by, now, version=number, reason=_short(reason))
        session.flush()
        return self._status(session, row)

    def _status(self, session: Session, row: DraftRow) -> Status:
        columns = (DraftVersionRow.version, DraftVersionRow.created_by, DraftVersionRow.act)
        made = session.execute(
            select(*columns)
            .where(DraftVersionRow.workspace == self.workspace, DraftVersionRow.draft_id == row.id)
            .order_by(DraftVersionRow.version)
        )
        written = [(number, by) for number, by, act in made if by and act not in NOT_WRITING]
        since = row.approved_version or 0
        return Status(
            id=row.id,
            state=row.state,
            version=row.version,
            created_by=row.created_by,
            authors=tuple(dict.fromkeys(by for _, by in written)),
            unapproved_authors=tuple(dict.fromkeys(by for number, by in written if number > since)),
            approved_version=row.approved_version,
            approved_by=row.approved_by,
            approved_at=row.approved_at,
            published_version=self._published_version(session, row),
            published_at=row.published_at,
            published_to=row.published_to,
        )

    def _published_version(self, session: Session, row: DraftRow) -> int | None:
        """The version that stands published: the last one that the record says so of."""
        if row.published_at is None:
            return None
        return session.scalar(
            select(EventRow.version)
            .where(
                EventRow.workspace == self.workspace,
                EventRow.subject == "draft",
                EventRow.subject_id == row.id,
                EventRow.act == "published",
            )
            .order_by(EventRow.pk.desc())
            .limit(1)
        )


def newer(draft_id: str, version: int, seen: int, by: str) -> str:
    """That a draft was changed since it was looked at, by whom, and what to do."""
    who = f", made by {by}" if by else ""
    return (
        f"draft '{draft_id}' has a newer version {version}{who}; you looked at {seen}: "
        f"see `koujing drafts diff {draft_id} {seen} {version}` and decide again"
    )


def unknown(draft_id: str) -> NotFound:
    """That there is no such draft."""
    return NotFound(f"no draft '{draft_id}'; `koujing drafts list` shows all")


def reason_given(reason: str, what: str) -> str:
    """A reason in one line. Raises `InputError` without one, or for one that is an essay."""
    reason = _short(reason)
    if not reason:
        raise InputError(f"{what} needs a reason: say why, for those who read it later")
    if len(reason) > LONGEST_REASON:
        raise InputError(f"a reason of {len(reason)} characters is too long; the limit is {LONGEST_REASON}")
    return reason


def as_text(moment: datetime | None) -> str | None:
    """A UTC moment as documents say it."""
    return f"{moment.isoformat(timespec='seconds')}Z" if moment else None


def _short(text: str) -> str:
    return " ".join(clean(text).split())


def _place(to: str) -> str:
    to = _short(to)
    if not to:
        raise InputError("say where it is published: an address or an account")
    if len(to) > LONGEST_REASON:
        raise InputError(f"an address of {len(to)} characters is too long; the limit is {LONGEST_REASON}")
    return to


def _must_be(row: DraftRow, states: Collection[str], done: str) -> None:
    if row.state in states:
        return
    if row.state == OPEN:
        raise Conflict(f"draft '{row.id}' has open questions; answer them with `koujing drafts answer {row.id}`")
    raise Conflict(
        f"draft '{row.id}' version {row.version} is {row.state.replace('_', ' ')} and cannot be {done}; "
        f"possible from: {', '.join(state.replace('_', ' ') for state in states)}"
    )
