"""`/templates/{id}/edit`: the files of one's own template, beside what is wrong with them and what they ask a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.library_view import Posted
from api.console.pages import language_of, page
from api.console.template_pages import name_of
from api.context import Opened, needs
from assistant.template_example import example_brief
from assistant.template_files import files_tag, save_template, template_files, tried
from assistant.template_lint import lint
from assistant.template_preview import PreviewedSection, preview
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.finding import Severity
from prompts.declaration import NAME
from prompts.faults import Fault, Faulty
from prompts.loader import Templates

router = APIRouter(include_in_schema=False, dependencies=[needs(Right.LIBRARY)])

LOCALES = ("zh-CN", "en")
"""Languages in which prompts are shown."""
_FILE = "file."


@dataclass(frozen=True, slots=True)
class Tried:
    """Files as they would be used: what is wrong, and, when nothing is, what they ask a model for an example."""

    faults: tuple[Fault, ...]
    locale: str
    sections: tuple[PreviewedSection, ...] = ()
    inputs: Mapping[str, str] | None = None
    note: str = ""

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity is not Severity.ERROR)


@router.get("/templates/{template_id}/edit")
def edit(template_id: str, request: Request, workspace: Opened) -> Response:
    """The files as they are saved. A built-in one is not edited: a version of one's own is begun from it."""
    if workspace.templates.origin(template_id) == "built-in":
        return moved(f"/templates/make-own?from={template_id}", "warn", "templates.built_in_stays")
    files = _ordered(template_files(workspace.templates, template_id))
    return _page(request, workspace, template_id, files, files_tag(files))


@router.post("/templates/{template_id}/edit")
def save(template_id: str, request: Request, workspace: Opened, posted: Posted) -> Response:
    """Save all files, unless they are faulty or somebody else has saved others since `seen`; what was typed stays."""
    files = files_of_form(posted)
    try:
        there = template_files(workspace.templates, template_id)
    except NotFound:
        there = {}
    now = files_tag(there)
    if str(posted.get("seen", "")) != now:
        return _page(request, workspace, template_id, files, now, 409, theirs=_ordered(there))
    try:
        save_template(workspace.settings.templates, template_id, files)
    except Faulty as error:
        return _page(request, workspace, template_id, files, now, error.status, refused=True)
    except InputError as error:
        return _page(request, workspace, template_id, files, now, error.status, fault=error.message)
    return moved(f"/templates/{template_id}", "ok", "templates.saved")


@router.post("/templates/{template_id}/preview")
def preview_part(template_id: str, request: Request, workspace: Opened, posted: Posted) -> HTMLResponse:
    """What the files would do as they stand in the form, for htmx; nothing is saved."""
    locale = str(posted.get("locale", ""))
    seen = try_out(workspace, template_id, files_of_form(posted), locale, Wording(language_of(request)))
    return page(request, "template_pages/preview.html.j2", tried=seen)


def try_out(workspace: Workspace, template_id: str, files: Mapping[str, str], locale: str, t: Wording) -> Tried:
    """Lint, and the prompts for an example brief when the files can be used."""
    locale = locale if locale in LOCALES else LOCALES[t.language != "zh"]
    try:
        with tried(files, template_id) as templates:
            return _tried(workspace, templates, template_id, locale, t)
    except InputError as error:
        return Tried((), locale, note=error.message)


def _tried(workspace: Workspace, templates: Templates, template_id: str, locale: str, t: Wording) -> Tried:
    faults = tuple(lint(templates, template_id))
    if any(fault.severity is Severity.ERROR for fault in faults):
        return Tried(faults, locale)
    loaded = templates.get(template_id)
    brief = example_brief(workspace, loaded.template, locale)
    try:
        sections = preview(workspace, brief, loaded=loaded)
    except InputError as error:
        return Tried(faults, locale, inputs=brief.inputs, note=t("templates.no_example", why=error.message))
    return Tried(faults, locale, tuple(sections), brief.inputs)


def files_of_form(form: FormData) -> dict[str, str]:
    """The files by name, as they were typed."""
    return {
        name.removeprefix(_FILE): value.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
        for name, value in form.multi_items()
        if isinstance(value, str) and name.startswith(_FILE)
    }


def _ordered(files: Mapping[str, str]) -> dict[str, str]:
    """The declaration first, then the prompts, Chinese before English."""
    order = {NAME: 0, "zh.j2": 1, "en.j2": 2}
    return {name: files[name] for name in sorted(files, key=lambda name: (order.get(name, 3), name))}


def _page(
    request: Request,
    workspace: Workspace,
    template_id: str,
    files: Mapping[str, str],
    seen: str,
    status: int = 200,
    **more: Any,
) -> HTMLResponse:
    language = language_of(request)
    known = template_id in workspace.templates.ids
    values = {"theirs": None, "refused": False, "fault": "", **more}
    return page(
        request,
        "template_pages/edit.html.j2",
        status,
        id=template_id,
        name=name_of(workspace, template_id, language) if known else template_id,
        files=files,
        seen=seen,
        locales=LOCALES,
        tried=try_out(workspace, template_id, files, "", Wording(language)),
        **values,
    )
