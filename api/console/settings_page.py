"""`/settings`: one's own account, how the workspace works, what the service stands on, the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.access.actor import Actor
from api.access.passwords import SHORTEST
from api.access.roles import Right
from api.access.sign_ins import COOKIE
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.pages import language_of, page
from api.context import Door, Opened, Who, needs
from api.paging import Paged
from api.v1.audit import lines_of
from api.v1.workspaces import memberships
from assistant.audit import Asked
from assistant.governance import MOST, Governance
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError

router = APIRouter(include_in_schema=False)

TABS = (
    ("account", "/settings", Right.READ),
    ("ways", "/settings/ways", Right.READ),
    ("people", "/settings/people", Right.ADMIN),
    ("keys", "/settings/keys", Right.ADMIN),
    ("checks", "/settings/checks", Right.READ),
    ("record", "/settings/record", Right.ADMIN),
    ("service", "/settings/service", Right.READ),
)
"""Name (a word of settings.yaml), address, and the right that the tab needs."""

_READ, _ADMIN = [needs(Right.READ)], [needs(Right.ADMIN)]

Line = Annotated[str, Form(max_length=1000)]


def settings_page(request: Request, actor: Actor, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of the settings, with the tabs that `actor` may open."""
    tabs = [(name, address) for name, address, right in TABS if actor.may(right)]
    t = Wording(language_of(request))
    return page(request, f"settings/{template}", status, tabs=tabs, act_words=lambda act: act_words(act, t), **values)


def act_words(act: str, t: Wording) -> str:
    """An act of the record in words; one that has none stands for itself."""
    words = act.split(" ")
    head, last = "_".join(words[:-1]), words[-1]
    if head in ("joined_as", "invited_as", "role") and t.has(f"names.role_{last}"):
        return t(f"settings.act_{head}", role=t(f"names.role_{last}"))
    what, _, value = last.partition("=")
    if head == "chose" and t.has(f"settings.{what}"):
        shown = t(f"settings.value_{value}") if t.has(f"settings.value_{value}") else value
        return t("settings.act_chose", what=t(f"settings.{what}"), value=shown)
    key = f"settings.act_{act.replace(' ', '_')}"
    return t(key) if t.has(key) else act


@router.get("/settings", dependencies=_READ)
def account(request: Request, actor: Who, workspace: Opened) -> HTMLResponse:
    """One's own account."""
    return _account(request, actor, workspace)


@router.post("/settings/password", dependencies=_READ)
def change_password(
    request: Request, actor: Who, workspace: Opened, door: Door, old: Line, new: Line, again: Line
) -> Response:
    """A new password; every other browser is signed out."""
    if new != again:
        return _account(request, actor, workspace, 422, different=True)
    try:
        door.persons.change_password(
            actor.id,
            old,
            new,
            workspace.settings.now(),
            token=request.cookies.get(COOKIE, ""),
            address=request.client.host if request.client else "",
        )
    except InputError as error:
        t = Wording(language_of(request))
        short, old_wrong = len(new) < SHORTEST, error.message.startswith("the old password")
        fault = t("settings.password_rule") if short else t("settings.old_wrong") if old_wrong else error.message
        return _account(request, actor, workspace, error.status, fault=fault)
    return moved("/settings", "ok", "settings.password_changed")


@router.post("/settings/workspace", dependencies=_READ)
def go_into(request: Request, door: Door, name: Line) -> Response:
    """Act in another workspace from now on."""
    door.sign_ins.go_into(request.cookies.get(COOKIE, ""), name)
    return moved("/", "ok", "settings.went_into", name=name)


@router.get("/settings/ways", dependencies=_READ)
def ways(request: Request, actor: Who, workspace: Opened) -> HTMLResponse:
    """How the workspace works, and who chose it."""
    return _ways(request, actor, workspace)


@router.post("/settings/ways", dependencies=_ADMIN)
def choose(
    request: Request,
    actor: Who,
    workspace: Opened,
    four_eyes: Annotated[str, Form()] = "",
    daily_tokens: Annotated[str, Form(max_length=20)] = "",
    per_minute: Annotated[str, Form(max_length=20)] = "",
    reason: Line = "",
) -> Response:
    """Choose how it works from now on."""
    t = Wording(language_of(request))
    try:
        chosen = {
            "four_eyes": bool(four_eyes),
            "daily_tokens": _limit(daily_tokens, t),
            "per_minute": _limit(per_minute, t),
        }
        _governance(workspace).choose_all(chosen, actor.name, workspace.settings.now(), reason)
    except InputError as error:
        typed = {
            "four_eyes": bool(four_eyes),
            "daily_tokens": daily_tokens,
            "per_minute": per_minute,
            "reason": reason,
        }
        return _ways(request, actor, workspace, error.status, fault=error.message, typed=typed)
    return moved("/settings/ways", "ok", "settings.ways_kept")


@router.get("/settings/record", dependencies=_ADMIN)
def record(request: Request, actor: Who, workspace: Opened, paged: Paged, subject: str = "", by: str = "") -> Response:
    """Who did what when, the newest first."""
    asked = Asked(subject=subject[:40], by=by[:200])
    lines, following = lines_of(workspace, asked, paged)
    return settings_page(request, actor, "record.html.j2", lines=lines, following=following, asked=asked)


@router.get("/settings/service", dependencies=_READ)
def service(request: Request, actor: Who, workspace: Opened) -> HTMLResponse:
    """Which model writes, where text goes, what the library holds."""
    entries, approved = workspace.library.entries.counts()
    facts = [
        ("workspace", workspace.name),
        ("model", workspace.model.name),
        ("destination", workspace.model.destination),
        ("embedding", workspace.settings.text("embedding")),
        ("database", "SQLite" if workspace.database.is_sqlite else "PostgreSQL"),
        ("index", workspace.library.indexes.told_owner),
        ("entries", f"{entries:,} / {approved:,}"),
    ]
    return settings_page(request, actor, "service.html.j2", facts=facts)


def _account(request: Request, actor: Actor, workspace: Workspace, status: int = 200, **wrong: Any) -> HTMLResponse:
    used = UsageBook(workspace.database, workspace.name).used(actor.id, workspace.settings.now().date())
    return settings_page(
        request,
        actor,
        "account.html.j2",
        status,
        workspaces=memberships(actor, workspace),
        used=used,
        wrong={"different": False, "fault": "", **wrong},
    )


def _ways(
    request: Request,
    actor: Actor,
    workspace: Workspace,
    status: int = 200,
    fault: str = "",
    typed: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    governance = _governance(workspace)
    return settings_page(
        request,
        actor,
        "ways.html.j2",
        status,
        choices=typed or {**governance.choices().to_json(), "reason": ""},
        history=list(reversed(governance.history()))[:20],
        fault=fault,
    )


def _limit(typed: str, t: Wording) -> int | None:
    """A whole number, or None for an empty field. Raises `InputError`."""
    text = typed.strip().replace(",", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= MOST):
        raise InputError(t("settings.no_number", typed=typed))
    return int(text)


def _governance(workspace: Workspace) -> Governance:
    return Governance(workspace.database, workspace.name)
