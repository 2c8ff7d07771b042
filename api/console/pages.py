"""How a page is made: the template, the words of the reader's language, who is reading, and what forms need."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.access.actor import Actor
from api.console import times
from api.console.catalogue import LANGUAGES, Wording
from api.console.flashes import COOKIE as FLASH_COOKIE
from api.console.flashes import flashes_of
from api.console.navigation import navigation

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "koujing_language"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Of every page: own scripts and styles only, none of them inline; nobody may put it into a frame."""


def page(request: Request, template: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A page, or a part of one for htmx, from `templates/`.

    Every template has: `t` (the words), `language`, `actor` (None before sign-in), `csrf` (what a form must send back),
    `static` (the address of a file with its hash), `path`, `here` (path and query), `nav`, and the filters `day`,
    `moment` and `ago` (times.py).
    """
    language, actor = language_of(request), actor_of(request)
    shown = False

    def flashed() -> list[dict[str, Any]]:
        nonlocal shown
        shown = True
        return flashes_of(request)

    query = request.url.query
    html = (
        environment()
        .get_template(template)
        .render(
            t=Wording(language),
            language=language,
            actor=actor,
            initial=actor.name.strip()[:1].upper() if actor else "",
            csrf=getattr(request.state, "csrf", ""),
            path=request.url.path,
            here=f"{request.url.path}?{query}" if query else request.url.path,
            nav=navigation(request.app, actor, request.url.path),
            flashed=flashed,
            **values,
        )
    )
    answer = HTMLResponse(html, status, {"Content-Security-Policy": CONTENT_SECURITY_POLICY})
    if shown and FLASH_COOKIE in request.cookies:
        answer.delete_cookie(FLASH_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


def actor_of(request: Request) -> Actor | None:
    """Who reads; None where nobody needs to be known."""
    found: Actor | None = getattr(request.state, "actor", None)
    return found


def language_of(request: Request) -> str:
    """`zh` or `en`: what was chosen on the page, else what the person has chosen, else what the browser asks for."""
    actor = actor_of(request)
    chosen = request.cookies.get(LANGUAGE_COOKIE) or (actor.language if actor else "")
    if chosen in LANGUAGES:
        return chosen
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"


def htmx_file(name: str = "htmx-2.min.js") -> Path:
    """A file of htmx, as the package that carries it has it."""
    spec = find_spec("django_htmx")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("django-htmx is not installed; run `make run` or install the requirements again")
    return Path(next(iter(spec.submodule_search_locations))) / "static" / "django_htmx" / name


@cache
def static(name: str) -> str:
    """The address of a file of `static/` (or `htmx.js`), with its hash, so that a browser keeps it until it changes."""
    path = htmx_file() if name == "htmx.js" else HERE / "static" / name
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """Escapes everything; an undefined name is an error, not an empty place."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(static=static)
    made.filters.update(day=times.day, moment=times.moment, ago=times.ago)
    return made
