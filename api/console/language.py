"""`POST /language`: the language of the pages, kept by the browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from api.console.catalogue import LANGUAGES
from api.console.pages import LANGUAGE_COOKIE

router = APIRouter(include_in_schema=False)

_YEAR = 365 * 24 * 3600


@router.post("/language")
def choose_language(
    language: Annotated[str, Form(max_length=10)], next_page: Annotated[str, Form(alias="next", max_length=2000)] = "/"
) -> RedirectResponse:
    """Back to the page in the language that was chosen; needs no right, since it changes nothing but a cookie."""
    answer = RedirectResponse(own_address(next_page), 303)
    if language in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, path="/", httponly=True, samesite="lax")
    return answer


def own_address(address: str) -> str:
    """The address when it leads to a page of this service, else the start: nobody is sent elsewhere."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
