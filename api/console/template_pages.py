"""`/templates`: what can be written, and how each of it is made; a version of one's own is begun here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.brief_form import choice_label
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.grounds import title_of
from api.console.library_view import Posted, texts_of
from api.console.pages import language_of, page
from api.console.purposes import STAGES
from api.context import Opened, needs
from assistant.checks.registry import BY_ID
from assistant.template_editing import new_template
from assistant.template_files import files_tag, remove_template, template_files
from assistant.template_lint import lint
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError
from knowledge.kinds import kind_named
from knowledge.records import KINDS
from prompts.faults import Faulty
from prompts.section import Part, Want
from prompts.template import Template

router = APIRouter(include_in_schema=False)

Id = Annotated[str, Query(max_length=80)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A template in the list, and whose it is (see `Templates.origin`)."""

    template: Template
    origin: str

    @property
    def required(self) -> list[str]:
        """What must be said, as the names of the inputs."""
        return [declared.name for declared in self.template.inputs if declared.required]


@router.get("/templates", dependencies=[needs(Right.READ)])
def index(request: Request, workspace: Opened) -> HTMLResponse:
    """All of them by purpose; those that cannot be used first, with what is wrong."""
    templates = workspace.templates
    broken = templates.broken()
    usable = [
        Listed(templates.get(name).template, templates.origin(name)) for name in templates.ids if name not in broken
    ]
    stages = [(stage, [one for one in usable if one.template.stage == stage]) for stage in STAGES]
    return page(
        request,
        "template_pages/index.html.j2",
        stages=[(stage, listed) for stage, listed in stages if listed],
        broken=[(name, templates.origin(name), message) for name, message in broken.items()],
        own=sum(one.origin != "built-in" for one in usable),
    )


@router.get("/templates/make-own", dependencies=[needs(Right.LIBRARY)])
def ask_new(
    request: Request, workspace: Opened, source: Annotated[str, Query(alias="from", max_length=80)] = ""
) -> HTMLResponse:
    """The id and the names of a new one; `from` is the one it begins with."""
    if source:
        workspace.templates.folder(source)
    return _new(request, workspace, {"source": source, "id": f"own_{source}"[:40] if source else ""})


@router.post("/templates/make-own", dependencies=[needs(Right.LIBRARY)])
def begin(request: Request, workspace: Opened, posted: Posted) -> Response:
    """Begin it, and go where it is edited."""
    given = {name: text.strip()[:200] for name, text in texts_of(posted).items()}
    try:
        new_template(
            workspace.templates,
            workspace.settings.templates,
            given.get("id", ""),
            source=given.get("source", ""),
            name_zh=given.get("name_zh", ""),
            name_en=given.get("name_en", ""),
        )
    except InputError as error:
        return _new(request, workspace, given, _told(error, given, language_of(request)), error.status)
    return moved(f"/templates/{given['id']}/edit", "ok", "templates.begun", id=given["id"])


@router.get("/templates/{template_id}", dependencies=[needs(Right.READ)])
def show(template_id: str, request: Request, workspace: Opened) -> HTMLResponse:
    """One template: what it asks for, its sections with the evidence they want, its rules, what it is judged by."""
    templates, t = workspace.templates, Wording(language_of(request))
    origin = templates.origin(template_id)
    try:
        template = templates.get(template_id).template
    except Faulty:
        return page(
            request,
            "template_pages/broken.html.j2",
            id=template_id,
            origin=origin,
            faults=lint(templates, template_id),
        )
    return page(
        request,
        "template_pages/template.html.j2",
        template=template,
        origin=origin,
        warnings=lint(templates, template_id) if origin != "built-in" else [],
        choice_label=lambda name, value: choice_label(name, value, t),
        wanted=lambda want: wanted(want, template, t),
        size=lambda part: size(part, t),
        rules=[(rule, title_of(rule.check, t.language)) for rule in template.rules],
        checks=len(BY_ID),
    )


@router.get("/templates/{template_id}/delete", dependencies=[needs(Right.LIBRARY)])
def ask_delete(template_id: str, request: Request, workspace: Opened) -> HTMLResponse:
    """The question before one of the workspace's own goes."""
    templates = workspace.templates
    return page(
        request,
        "template_pages/delete.html.j2",
        id=template_id,
        name=name_of(workspace, template_id, language_of(request)),
        origin=_own(workspace, template_id),
        seen=files_tag(template_files(templates, template_id)),
    )


@router.post("/templates/{template_id}/delete", dependencies=[needs(Right.LIBRARY)])
def delete(template_id: str, workspace: Opened, posted: Posted) -> Response:
    """Delete it, unless somebody changed it since it was looked at."""
    templates = workspace.templates
    _own(workspace, template_id)
    if str(posted.get("seen", "")) != files_tag(template_files(templates, template_id)):
        return moved(f"/templates/{template_id}", "warn", "templates.changed_meanwhile")
    remove_template(templates, workspace.settings.templates, template_id)
    return moved("/templates", "ok", "templates.deleted", id=template_id)


def name_of(workspace: Workspace, template_id: str, language: str) -> str:
    """What a template is called; a broken one by its id. Raises `NotFound`."""
    try:
        return workspace.templates.get(template_id).template.name.of(language)
    except Faulty:
        return template_id


def wanted(want: Want, template: Template, t: Wording) -> dict[str, Any]:
    """Evidence that a section wants, in words: from where, which kinds, below which headings, looked for by what."""
    language = t.language
    declared = template.input(want.input) if want.input else None
    return {
        "where": t(f"templates.from_{want.origin}", input=declared.question.of(language) if declared else ""),
        "kinds": [kind_named(kind).name.of(language) if kind in KINDS else kind for kind in want.kinds],
        "headings": list(want.headings.zh if language == "zh" else want.headings.en),
        "query": want.query.of(language),
        "most": want.k,
        "instead": want.instead,
    }


def size(part: Part, t: Wording) -> str:
    """How much of a part there is: so many pieces of so many characters or words."""
    length, count = part.length.of(t.language), part.count
    pieces = str(count.least) if count.least == count.most else f"{count.least}–{count.most}"
    return t("templates.size", pieces=pieces, least=length.least, most=length.most)


def _own(workspace: Workspace, template_id: str) -> str:
    """Whose it is. Raises `Conflict` for a built-in one, which stays as it is."""
    origin = workspace.templates.origin(template_id)
    if origin == "built-in":
        raise Conflict(f"'{template_id}' is a built-in template; make your own version of it to change anything")
    return origin


def _new(
    request: Request, workspace: Workspace, given: Mapping[str, str], fault: str = "", status: int = 200
) -> HTMLResponse:
    language = language_of(request)
    templates = workspace.templates
    broken = templates.broken()
    names = [(name, templates.get(name).template.name.of(language)) for name in templates.ids if name not in broken]
    values = {"source": "", "id": "", "name_zh": "", "name_en": "", **given}
    return page(request, "template_pages/new.html.j2", status, given=values, sources=names, fault=fault)


def _told(error: InputError, given: Mapping[str, str], language: str) -> str:
    """The error in the reader's language where the page has words for it."""
    t = Wording(language)
    if isinstance(error, Conflict):
        return t("templates.id_taken", id=given.get("id", ""))
    if type(error) is InputError:
        return t("templates.id_wrong", id=given.get("id", "")[:60])
    return error.message
