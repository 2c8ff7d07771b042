"""Who may ask: an API key, or nobody but this machine while no key has been made.

Without keys a browser is the danger: a page of somebody else may send requests to the loopback address, under its own
name (DNS rebinding) or across sites. So the names `Host` and `Origin` must be those of this machine.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.actor import Actor, this_machine
from api.access.keys import Keys
from api.access.roles import Role
from assistant.workspace import Workspace
from knowledge.domain.errors import NotAuthorised

OPEN = ("/healthz", "/readyz", "/openapi.json")
"""Addresses that need no key: probes and the description. All others do, also those that do not exist."""

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Guard:
    """ASGI middleware before every route. `loopback` says that only this machine can reach the service."""

    def __init__(self, app: ASGIApp, loopback: bool) -> None:
        self._app, self._loopback = app, loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] != "/healthz":
            workspace = scope["app"].state.workspace
            actor = await run_in_threadpool(self._admit, workspace, scope["path"], Headers(scope=scope))
            # What is decided over the service is kept with whoever decided it.
            scope.setdefault("state", {})["actor"] = actor
        await self._app(scope, receive, send)

    def _admit(self, workspace: Workspace, path: str, headers: Headers) -> Actor | None:
        """Who asks; None at an open address. Raises `NotAuthorised` (401), or `HTTPException` (403, 421)
        in keyless use."""
        keys = Keys(workspace.database, workspace.name)
        if self._loopback and not keys.were_made():
            _from_this_machine(headers)
            return this_machine(workspace.name)
        if path in OPEN or path.startswith("/static/"):
            return None
        key = keys.verify(_bearer(headers), workspace.settings.now())
        return Actor("key", key.id, f"key {key.name}", workspace.name, Role.ADMIN, Role.ADMIN.rights)


def _bearer(headers: Headers) -> str:
    scheme, _, text = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise NotAuthorised("an API key is needed: send `Authorization: Bearer KEY`; `koujing keys create` makes one")
    return text.strip()


def _from_this_machine(headers: Headers) -> None:
    host = headers.get("host", "")
    if _name(f"//{host}") not in _THIS_MACHINE:
        raise HTTPException(421, "without API keys only localhost, 127.0.0.1 and [::1] are answered")
    if headers.get("origin", f"http://{host}").lower() != f"http://{host}".lower():
        raise HTTPException(403, "without API keys a page of another site is not answered")
    if any(name in headers for name in _FORWARDED):
        raise HTTPException(403, "without API keys no proxy is answered; `koujing keys create` makes one")


def _name(address: str) -> str:
    """The host name in `address`, lower case; empty when it is malformed."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
