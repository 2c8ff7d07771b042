"""What a well-behaved model answers at the fake endpoint, whatever act asks it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.claims.judge.exam import questions
from assistant.claims.judge.opinions import NOT_STATED, SUPPORTED
from assistant.gateway.port import Message
from evals.bench.faults.fake_openai import Handler, Play, says
from evals.bench.localization.slow_model import chinese
from evals.subjects.scripted import answer

_STATEMENT = re.compile(r'<statement id="(\d+)">(.*?)</statement>', re.DOTALL)
_ITEM = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)


def answering(handler: Handler, body: dict[str, Any]) -> None:
    """A play: the reply that the prompt and its schema ask for."""
    says(json.dumps(_reply(body), ensure_ascii=False))(handler, body)


def in_a_fence(handler: Handler, body: dict[str, Any]) -> None:
    """The right reply with words and a code fence around it."""
    reply = json.dumps(_reply(body), ensure_ascii=False)
    says(f"Here is the object:\n```json\n{reply}\n```\nDone.")(handler, body)


def with_items(change: str) -> Play:
    """The right reply with its items `missing`, `doubled` (the second in other words) or `reordered`."""

    def play(handler: Handler, body: dict[str, Any]) -> None:
        reply = _reply(body)
        items: Sequence[Mapping[str, Any]] = reply.get("items", [])
        if items:
            changed = {
                "missing": list(items[1:]),
                "doubled": [*items, {**items[0], "text": "又一种说法。"}],
                "reordered": list(reversed(items)),
            }
            reply = {"items": changed[change]}
        says(json.dumps(reply, ensure_ascii=False))(handler, body)

    return play


def _verdict(number: str, sentence: str) -> dict[str, str]:
    """A judge that passes its exam."""
    false = {asked.sentence for language in ("zh", "en") for asked, true in questions(language) if not true}
    return {"id": number, "reason": "1", "verdict": NOT_STATED if sentence in false else SUPPORTED}


def _reply(body: Mapping[str, Any]) -> dict[str, Any]:
    messages = [Message(message["role"], message["content"]) for message in body["messages"]]
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema", {})
    wanted = schema.get("properties", {})
    item = wanted.get("items", {}).get("items", {}).get("properties", {})
    prompt = messages[-1].content
    if "verdict" in item:
        return {"items": [_verdict(*found) for found in _STATEMENT.findall(prompt)]}
    if item:
        return {"items": [{"id": number, "text": chinese(text)} for number, text in _ITEM.findall(prompt)]}
    if set(wanted) == {"text"} and chinese(prompt):
        return {"text": chinese(prompt)}
    return answer(messages, schema)
