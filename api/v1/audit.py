"""`/v1/audit`: who did what to which thing, when and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Query

from api.access.roles import Right
from api.context import Opened, document, needs, v1_router
from api.paging import Page, Paged
from api.v1 import shapes
from api.v1.bodies.texts import Moment
from api.v1.examples import AUDIT
from assistant.audit import Asked, Audit, Entry, Place
from assistant.draft import SCHEMA
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError

router = v1_router("audit")

_Filter = Annotated[str, Query(max_length=200)]


@router.get(
    "/audit",
    responses={200: document("Acts, the newest first.", AUDIT, shapes.AuditPage)},
    dependencies=[needs(Right.ADMIN)],
)
def list_acts(
    workspace: Opened,
    page: Paged,
    subject: Annotated[
        str, Query(max_length=20, description="entry, customer, draft, check, key, person, workspace …")
    ] = "",
    subject_id: _Filter = "",
    act: _Filter = "",
    by: _Filter = "",
    since: Annotated[Moment | None, Query(description="From this moment on; UTC when it has no zone.")] = None,
    until: Annotated[Moment | None, Query(description="Before this moment.")] = None,
) -> dict[str, Any]:
    """Acts on entries, customers, drafts, keys and people, exports and rulings, of this workspace."""
    asked = Asked(subject, subject_id, act, by, _utc(since), _utc(until))
    rows, following = lines_of(workspace, asked, page)
    return {"schema": SCHEMA, "events": [line.to_json() for line in rows], "next": following}


def lines_of(workspace: Workspace, asked: Asked, page: Page) -> tuple[list[Entry], str | None]:
    """A page of the record, and the cursor of the next one."""
    place = page.after(str, str, int)
    after = (_moment(place[0]), place[1], place[2]) if place else None
    found = Audit(workspace.database, workspace.name).lines(asked, page.limit + 1, after)
    return page.cut(found, lambda line: _cursor(line.place))


def _utc(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _cursor(place: Place) -> tuple[str, str, int]:
    return place[0].isoformat(), place[1], place[2]


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InputError("cursor: is not one that this list gave; leave it out to begin at the start") from None
