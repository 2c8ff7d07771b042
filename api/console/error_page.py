"""An error as a page, for whoever went to one with a browser; programs and scripts get the problem document."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access.guard import PROGRAMS
from api.console.pages import page
from api.problems import Problem, problem_of
from api.routes import methods_at

TOLD = (400, 401, 403, 404, 405, 409, 412, 413, 422, 429, 502, 503, 504)
"""Statuses with a heading of their own in the words."""


async def answer_error(request: Request, error: Exception) -> Response:
    """The exception handler of the whole service."""
    problem = problem_of(error)
    if problem.status == 405:
        allow = methods_at(request.app.routes, request.url.path)
        problem = replace(problem, headers={**problem.headers, "Allow": allow})
    return error_page(request, problem) if wants_page(request) else problem.response()


class PageErrors:
    """ASGI middleware: what no handler sees (the guard's refusals, what nobody expected) is a page for a browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if started:
                raise
            await error_page(Request(scope), problem_of(error))(scope, receive, send)


def error_page(request: Request, problem: Problem) -> Response:
    """What went wrong, the line that says where and what to do, and a way on."""
    answer = page(request, "error.html.j2", problem.status, problem=problem, told=problem.status in TOLD)
    answer.headers.update(problem.headers)
    return answer


def wants_page(request: Request) -> bool:
    """A browser on its way to a page: no program's address, no script of a page."""
    path, headers = request.url.path, request.headers
    if any(path == place or path.startswith(f"{place}/") for place in PROGRAMS) or "hx-request" in headers:
        return False
    return "text/html" in headers.get("accept", "") and headers.get("sec-fetch-mode", "navigate") == "navigate"
