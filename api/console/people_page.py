"""`/settings/people`: who is a member, with which role; one-time links for new ones."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from api.access.actor import Actor
from api.access.invitations import Invitations
from api.access.people import People
from api.access.roles import Right, Role
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.pages import language_of
from api.console.settings_page import settings_page
from api.context import Opened, Who, needs
from api.v1.people import installs, link
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, InputError

router = APIRouter(include_in_schema=False)

_ADMIN = [needs(Right.ADMIN)]

Line = Annotated[str, Form(max_length=200)]


@router.get("/settings/people", dependencies=_ADMIN)
def people(request: Request, actor: Who, workspace: Opened) -> Response:
    """The members."""
    return _page(request, actor, workspace)


@router.post("/settings/people/invite", dependencies=_ADMIN)
def invite(request: Request, actor: Who, workspace: Opened, role: Line, name: Line = "") -> Response:
    """A link for a new member, shown this once."""
    try:
        token = Invitations(workspace.database, workspace.name).member(role, name, actor.name, workspace.settings.now())
    except InputError as error:
        return _page(request, actor, workspace, error.status, fault=error.message)
    return _page(request, actor, workspace, link=link(token, request, workspace)["url"], invited=name)


@router.post("/settings/people/{person_id}/role", dependencies=_ADMIN)
def change_role(person_id: str, request: Request, actor: Who, workspace: Opened, role: Line) -> Response:
    """Another role."""
    try:
        member = _people(workspace).set_role(person_id, role, actor.name, workspace.settings.now())
    except Conflict as error:
        return _page(request, actor, workspace, error.status, fault=_told(request))
    return moved("/settings/people", "ok", "settings.role_kept", name=member.person.name)


@router.post("/settings/people/{person_id}/{step}", dependencies=_ADMIN)
def step(person_id: str, step: str, request: Request, actor: Who, workspace: Opened) -> Response:
    """Disable, let in again, take out of the workspace, or a link for a new password."""
    known, by, now = _people(workspace), actor.name, workspace.settings.now()
    anywhere = installs(actor, request)
    try:
        if step == "password":
            known.own(person_id, anywhere=anywhere)
            token = Invitations(workspace.database, workspace.name).password(person_id, by, now)
            name = known.member(person_id).person.name
            return _page(request, actor, workspace, link=link(token, request, workspace)["url"], invited=name)
        if step == "disable":
            known.disable(person_id, by, now, anywhere=anywhere)
        elif step == "enable":
            known.enable(person_id, by, now, anywhere=anywhere)
        elif step == "remove":
            known.remove(person_id, by, now)
        else:
            raise InputError(f"'{step[:40]}' is nothing that can be done with a member")
    except Conflict as error:
        return _page(request, actor, workspace, error.status, fault=_told(request))
    return moved("/settings/people", "ok", f"settings.done_{step}")


def _page(request: Request, actor: Actor, workspace: Workspace, status: int = 200, **more: Any) -> Response:
    values = {"fault": "", "link": "", "invited": "", **more}
    return settings_page(
        request, actor, "people.html.j2", status, members=_people(workspace).members(), roles=list(Role), **values
    )


def _told(request: Request) -> str:
    """The one conflict there is: the last administrator stays one."""
    return Wording(language_of(request))("settings.last_admin")


def _people(workspace: Workspace) -> People:
    return People(workspace.database, workspace.name)
