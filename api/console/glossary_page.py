"""`/library/glossary`: terms, their forms in other languages, and what must not be written instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.library_view import Posted, storable, texts_of, told, view
from api.console.pages import language_of
from api.context import Opened, Who, needs
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.records import Term

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 100
LONGEST_TERM = 200


@router.get("/library/glossary", dependencies=[needs(Right.READ)])
def glossary(
    request: Request,
    workspace: Opened,
    q: Annotated[str, Query(max_length=400)] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Every term that has the words, a page at a time."""
    terms, asked = workspace.library.glossary.all(), storable(q).strip()
    found = [term for term in terms if all(word in _said(term) for word in asked.casefold().split())]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = min(at, pages)
    return view(
        request,
        "library/glossary.html.j2",
        tab="glossary",
        terms=found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE],
        total=len(terms),
        found=len(found),
        q=asked,
        at=at,
        pages=pages,
        query={"q": asked} if asked else {},
    )


@router.get("/library/glossary/term", dependencies=[needs(Right.LIBRARY)])
def edit(
    request: Request,
    workspace: Opened,
    term: Annotated[str, Query(max_length=LONGEST_TERM)] = "",
    locale: Annotated[str, Query(max_length=40)] = "",
) -> HTMLResponse:
    """A term as a form; an empty one for a new term."""
    there = _there(workspace, term, locale)
    return _form(request, there, _shown(there) if there else {"locale": "zh-CN"})


@router.post("/library/glossary/term", dependencies=[needs(Right.LIBRARY)])
def save(request: Request, workspace: Opened, actor: Who, posted: Posted) -> Response:
    """Keep a term. One that is there is changed; its text and language stay what they are."""
    form, t = texts_of(posted), Wording(language_of(request))
    now = workspace.settings.now()
    there = _there(workspace, form.get("was", ""), form.get("was_locale", ""))
    errors: dict[str, str] = {}
    try:
        made = _made(form, there, t, errors)
    except InputError as error:
        errors[""] = told(error, t)
        made = None
    if made and there is None and _there(workspace, made.term, made.locale):
        errors["term"] = t("library.term_there")
    if errors or made is None:
        return _form(request, there, form, errors)
    workspace.library.glossary.save([made], by=actor.name, now=now)
    return moved("/library/glossary", "ok", "library.done_term", term=made.term[:60])


@router.post("/library/glossary/remove", dependencies=[needs(Right.LIBRARY)])
def remove(workspace: Opened, actor: Who, posted: Posted) -> Response:
    """Take a term out; the record keeps that it was."""
    form = texts_of(posted)
    term, locale = form.get("term", ""), form.get("locale", "")
    reason = form.get("reason", "")[:2000]
    workspace.library.glossary.remove(term, locale, by=actor.name, now=workspace.settings.now(), reason=reason)
    return moved("/library/glossary", "ok", "library.done_term_removed", term=term[:60])


def _form(
    request: Request, there: Term | None, said: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> HTMLResponse:
    return view(
        request,
        "library/term.html.j2",
        422 if errors else 200,
        there=there,
        said={name: said.get(name, "") for name in _CONTROLS},
        wrong=errors or {},
        errors=[errors[""]] if errors and "" in errors else [],
    )


_CONTROLS = (
    "term", "locale", "translations", "forbidden", "keep", "case_rule", "part_of_speech", "note",
)  # fmt: skip


def _made(form: Mapping[str, str], there: Term | None, t: Wording, errors: dict[str, str]) -> Term:
    term = there.term if there else " ".join(form.get("term", "").split())
    if not term or len(term) > LONGEST_TERM:
        errors["term"] = t("library.term_needed", n=LONGEST_TERM)
    locale = there.locale if there else ""
    try:
        locale = locale or parse_locale(form.get("locale", "").strip()).tag
    except InputError:
        errors["locale"] = t("library.wrong_locale")
    translations = {}
    for line in form.get("translations", "").splitlines():
        tag, colon, said = line.replace("：", ":").partition(":")
        if not line.strip():
            continue
        try:
            if not colon or not said.strip():
                raise InputError("")
            translations[parse_locale(tag.strip()).tag] = " ".join(said.split())
        except InputError:
            errors["translations"] = t("library.wrong_translation", line=line.strip()[:60])
    return Term(
        term,
        locale,
        translations,
        part_of_speech=" ".join(form.get("part_of_speech", "").split())[:60],
        do_not_translate=bool(form.get("keep")),
        forbidden=tuple(
            dict.fromkeys(" ".join(one.split()) for one in form.get("forbidden", "").splitlines() if one.strip())
        ),
        note=form.get("note", "").strip()[:4000],
        case_rule="exact" if form.get("case_rule") else "",
    )


def _shown(term: Term) -> dict[str, str]:
    return {
        "term": term.term,
        "locale": term.locale,
        "translations": "\n".join(f"{locale}: {said}" for locale, said in term.translations.items()),
        "forbidden": "\n".join(term.forbidden),
        "keep": "1" if term.do_not_translate else "",
        "case_rule": term.case_rule,
        "part_of_speech": term.part_of_speech,
        "note": term.note,
    }


def _there(workspace: Workspace, term: str, locale: str) -> Term | None:
    return next((one for one in workspace.library.glossary.all() if (one.term, one.locale) == (term, locale)), None)


def _said(term: Term) -> str:
    return "\n".join((term.term, *term.translations.values(), *term.forbidden, term.note)).casefold()
