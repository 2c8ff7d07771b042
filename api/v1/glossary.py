"""`/v1/glossary`: terms, their forms in other languages, and what must not be written."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response

from api.access.roles import Right
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.paging import Paged
from api.v1 import shapes
from api.v1.bodies.library import TermRequest
from api.v1.bodies.texts import AnyLocale, Asked, PathLocale, Text
from api.v1.examples.glossary import TERM, TERMS
from assistant.draft import SCHEMA
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.locale import parse_locale
from knowledge.domain.text import clean
from knowledge.json_records import term_json
from knowledge.records import Term

router = v1_router("glossary")

_MISSING: dict[int | str, dict[str, Any]] = {404: problem_response("There is no such term in this language.")}

TermPath = Annotated[Text, Path(min_length=1, max_length=200, description="The term itself, percent-encoded.")]


@router.get(
    "/glossary",
    dependencies=[needs(Right.READ)],
    responses={200: document("Terms in alphabetical order.", TERMS, shapes.Terms)},
)
def list_terms(
    workspace: Opened,
    page: Paged,
    q: Annotated[Asked | None, Query(description="Words in the term, its forms, its forbidden variants.")] = None,
    locale: Annotated[AnyLocale | None, Query(description="Only terms of this language.")] = None,
) -> dict[str, Any]:
    """The glossary a page at a time."""
    after, wanted = page.after(str, str), (q or "").casefold().split()
    tag = parse_locale(locale).tag if locale else None
    found = [
        term
        for term in sorted(workspace.library.glossary.all(), key=_key)
        if (after is None or _key(term) > after)
        and (tag is None or term.locale == tag)
        and all(word in _said(term) for word in wanted)
    ]
    kept, following = page.cut(found, _key)
    return {"schema": SCHEMA, "terms": [term_json(term) for term in kept], "next": following}


@router.get(
    "/glossary/{locale}/{term:path}",
    dependencies=[needs(Right.READ)],
    responses={200: document("The term.", TERM, shapes.Term), **_MISSING},
)
def show_term(locale: PathLocale, term: TermPath, workspace: Opened) -> dict[str, Any]:
    """One term in its own language."""
    return {"schema": SCHEMA, "term": term_json(_named(workspace, term, parse_locale(locale).tag))}


@router.put(
    "/glossary/{locale}/{term:path}",
    dependencies=[needs(Right.LIBRARY)],
    responses={200: document("The term as it is kept.", TERM, shapes.Term)},
)
def put_term(locale: PathLocale, term: TermPath, body: TermRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Make a term, or write it anew."""
    tag, text = parse_locale(locale).tag, _one_line(term)
    if not text:
        raise InputError("term: is empty; write the term itself into the address")
    translations = {parse_locale(to).tag: _one_line(form) for to, form in body.translations.items()}
    kept = Term(
        term=text,
        locale=tag,
        translations={to: form for to, form in translations.items() if form},
        part_of_speech=_one_line(body.part_of_speech),
        do_not_translate=body.do_not_translate,
        forbidden=tuple(dict.fromkeys(filter(None, map(_one_line, body.forbidden)))),
        note=clean(body.note).strip(),
        case_rule=body.case_rule,
    )
    workspace.library.glossary.save([kept], by=actor.name, now=workspace.settings.now())
    return {"schema": SCHEMA, "term": term_json(kept)}


@router.delete(
    "/glossary/{locale}/{term:path}",
    status_code=204,
    dependencies=[needs(Right.LIBRARY)],
    responses={204: {"description": "It is no longer in the glossary; the record keeps that it was."}, **_MISSING},
)
def remove_term(
    locale: PathLocale,
    term: TermPath,
    actor: Who,
    workspace: Opened,
    reason: Annotated[Text, Query(max_length=2000, description="Why, for the record.")] = "",
) -> Response:
    """Take a term out."""
    kept = _named(workspace, term, parse_locale(locale).tag)
    now = workspace.settings.now()
    workspace.library.glossary.remove(kept.term, kept.locale, by=actor.name, now=now, reason=reason)
    return Response(status_code=204)


def _named(workspace: Workspace, term: str, tag: str) -> Term:
    found = next((t for t in workspace.library.glossary.all() if t.locale == tag and t.term == term), None)
    if found is None:
        raise NotFound(f"no term '{term[:80]}' in {tag}; `GET /v1/glossary` lists all")
    return found


def _key(term: Term) -> tuple[str, str]:
    return term.term, term.locale


def _said(term: Term) -> str:
    return "\n".join((term.term, *term.translations.values(), *term.forbidden)).casefold()


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
