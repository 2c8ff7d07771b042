"""A model that translates what a test has told it, and waits when the test says so."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import Any

from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage

LONGEST_WAIT = 30.0
_ITEM = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


class BilingualModel:
    """Answers a request to translate with the targets of `known`, by source; what is not there comes back as it is.

    `tokens` are those that each call uses.
    """

    name, destination, writes, context_tokens = "bilingual", "this machine", True, 8192

    def __init__(self, known: Mapping[str, str], *, tokens: int = 10) -> None:
        self.known, self.tokens = known, tokens
        self._may_go = threading.Event()
        self._may_go.set()

    def hold(self) -> None:
        """Let no call end from now on."""
        self._may_go.clear()

    def go(self) -> None:
        """Let every call end from now on."""
        self._may_go.set()

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        self._may_go.wait(LONGEST_WAIT)
        prompt = request.messages[-1].content
        data: dict[str, Any]
        if "items" in (request.schema or {}).get("properties", {}):
            data = {"items": [{"id": id_, "text": self._target(text)} for id_, text in _ITEM.findall(prompt)]}
        else:
            data = {"text": self._target(prompt)}
        return ModelReply("", data, Usage(self.tokens, 0, 1, 0.0), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        return

    def _target(self, text: str) -> str:
        """The target of the longest source that stands in the text."""
        there = [source for source in self.known if source in text]
        return self.known[max(there, key=len)] if there else text
