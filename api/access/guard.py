"""Who may ask: an API key, a person who is signed in, or this machine while no key and no person has been made.

A request that a cookie authorises may come from a page of somebody else. So one that may change something must carry
what only our pages know (the header `X-CSRF-Token` or the form field `_csrf`) and must not name another `Origin`.
"""

from __future__ import annotations

from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import keys
from api.access.actor import Actor, this_machine
from api.access.form_field import holds_token, may_be_form
from api.access.limits import Allowance, Rates, with_limits
from api.access.origin import (
    names_this_machine,
    only_own_origin,
    only_public_name,
    only_this_machine,
    was_forwarded,
)
from api.access.people import any_person
from api.access.shared_rates import SharedRates, rates_of
from api.access.sign_ins import COOKIE, SignedOut, SignIns, csrf_of
from api.problems import problem_of
from assistant.workspace import Workspace
from knowledge.domain.errors import NotAllowed, NotAuthorised

PROBES = ("/healthz", "/readyz")
OPEN = (*PROBES, "/openapi.json", "/sign-in", "/language")
"""Addresses that nobody needs to be known for, besides those that begin as in `OPEN_BELOW`. All others do, also those
that do not exist."""
OPEN_BELOW = ("/static/", "/welcome/")
PROGRAMS = ("/v1", "/mcp", "/metrics", "/openapi.json", *PROBES)
"""Addresses for programs, and all below them: errors are problem documents there. All others are pages."""

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class _Admitted:
    """Who asks (None at an open address), and what their forms must send back (empty without a cookie)."""

    actor: Actor | None
    csrf: str = ""


class Guard:
    """ASGI middleware before every route. `loopback` says that only this machine can reach the service; `public` is the
    origin of `KOUJING_PUBLIC_URL`, or empty.

    Sets `request.state.actor`, and `request.state.csrf` for the pages.
    """

    def __init__(self, app: ASGIApp, *, loopback: bool, public: str = "") -> None:
        self._app, self._loopback, self._public = app, loopback, public
        self._rates: Rates | SharedRates | None = None  # as the database has it, which opens later
        self._closed = False  # once a key or a person was made, it stays so

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/healthz":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        state = scope.setdefault("state", {})
        state["actor"], state["csrf"] = None, ""
        try:
            admitted = await run_in_threadpool(self._admit, scope["app"].state, scope["path"], headers)
            state["actor"], state["csrf"] = admitted.actor, admitted.csrf
            receive = await self._of_own_page(scope, headers, receive, admitted)
        except SignedOut:
            if not _wants_page(scope["path"], headers):
                raise
            await _to_sign_in(scope, headers)(scope, receive, send)
            return
        await self._counted(scope, receive, send, admitted.actor)

    def _take(self, service: Any, asker: str, per_minute: int) -> Allowance:
        if self._rates is None:
            self._rates = rates_of(service.workspace.database)
        return self._rates.take(asker, per_minute)

    def _admit(self, service: Any, path: str, headers: Headers) -> _Admitted:
        """Raises `NotAuthorised` (401, at pages `SignedOut`), or `HTTPException` (403, 421) for where it comes from."""
        workspace: Workspace = service.workspace
        if self._keyless(workspace):
            only_this_machine(headers)
            if _is_open(path):
                return _Admitted(None)
            if not _below(path, PROGRAMS):
                raise SignedOut("nobody is signed in; open the link that `koujing serve` printed when it started")
            return _Admitted(this_machine(workspace.name))
        if self._public and path not in PROBES and not (self._loopback and names_this_machine(headers)):
            only_public_name(headers, self._public)
        now = workspace.settings.now()
        bearer, token = _bearer(headers), cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        try:
            if bearer:
                return _Admitted(with_limits(workspace.database, keys.verify(workspace.database, bearer, now).actor()))
            if token:
                signed_in = SignIns(workspace.database).verify(token, now)
                return _Admitted(with_limits(workspace.database, signed_in.actor()), csrf_of(service.secret, token))
        except NotAuthorised:
            if not _is_open(path):
                raise
        if _is_open(path) or (path == "/metrics" and self._loopback and _from_here(headers)):
            return _Admitted(None)
        if _below(path, PROGRAMS):
            raise NotAuthorised(
                "an API key is needed: send `Authorization: Bearer KEY`; `koujing keys create` makes one"
            )
        raise SignedOut("nobody is signed in; sign in first")

    def _keyless(self, workspace: Workspace) -> bool:
        """This machine is answered as it is: nothing else reaches the service, and nobody was ever let in."""
        if not self._loopback or self._public:
            return False
        if not self._closed:
            self._closed = keys.any_made(workspace.database) or any_person(workspace.database)
        return not self._closed

    async def _of_own_page(self, scope: Scope, headers: Headers, receive: Receive, admitted: _Admitted) -> Receive:
        """The body to be read on, once it is sure that a page of ours sends it. Raises `NotAllowed`."""
        if scope["method"] in _SAFE:
            return receive
        by_cookie = bool(admitted.csrf)
        if by_cookie or _is_open(scope["path"]):
            only_own_origin(headers, self._public)
        if not by_cookie or _is_open(scope["path"]):
            return receive
        sent, found = headers.get("x-csrf-token", ""), False
        if sent:
            found = compare_digest(sent.encode(), admitted.csrf.encode())
        elif may_be_form(headers.get("content-type", "")):
            found, receive = await holds_token(receive, admitted.csrf)
        if not found:
            raise NotAllowed(
                "the request does not carry what this page was given when you signed in (X-CSRF-Token, or the form's "
                "first field _csrf), so nothing was done; load the page again"
            )
        return receive

    async def _counted(self, scope: Scope, receive: Receive, send: Send, actor: Actor | None) -> None:
        """Hand on what is within the rate, and say in the answer what is left of it."""
        if actor is None or actor.per_minute is None:
            await self._app(scope, receive, send)
            return
        allowance = await run_in_threadpool(self._take, scope["app"].state, actor.id, actor.per_minute)

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(allowance.headers)
            await send(message)

        if allowance.wait:
            await problem_of(allowance.error()).response()(scope, receive, send_counted)
        else:
            await self._app(scope, receive, send_counted)


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(OPEN_BELOW)


def _below(path: str, addresses: tuple[str, ...]) -> bool:
    return any(path == address or path.startswith(f"{address}/") for address in addresses)


def _from_here(headers: Headers) -> bool:
    return names_this_machine(headers) and not was_forwarded(headers)


def _bearer(headers: Headers) -> str:
    scheme, _, text = headers.get("authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def _wants_page(path: str, headers: Headers) -> bool:
    """A browser that goes to a page: not a script of the page, which must stay where it is."""
    if _below(path, PROGRAMS) or "hx-request" in headers:
        return False
    if headers.get("sec-fetch-mode", "navigate") != "navigate":
        return False
    accepted = headers.get("accept", "*/*")
    return "text/html" in accepted or "*/*" in accepted


def _to_sign_in(scope: Scope, headers: Headers) -> RedirectResponse:
    """To the sign-in, and from there to where it was asked from."""
    asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    if scope["method"] not in _SAFE:
        # A form cannot be sent again from there: back to the page that it stands on.
        form = urlsplit(headers.get("referer", ""))
        asked = f"{form.path}?{form.query}" if form.query else form.path or "/"
    # `//evil.example` is an address of somebody else.
    return RedirectResponse(f"/sign-in?next={quote('/' + asked.lstrip('/'), safe='/')}", 303)
