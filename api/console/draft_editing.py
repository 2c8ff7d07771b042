"""Editing a draft on its page: a paragraph, a mend, a finding kept, a section written again, the whole checked again.

Every form says with `after` which version its page shows. With htmx the answer swaps what changed since then and
nothing else; without scripts it leads back to the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.draft_changes import changes
from api.console.draft_page import asked, back, desk_of, shown
from api.context import Opened, Who, needs
from assistant.draft import Draft
from assistant.drafting import standards_of
from assistant.publishing.editing import written_text
from assistant.publishing.sources import with_sources
from assistant.rechecking import with_changed
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, NotFound

router = APIRouter(include_in_schema=False)

After = Annotated[int, Form(ge=1, le=2**31 - 1)]
Text = Annotated[str, Form(max_length=200_000)]
Key = Annotated[str, Form(max_length=80)]

_WRITING = [needs(Right.DRAFT)]


@router.post("/drafts/{draft_id}/paragraphs/{paragraph_id}", dependencies=_WRITING)
def save_paragraph(
    draft_id: str, paragraph_id: str, request: Request, workspace: Opened, actor: Who, after: After, text: Text = ""
) -> Response:
    """A paragraph with other words. Where somebody else changed the same one meanwhile, both texts are shown (409); a
    change elsewhere in the draft is nobody's conflict."""
    seen = workspace.drafts.get(draft_id, after)
    newest = workspace.drafts.get(draft_id)
    if newest.version != after and text_of(newest, paragraph_id) != text_of(seen, paragraph_id):
        return _conflict(request, workspace, actor, seen, newest, paragraph_id, text)
    try:
        saved = workspace.edit(draft_id, paragraph_id, text, by=actor.name, after=newest.version)
    except Conflict:
        newest = workspace.drafts.get(draft_id)
        if newest.version == after:
            raise
        return _conflict(request, workspace, actor, seen, newest, paragraph_id, text)
    return _answer(request, workspace, actor, seen, saved, paragraph_id)


@router.post("/drafts/{draft_id}/paragraphs/{paragraph_id}/look", dependencies=_WRITING)
def look(
    draft_id: str, paragraph_id: str, request: Request, workspace: Opened, actor: Who, after: After, text: Text = ""
) -> HTMLResponse:
    """What the checks say of a text that is still being typed. Nothing is kept."""
    draft = _tried(workspace, workspace.drafts.get(draft_id, after), paragraph_id, text)
    desk = desk_of(request, workspace, actor, draft)
    line = next((line for line in desk.sheet.lines() if line.id == paragraph_id), None)
    if line is None or line.gap:
        raise NotFound(f"draft '{draft_id}' shows no paragraph '{paragraph_id}'")
    return shown(request, "draft/look.html.j2", desk, line=line)


@router.get("/drafts/{draft_id}/changes", dependencies=[needs(Right.READ)])
def changes_since(
    draft_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    since: Annotated[int, Query(ge=1, le=2**31 - 1)],
    paragraph: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    """What became of the draft since version `since`, ready to be swapped in; `paragraph` is sent in any case."""
    seen, newest = workspace.drafts.get(draft_id, since), workspace.drafts.get(draft_id)
    return changes(request, workspace, actor, seen, newest, paragraph)


@router.post("/drafts/{draft_id}/mend", dependencies=_WRITING)
def mend(draft_id: str, request: Request, workspace: Opened, actor: Who, after: After, finding: Key) -> Response:
    """Put what is known to be right in its place. The id of a finding says which words are meant, in any version."""
    seen = workspace.drafts.get(draft_id, after)
    return _answer(request, workspace, actor, seen, workspace.mend(draft_id, finding, by=actor.name))


@router.post("/drafts/{draft_id}/keep", dependencies=_WRITING)
def keep(
    draft_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    after: After,
    finding: Key,
    reason: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Let a warning stand, with the reason."""
    seen = workspace.drafts.get(draft_id, after)
    kept = workspace.keep(draft_id, finding, reason, by=actor.name)
    return _answer(request, workspace, actor, seen, kept, at="findings")


@router.post("/drafts/{draft_id}/sections/{section_id}/rewrite", dependencies=_WRITING)
def rewrite(
    draft_id: str,
    section_id: str,
    request: Request,
    workspace: Opened,
    actor: Who,
    after: After,
    force: Annotated[bool, Form()] = False,
) -> Response:
    """One section written again. One that a person edited asks first: its text would go."""
    seen = workspace.drafts.get(draft_id, after)
    edited = any(
        p.by == "person" for section, p in workspace.drafts.get(draft_id).paragraphs() if section.id == section_id
    )
    if edited and not force:
        desk = desk_of(request, workspace, actor, seen)
        heading = next((section.heading for section in seen.sections if section.id == section_id), section_id)
        return asked(request, desk, "rewrite", 409, section=section_id, heading=heading)
    written = workspace.regenerate(draft_id, section_id, by=actor.name, actor=actor.id, after=after, force=force)
    return _answer(request, workspace, actor, seen, written)


@router.post("/drafts/{draft_id}/check", dependencies=_WRITING)
def check_again(draft_id: str, request: Request, workspace: Opened, actor: Who, after: After) -> Response:
    """The whole draft against what its sources say today."""
    seen = workspace.drafts.get(draft_id, after)
    checked = workspace.recheck(draft_id, by=actor.name, actor=actor.id)
    return _answer(request, workspace, actor, seen, checked)


def text_of(draft: Draft, paragraph_id: str) -> str | None:
    """The words of a paragraph; None when it is gone."""
    return next((paragraph.text for _, paragraph in draft.paragraphs() if paragraph.id == paragraph_id), None)


def _answer(
    request: Request, workspace: Workspace, actor: Who, seen: Draft, saved: Draft, paragraph: str = "", at: str = ""
) -> Response:
    if "hx-request" not in request.headers:
        return back(saved.id, at or (f"p-{paragraph}" if paragraph else ""))
    return changes(request, workspace, actor, seen, saved, paragraph)


def _conflict(
    request: Request, workspace: Workspace, actor: Who, seen: Draft, newest: Draft, paragraph_id: str, text: str
) -> Response:
    theirs = text_of(newest, paragraph_id)
    by = next(
        (row["created_by"] for row in reversed(workspace.versions(newest.id)) if row["version"] > seen.version), ""
    )
    desk = desk_of(request, workspace, actor, newest)
    template = "draft/conflict.html.j2" if "hx-request" in request.headers else "draft/conflict_page.html.j2"
    return shown(request, template, desk, 409, paragraph=paragraph_id, theirs=theirs, mine=text, by=by)


def _tried(workspace: Workspace, draft: Draft, paragraph_id: str, text: str) -> Draft:
    """The draft as it would be with these words, checked, not kept."""
    template = workspace.templates.get(draft.template).template
    standards = standards_of(workspace.drafts.brief(draft.id), workspace.library, workspace.policy(), template)
    declared = {section.id: section for section in template.sections}
    sections = []
    for section in draft.sections:
        paragraphs = tuple(
            with_sources(
                replace(paragraph, text=written_text(text), gap=False, by="person"),
                draft.evidence,
                standards,
                declared.get(section.id),
            )
            if paragraph.id == paragraph_id
            else paragraph
            for paragraph in section.paragraphs
        )
        sections.append(replace(section, paragraphs=paragraphs))
    return with_changed(replace(draft, sections=tuple(sections)), {paragraph_id}, template, standards)
