"""Reads a judge's reply: a reason, then a verdict. Of several verdicts the last counts; off the menu is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.domain.text import clean, snippet

_NAMED = re.compile(r"(?:verdict|判定|结论)[\"'*_` ]{0,3}\s*(?:[:：=]|is\b|为|是)[\s\"'*_`“]{0,4}(\w+)", re.IGNORECASE)
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict of the menu and the reason that was given before it (a model's words: to be shown escaped)."""

    verdict: str
    reason: str


def schema(menu: Sequence[str]) -> dict[str, Any]:
    """`{"reason", "verdict"}`, the reason first: a verdict that comes first is only defended afterwards."""
    return {
        "type": "object",
        "properties": {"reason": {"type": "string"}, "verdict": {"type": "string", "enum": list(menu)}},
        "required": ["reason", "verdict"],
        "additionalProperties": False,
    }


def read(text: str, menu: Sequence[str]) -> Said | None:
    """The last verdict that `text` gives, as an object or in words; None when there is none or it is off the menu.

    A judged text may be quoted in the reply with a verdict of its own; the judge's word comes after it.
    """
    given = [value for value in _objects(text) if "verdict" in value]
    if given:
        verdict, reason = str(given[-1]["verdict"]), str(given[-1].get("reason", ""))
    else:
        named = list(_NAMED.finditer(text))
        if not named:
            return None
        verdict, reason = named[-1].group(1), text[: named[-1].start()]
    verdict = verdict.strip().lower()
    return Said(verdict, snippet(clean(reason), _LONGEST_REASON)) if verdict in menu else None


def _objects(text: str) -> Iterator[Mapping[str, Any]]:
    """The JSON objects that stand in `text` side by side; one inside another is part of it."""
    decoder, place = json.JSONDecoder(), text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            if isinstance(value, dict):
                yield value
        place = text.find("{", end)
