"""What an entry version says, apart from its life: by this a change is known from a repetition."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from knowledge.records import EntryVersion

CONTENT = (
    "title", "kind", "locale", "translates", "audience", "markets", "customer", "owner", "review_due", "valid_until",
    "fields", "body",
)  # fmt: skip
"""The properties whose change makes a new version."""


def changed(old: EntryVersion, new: EntryVersion) -> tuple[str, ...]:
    """The names of the properties in which two versions differ; the order of fields does not count."""
    return tuple(name for name in CONTENT if _comparable(old, name) != _comparable(new, name))


def _comparable(version: EntryVersion, name: str) -> Any:
    value = getattr(version, name)
    if name == "fields":
        return _json(value)
    if name == "body":
        return (value or version.text).strip("\n")
    return value.isoformat() if isinstance(value, date) else value or None


def same_value(one: Any, other: Any) -> bool:
    """True when a file would say the same: 1, 1.0 and True are equal in Python only."""
    return _json(one) == _json(other)


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
