"""What every answer has, whatever happens inside: a request id, safe headers, a capped body, a problem for an error."""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of

MAX_BODY = 2 * 1024 * 1024
"""Bytes that a request body may have."""

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Cache-Control": "no-store",
}


class Envelope:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)  # a page has a policy of its own
                headers["X-Request-Id"] = request_id
            await send(message)

        try:
            await self._app(scope, _capped(receive, Headers(scope=scope)), send_with_headers)
        except Exception as error:
            problem = problem_of(error)
            # An answer that has begun cannot become another one; leaving it unfinished breaks the connection.
            if not started:
                await problem.response()(scope, receive, send_with_headers)


def _request_id(headers: Headers) -> str:
    """The caller's id when it is short and plain enough for a log, else a new one."""
    given = headers.get("x-request-id", "")
    return given if _SANE_ID.fullmatch(given) else secrets.token_hex(8)


def _capped(receive: Receive, headers: Headers) -> Receive:
    """`receive` that refuses a body above `MAX_BODY`, announced or not."""
    declared = headers.get("content-length", "")
    announced = int(declared) if declared.isdecimal() else 0
    taken = 0

    async def receive_capped() -> Message:
        nonlocal taken
        if announced > MAX_BODY:
            raise _too_large()
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            raise _too_large()
        return message

    return receive_capped


def _too_large() -> HTTPException:
    return HTTPException(413, f"the body is larger than {MAX_BODY // (1024 * 1024)} MB; send less at a time")
