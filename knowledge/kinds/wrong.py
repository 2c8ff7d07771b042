"""What does not fit, and how a value is shown in a message: one short line, whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SHOWN = 60


class NotThis(Exception):
    """A value is not what its field holds: `what` is wrong with it, and what to do instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


def shown(value: Any) -> str:
    """A value for a message: in quotes when it is a text, cut when it is long, on one line."""
    if isinstance(value, str):
        text = " ".join(value[: _SHOWN * 2].split())
        text = "".join(char if char.isprintable() else "\ufffd" for char in text)
        return f"'{text[:_SHOWN]}…'" if len(text) > _SHOWN or len(value) > _SHOWN * 2 else f"'{text}'"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number of very many digits"
    try:
        text = " ".join(str(value).split())
    except Exception:
        return f"a {type(value).__name__}"
    return text[:_SHOWN].encode("utf-8", "replace").decode("utf-8")
