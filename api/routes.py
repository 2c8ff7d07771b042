"""The routes of the application, those of included routers too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi.routing import APIRoute


def routes_of(routes: Sequence[Any]) -> Iterator[APIRoute]:
    """Every route of `app.routes`, in the order in which they are tried."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes)


def methods_at(routes: Sequence[Any], path: str) -> str:
    """What an address takes, as the header `Allow` has it. Starlette names the methods of the first route only."""
    there = [route for route in routes_of(routes) if route.path_regex.match(path)]
    return ", ".join(
        sorted({method for route in there if route.path == there[0].path for method in route.methods or ()})
    )
