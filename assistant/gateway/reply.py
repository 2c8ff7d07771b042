"""Reading an object out of a model's reply, and saying in words what shape it must have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_THINKING = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCED = re.compile(r"```[ \t]*\w*[ \t]*\n(.*?)```", re.DOTALL)
_OPENINGS = 20  # opening braces tried in a reply that is not JSON as a whole


def read_object(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The object in `text` that follows `schema` (JSON Schema).

    Accepts what models put around it: a thinking part, a code fence, a sentence before or after. Raises `ValueError`
    with a complaint that names the place and the rule, never the reply's text.
    """
    first_complaint = ""
    for candidate in _objects(_THINKING.sub("", text)):
        complaint = complaint_about(candidate, schema)
        if not complaint:
            return candidate
        first_complaint = first_complaint or complaint
    raise ValueError(first_complaint or "it holds no whole JSON object")


def complaint_about(value: Any, schema: Mapping[str, Any]) -> str:
    """The first breach of `schema` in `value`, or an empty string."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

    for error in Draft202012Validator(schema).iter_errors(value):
        rule = "" if isinstance(error.validator_value, dict) else f" {json.dumps(error.validator_value)[:120]}"
        return f"{error.json_path} breaks {error.validator}{rule}"
    return ""


def without_thinking(text: str) -> str:
    """`text` without the leading `<think>` part of a reasoning model."""
    return _THINKING.sub("", text).lstrip() if _THINKING.match(text) else text


def instructions(schema: Mapping[str, Any]) -> str:
    """The schema in words, for an endpoint that does not enforce it."""
    return "Answer with one JSON object and nothing else. It follows this JSON Schema:\n" + json.dumps(
        schema, ensure_ascii=False, separators=(",", ":")
    )


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    wholes = [text.strip(), *(match.strip() for match in _FENCED.findall(text))]
    starts = [match.start() for match in re.finditer(r"\{", text)][:_OPENINGS]
    for piece in (*wholes, *(text[start:] for start in starts)):
        try:
            value, _ = decoder.raw_decode(piece)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value
