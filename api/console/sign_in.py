"""Sign in, use a one-time link, sign out; and whether a page is still signed in."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from api.access.invitations import Invitation, Purpose
from api.access.passwords import SHORTEST
from api.access.roles import Right
from api.access.sign_ins import COOKIE
from api.console.catalogue import Wording
from api.console.flashes import moved
from api.console.language import own_address
from api.console.pages import actor_of, language_of, page
from api.context import Door, Who, needs
from knowledge.domain.errors import Conflict, InputError, KoujingError, NotAuthorised, NotFound, TooMuch

router = APIRouter(include_in_schema=False)

Line = Annotated[str, Form(max_length=1000)]


@router.get("/sign-in")
def sign_in_page(request: Request, door: Door, next: str = "/") -> Response:
    """The form, or a word on where the first link is while there is nobody."""
    if actor_of(request) is not None:
        return RedirectResponse(own_address(next), 303)
    return _sign_in(request, door, next)


@router.post("/sign-in")
def sign_in(
    request: Request,
    door: Door,
    login: Line = "",
    password: Line = "",
    next_page: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """On to where one came from; a wrong password says nothing of which was wrong."""
    t = Wording(language_of(request))
    try:
        token = door.sign_in(login, password, _address(request))
    except TooMuch as error:
        wait = math.ceil(error.retry_after or 1)
        return _sign_in(request, door, next_page, login, t("sign_in.too_many", n=wait), 429)
    except (NotAuthorised, InputError):
        return _sign_in(request, door, next_page, login, t("sign_in.wrong"), 401)
    answer = RedirectResponse(own_address(next_page), 303)
    door.remember(answer, token)
    return answer


@router.post("/sign-out", dependencies=[needs(Right.READ)])
def sign_out(request: Request, door: Door) -> Response:
    """End the sign-in of this browser."""
    door.sign_out(request.cookies.get(COOKIE, ""))
    answer = moved("/sign-in", "ok", "sign_in.bye")
    door.forget(answer)
    return answer


@router.get("/session", dependencies=[needs(Right.READ)])
def session(request: Request, actor: Who) -> JSONResponse:
    """For a page that was open while its sign-in ended: what its forms must send from now on."""
    return JSONResponse({"name": actor.name, "csrf": request.state.csrf})


@router.get("/welcome/{token}")
def welcome_page(request: Request, door: Door, token: str) -> HTMLResponse:
    """The form behind a one-time link."""
    return _welcome(request, door.look(token), token)


@router.post("/welcome/{token}")
def welcome(
    request: Request, door: Door, token: str, login: Line = "", name: Line = "", password: Line = "", again: Line = ""
) -> Response:
    """A new person, or a new password, and signed in at once."""
    invitation = door.look(token)
    t = Wording(language_of(request))
    errors = _wrong(invitation, login, name, password, again, t)
    if invitation is None or errors:
        return _welcome(request, invitation, token, login, name, errors, 422)
    try:
        _, signed_in = door.accept(token, login, name, password, _address(request), t.language)
    except NotFound:
        return _welcome(request, None, token)
    except KoujingError as error:
        return _welcome(request, invitation, token, login, name, _refused(error, t), error.status)
    answer = moved("/", "ok", "sign_in.welcome")
    door.remember(answer, signed_in)
    return answer


def _sign_in(
    request: Request, door: Door, next_page: str, login: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    return page(
        request,
        "sign_in.html.j2",
        status,
        next_page=own_address(next_page),
        login=login,
        error=error,
        has_people=door.has_people(),
    )


def _welcome(
    request: Request,
    invitation: Invitation | None,
    token: str,
    login: str = "",
    name: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    return page(
        request,
        "welcome.html.j2",
        404 if invitation is None else status,
        invitation=invitation,
        token=token,
        login=login,
        name=name or (invitation.name if invitation else ""),
        errors=errors or {},
        shortest=SHORTEST,
    )


def _wrong(
    invitation: Invitation | None, login: str, name: str, password: str, again: str, t: Wording
) -> dict[str, str]:
    """What is missing or too short, by field."""
    found = {}
    if invitation is not None and invitation.purpose is not Purpose.PASSWORD:
        if not name.strip():
            found["name"] = t("sign_in.name_needed")
        if not login.strip():
            found["login"] = t("sign_in.login_needed")
    if len(password) < SHORTEST:
        found["password"] = t("sign_in.password_short", n=SHORTEST)
    elif password != again:
        found["again"] = t("sign_in.password_differs")
    return found


def _refused(error: KoujingError, t: Wording) -> dict[str, str]:
    """What the core refused, at the field it is about."""
    if isinstance(error, TooMuch):
        return {"password": t("sign_in.too_many", n=math.ceil(error.retry_after or 1))}
    if isinstance(error, Conflict):
        return {"login": t("sign_in.login_taken")}
    where = "login" if "login" in error.message else "name" if "name" in error.message else "password"
    return {where: t(f"sign_in.{where}_rule", n=SHORTEST)}


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
