"""`/v1/templates`: what can be written, and templates of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from api.access.roles import Right
from api.conditions import if_match
from api.context import Opened, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies.templates import FilesRequest, NewTemplateRequest, PreviewRequest
from api.v1.bodies.texts import PathName, PathTemplate
from api.v1.examples.templates import FAULTS, FILES, PREVIEWED, SAVED, TEMPLATE, TEMPLATES
from assistant.brief import Brief
from assistant.draft import SCHEMA
from assistant.template_editing import new_template
from assistant.template_files import (
    files_tag,
    lint_files,
    remove_template,
    save_template,
    template_files,
    tried,
)
from assistant.template_lint import lint
from assistant.template_preview import PreviewedSection, default_writing, preview
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Severity
from knowledge.domain.locale import parse_locale
from prompts.faults import Fault, instead_of
from prompts.loader import LoadedTemplate, Templates
from prompts.readers import accepted_inputs
from prompts.template import Template

router = v1_router("templates")

_MISSING: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such template.")}
_CHANGED: dict[int | str, dict[str, Any]] = {412: problem_response("`If-Match` names other files.")}


@router.get(
    "/templates",
    dependencies=[needs(Right.READ)],
    responses={200: document("Every template that can be used.", TEMPLATES, shapes.TemplateList)},
)
def list_templates(workspace: Opened) -> dict[str, Any]:
    """What can be written, and what each template asks for, in both languages. `broken` says what cannot be used."""
    templates = workspace.templates
    broken = templates.broken()
    return {
        "schema": SCHEMA,
        "templates": [
            {**_listed(templates.get(name).template), "origin": templates.origin(name)}
            for name in templates.ids
            if name not in broken
        ],
        "broken": [{"id": name, "message": message} for name, message in broken.items()],
    }


@router.post(
    "/templates",
    status_code=201,
    dependencies=[needs(Right.LIBRARY)],
    responses={
        201: document("The files it begins with.", FILES, shapes.TemplateFiles),
        404: problem_response("There is no template to begin from."),
        409: problem_response("There is a template of this id already."),
    },
)
def begin_template(body: NewTemplateRequest, response: Response, workspace: Opened) -> dict[str, Any]:
    """Begin a template of your own, from another one or from a commented skeleton."""
    new_template(
        workspace.templates,
        workspace.settings.templates,
        body.id,
        source=body.source or "",
        name_zh=body.name_zh,
        name_en=body.name_en,
    )
    response.headers["Location"] = f"/v1/templates/{body.id}"
    return _files(workspace.templates, body.id, response)


@router.get(
    "/templates/{template_id}",
    dependencies=[needs(Right.READ)],
    responses={200: document("The template.", TEMPLATE, shapes.Template), **_MISSING},
)
def show_template(template_id: PathName, response: Response, workspace: Opened) -> dict[str, Any]:
    """One template whole: purpose, readers, inputs, sections, rules, method, rubric."""
    templates = workspace.templates
    template = templates.get(template_id).template
    response.headers["ETag"] = _etag(template_files(templates, template_id))
    common = accepted_inputs(template)[len(template.inputs) :]
    return {
        "schema": SCHEMA,
        "template": template.model_dump(mode="json"),
        "origin": templates.origin(template_id),
        "common_inputs": [declared.model_dump(mode="json") for declared in common],
    }


@router.get(
    "/templates/{template_id}/files",
    dependencies=[needs(Right.READ)],
    responses={
        200: document("Its files as texts, also of one that cannot be used.", FILES, shapes.TemplateFiles),
        **_MISSING,
    },
)
def show_template_files(template_id: PathName, response: Response, workspace: Opened) -> dict[str, Any]:
    """The files of a template, to be changed and sent back."""
    return _files(workspace.templates, template_id, response)


@router.put(
    "/templates/{template_id}",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("What is saved, and what could be better.", SAVED, shapes.SavedTemplate), **_CHANGED},
)
def put_template(
    template_id: PathTemplate, body: FilesRequest, request: Request, response: Response, workspace: Opened
) -> dict[str, Any]:
    """Save a template of your own, whole. With the id of a built-in one it takes that one's place. A faulty one is
    refused, and `errors` says all that is wrong with it."""
    templates = workspace.templates
    there = template_files(templates, template_id) if template_id in templates.ids else {}
    if_match(request, _etag(there))
    warnings = save_template(workspace.settings.templates, template_id, body.files)
    return {**_files(workspace.templates, template_id, response), "faults": [fault.to_json() for fault in warnings]}


@router.delete(
    "/templates/{template_id}",
    status_code=204,
    dependencies=[needs(Right.LIBRARY)],
    responses={
        204: {"description": "It is gone; a built-in one of its id is back."},
        **_MISSING,
        409: problem_response("It is a built-in one."),
        **_CHANGED,
    },
)
def delete_template(template_id: PathName, request: Request, workspace: Opened) -> Response:
    """Delete a template of your own."""
    templates = workspace.templates
    if template_id in templates.ids and "if-match" in request.headers:
        if_match(request, _etag(template_files(templates, template_id)))
    remove_template(templates, workspace.settings.templates, template_id)
    return Response(status_code=204)


@router.get(
    "/templates/{template_id}/lint",
    dependencies=[needs(Right.READ)],
    responses={200: document("Everything that is wrong with it.", FAULTS, shapes.Faults), **_MISSING},
)
def lint_template(template_id: PathName, workspace: Opened) -> dict[str, Any]:
    """Errors keep a template from being used, warnings do not; each with file, line, place and remedy."""
    return _faults(template_id, lint(workspace.templates, template_id))


@router.post(
    "/templates/{template_id}/lint",
    dependencies=[needs(Right.READ)],
    responses={200: document("Everything that is wrong with these files.", FAULTS, shapes.Faults)},
)
def lint_template_files(template_id: PathTemplate, body: FilesRequest) -> dict[str, Any]:
    """The same of files that are not saved."""
    return _faults(template_id, lint_files(body.files, template_id))


@router.post(
    "/templates/{template_id}/preview",
    dependencies=[needs(Right.READ)],
    responses={
        200: document("Section by section, with the evidence chosen for it.", PREVIEWED, shapes.TemplatePreview),
        **_MISSING,
    },
)
def preview_template(template_id: PathName, body: PreviewRequest, workspace: Opened) -> dict[str, Any]:
    """The prompts with real evidence of the library. No model is asked. Open questions are a 422 with `questions`."""
    if body.files is None:
        return _previewed(template_id, body, workspace, workspace.templates.get(template_id))
    with tried(body.files, template_id) as templates:
        return _previewed(template_id, body, workspace, templates.get(template_id))


def _previewed(template_id: str, body: PreviewRequest, workspace: Workspace, loaded: LoadedTemplate) -> dict[str, Any]:
    known = [section.id for section in loaded.template.sections]
    for section_id in body.sections:
        if section_id not in known:
            raise InputError(f"sections: no section '{section_id}'; {instead_of(section_id, known)}")
    brief = Brief(
        template=template_id,
        inputs=body.inputs,
        locale=parse_locale(body.locale).tag,
        market=body.market,
        channel=body.channel,
        audience=body.audience,
    )
    found: list[PreviewedSection] = preview(workspace, brief, writing=body.writing, loaded=loaded)
    return {
        "schema": SCHEMA,
        "template": template_id,
        "locale": brief.locale,
        "writing": body.writing or default_writing(workspace),
        "sections": [section.to_json() for section in found if not body.sections or section.id in body.sections],
    }


def _files(templates: Templates, template_id: str, response: Response) -> dict[str, Any]:
    files = template_files(templates, template_id)
    response.headers["ETag"] = _etag(files)
    return {"schema": SCHEMA, "id": template_id, "origin": templates.origin(template_id), "files": files}


def _faults(template_id: str, faults: list[Fault]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "id": template_id,
        "faults": [fault.to_json() for fault in faults],
        "counts": {
            str(severity): sum(fault.severity is severity for fault in faults)
            for severity in (Severity.ERROR, Severity.WARNING)
        },
    }


def _etag(files: Mapping[str, str]) -> str:
    return f'"{files_tag(files)}"'


def _listed(template: Template) -> dict[str, Any]:
    shown = template.model_dump(mode="json", include={"id", "version", "name", "purpose", "stage", "inputs"})
    return {**shown, "required": [declared.name for declared in template.inputs if declared.required]}
