"""`/drafts`: all drafts, the newest first, narrowed by state, template, language and words."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.roles import Right
from api.console.circles import LOCALES
from api.console.pages import page
from api.context import Opened, needs
from api.paging import decode, encode
from assistant.draft_counts import DraftCounts

router = APIRouter(include_in_schema=False)

A_PAGE = 30
STATES = ("open", "draft", "in_review", "changes_requested", "approved", "published", "withdrawn")
BADGES = {
    "open": "badge--warn",
    "draft": "badge--quiet",
    "in_review": "",
    "changes_requested": "badge--warn",
    "approved": "badge--ok",
    "published": "badge--ok",
    "withdrawn": "badge--bad",
}

Choice = Annotated[str, Query(max_length=80)]


@router.get("/drafts", dependencies=[needs(Right.READ)])
def drafts(
    request: Request,
    workspace: Opened,
    state: Choice = "",
    template: Choice = "",
    locale: Choice = "",
    words: Annotated[str, Query(max_length=200)] = "",
    stale: Choice = "",
    cursor: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:
    """A page of the list. `stale`: only those that no longer hold."""
    found = workspace.drafts.page(
        A_PAGE,
        decode(cursor, str, str) if cursor else None,
        state=state if state in STATES else None,
        template=template or None,
        locale=locale or None,
        text=words.strip() or None,
        ids=workspace.staleness.of().keys() if stale else None,
    )
    given = {"state": state, "template": template, "locale": locale, "words": words.strip(), "stale": stale}
    chosen = {name: value for name, value in given.items() if value}
    names = {loaded.template.id: loaded.template.name for loaded in workspace.templates.all()}
    following = urlencode({**chosen, "cursor": encode(*found.next)}) if found.next else ""
    counted = DraftCounts(workspace.database, workspace.name)
    counts = counted.by_state()
    return page(
        request,
        "drafts.html.j2",
        rows=found.rows,
        stale_of=workspace.staleness.of([row["id"] for row in found.rows]),
        chosen=given,
        names=names,
        templates=[one for one, _ in counted.by_template().most_common() if one in names],
        states=STATES,
        badges=BADGES,
        counts=counts,
        locales=LOCALES,
        any_drafts=bool(counts.total()),
        first=f"/drafts?{urlencode(chosen)}" if cursor else "",
        following=f"/drafts?{following}" if following else "",
        now=workspace.settings.now(),
    )
