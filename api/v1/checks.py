"""`/v1/checks`: every check, and what the workspace ruled on it."""

from __future__ import annotations

from typing import Any

from api.access.roles import Right
from api.context import Opened, Who, document, needs, problem_response, v1_router
from api.v1 import shapes
from api.v1.bodies import RulingRequest
from api.v1.examples import CHECK_DETAIL, CHECKS
from assistant.checks.catalogue import check_named, described, described_whole
from assistant.checks.registry import BY_ID
from assistant.draft import SCHEMA
from assistant.rulings import Rulings
from assistant.workspace import Workspace

router = v1_router("checks")

UNKNOWN = problem_response("There is no such check.")


@router.get(
    "/checks", responses={200: document("Every check.", CHECKS, shapes.CheckList)}, dependencies=[needs(Right.READ)]
)
def list_checks(workspace: Opened) -> dict[str, Any]:
    """Every check: its own severity, its titles, and the workspace's ruling where there is one."""
    policy = workspace.policy()
    return {"schema": SCHEMA, "checks": [described(check, policy) for check in BY_ID.values()]}


@router.get(
    "/checks/{check_id}",
    responses={200: document("The check.", CHECK_DETAIL, shapes.CheckDetail), 404: UNKNOWN},
    dependencies=[needs(Right.READ)],
)
def show_check(check_id: str, workspace: Opened) -> dict[str, Any]:
    """One check: what it does, its examples, and every ruling on it, the oldest first."""
    return _detail(check_id, workspace)


@router.put(
    "/checks/{check_id}",
    responses={200: document("The check as it is now.", CHECK_DETAIL, shapes.CheckDetail), 404: UNKNOWN},
    dependencies=[needs(Right.ADMIN)],
)
def rule_on_check(check_id: str, body: RulingRequest, actor: Who, workspace: Opened) -> dict[str, Any]:
    """Give a check another severity in this workspace, or switch it off. The ruling is kept."""
    by = ", ".join(part for part in (body.by, actor.name if actor.kind != "machine" or not body.by else "") if part)
    Rulings(workspace.database, workspace.name).rule(check_id, body.severity, body.reason, by, workspace.settings.now())
    return _detail(check_id, workspace)


def _detail(check_id: str, workspace: Workspace) -> dict[str, Any]:
    shown = described_whole(check_named(check_id), workspace.policy())
    history = Rulings(workspace.database, workspace.name).history(check_id)
    return {"schema": SCHEMA, "check": {**shown, "history": [ruling.to_json() for ruling in history]}}
