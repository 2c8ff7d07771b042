"""`/library`: the index, the search over passages, and what is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.library_view import cut, marks_of, name_of, storable, view
from api.console.pages import language_of
from api.context import Opened, needs
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.due import due_list
from knowledge.index.tokens import words
from knowledge.kinds import kind_named
from knowledge.records import KINDS, Audience, Scope, State
from knowledge.store.entry_index import EntryIndex, IndexLine, IndexWanted, counts, narrowed, state_on

router = APIRouter(include_in_schema=False)

ON_A_PAGE = 100
DUE_WITHIN = timedelta(days=30)
_FOUND = 20
_SHORT = Query(max_length=200)
_WORDS = Query(max_length=2000)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a search found, with the words of the query marked: (text, is a word)."""

    entry_id: str
    title: str
    kind: str
    locale: str
    place: str
    pieces: list[tuple[str, bool]]


@router.get("/library", dependencies=[needs(Right.READ)])
def index(
    request: Request,
    workspace: Opened,
    kind: Annotated[str, _SHORT] = "",
    locale: Annotated[str, _SHORT] = "",
    state: Annotated[str, _SHORT] = "",
    audience: Annotated[str, _SHORT] = "",
    market: Annotated[str, _SHORT] = "",
    customer: Annotated[str, _SHORT] = "",
    q: Annotated[str, _WORDS] = "",
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Every entry that fits the filters, by kind and title, a page at a time."""
    today = workspace.settings.now().date()
    wanted = IndexWanted(kind, locale, state, audience, market, customer, storable(q).strip())
    every = EntryIndex(workspace.database, workspace.name).lines()
    try:
        found = narrowed(every, wanted, today)
    except InputError:
        found = []
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = min(at, pages)
    shown = found[(at - 1) * ON_A_PAGE : at * ON_A_PAGE]
    return view(
        request,
        "library/index.html.j2",
        **_around(workspace, every, wanted, language_of(request), today),
        tab="index",
        groups=[(kind, list(lines)) for kind, lines in groupby(shown, key=lambda line: line.kind)],
        marks=lambda line: marks_of(line, today),
        state_of=lambda line: state_on(line, today),
        found=len(found),
        at=at,
        pages=pages,
        query={name: value for name, value in request.query_params.items() if name != "page" and value},
    )


@router.get("/library/search", dependencies=[needs(Right.READ)])
def search(
    request: Request,
    workspace: Opened,
    kind: Annotated[str, _SHORT] = "",
    locale: Annotated[str, _SHORT] = "",
    state: Annotated[str, _SHORT] = "",
    audience: Annotated[str, _SHORT] = "",
    market: Annotated[str, _SHORT] = "",
    customer: Annotated[str, _SHORT] = "",
    q: Annotated[str, _WORDS] = "",
) -> HTMLResponse:
    """The passages nearest to what was asked: those of the agreed line, unless another state is asked for."""
    today = workspace.settings.now().date()
    asked = storable(q).strip()
    wanted = IndexWanted(kind, locale, state, audience, market, customer, asked)
    every = EntryIndex(workspace.database, workspace.name).lines()
    return view(
        request,
        "library/search.html.j2",
        **_around(workspace, every, wanted, language_of(request), today),
        tab="search",
        hits=_found(workspace, wanted),
    )


@router.get("/library/due", dependencies=[needs(Right.READ)])
def due(request: Request, workspace: Opened) -> HTMLResponse:
    """What is due: reviews, entries and permissions that run out within a month or have."""
    today = workspace.settings.now().date()
    library = workspace.library
    found = due_list(library.entries.line(), library.customers.all(), today, today + DUE_WITHIN)
    every = EntryIndex(workspace.database, workspace.name).lines()
    return view(
        request,
        "library/due.html.j2",
        **_around(workspace, every, IndexWanted(), language_of(request), today),
        tab="due",
        over=[item for item in found if item.day < today],
        soon=[item for item in found if item.day >= today],
    )


def _around(
    workspace: Workspace, every: list[IndexLine], wanted: IndexWanted, language: str, today: date
) -> dict[str, Any]:
    """What all tabs show: counts, and the choices of the filters."""
    t = Wording(language)
    customers = workspace.library.customers.all()
    kinds = {line.kind for line in every}
    by_state = counts(every, today)
    return {
        "today": today,
        "total": len(every),
        "counts": [(str(state), by_state[state]) for state in State if by_state[state]],
        "wanted": wanted,
        "narrowed": any(getattr(wanted, name) for name in IndexWanted.__slots__),
        "choices": {
            "kind": [(kind, kind_named(kind).name.of(language)) for kind in KINDS if kind in kinds],
            "locale": [(tag, tag) for tag in sorted({line.locale for line in every})],
            "state": [(str(state), t(f"library.state_{state}")) for state in State],
            "audience": [(str(one), t(f"names.audience_{one}")) for one in Audience],
            "market": [(one, one) for one in sorted({market for line in every for market in line.markets})],
            "customer": [(one.id, cut(name_of(one, language), 40)) for one in customers],
        },
    }


def _found(workspace: Workspace, wanted: IndexWanted) -> list[Found]:
    if not wanted.words:
        return []
    try:
        locale = parse_locale(wanted.locale).tag if wanted.locale else None
        states = (State(wanted.state),) if wanted.state else (State.APPROVED,)
        audience = Audience(wanted.audience) if wanted.audience else Audience.INTERNAL
    except (InputError, ValueError):
        return []
    kinds = (wanted.kind,) if wanted.kind in KINDS else ()
    scope = Scope(audience=audience, market=wanted.market or None, locale=locale, kinds=kinds, states=states)
    hits = workspace.search(wanted.words, scope, k=_FOUND)
    return [
        Found(
            hit.passage.entry.entry_id,
            hit.passage.entry.title,
            hit.passage.entry.kind,
            hit.passage.locale,
            hit.passage.locator,
            marked(hit.passage.text, wanted.words),
        )
        for hit in hits
        if not wanted.customer or hit.passage.entry.customer == wanted.customer
    ]


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in pieces, with the words of the query told apart from the rest."""
    cut_words = {word for word in (*query.split(), *words(query).split()) if len(word) > 1 or word.isdigit()}
    if not cut_words:
        return [(text, False)]
    longest_first = sorted(cut_words, key=len, reverse=True)
    found = re.split(f"({'|'.join(map(re.escape, longest_first))})", text, flags=re.IGNORECASE)
    return [(piece, bool(number % 2)) for number, piece in enumerate(found) if piece]
