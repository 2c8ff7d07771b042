"""The text of an entry that is made of its fields: known again as such, and made anew when the fields change.

One rule for the rows of a sheet and for edits: a text that says what the fields said follows them; a text that somebody
wrote stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.domain.text import clean
from knowledge.kinds.stating import body_of
from knowledge.records import EntryVersion


def generated_body(kind: str, fields: Mapping[str, Any], locale: str) -> str:
    """The Markdown that an entry without a text of its own gets; empty when the fields state nothing."""
    body = body_of(kind, fields, locale)
    return f"{body}\n" if body else ""


def is_generated(version: EntryVersion) -> bool:
    """True when the version's text is what its fields make, whatever its line ends and outer blank lines."""
    return same_body(version.body or version.text, generated_body(version.kind, version.fields, version.locale))


def body_following(before: EntryVersion, fields: Mapping[str, Any], locale: str) -> str:
    """The text for `before` with other fields or in another language: made anew where it was made of the fields, else
    as it is."""
    return generated_body(before.kind, fields, locale) if is_generated(before) else before.body or before.text


def same_body(one: str, other: str) -> bool:
    """True when two bodies differ in line ends and outer blank lines at most."""
    return clean(one).strip() == clean(other).strip()
