"""Probes: `/healthz` says that the process answers, `/readyz` that it can work."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.context import Opened, document, problem_response
from api.v1 import shapes
from api.v1.examples import READY

router = APIRouter(tags=["health"])


@router.get("/healthz", responses={200: document("The process answers.", {"status": "ok"}, shapes.Alive)})
async def is_alive() -> dict[str, str]:
    """The process answers. Touches nothing."""
    return {"status": "ok"}


@router.get(
    "/readyz", responses={200: document("Ready.", READY, shapes.Ready), 503: problem_response("What is missing.")}
)
def is_ready(workspace: Opened) -> dict[str, Any]:
    """Database, index and library are there; 503 with a problem otherwise."""
    entries, approved = workspace.library.entries.counts()
    return {
        "status": "ready",
        "database": {"kind": "sqlite" if workspace.database.is_sqlite else "server", "at": workspace.database.version},
        "index": {"owner": workspace.library.indexes.told_owner},
        "library": {"entries": entries, "approved": approved},
        "model": {"name": workspace.model.name, "destination": workspace.model.destination},
    }
