"""What an OpenAI-compatible endpoint understands. Found out once, then remembered for the process.

Endpoints differ in how a schema is enforced, in the name of the length limit and in which options they refuse. A
refusal (HTTP 400 or 422) names the option; the dialect gives it up and the same try goes on without it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.gateway.port import ModelRequest

_SHAPES = ("json_schema", "json_object", "prompt")


@dataclass
class Dialect:
    """`shape`: how a schema is asked for; `length`: the limit's name; `without`: options the endpoint refuses
    (`pattern`: that of a text in the schema)."""

    shape: str = "json_schema"
    length: str = "max_tokens"
    without: set[str] = field(default_factory=set)
    stream: bool = True

    def body(self, request: ModelRequest, number: int) -> dict[str, Any]:
        """The request's options as body fields. A later try takes another seed, else it would repeat itself."""
        body: dict[str, Any] = {
            self.length: request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed + number - 1,
        }
        if request.schema is not None and self.shape != "prompt":
            body["response_format"] = self._response_format(request)
        return {name: value for name, value in body.items() if name not in self.without}

    def schema_in_prompt(self, request: ModelRequest) -> bool:
        return request.schema is not None and self.shape != "json_schema"

    def give_up(self, refusal: str, sent: Mapping[str, Any]) -> bool:
        """Drop what `refusal` of the body `sent` names; False when it names nothing that could be dropped.

        What another thread has given up since then counts as dropped.
        """
        refusal = refusal.lower()
        shape = sent.get("response_format", {}).get("type", "prompt")
        if shape != "prompt" and shape != self.shape:
            return True
        if "pattern" in refusal and "pattern" not in self.without and "'pattern'" in str(sent):
            self.without.add("pattern")
            return True
        if self.shape != _SHAPES[-1] and any(word in refusal for word in ("response_format", "json_schema", "grammar")):
            self.shape = _SHAPES[_SHAPES.index(self.shape) + 1]
            return True
        if self.length == "max_tokens" and "max_completion_tokens" in refusal:
            self.length = "max_completion_tokens"
            return True
        for option in ("temperature", "seed", "stream_options"):
            if option in refusal and option not in self.without:
                self.without.add(option)
                return True
        return False

    def _response_format(self, request: ModelRequest) -> dict[str, Any]:
        if self.shape == "json_object":
            return {"type": "json_object"}
        schema = _without_patterns(request.schema) if "pattern" in self.without else request.schema
        return {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}


def _without_patterns(schema: Any) -> Any:
    """A schema whose strings may have any form: not every server can hold them to a pattern."""
    if isinstance(schema, Mapping):
        text = schema.get("type") == "string"
        return {name: _without_patterns(value) for name, value in schema.items() if not (text and name == "pattern")}
    return schema


_known: dict[tuple[str, str], Dialect] = {}
_lock = threading.Lock()


def dialect_of(base_url: str, model: str) -> Dialect:
    """The dialect of this model at this endpoint, one object for the whole process."""
    with _lock:
        return _known.setdefault((base_url, model), Dialect())
