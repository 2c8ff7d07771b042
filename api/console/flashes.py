"""Notices that outlive a redirect: a cookie with keys of the catalogue, never with words that somebody else chose."""

from __future__ import annotations

import base64
import json
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.catalogue import catalogue

COOKIE = "koujing_notice"
KINDS = ("ok", "warn", "bad")
_MOST = 2000


def flash(response: Response, kind: str, key: str, **values: str | int) -> None:
    """The next page shows `t(key, **values)` as a notice of the kind `ok`, `warn` or `bad`."""
    text = json.dumps([{"kind": kind, "key": key, "values": values}], ensure_ascii=False)
    response.set_cookie(
        COOKIE, base64.urlsafe_b64encode(text.encode()).decode(), max_age=60, path="/", httponly=True, samesite="lax"
    )


def moved(address: str, kind: str = "", key: str = "", **values: str | int) -> RedirectResponse:
    """On to another page after a form (303), with a notice there when a key is given."""
    answer = RedirectResponse(address, 303)
    if key:
        flash(answer, kind, key, **values)
    return answer


def flashes_of(request: Request) -> list[dict[str, Any]]:
    """What the cookie says; nothing when it is not one of ours."""
    cookie = request.cookies.get(COOKIE, "")
    if not cookie or len(cookie) > _MOST:
        return []
    try:
        found = json.loads(base64.urlsafe_b64decode(cookie.encode()))
        return [
            {"kind": one["kind"], "key": one["key"], "values": {str(k): v for k, v in one["values"].items()}}
            for one in found
            if one["kind"] in KINDS and one["key"] in catalogue()
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []
