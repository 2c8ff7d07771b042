"""The sections of the console that a person may see, in their order."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from fastapi import FastAPI
from starlette.routing import Match

from api.access.actor import Actor
from api.access.roles import Right

SECTIONS = (
    ("start", "/", Right.READ),
    ("drafts", "/drafts", Right.READ),
    ("library", "/library", Right.READ),
    ("customers", "/customers", Right.READ),
    ("check", "/check", Right.READ),
    ("localize", "/localize", Right.READ),
    ("templates", "/templates", Right.READ),
    ("quality", "/quality", Right.READ),
    ("settings", "/settings", Right.READ),
)
"""Name (a word of base.yaml), address, and the right that its page needs."""


class Item(NamedTuple):
    """A line of the navigation; `current` is the one that the page belongs to."""

    name: str
    address: str
    current: bool


def navigation(app: FastAPI, actor: Actor | None, path: str) -> list[Item]:
    """What `actor` may open; what one may not do is not shown."""
    if actor is None:
        return []
    return [
        Item(name, address, path == address or (address != "/" and path.startswith(f"{address}/")))
        for name, address, right in SECTIONS
        if actor.may(right) and _answers(app, address)
    ]


@lru_cache(maxsize=64)
def _answers(app: FastAPI, address: str) -> bool:
    """True when the service has a page there."""
    scope = {"type": "http", "method": "GET", "path": address, "headers": [], "root_path": ""}
    return any(route.matches(scope)[0] is Match.FULL for route in app.routes)
