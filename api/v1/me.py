"""`/v1/me`: who is asking, and what they may change of themself."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.access.sign_ins import COOKIE
from api.context import Door, Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies.access import AboutMeRequest, GoIntoRequest, PasswordRequest
from api.v1.examples.access import ME
from api.v1.workspaces import memberships
from assistant.draft import SCHEMA
from knowledge.domain.errors import NotAllowed

router = v1_router("me")

_READ = [needs(Right.READ)]
_DONE: dict[int | str, dict[str, Any]] = {204: {"description": "Done."}}


@router.get("/me", dependencies=_READ, responses={200: document("Who is asking.", ME, shapes.Me)})
def who_am_i(request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Who is asking, in which workspace, with which rights and limits; `csrf` is what a browser must send back."""
    return {
        "schema": SCHEMA,
        "kind": actor.kind,
        "id": actor.id,
        "name": actor.name,
        "language": actor.language,
        "workspace": actor.workspace,
        "role": str(actor.role),
        "rights": [str(right) for right in Right if right in actor.rights],
        "per_minute": actor.per_minute,
        "daily_tokens": actor.daily_tokens,
        "workspaces": memberships(actor, workspace),
        "csrf": request.state.csrf,
    }


@router.patch("/me", status_code=204, dependencies=_READ, responses=_DONE)
def change_me(body: AboutMeRequest, actor: Who, door: Door) -> Response:
    """Choose the language of the pages."""
    door.persons.set_language(_person(actor), body.language)
    return Response(status_code=204)


@router.post(
    "/me/workspace",
    status_code=204,
    dependencies=_READ,
    responses={**_DONE, 404: problem_response("There is no such workspace that you are a member of.")},
)
def go_into(body: GoIntoRequest, request: Request, actor: Who, door: Door) -> Response:
    """Act in another workspace from the next request on, in this browser."""
    _person(actor)
    door.sign_ins.go_into(request.cookies.get(COOKIE, ""), body.workspace)
    return Response(status_code=204)


@router.post("/me/password", status_code=204, dependencies=_READ, responses=_DONE)
def change_password(body: PasswordRequest, request: Request, actor: Who, workspace: Opened, door: Door) -> Response:
    """A new password; every other browser of yours is signed out."""
    door.persons.change_password(
        _person(actor),
        body.old,
        body.new,
        workspace.settings.now(),
        token=request.cookies.get(COOKIE, ""),
        address=request.client.host if request.client else "",
    )
    return Response(status_code=204)


def _person(actor: Actor) -> str:
    """The id of the person who is signed in. Raises `NotAllowed` for a key."""
    if actor.kind != "person":
        raise NotAllowed("this is for a person who is signed in; a key has no password, language or other workspace")
    return actor.id
