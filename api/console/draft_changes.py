"""What a change swaps on the page of a draft: the paragraphs that read otherwise, their evidence, findings and head."""

from __future__ import annotations

import json

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.access.actor import Actor
from api.console.draft_page import desk_of, shown
from api.console.draft_sheet import PlacedSection, Sheet, sheet_of
from api.console.grounds import Line
from api.console.pages import language_of
from assistant.draft import Draft
from assistant.workspace import Workspace


def changes(
    request: Request, workspace: Workspace, actor: Actor, seen: Draft, now: Draft, paragraph: str = ""
) -> HTMLResponse:
    """The parts of the page that differ between `seen` and `now`, each marked for htmx to swap where it stands.

    `paragraph` is sent in any case: its field is to be closed. The event `koujing:version` tells the page its version.
    """
    desk = desk_of(request, workspace, actor, now)
    before = sheet_of(seen, workspace.library, language_of(request))
    whole = before.frame != desk.sheet.frame
    sections = [] if whole else _reshaped(before, desk.sheet)
    inside = {line.id for section in sections for block in section.blocks for line in block.lines}
    lines = [] if whole else [line for line in _rewritten(before, desk.sheet, paragraph) if line.id not in inside]
    answer = shown(
        request,
        "draft/changes.html.j2",
        desk,
        whole=whole,
        sections=sections,
        lines=lines,
        all_cards=whole or bool(sections),
        new_table=seen.claim_table != now.claim_table,
        new_sources=seen.evidence != now.evidence or before.rests != desk.sheet.rests,
    )
    answer.headers["HX-Trigger"] = json.dumps({"koujing:version": {"version": now.version}})
    return answer


def _reshaped(before: Sheet, now: Sheet) -> list[PlacedSection]:
    """The sections whose paragraphs are others than they were, or stand elsewhere."""
    return [new for old, new in zip(before.sections, now.sections, strict=True) if old.frame != new.frame]


def _rewritten(before: Sheet, now: Sheet, paragraph: str) -> list[Line]:
    """The lines that show something else than they did."""
    known = {line.id: line for line in before.lines()}
    return [line for line in now.lines() if line.id == paragraph or known.get(line.id) != line]
