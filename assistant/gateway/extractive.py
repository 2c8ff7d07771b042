"""`ExtractiveModel`: no model at all. It answers with whole sentences of the sources, and so cannot invent.

It reads `request.task`, not the prompt, and fills the schema asked for: an object with a text and a list of source ids
gets one or two sentences of one source; a list of such objects as many as its `maxItems` allows. What no source can
fill stays empty, also where the schema's `minItems` asks for more: a gap is then the caller's to mark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assistant.gateway.extract import Chooser, Passage
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from knowledge.domain.errors import BadReply, InputError

PARAGRAPHS = 3  # where the schema sets no maxItems

Schema = Mapping[str, Any]


class ExtractiveModel:
    """Chooses by the words shared with the task's query; the same task gets the same answer, at no cost."""

    name = "extractive"
    destination = "this machine"
    writes = False

    def __init__(self, context_tokens: int = 8192) -> None:
        self.context_tokens = context_tokens

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port. Raises `InputError` without a task, `BadReply` when the sources cannot meet the schema."""
        if request.task is None:
            raise InputError("KOUJING_MODEL=extractive drafts from sources only; choose another model for this request")
        chooser = Chooser(request.task)
        if request.schema is None:
            data: dict[str, Any] = {}
            found = [chooser.next_passage() for _ in range(PARAGRAPHS)]
            text = "\n\n".join(passage.text for passage in found if passage is not None)
        else:
            data = _object(request.schema, chooser) or {}
            text = json.dumps(data, ensure_ascii=False)
            _must_follow(data, request.schema)
        if on_text is not None and text:
            on_text(text)
        return ModelReply(text, data, model=self.name)

    def count_tokens(self, text: str) -> int:
        """An estimate by a common vocabulary."""
        from knowledge.reading.tokens import count_tokens

        return count_tokens(text)

    def close(self) -> None:
        return


def _object(schema: Schema, chooser: Chooser) -> dict[str, Any] | None:
    """The object filled; None when it needs a passage and none is left."""
    properties: Mapping[str, Schema] = schema.get("properties", {})
    cites = next((name for name, part in properties.items() if _lists_sources(name, part)), None)
    if cites is None:
        return {name: _value(part, chooser) for name, part in properties.items()}
    spoken = _text_field(properties)
    passage = chooser.next_passage(properties[spoken].get("maxLength") if spoken else None)
    if passage is None:
        return None
    return {name: _cited(name, part, passage, spoken, cites) for name, part in properties.items()}


def _cited(name: str, schema: Schema, passage: Passage, spoken: str | None, cites: str) -> Any:
    if name == cites:
        return [passage.source]
    return passage.text if name == spoken else _empty(schema)


def _value(schema: Schema, chooser: Chooser) -> Any:
    kind = _kind(schema)
    if kind == "object":
        filled = _object(schema, chooser)
        return {} if filled is None else filled
    if kind == "array":
        return _array(schema, chooser)
    if kind == "string" and "enum" not in schema:
        passage = chooser.next_passage(schema.get("maxLength"))
        return "" if passage is None else passage.text
    return _empty(schema)


def _array(schema: Schema, chooser: Chooser) -> list[Any]:
    items: Schema = schema.get("items", {})
    kind, filled = _kind(items), []
    for _ in range(schema.get("maxItems", PARAGRAPHS)):
        made = _object(items, chooser) if kind == "object" else _value(items, chooser)
        if not made:
            break
        filled.append(made)
    return filled


def _lists_sources(name: str, schema: Schema) -> bool:
    return _kind(schema) == "array" and _kind(schema.get("items", {})) == "string" and name in {"sources", "evidence"}


def _text_field(properties: Mapping[str, Schema]) -> str | None:
    free = [name for name, part in properties.items() if _kind(part) == "string" and "enum" not in part]
    return "text" if "text" in free else next(iter(free), None)


def _empty(schema: Schema) -> Any:
    """The value that says nothing."""
    if "enum" in schema:
        return None if None in schema["enum"] else schema["enum"][0]
    by_kind: dict[str, Any] = {"array": [], "object": {}, "string": "", "boolean": False, "null": None}
    return by_kind.get(_kind(schema), schema.get("minimum", 0))


def _kind(schema: Schema) -> str:
    """The type; of several the emptiest, of a choice the first."""
    kind = schema.get("type")
    if isinstance(kind, list):
        return "null" if "null" in kind else str(kind[0])
    if kind is None:
        return "object" if "properties" in schema else "string" if "enum" in schema else "null"
    return str(kind)


def _must_follow(data: Mapping[str, Any], schema: Schema) -> None:
    from assistant.gateway.reply import complaint_about

    complaint = complaint_about(data, _without_least(schema))
    if complaint:
        raise BadReply(f"extractive cannot fill what is asked for from these sources ({complaint}); choose a model")


def _without_least(schema: Any) -> Any:
    """The schema without `minItems`, at any depth."""
    if isinstance(schema, Mapping):
        return {key: _without_least(part) for key, part in schema.items() if key != "minItems"}
    return schema
