"""Every route of the service, with the right that it asks for and a body that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.access.roles import Right
from api.context import Needs

OPEN = {
    ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"), ("GET", "/sign-in"), ("POST", "/sign-in"),
    ("GET", "/welcome/{token}"), ("POST", "/welcome/{token}"), ("GET", "/static/{name}"), ("POST", "/language"),
}  # fmt: skip
"""Routes without a right of their own: probes, doors, files of the look, the choice of a language."""


@dataclass(frozen=True)
class Walked:
    """One method of one route."""

    method: str
    path: str
    right: Right | None
    body: Mapping[str, Any] | None

    @property
    def is_page(self) -> bool:
        return not self.path.startswith(("/v1", "/healthz", "/readyz", "/metrics"))

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def walk(app: FastAPI) -> list[Walked]:
    """All of them, in the order in which they are tried."""
    bodies = dict(_bodies(app.openapi()))
    return [
        Walked(method, route.path, _right(route), bodies.get((method, route.path)))
        for route in _routes(app.routes)
        for method in sorted(route.methods)
    ]


def _routes(routes: Sequence[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)


def _right(route: APIRoute) -> Right | None:
    found = [need.dependency.right for need in route.dependencies if isinstance(need.dependency, Needs)]
    assert len(found) <= 1, f"{route.path} asks for several rights"
    return found[0] if found else None


def _bodies(openapi: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """The first example of each JSON body."""
    schemas = openapi["components"]["schemas"]
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            name = str(schema.get("$ref", "")).rpartition("/")[2]
            examples = schemas.get(name, {}).get("examples") or [{}]
            if schema:
                yield (method.upper(), path), examples[0]
