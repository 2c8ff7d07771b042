"""The form field that carries the CSRF token, found without taking the body away from the route.

Only the first 64 KB of a form are read ahead, and handed on as they came: `_csrf` is the first field of every form
(`url-encoded` and `multipart`). It does not matter where in there the token is found: who can put it anywhere knows it.
"""

from __future__ import annotations

import re
from hmac import compare_digest

from starlette.types import Message, Receive

FIELD = "_csrf"
AHEAD = 64 * 1024
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SENT = re.compile(rb'(?:^|&)_csrf=([0-9a-f]{64})(?:&|$)|name="?_csrf"?\r\n(?:[^\r\n]+\r\n)*\r\n([0-9a-f]{64})\r\n')


def may_be_form(content_type: str) -> bool:
    """The body is of a sort that can carry the field."""
    return content_type.partition(";")[0].strip().lower() in _FORMS


async def holds_token(receive: Receive, token: str) -> tuple[bool, Receive]:
    """True when the beginning of the body carries `token`; and the whole body once more, for whoever reads it next."""
    ahead: list[Message] = []
    head = b""
    found = False
    while not found and len(head) < AHEAD:
        message = await receive()
        ahead.append(message)
        if message["type"] != "http.request":
            break
        head += message.get("body", b"")
        found = any(compare_digest(one or two, token.encode()) for one, two in _SENT.findall(head[:AHEAD]))
        if not message.get("more_body", False):
            break

    async def again() -> Message:
        return ahead.pop(0) if ahead else await receive()

    return found, again
