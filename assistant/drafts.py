"""Drafts as they are kept: every version whole, with what it was drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from assistant.brief import Brief, brief_from_json
from assistant.draft import Draft, draft_from_json
from assistant.publishing.life import CHANGES_REQUESTED, DRAFT, IN_REVIEW, NOT_WRITING, OPEN, as_text, newer, unknown
from knowledge.domain.errors import Conflict, InputError, NotFound
from knowledge.store.record import Record
from knowledge.store.repository import conflicts_as, utc
from knowledge.store.schema import CustomerUseRow, DraftRow, DraftVersionRow, ExportRow, UseRow


class SpokenOf(NamedTuple):
    """A customer that a draft speaks of: by name or not, in the customer's own words or not."""

    customer_id: str
    named: bool
    quoted: bool


Cursor = tuple[str, str]
"""The place of a row in the list: its moment (UTC, ISO) and id."""


class Page(NamedTuple):
    """Some rows of a list, and the place of the last of them, after which the next page begins; None: the end."""

    rows: list[dict[str, Any]]
    next: Cursor | None


class Drafts(Record):
    """The drafts of one workspace."""

    def save(
        self,
        draft: Draft,
        brief: Brief,
        calls: Sequence[dict[str, Any]],
        now: datetime,
        *,
        after: int = 0,
        customers: Sequence[SpokenOf] = (),
        by: str = "",
        act: str = "written",
        reason: str = "",
    ) -> Draft:
        """Keep `draft` as the next version after version `after` (0: a new draft); the number is given here.

        `customers` are those it speaks of, `by` is who made this version by which `act`; both are put on record. It
        begins as a draft; what is in review stays so when no word of it changed.
        Raises `Conflict` naming the newer version when somebody else has written one meanwhile.
        """
        asked = brief.to_json()
        with (
            conflicts_as(f"draft '{draft.id}' was changed by somebody else; read it again"),
            self.writing(revises=False) as session,
        ):
            row = session.get(DraftRow, (self.workspace, draft.id), with_for_update=True)
            if row is not None and row.version != after:
                made = session.get_one(DraftVersionRow, (self.workspace, draft.id, row.version))
                raise Conflict(newer(draft.id, row.version, after, made.created_by))
            if row is None and after:
                raise unknown(draft.id)
            state = OPEN if draft.questions else DRAFT
            if row is not None and act in NOT_WRITING and row.state in (IN_REVIEW, CHANGES_REQUESTED):
                state = row.state
            saved = replace(draft, version=1 if row is None else row.version + 1, state=state)
            if row is None:
                row = self._begun(draft, asked, by, now)
                session.add(row)
            row.version, row.state, row.updated_at, row.brief = saved.version, saved.state, utc(now), asked
            row.title, row.locale = saved.title, saved.locale
            session.flush()
            session.add(
                DraftVersionRow(
                    workspace=self.workspace,
                    draft_id=saved.id,
                    version=saved.version,
                    document=saved.to_json(),
                    calls=list(calls),
                    created_at=utc(now),
                    created_by=by,
                    act=act,
                    counts=_counts(saved),
                )
            )
            session.add_all(self._uses(saved, customers))
            self.note(session, "draft", saved.id, act, by, now, version=saved.version, reason=reason)
            return saved

    def _begun(self, draft: Draft, asked: dict[str, Any], by: str, now: datetime) -> DraftRow:
        return DraftRow(
            workspace=self.workspace,
            id=draft.id,
            template=draft.template,
            state=draft.state,
            version=1,
            brief=asked,
            title=draft.title,
            locale=draft.locale,
            audience=draft.audience,
            market=draft.market,
            channel=draft.channel,
            created_at=utc(now),
            updated_at=utc(now),
            created_by=by,
            published_to="",
        )

    def _uses(self, saved: Draft, customers: Sequence[SpokenOf]) -> Iterator[UseRow | CustomerUseRow]:
        """What a version rests on: the entry versions that it cites, the customers that it speaks of."""
        cited = {c for _, paragraph in saved.paragraphs() for c in paragraph.citations}
        for entry_id, version in {(e.entry_id, e.version) for e in saved.evidence if e.entry_id and e.id in cited}:
            yield UseRow(
                workspace=self.workspace,
                draft_id=saved.id,
                draft_version=saved.version,
                entry_id=entry_id,
                entry_version=version,
            )
        for spoken in customers:
            yield CustomerUseRow(
                workspace=self.workspace,
                draft_id=saved.id,
                draft_version=saved.version,
                customer_id=spoken.customer_id,
                named=spoken.named,
                quoted=spoken.quoted,
            )

    def exported(self, draft: Draft, form: str, name: str, by: str, now: datetime, *, overridden: str = "") -> None:
        """Put on record that a version of a draft left as a file; `overridden` is why an admin let it leave although
        something was missing."""
        with self.writing(revises=False) as session:
            session.add(
                ExportRow(
                    workspace=self.workspace,
                    draft_id=draft.id,
                    draft_version=draft.version,
                    format=form,
                    name=name,
                    by=by,
                    at=utc(now),
                )
            )
            if overridden:
                self.note(
                    session, "draft", draft.id, "export_overridden", by, now, version=draft.version, reason=overridden
                )

    def get(self, draft_id: str, version: int | None = None) -> Draft:
        """The draft at `version`, else its newest; its state is the one that this version came to. Raises
        `NotFound`."""
        with self.reading() as session:
            row = session.get(DraftRow, (self.workspace, draft_id))
            number = version or (row.version if row else 0)
            kept = session.get(DraftVersionRow, (self.workspace, draft_id, number))
            if row is None:
                raise unknown(draft_id)
            if kept is None:
                raise NotFound(f"draft '{draft_id}' has no version {number}; its newest is {row.version}")
            return replace(draft_from_json(kept.document), inputs=row.brief["inputs"])

    def brief(self, draft_id: str) -> Brief:
        """The brief that a draft was written from. Raises `NotFound`."""
        with self.reading() as session:
            row = session.get(DraftRow, (self.workspace, draft_id))
            if row is None:
                raise unknown(draft_id)
            return brief_from_json(row.brief)

    def versions(self, draft_id: str) -> list[dict[str, Any]]:
        """Every version, the oldest first: its number, who made it when by which act, the state it came to, and
        `counts` of claims by verdict and findings by severity. Raises `NotFound`."""
        query = (
            select(
                DraftVersionRow.version,
                DraftVersionRow.document[("draft", "state")].as_string(),
                DraftVersionRow.created_by,
                DraftVersionRow.created_at,
                DraftVersionRow.act,
                DraftVersionRow.counts,
            )
            .where(DraftVersionRow.workspace == self.workspace, DraftVersionRow.draft_id == draft_id)
            .order_by(DraftVersionRow.version)
        )
        with self.reading() as session:
            found = [
                {
                    "version": version,
                    "state": state,
                    "created_by": by,
                    "created_at": as_text(at),
                    "act": act,
                    "counts": counts,
                }
                for version, state, by, at, act, counts in session.execute(query)
            ]
        if not found:
            raise unknown(draft_id)
        return found

    def list(self, limit: int = 200, **filters: Any) -> list[dict[str, Any]]:
        """The newest drafts, the newest first: the rows of the first `page`."""
        return self.page(limit, **filters).rows

    def page(
        self,
        limit: int = 200,
        cursor: Cursor | None = None,
        *,
        state: str | None = None,
        template: str | None = None,
        locale: str | None = None,
        text: str | None = None,
        ids: Collection[str] | None = None,
    ) -> Page:
        """At most `limit` drafts after `cursor`, the newest first; `text` stands in their title or id, `ids` are the
        only ones asked for. Times are UTC.

        Raises `InputError` for a cursor that no page gave.
        """
        of_newest = and_(
            DraftVersionRow.workspace == DraftRow.workspace,
            DraftVersionRow.draft_id == DraftRow.id,
            DraftVersionRow.version == DraftRow.version,
        )
        query = select(DraftRow, DraftVersionRow.counts).join(DraftVersionRow, of_newest)
        query = query.where(DraftRow.workspace == self.workspace)
        wanted = ((DraftRow.state, state), (DraftRow.template, template), (DraftRow.locale, locale))
        for column, value in wanted:
            if value is not None:
                query = query.where(column == value)
        if ids is not None:
            query = query.where(DraftRow.id.in_(ids))
        if text:
            query = query.where(
                or_(DraftRow.title.icontains(text, autoescape=True), DraftRow.id.icontains(text, autoescape=True))
            )
        if cursor is not None:
            moment, last = _moment(cursor[0]), cursor[1]
            query = query.where(
                or_(DraftRow.updated_at < moment, and_(DraftRow.updated_at == moment, DraftRow.id > last))
            )
        query = query.order_by(DraftRow.updated_at.desc(), DraftRow.id).limit(limit + 1)
        with self.reading() as session:
            found = [(row, counts) for row, counts in session.execute(query)]
        rows = [
            {
                "id": row.id,
                "title": row.title,
                "template": row.template,
                "state": row.state,
                "version": row.version,
                "locale": row.locale,
                "updated_at": as_text(row.updated_at),
                "created_by": row.created_by,
                "approved_version": row.approved_version,
                "counts": counts,
            }
            for row, counts in found[:limit]
        ]
        last_row = found[limit - 1][0] if len(found) > limit else None
        return Page(rows, (last_row.updated_at.isoformat(), last_row.id) if last_row else None)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError("this cursor is none that a list of drafts gave; begin with the first page") from None


def _counts(draft: Draft) -> dict[str, Any]:
    """Claims by verdict and findings by severity, for reports over many drafts."""
    return {
        "claims": dict(Counter(claim.verdict for claim in draft.claims)),
        "findings": dict(Counter(str(finding.severity) for finding in draft.findings)),
    }
