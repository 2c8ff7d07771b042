"""What a well-behaved model would answer: sentences of the sources in the prompt, in the schema that was asked for."""

from __future__ import annotations

import json
from typing import Any

from assistant.gateway.port import Message
from evals.bench.faults.fake_openai import Handler, says
from evals.subjects.scripted import answer


def grounded(handler: Handler, body: dict[str, Any]) -> None:
    """A play of the fake endpoint."""
    messages = [Message(message["role"], message["content"]) for message in body["messages"]]
    data = answer(messages, body["response_format"]["json_schema"]["schema"])
    says(json.dumps(data, ensure_ascii=False))(handler, body)
