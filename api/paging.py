"""Lists a page at a time: `limit` and an opaque `cursor`, which says where the next page begins.

A cursor holds the sort key of the last row of the page before, so rows added meanwhile move nothing.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query

from knowledge.domain.errors import InputError

MOST = 200
"""Rows a page may have."""

Row = TypeVar("Row")

_BROKEN = "cursor: is not one that a list here gave; leave it out to begin at the start"


@dataclass(frozen=True, slots=True)
class Page:
    """What a caller asks for. `cursor` as it came, empty for the first page."""

    limit: int
    cursor: str = ""

    def after(self, *kinds: type) -> tuple[Any, ...] | None:
        """The sort key that the page begins after, each part of its kind (`str`, `int`); None for the first page.

        Raises `InputError` for a cursor that no list of this sort gave.
        """
        return decode(self.cursor, *kinds) if self.cursor else None

    def cut(self, rows: Sequence[Row], key: Callable[[Row], Sequence[Any]]) -> tuple[list[Row], str | None]:
        """The page's rows and the next cursor (None: the end), out of at least one row more than `limit`, if there."""
        kept = list(rows[: self.limit])
        return kept, encode(*key(kept[-1])) if len(rows) > self.limit else None


def encode(*parts: str | int) -> str:
    """A sort key as a cursor: opaque, safe in a URL."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """The inverse of `encode`. Raises `InputError` for anything else."""
    try:
        raw = cursor.encode("ascii")
        # Not the lenient default, which passes over what is no base64.
        parts = json.loads(base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        raise InputError(_BROKEN) from None
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise InputError(_BROKEN)
    if any(type(part) is not kind or "\0" in str(part) for part, kind in zip(parts, kinds, strict=True)):
        raise InputError(_BROKEN)
    if any(isinstance(part, int) and abs(part) >= 2**63 for part in parts):
        raise InputError(_BROKEN)
    return tuple(parts)


def _page(
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = MOST,
    cursor: Annotated[
        str, Query(max_length=2000, description="`next` of the page before; left out for the first page.")
    ] = "",
) -> Page:
    return Page(limit, cursor)


Paged = Annotated[Page, Depends(_page)]
"""For a route's parameter: `page: Paged`; it answers `{…: rows, "next": cursor | None}`."""
