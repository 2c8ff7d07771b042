"""The JSON Schema that binds a model's reply to a section: no part can be left out, and no source be named that is
not in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prompts.section import Part


def section_schema(parts: Sequence[Part], evidence_ids: Sequence[str], *, may_be_empty: bool = False) -> dict[str, Any]:
    """An object with one array for each part; an item names its `sources` first, then says its `text` or fields.

    `may_be_empty` is for one who only picks from the sources and may find nothing that fits.
    """
    return _object({part.role: _pieces(part, evidence_ids, may_be_empty) for part in parts})


def text_schema() -> dict[str, Any]:
    """An object with one `text`, for a rendering of a given text."""
    return _object({"text": {"type": "string"}})


def named_text_schema() -> dict[str, Any]:
    """An object with one `text` and the `title` that goes with it."""
    return _object({"title": {"type": "string"}, "text": {"type": "string"}})


def _pieces(part: Part, evidence_ids: Sequence[str], may_be_empty: bool) -> dict[str, Any]:
    sources = {
        "type": "array",
        "items": {"type": "string", "enum": list(evidence_ids)},
        "minItems": 1,
        "maxItems": min(3, len(evidence_ids)),
    }
    said = {name: {"type": "string"} for name in part.fields or ("text",)}
    return {
        "type": "array",
        "items": _object({"sources": sources, **said}),
        "minItems": 0 if may_be_empty else part.count.least,
        "maxItems": part.count.most,
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
