"""An error as a page, for whoever went to one with a browser; programs and scripts get the problem document."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from api.access.guard import PROGRAMS
from api.console.pages import page
from api.problems import Problem, problem_of

TOLD = (400, 401, 403, 404, 405, 409, 412, 413, 422, 429, 502, 503, 504)
"""Statuses with a heading of their own in the words."""


async def answer_error(request: Request, error: Exception) -> Response:
    """The exception handler of the whole service."""
    problem = problem_of(error)
    return error_page(request, problem) if wants_page(request) else problem.response()


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
