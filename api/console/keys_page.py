"""`/settings/keys`: keys for programs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.access.actor import Actor
from api.access.keys import Keys
from api.access.roles import Right, Role, role_named
from api.console.flashes import moved
from api.console.settings_page import settings_page
from api.context import Opened, Who, needs
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError

router = APIRouter(include_in_schema=False)

_ADMIN = [needs(Right.ADMIN)]

Line = Annotated[str, Form(max_length=200)]


@router.get("/settings/keys", dependencies=_ADMIN)
def keys(request: Request, actor: Who, workspace: Opened) -> Response:
    """Every key, revoked ones too."""
    return _page(request, actor, workspace)


@router.post("/settings/keys", dependencies=_ADMIN)
def create(
    request: Request, actor: Who, workspace: Opened, name: Line, role: Line, last_day: Annotated[str, Form()] = ""
) -> Response:
    """A new key; its text is on this one page only."""
    try:
        key, text = Keys(workspace.database, workspace.name).create(
            name,
            workspace.settings.now(),
            role=role_named(role),
            expires_at=_end_of(last_day),
            made_by=actor.person,
            by=actor.name,
        )
    except InputError as error:
        typed = {"name": name, "role": role, "last_day": last_day}
        return _page(request, actor, workspace, error.status, fault=error.message, typed=typed)
    return _page(request, actor, workspace, made=key, text=text)


@router.post("/settings/keys/{key_id}/revoke", dependencies=_ADMIN)
def revoke(key_id: str, actor: Who, workspace: Opened) -> Response:
    """Of no use from now on."""
    key = Keys(workspace.database, workspace.name).revoke(key_id, workspace.settings.now(), by=actor.name)
    return moved("/settings/keys", "ok", "settings.key_revoked", name=key.name)


def _end_of(last_day: str) -> datetime | None:
    """The end of the last day on which a key holds. Raises `InputError`."""
    if not last_day.strip():
        return None
    try:
        return datetime.combine(date.fromisoformat(last_day.strip()) + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        raise InputError(f"'{last_day[:40]}' is no date; write it as 2027-03-01") from None


def _page(request: Request, actor: Actor, workspace: Workspace, status: int = 200, **more: Any) -> Response:
    typed = {"name": "", "role": Role.VIEWER, "last_day": ""}
    values = {"fault": "", "made": None, "text": "", "typed": typed, **more}
    found = Keys(workspace.database, workspace.name).list()
    return settings_page(
        request, actor, "keys.html.j2", status, keys=found, now=workspace.settings.now(), roles=list(Role), **values
    )
