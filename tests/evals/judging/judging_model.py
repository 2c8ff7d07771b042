"""A language model for judging tests: it answers by a function of the prompt and counts how often it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from assistant.gateway.port import ModelReply, ModelRequest, OnText, Usage
from evals.judging.labels import Label


class FakeModel:
    """Implements the port. `answer` gets the user's message and returns an object, a text or an error to raise."""

    destination = "this machine"
    context_tokens = 8192

    def __init__(
        self, answer: Callable[[str], dict[str, Any] | str | Exception], name: str = "fake", writes: bool = True
    ) -> None:
        self.answer, self.name, self.writes = answer, name, writes
        self.requests: list[ModelRequest] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        self.requests.append(request)
        said = self.answer(request.messages[-1].content)
        if isinstance(said, Exception):
            raise said
        text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return ModelReply(text, said if isinstance(said, dict) else {}, Usage(10, 5, 1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text) // 3

    def close(self) -> None:
        return


def says(verdict: str, reason: str = "because") -> dict[str, Any]:
    return {"reason": reason, "verdict": verdict}


def judged_text(prompt: str) -> str:
    """What stands between the marks."""
    return prompt.partition("<text>\n")[2].partition("\n</text>")[0]


def label(text: str, verdict: str, **others: str) -> Label:
    values = {"template": "success_story", "criterion": "clear", "locale": "en", "by": "someone", **others}
    return Label(text=text, verdict=verdict, **values)
