"""The fields of a piece, read back from its text by the form that put it together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from prompts.section import Part

_FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_SPACE = re.compile(r"\s+")


def fields_in(text: str, part: Part | None, language: str) -> Mapping[str, str] | None:
    """The fields by name; None where the part has no form of plain fields, or the text is not of that form.

    Each field ends where the words behind it first stand, the last one where they stand at the end.
    """
    form = _form(part.form.of(language)) if part and part.fields else None
    if form is None:
        return None
    words, names = form
    said = _SPACE.sub(" ", text.strip())
    if not said.startswith(words[0]) or not said.endswith(words[-1]):
        return None
    found: dict[str, str] = {}
    start, end = len(words[0]), len(said) - len(words[-1])
    for name, behind in zip(names, words[1:-1], strict=False):
        at = said.find(behind, start, end)
        if at < 0:
            return None
        found[name] = said[start:at].strip()
        start = at + len(behind)
    if start > end:
        return None
    return {**found, names[-1]: said[start:end].strip()}


@lru_cache(maxsize=64)
def _form(form: str) -> tuple[Sequence[str], Sequence[str]] | None:
    """The words around the fields of a form, and the fields' names; None for a form with more in it than fields."""
    names = _FIELD.findall(form)
    if not names or "{%" in form or len(names) != form.count("{{") or len(set(names)) != len(names):
        return None
    words = [_SPACE.sub(" ", word) for word in _FIELD.split(form.strip())[::2]]
    return (words, names) if all(words[1:-1]) else None
