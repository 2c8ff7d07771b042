"""Rows of entry versions and passages, and the records that they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_

from knowledge.records import Audience, EntryVersion, Passage, State
from knowledge.store.repository import utc
from knowledge.store.schema import EntryRow, EntryVersionRow, PassageRow


def version_values(workspace: str, v: EntryVersion) -> dict[str, Any]:
    """The columns of a version's row."""
    return {
        "workspace": workspace,
        "entry_id": v.entry_id,
        "version": v.version,
        "kind": v.kind,
        "locale": v.locale,
        "title": v.title,
        "text": v.text,
        "fields": dict(v.fields),
        "state": str(v.state),
        "audience": str(v.audience),
        "markets": list(v.markets),
        "customer": v.customer,
        "owner": v.owner,
        "translates": v.translates,
        "source": v.source,
        "origin": v.origin,
        "content_hash": v.content_hash,
        "review_due": v.review_due,
        "valid_until": v.valid_until,
        "approved_by": v.approved_by,
        "approved_at": _moment(v.approved_at),
        "created_at": _moment(v.created_at),
        "created_by": v.created_by,
        "body": v.body,
        "facts": v.facts,
        "ended_at": _moment(v.ended_at),
    }


def version_of(row: EntryVersionRow) -> EntryVersion:
    """The record of a row."""
    return EntryVersion(
        entry_id=row.entry_id,
        version=row.version,
        kind=row.kind,
        locale=row.locale,
        title=row.title,
        text=row.text,
        state=State(row.state),
        audience=Audience(row.audience),
        fields=row.fields,
        markets=tuple(row.markets),
        customer=row.customer,
        owner=row.owner,
        translates=row.translates,
        source=row.source,
        origin=row.origin,
        content_hash=row.content_hash,
        review_due=row.review_due,
        valid_until=row.valid_until,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        created_at=row.created_at,
        body=row.body,
        facts=row.facts,
        ended_at=row.ended_at,
        created_by=row.created_by,
    )


def passage_of(row: PassageRow, entry: EntryVersion) -> Passage:
    """The record of a passage's row."""
    return Passage(
        pk=row.pk,
        id=row.id,
        entry=entry,
        text=row.text,
        headings=tuple(row.headings),
        locator=row.locator,
        locale=row.locale,
    )


def version_is(number: Any) -> ColumnElement[bool]:
    """Joins an entry to that one of its versions whose number stands in `number`."""
    return and_(
        EntryRow.workspace == EntryVersionRow.workspace,
        EntryRow.id == EntryVersionRow.entry_id,
        number == EntryVersionRow.version,
    )


def of_version() -> ColumnElement[bool]:
    """Joins a passage to its entry version."""
    return and_(
        EntryVersionRow.workspace == PassageRow.workspace,
        EntryVersionRow.entry_id == PassageRow.entry_id,
        EntryVersionRow.version == PassageRow.version,
    )


def _moment(moment: datetime | None) -> datetime | None:
    return utc(moment) if moment else None
