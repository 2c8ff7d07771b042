"""`/v1/usage`: what models used, and what it cost."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query

from api.access.roles import Right
from api.context import Opened, document, needs, v1_router
from api.v1 import shapes
from api.v1.bodies.texts import Day
from api.v1.examples import USAGE
from assistant.draft import SCHEMA
from assistant.usage import UsageBook

router = v1_router("usage")


@router.get("/usage", responses={200: document("Sums.", USAGE, shapes.Usage)}, dependencies=[needs(Right.READ)])
def show_usage(
    workspace: Opened,
    group: Annotated[Literal["day", "model", "template", "actor", "act"], Query(description="What to sum by.")] = "day",
    since: Annotated[Day | None, Query(description="First day (UTC).")] = None,
    until: Annotated[Day | None, Query(description="Last day (UTC).")] = None,
) -> dict[str, Any]:
    """Acts, calls, tokens, seconds and cost by day, model, template, act, or whoever asked (their id)."""
    return {
        "schema": SCHEMA,
        "group": group,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "usage": UsageBook(workspace.database, workspace.name).by(group, since, until),
    }
