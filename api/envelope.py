"""What every answer has, whatever happens inside: a request id, safe headers, a capped body, a problem for an error, a
line in the log and a place in the figures."""

from __future__ import annotations

import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import log_request
from api.metrics import Metrics
from api.problems import problem_of

MEGABYTE = 1024 * 1024
MAX_BODY = 2 * MEGABYTE
"""Bytes that a request body may have."""

MAX_UPLOAD = 100 * MEGABYTE
"""Bytes of a form with files, all files together."""

UPLOADS = ("/v1/imports", "/v1/check/file", "/library/import", "/check", "/v1/localizations",
           "/localize")  # fmt: skip
"""Addresses that take files, and all below them."""

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    # Not `no-referrer`: a browser then sends a page's own forms with `Origin: null`, which the guard must refuse.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HSTS = "max-age=31536000; includeSubDomains"
_NO_ROUTE = "none"


class Envelope:
    """ASGI middleware around everything else. `public` is the origin at which people reach the service, or empty."""

    def __init__(self, app: ASGIApp, *, public: str = "", metrics: Metrics | None = None) -> None:
        self._app, self._metrics = app, metrics
        self._headers = {**_HEADERS, "Strict-Transport-Security": _HSTS} if public.startswith("https:") else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        begun, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)  # a page has a policy of its own
                headers["X-Request-Id"] = request_id
            await send(message)

        try:
            _refuse_nul(scope)
            await self._app(scope, _capped(scope["path"], receive, headers), send_with_headers)
        except Exception as error:
            problem = problem_of(error)
            # An answer that has begun cannot become another one; leaving it unfinished breaks the connection.
            if not status:
                await problem.response()(scope, receive, send_with_headers)
        finally:
            self._note(scope, request_id, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", _NO_ROUTE)
        if self._metrics is not None:
            self._metrics.request(route, scope["method"], status, seconds)
        actor = scope["state"].get("actor")
        log_request(
            request_id=request_id,
            method=scope["method"][:20],
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            workspace=actor.workspace if actor else None,
            actor=actor.id if actor else None,
        )


def _request_id(headers: Headers) -> str:
    """The caller's id when it is short and plain enough for a log, else a new one."""
    given = headers.get("x-request-id", "")
    return given if _SANE_ID.fullmatch(given) else secrets.token_hex(8)


def _refuse_nul(scope: Scope) -> None:
    """No database keeps the character NUL, and nothing is called so."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
        raise HTTPException(400, "the address holds a NUL character, which nothing here has in its name")


def _most(path: str, headers: Headers) -> int:
    """Bytes that the body may have: more only where files are taken, and only as a form."""
    takes_files = any(path == address or path.startswith(f"{address}/") for address in UPLOADS)
    form = headers.get("content-type", "").lower().startswith("multipart/form-data")
    return MAX_UPLOAD if takes_files and form else MAX_BODY


def _capped(path: str, receive: Receive, headers: Headers) -> Receive:
    """`receive` that refuses a body that is too large, announced or not."""
    most = _most(path, headers)
    declared = headers.get("content-length", "")
    announced = int(declared) if declared.isdecimal() else 0
    taken = 0

    async def receive_capped() -> Message:
        nonlocal taken
        if announced > most:
            raise _too_large(most)
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _too_large(most)
        return message

    return receive_capped


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"the body is larger than {most // MEGABYTE} MB; send less at a time")
