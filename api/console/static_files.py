"""`/static`: style sheets, scripts, pictures. Nothing of it is anybody's, so nobody needs to be known."""

from __future__ import annotations

import re

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from api.console.pages import HERE, htmx_file
from knowledge.domain.errors import NotFound

router = APIRouter(include_in_schema=False)

_NAME = re.compile(r"[a-z0-9-]+\.(css|js|svg)")
_KEPT = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """One file; its address carries its hash, so a browser may keep it for good."""
    path = htmx_file() if name == "htmx.js" else HERE / "static" / name
    if name != "htmx.js" and not (_NAME.fullmatch(name) and path.is_file()):
        raise NotFound(f"no file '{name[:80]}' here")
    return FileResponse(path, headers={"Cache-Control": _KEPT})
