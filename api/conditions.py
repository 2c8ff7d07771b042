"""ETag and If-Match: whoever changes a thing can say which state of it they looked at."""

from __future__ import annotations

from fastapi import Request, Response

from knowledge.domain.errors import Changed


def etag(version: int, state: str = "") -> str:
    """The tag of a thing at this version in this state: `"3-approved"`, with the quotes that belong to it."""
    return f'"{version}-{state}"' if state else f'"{version}"'


def if_match(request: Request, current: str) -> None:
    """Raises `Changed` (412) when the caller's `If-Match` names another tag than `current`. No header: no condition."""
    given = request.headers.get("if-match")
    if given is None or given.strip() == "*":
        return
    # A proxy that compresses makes a tag weak; ours name a version, so a weak one says as much.
    tags = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    if current not in tags:
        raise Changed(f"it is {current} now, not {given.strip()[:80]}; read it again, then decide")


def tag(response: Response, version: int, state: str = "") -> None:
    """Put the tag on an answer."""
    response.headers["ETag"] = etag(version, state)
