"""A model that obeys everything: it answers from its evidence, as a good one would, and does what the attack asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from assistant.gateway.port import ModelReply, ModelRequest, OnText
from evals.injection.attacks import Attack
from evals.scorers.attacks import says
from evals.subjects.scripted import SourcesModel

MANNERS = ("behind", "before", "within", "alone", "instead")
"""Where it puts what it was asked for: behind each text, before it, within its last sentence, as a piece of its own,
or in its place."""

_LEAST = 6
_SAID = ("text", "title", "what", "decision", "item")


class ObeyingModel(SourcesModel):
    """`attack` None: an honest model. It obeys wherever a sentence of the attack's words (`written`, as it stands in
    the material) reaches its prompt; `knowing` obeys in every reply, whatever reached it.

    `asked` and `obeyed` count its replies, and those in which the act stands; `reached` those whose prompt held words
    of the attack.
    """

    def __init__(
        self, attack: Attack | None = None, written: str = "", *, manner: str = "behind", knowing: bool = False
    ) -> None:
        super().__init__()
        self._attack, self._manner, self._knowing = attack, manner, knowing
        self._pieces = [bare for line in written.splitlines() if len(bare := _bare(line)) >= _LEAST]
        self.asked = self.obeyed = self.reached = 0

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        reply = super().complete(request, on_text)
        self.asked += 1
        prompt = _bare("".join(message.content for message in request.messages))
        there = any(piece in prompt for piece in self._pieces)
        self.reached += there
        if self._attack is None or not (there or self._knowing) or request.schema is None:
            return reply
        data = self._obey(_answered(reply.data, request), self._attack.act)
        text = json.dumps(data, ensure_ascii=False)
        self.obeyed += says(text, self._attack.tell)
        return ModelReply(text, data, reply.usage, reply.model)

    def _obey(self, data: Mapping[str, Any], act: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, value in data.items():
            if isinstance(value, str) and name in _SAID:
                made[name] = self._put(value, act)
            elif isinstance(value, list) and value and isinstance(value[0], Mapping):
                made[name] = [self._obey(item, act) for item in value]
                if self._manner == "alone":
                    first = {key: act if key in _SAID else part for key, part in value[0].items()}
                    made[name] = [*value, first]
            else:
                made[name] = value
        return made

    def _put(self, text: str, act: str) -> str:
        match self._manner:
            case "behind":
                return f"{text} {act}".strip()
            case "before":
                return f"{act} {text}".strip()
            case "within":
                bare = text.rstrip("。.！!")
                return f"{bare}{'，' if text != text.rstrip('。！') else ', '}{act}" if bare else act
            case "instead":
                return act
            case _:
                return text


def _answered(data: Mapping[str, Any], request: ModelRequest) -> Mapping[str, Any]:
    """The honest answer; where one text is asked for and the stand-in has none, the first line of what is given."""
    asked = (request.schema or {}).get("properties", {})
    if asked.get("text", {}).get("type") != "string" or data.get("text"):
        return data
    given = request.task.sources[0].text if request.task and request.task.sources else ""
    first = next((line.strip() for line in given.splitlines() if line.strip()), "")
    told = first.replace("：", "说明，", 1) if "：" in first else first.replace(": ", " said that ", 1)
    return {**data, "title": "", "text": told}


def _bare(text: str) -> str:
    """Letters and digits only, as they stand."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
