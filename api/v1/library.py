"""`/v1/search` and `/v1/templates`: what may be said, and what can be written."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from api.context import Opened, document, problem_response, v1_router
from api.v1.examples import HITS, TEMPLATE, TEMPLATES
from assistant.draft import SCHEMA
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.records import KINDS, Audience, Scope
from prompts.template import Template

router = v1_router("library")


@router.get("/search", responses={200: document("The best passages first.", HITS)})
def search(
    workspace: Opened,
    q: Annotated[str, Query(min_length=1, max_length=2000, description="What to look for, in any language.")],
    locale: Annotated[str | None, Query(description="Only passages in this language.")] = None,
    kind: Annotated[list[str] | None, Query(description=f"Only this kind; may repeat: {', '.join(KINDS)}.")] = None,
    market: str | None = None,
    audience: Audience = Audience.PUBLIC,
    k: Annotated[int, Query(ge=1, le=50, description="How many passages.")] = 8,
) -> dict[str, Any]:
    """Passages that may be used in a text for this audience and market."""
    if not q.strip():
        raise InputError("q: the query is empty; say what to look for")
    unknown = sorted(set(kind or ()) - set(KINDS))
    if unknown:
        raise InputError(f"kind: '{unknown[0]}' is no kind of entry; choose {', '.join(KINDS)}")
    scope = Scope(
        audience=audience,
        market=market or None,
        locale=parse_locale(locale).tag if locale else None,
        kinds=tuple(kind or ()),
    )
    return {"schema": SCHEMA, "hits": [hit.to_json() for hit in workspace.search(q, scope, k)]}


@router.get("/templates", responses={200: document("Every template that can be used.", TEMPLATES)})
def list_templates(workspace: Opened) -> dict[str, Any]:
    """What can be written, and what each template asks for, in both languages. `broken` says what cannot be used."""
    templates, broken = workspace.templates, workspace.templates.broken()
    return {
        "schema": SCHEMA,
        "templates": [_listed(templates.get(name).template) for name in templates.ids if name not in broken],
        "broken": [{"id": name, "message": message} for name, message in broken.items()],
    }


@router.get(
    "/templates/{template_id}",
    responses={200: document("The template.", TEMPLATE), 404: problem_response("There is no such template.")},
)
def show_template(template_id: str, workspace: Opened) -> dict[str, Any]:
    """One template whole: purpose, inputs, sections, rubric."""
    return {"schema": SCHEMA, "template": workspace.templates.get(template_id).template.model_dump(mode="json")}


def _listed(template: Template) -> dict[str, Any]:
    shown = template.model_dump(mode="json", include={"id", "version", "name", "purpose", "stage", "inputs"})
    return {**shown, "required": [declared.name for declared in template.inputs if declared.required]}
