"""What a database and a JSON file can keep. Files may hold what neither can: NUL, half a character, nan."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from knowledge.kinds.wrong import NotThis, shown

_DEEPEST = 12
_MOST_BITS = 400
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_READABLE = "\ufffd"


def storable(value: Any, wrong: list[tuple[Any, NotThis]], depth: int = 0) -> Any:
    """`value` with what cannot be kept made readable, each such place added to `wrong`. Days stay days."""
    if isinstance(value, str):
        if not _CONTROL.search(value):
            return value
        wrong.append((value, NotThis("holds a control character", "type the text again without it")))
        return _CONTROL.sub(_READABLE, value)
    if isinstance(value, int):  # bool among them
        if value.bit_length() <= _MOST_BITS:
            return value
        wrong.append((value, NotThis("is too long to keep", "write it as a text")))
        return hex(value)
    if isinstance(value, float | Decimal):
        if math.isfinite(value):
            return value
        wrong.append((value, NotThis("is no figure", "write the figure, or leave it empty")))
        return str(value)
    if value is None or isinstance(value, date | time):
        return value
    if isinstance(value, Mapping | list | tuple) and depth < _DEEPEST:
        if isinstance(value, Mapping):
            return {_key(key, wrong): storable(inner, wrong, depth + 1) for key, inner in value.items()}
        return [storable(inner, wrong, depth + 1) for inner in value]
    deep = isinstance(value, Mapping | list | tuple)
    what = "is nested too deeply" if deep else f"is a {type(value).__name__}"
    wrong.append((value, NotThis(what, "write texts, lists and mappings")))
    return shown(value)


def _key(key: Any, wrong: list[tuple[Any, NotThis]]) -> str:
    return str(storable(key if isinstance(key, str) else shown(key), wrong))
