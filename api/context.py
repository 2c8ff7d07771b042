"""What the routes share: the open workspace, the writers, and the answers they document."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.params import Depends as Dependency
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.access.actor import Actor
from api.access.door import FrontDoor
from api.access.roles import Right
from api.localizing import Localizer
from api.problems import MEDIA_TYPE
from api.tenants import Tenants
from api.writing import Writers
from assistant.workspace import Workspace
from knowledge.domain.errors import NotAuthorised


async def workspace_of(request: Request) -> Workspace:
    """The workspace that whoever asks acts in; at an open address that of the settings."""
    actor: Actor | None = request.state.actor
    first: Workspace = request.app.state.workspace
    if actor is None or actor.workspace == first.name:
        return first
    tenants: Tenants = request.app.state.tenants
    return await run_in_threadpool(tenants.of, actor.workspace)


async def _door(request: Request) -> FrontDoor:
    door: FrontDoor = request.app.state.door
    return door


async def _writers(request: Request) -> Writers:
    writers: Writers = request.app.state.writers
    return writers


async def _localizer(request: Request) -> Localizer:
    localizer: Localizer = request.app.state.localizer
    return localizer


async def _actor(request: Request) -> Actor:
    actor: Actor | None = request.state.actor
    if actor is None:
        raise NotAuthorised("nobody is known at this address; ask with an API key or sign in")
    return actor


Opened = Annotated[Workspace, Depends(workspace_of)]
"""The workspace that the actor acts in; at an open address that of the settings."""
Hands = Annotated[Writers, Depends(_writers)]
LocalizerOfService = Annotated[Localizer, Depends(_localizer)]
Who = Annotated[Actor, Depends(_actor)]
"""Who is asking (the guard has found out before any route)."""
Door = Annotated[FrontDoor, Depends(_door)]
"""Sign-in, sign-out and one-time links, for the pages of them."""


class Needs:
    """A route's need for a right, found again by the test that walks all routes."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, actor: Who) -> None:
        actor.must(self.right)


def needs(right: Right) -> Dependency:
    """For a route's `dependencies`: 403 without this right."""
    return Dependency(Needs(right))


_KEY = HTTPBearer(auto_error=False, description="From `koujing keys create`. Checked before any route (guard.py).")


def problem_response(description: str) -> dict[str, Any]:
    """An error in the OpenAPI description; its schema is among the components (description.py)."""
    return {"description": description, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def v1_router(tag: str) -> APIRouter:
    """A router under /v1 whose routes document the key and the errors that all of them have."""
    return APIRouter(
        prefix="/v1",
        tags=[tag],
        dependencies=[Depends(_KEY)],
        responses={
            401: problem_response("The API key is missing, unknown, expired or revoked."),
            403: problem_response("The key or the person lacks the right."),
            422: problem_response("The input cannot be used; `errors` says where and what."),
            429: problem_response("A rate or a daily budget is used up; `Retry-After` says when to come again."),
            503: problem_response("The set-up is incomplete or the model is busy."),
        },
    )


def document(description: str, example: dict[str, Any], shape: Any) -> dict[str, Any]:
    """An answer in the OpenAPI description: its members (a class of `api.v1.shapes`), and an example."""
    return {"description": description, "model": shape, "content": {"application/json": {"example": example}}}
