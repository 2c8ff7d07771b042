"""`/settings/checks`: every check, what it does, and what the workspace ruled on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.access.actor import Actor
from api.access.roles import Right
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.pages import language_of
from api.console.settings_page import settings_page
from api.context import Opened, Who, needs
from assistant.checks.catalogue import check_named, described_whole
from assistant.checks.registry import BY_ID
from assistant.rulings import Rulings
from assistant.workspace import Workspace

router = APIRouter(include_in_schema=False)

CHOICES = ("default", "error", "warning", "info", "off")


@router.get("/settings/checks", dependencies=[needs(Right.READ)])
def checks(request: Request, actor: Who, workspace: Opened) -> HTMLResponse:
    """All of them by title, those with a ruling first."""
    language, policy = language_of(request), workspace.policy()
    lines = sorted(BY_ID.values(), key=lambda check: (check.id not in policy.rulings, check.title.of(language)))
    return settings_page(request, actor, "checks.html.j2", checks=lines, rulings=policy.rulings)


@router.get("/settings/checks/{check_id}", dependencies=[needs(Right.READ)])
def check(check_id: str, request: Request, actor: Who, workspace: Opened) -> HTMLResponse:
    """One check, its examples and every ruling on it."""
    return _page(check_id, request, actor, workspace)


def _page(
    check_id: str, request: Request, actor: Actor, workspace: Workspace, status: int = 200, fault: str = ""
) -> HTMLResponse:
    found = check_named(check_id)
    history = Rulings(workspace.database, workspace.name).history(check_id)
    return settings_page(
        request,
        actor,
        "check.html.j2",
        status,
        fault=fault,
        check=found,
        about=described_whole(found, workspace.policy()),
        ruling=workspace.policy().rulings.get(check_id),
        history=list(reversed(history)),
        choices=CHOICES,
    )


@router.post("/settings/checks/{check_id}", dependencies=[needs(Right.ADMIN)])
def rule(
    check_id: str,
    request: Request,
    actor: Who,
    workspace: Opened,
    severity: Annotated[str, Form(max_length=20)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Another severity in this workspace, with a reason."""
    check_named(check_id)
    if not reason.strip():
        told = Wording(language_of(request))("settings.reason_needed")
        return _page(check_id, request, actor, workspace, 422, told)
    rulings = Rulings(workspace.database, workspace.name)
    rulings.rule(check_id, severity, reason, actor.name, workspace.settings.now())
    return moved(f"/settings/checks/{check_id}", "ok", "settings.ruled")
