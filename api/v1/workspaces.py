"""`/v1/workspaces`: those one is a member of, new ones, and how a workspace wants to work."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.access.actor import Actor
from api.access.invitations import Invitations
from api.access.people import People, Persons
from api.access.roles import Right, Role
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies.access import ChoicesRequest, WorkspaceRequest
from api.v1.bodies.texts import PathName
from api.v1.examples.access import NEW_WORKSPACE, WORKSPACE, WORKSPACES
from api.v1.people import installs, link
from assistant.draft import SCHEMA
from assistant.governance import Governance
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, NotAllowed, NotFound
from knowledge.store.workspaces import ensure_workspace

router = v1_router("workspaces")

_GONE = problem_response("There is no such workspace that you act in.")


@router.get(
    "/workspaces", dependencies=[needs(Right.READ)], responses={200: document("Yours.", WORKSPACES, shapes.Workspaces)}
)
def list_workspaces(actor: Who, workspace: Opened) -> dict[str, Any]:
    """The workspaces that you are a member of; of a key its own."""
    return {"schema": SCHEMA, "workspaces": memberships(actor, workspace)}


@router.post(
    "/workspaces",
    status_code=201,
    dependencies=[needs(Right.ADMIN)],
    responses={
        201: document(
            "The workspace. `link` invites its first administrator where no person makes it.",
            NEW_WORKSPACE,
            shapes.NewWorkspace,
        ),
        409: problem_response("There is a workspace of that name."),
    },
)
def create_workspace(body: WorkspaceRequest, request: Request, actor: Who, workspace: Opened) -> dict[str, Any]:
    """A new, empty workspace with you as its administrator. For administrators of the installation's own workspace."""
    if not installs(actor, request):
        raise NotAllowed("only administrators of the installation's own workspace make new ones")
    now = workspace.settings.now()
    if not ensure_workspace(workspace.database, body.name, now):
        raise Conflict(f"there is a workspace '{body.name}' already")
    made = request.app.state.tenants.of(body.name)
    answer = _shown(made)
    if actor.person:
        People(made.database, made.name).join(actor.person, Role.ADMIN, actor.name, now)
        return {**answer, "link": None}
    token = Invitations(made.database, made.name).member(Role.ADMIN, "", actor.name, now)
    return {**answer, "link": link(token, request, made)["url"]}


@router.get(
    "/workspaces/{name}",
    dependencies=[needs(Right.READ)],
    responses={200: document("How it works.", WORKSPACE, shapes.WorkspaceState), 404: _GONE},
)
def show_workspace(name: PathName, workspace: Opened) -> dict[str, Any]:
    """What the workspace you act in has chosen, and who chose it when."""
    _same(name, workspace)
    return _shown(workspace)


@router.patch(
    "/workspaces/{name}",
    dependencies=[needs(Right.ADMIN)],
    responses={200: document("How it works from now on.", WORKSPACE, shapes.WorkspaceState), 404: _GONE},
)
def change_workspace(name: PathName, body: ChoicesRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Choose how the workspace works. It stands in the record with who chose, when and why."""
    _same(name, workspace)
    governance = Governance(workspace.database, workspace.name)
    governance.choose_all(body.chosen(), actor.name, workspace.settings.now(), body.reason)
    return _shown(workspace)


def memberships(actor: Actor, workspace: Workspace) -> list[dict[str, Any]]:
    """The actor's workspaces as they are answered."""
    if actor.kind == "person":
        found = Persons(workspace.database).memberships(actor.id)
    else:
        found = {actor.workspace: actor.role}
    return [{"name": name, "role": str(role), "current": name == actor.workspace} for name, role in found.items()]


def _same(name: str, workspace: Workspace) -> None:
    if name != workspace.name:
        raise NotFound(f"no workspace '{name}' that you act in; `GET /v1/workspaces` lists yours")


def _shown(workspace: Workspace) -> dict[str, Any]:
    governance = Governance(workspace.database, workspace.name)
    return {
        "schema": SCHEMA,
        "name": workspace.name,
        "choices": governance.choices().to_json(),
        "history": [
            {
                "act": event.act,
                "by": event.by,
                "at": f"{event.at.isoformat(timespec='seconds')}Z",
                "reason": event.reason,
            }
            for event in governance.history()
        ],
    }
