"""`/`: what waits for whoever reads, and a new draft by its purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.flashes import moved
from api.console.pages import language_of, page
from api.console.purposes import purposes
from api.context import Opened, Who, needs
from assistant.draft_jobs import WAITING, DraftJobs
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict
from knowledge.due import due_list
from knowledge.records import State
from knowledge.sample import load
from knowledge.store.entry_list import EntryList, WantedEntries

router = APIRouter(include_in_schema=False)

SHOWN = 5
"""Lines of a group; the rest is one click away."""

DUE_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what waits: where it leads, what it is called, and what is said of it (text, day or moment)."""

    address: str
    title: str
    note: str = ""
    kind: str = ""
    day: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """A sort of waiting things; `name` is a word of start.yaml, `address` where all of them are."""

    name: str
    lines: Sequence[Line]
    more: bool
    address: str


@router.get("/", dependencies=[needs(Right.READ)])
def start(request: Request, workspace: Opened, actor: Who) -> HTMLResponse:
    """The first page."""
    entries, _ = workspace.library.entries.counts()
    groups = waiting(workspace, actor, language_of(request)) if entries else []
    return page(
        request,
        "start.html.j2",
        groups=groups,
        empty=not entries,
        purposes=purposes(workspace) if actor.may(Right.DRAFT) else [],
        now=workspace.settings.now(),
    )


@router.post("/start/sample", dependencies=[needs(Right.LIBRARY)])
def load_sample(workspace: Opened) -> Response:
    """The sample company into an empty library. Raises `Conflict` when something is in it already."""
    if workspace.library.entries.counts()[0]:
        raise Conflict("the library is not empty; the sample company goes into an empty one only")
    load(workspace.library)
    return moved("/", "ok", "start.sample_loaded", n=workspace.library.entries.counts()[0])


def waiting(workspace: Workspace, actor: Actor, language: str) -> list[Group]:
    """What waits for somebody with these rights, the most pressing first; groups without a line are left out."""
    found = [_being_written(workspace)]
    if actor.may(Right.APPROVE):
        found += [_drafts(workspace, "to_approve", "in_review"), _entries_in_review(workspace)]
    if actor.may(Right.DRAFT):
        found += [
            _drafts(workspace, "questions", "open"),
            _drafts(workspace, "changes", "changes_requested"),
            _stale(workspace, language),
        ]
    if actor.may(Right.LIBRARY):
        found.append(_due(workspace))
    return [group for group in found if group.lines]


def _being_written(workspace: Workspace) -> Group:
    jobs = [
        job for state in WAITING for job in DraftJobs(workspace.database, workspace.name).newest(SHOWN + 1, state=state)
    ]
    lines = [Line(f"/drafts/{job.draft_id}/writing", job.draft_id, kind="writing", day=job.created_at) for job in jobs]
    return _group("being_written", lines, "/drafts")


def _drafts(workspace: Workspace, name: str, state: str) -> Group:
    rows = workspace.drafts.page(SHOWN + 1, state=state).rows
    return _group(name, [_line(row) for row in rows], f"/drafts?state={state}")


def _entries_in_review(workspace: Workspace) -> Group:
    today = workspace.settings.now().date()
    entries = EntryList(workspace.database, workspace.name).page(
        WantedEntries(state=State.IN_REVIEW), today, limit=SHOWN + 1
    )
    lines = [Line(f"/library/{entry.entry_id}", entry.title, entry.owner) for entry in entries]
    return _group("entries_to_approve", lines, "/library?state=in_review")


def _stale(workspace: Workspace, language: str) -> Group:
    stale = workspace.staleness.of()
    rows = [row for row in workspace.drafts.page(ids=stale.keys()).rows if row["state"] not in ("open", "withdrawn")]
    lines = [
        Line(f"/drafts/{row['id']}", row["title"], stale[row["id"]][0].words.of(language), "stale")
        for row in rows[: SHOWN + 1]
    ]
    return _group("stale", lines, "/drafts?stale=1")


def _due(workspace: Workspace) -> Group:
    today = workspace.settings.now().date()
    library = workspace.library
    due = due_list(library.entries.line(), library.customers.all(), today, today + DUE_WITHIN)
    lines: dict[str, Line] = {}
    for item in due:
        what, _, _ = item.what.partition(":")
        address = f"/customers/{item.subject_id}" if what == "permission" else f"/library/{item.subject_id}"
        # Of several things that are due of one entry or customer the first is enough here.
        lines.setdefault(
            address, Line(address, item.title, item.owner, f"over_{what}" if item.day < today else what, item.day)
        )
    return _group("due", list(lines.values()), "/library/due")


def _group(name: str, lines: list[Line], address: str) -> Group:
    return Group(name, lines[:SHOWN], len(lines) > SHOWN, address)


def _line(row: Mapping[str, Any]) -> Line:
    return Line(f"/drafts/{row['id']}", row["title"], row["created_by"], day=row["updated_at"])
