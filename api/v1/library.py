"""`/v1/search`: what may be said."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from api.access.roles import Right
from api.context import Opened, document, needs, v1_router
from api.v1 import shapes
from api.v1.bodies.texts import AnyLocale, Asked, Kind, Text
from api.v1.examples import HITS
from assistant.draft import SCHEMA
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.records import Audience, Scope

router = v1_router("library")


@router.get(
    "/search",
    dependencies=[needs(Right.READ)],
    responses={200: document("The best passages first.", HITS, shapes.Hits)},
)
def search_library(
    workspace: Opened,
    q: Annotated[Text, Query(min_length=1, max_length=2000, description="What to look for, in any language.")],
    locale: Annotated[AnyLocale | None, Query(description="Only passages in this language.")] = None,
    kind: Annotated[list[Kind] | None, Query(description="Only this kind; may repeat.")] = None,
    market: Asked | None = None,
    audience: Audience = Audience.PUBLIC,
    k: Annotated[int, Query(ge=1, le=50, description="How many passages.")] = 8,
) -> dict[str, Any]:
    """Passages that may be used in a text for this audience and market."""
    if not q.strip():
        raise InputError("q: the query is empty; say what to look for")
    scope = Scope(
        audience=audience,
        market=market or None,
        locale=parse_locale(locale).tag if locale else None,
        kinds=tuple(kind or ()),
    )
    return {"schema": SCHEMA, "hits": [hit.to_json() for hit in workspace.search(q, scope, k)]}
