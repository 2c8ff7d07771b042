"""`/v1/people`: the members of the workspace, and the one-time links that make somebody one."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response

from api.access import invitations
from api.access.actor import Actor
from api.access.invitations import Invitations
from api.access.people import Member, People
from api.access.roles import Right
from api.access.secret import public_origin
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies.access import InvitationRequest, RoleRequest
from api.v1.bodies.texts import PathName
from api.v1.examples.access import LINK, MEMBER, MEMBERS
from assistant.draft import SCHEMA
from assistant.workspace import Workspace

router = v1_router("people")

_ADMIN = [needs(Right.ADMIN)]
_GONE = problem_response("There is no such member.")
_LAST = problem_response("Nobody would be left to administer the workspace.")
_LINK = document("The link: `url` is shown this once and holds for 24 hours.", LINK, shapes.OneTimeLink)
_MEMBER = document("The member as they are now.", MEMBER, shapes.Member)


@router.get(
    "/people", dependencies=_ADMIN, responses={200: document("Every member, by name.", MEMBERS, shapes.Members)}
)
def list_people(workspace: Opened) -> dict[str, Any]:
    """The members of the workspace with their roles, the disabled ones too."""
    return {"schema": SCHEMA, "people": [member.to_json() for member in _people(workspace).members()]}


@router.post("/people/invitations", status_code=201, dependencies=_ADMIN, responses={201: _LINK})
def invite_person(body: InvitationRequest, request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """A one-time link for a new member. Whoever opens it chooses login and password; send it to nobody else."""
    token = _invitations(workspace).member(body.role, body.name, actor.name, workspace.settings.now())
    return link(token, request, workspace)


@router.post(
    "/people/{person_id}/password-link", status_code=201, dependencies=_ADMIN, responses={201: _LINK, 404: _GONE}
)
def link_for_password(person_id: PathName, request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """A one-time link for a member who forgot the password; the old one holds until it is used."""
    _people(workspace).own(person_id, anywhere=installs(actor, request))
    token = _invitations(workspace).password(person_id, actor.name, workspace.settings.now())
    return link(token, request, workspace)


@router.patch("/people/{person_id}", dependencies=_ADMIN, responses={200: _MEMBER, 404: _GONE, 409: _LAST})
def change_role(person_id: PathName, body: RoleRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Give a member another role."""
    return _answer(_people(workspace).set_role(person_id, body.role, actor.name, workspace.settings.now()))


@router.delete(
    "/people/{person_id}",
    status_code=204,
    dependencies=_ADMIN,
    responses={204: {"description": "They are no member any more."}, 404: _GONE, 409: _LAST},
)
def remove_person(person_id: PathName, actor: Who, workspace: Opened) -> Response:
    """Take somebody out of this workspace; what they did stays on record."""
    _people(workspace).remove(person_id, actor.name, workspace.settings.now())
    return Response(status_code=204)


@router.post("/people/{person_id}/disable", dependencies=_ADMIN, responses={200: _MEMBER, 404: _GONE, 409: _LAST})
def disable_person(person_id: PathName, request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Sign somebody out everywhere and let them in no more. Their keys stay: see `made_by` in `/v1/keys`."""
    by, now = actor.name, workspace.settings.now()
    return _answer(_people(workspace).disable(person_id, by, now, anywhere=installs(actor, request)))


@router.post("/people/{person_id}/enable", dependencies=_ADMIN, responses={200: _MEMBER, 404: _GONE})
def enable_person(person_id: PathName, request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Let a disabled member in again, with the password of before."""
    by, now = actor.name, workspace.settings.now()
    return _answer(_people(workspace).enable(person_id, by, now, anywhere=installs(actor, request)))


def installs(actor: Actor, request: Request) -> bool:
    """True for those of the workspace that the service was set up with: they look after the whole installation."""
    first: Workspace = request.app.state.workspace
    return actor.workspace == first.name


def link(token: str, request: Request, workspace: Workspace) -> dict[str, Any]:
    """A one-time link as it is answered: under the public address, else the one that was asked."""
    request.state.shown_once = True
    found = invitations.look(workspace.database, token, workspace.settings.now())
    origin = public_origin(request.app.state.door.settings) or str(request.base_url).rstrip("/")
    return {"schema": SCHEMA, "url": f"{origin}/welcome/{token}", **(found.to_json() if found else {})}


def _answer(member: Member) -> dict[str, Any]:
    return {"schema": SCHEMA, **member.to_json()}


def _people(workspace: Workspace) -> People:
    return People(workspace.database, workspace.name)


def _invitations(workspace: Workspace) -> Invitations:
    return Invitations(workspace.database, workspace.name)
