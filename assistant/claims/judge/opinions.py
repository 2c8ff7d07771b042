"""Asks a language model whether evidence says what a sentence says: several questions a call, none of them twice.

The reply is bound by a schema and holds no free text: the number of the evidence line that decides (the reason, asked
for first), then a verdict of the menu. Nothing that a model wrote is ever shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from assistant.claims.judge.question import Question
from assistant.gateway.port import LanguageModel, Message, ModelRequest, Usage
from assistant.progress import Progress, Silent
from knowledge.domain.errors import BadReply, KoujingError
from knowledge.store.judgements import Judgement
from prompts.loader import SHARED
from prompts.rendering import Prompts

SUPPORTED, CONTRADICTED, NOT_STATED = "supported", "contradicted", "not_stated"
MENU = (SUPPORTED, CONTRADICTED, NOT_STATED)

JUDGE_VARIABLES: Mapping[str, str] = {
    "tasks": "What is to be judged: list of `id`, `sentence`, `lines` (the source sentences, a list of texts)."
}
"""The variables of the prompts `judge.zh.j2` and `judge.en.j2`."""

_TOKENS_EACH = 64  # of a reply, per question: some models indent their JSON
_LOOSE: Mapping[str, Any] = {
    "type": "object",
    "properties": {"items": {"type": "array", "items": {"type": "object"}}},
    "required": ["items"],
}


class Kept(Protocol):
    """Where judgements are kept: `knowledge.store.judgements.Judgements`, or `Remembered`."""

    def get(self, keys: Iterable[str]) -> dict[str, Judgement]: ...

    def put(self, judgements: Mapping[str, Judgement], model: str) -> None: ...


class Remembered:
    """Judgements kept as long as the process lives."""

    def __init__(self) -> None:
        self._judgements: dict[str, Judgement] = {}

    def get(self, keys: Iterable[str]) -> dict[str, Judgement]:
        return {key: self._judgements[key] for key in keys if key in self._judgements}

    def put(self, judgements: Mapping[str, Judgement], model: str) -> None:
        self._judgements.update(judgements)


class Opinions:
    """One model's opinions. `identity` says which model exactly (weights, address); `at_once` how many questions go
    into a call: one for a small model, which mixes them up."""

    def __init__(
        self,
        model: LanguageModel,
        kept: Kept,
        *,
        identity: str = "",
        at_once: int = 8,
        seed: int = 7,
        progress: Progress | None = None,
    ) -> None:
        self._model, self._kept = model, kept
        self._identity = identity or model.name
        self._at_once, self._seed, self._progress = at_once, seed, progress or Silent()
        self.usage = Usage()
        self.failure = ""
        """Why the model is no longer asked, or why some questions have no answer; empty while all went well."""

    @property
    def name(self) -> str:
        return self._model.name

    def of(self, questions: Sequence[Question], language: str) -> dict[Question, Judgement]:
        """What is known or can be learnt; a question without a usable answer is missing.

        `reason` of a judgement is the number of a line from 1, or empty. Never raises for a model that fails.
        """
        system = _system(language)
        keys = {asked: self._key(asked, system) for asked in questions}
        known = self._kept.get(keys.values())
        answers = {asked: known[key] for asked, key in keys.items() if key in known}
        open_ones = [asked for asked in keys if asked not in answers]
        done = 0
        for batch in self._batches(open_ones, system):
            self._progress.step("judging statements", done, len(open_ones))
            try:
                fresh = self._asked(batch, system, language)
            except BadReply as error:
                self.failure = self.failure or error.message
                continue
            except KoujingError as error:
                self.failure = error.message
                break
            finally:
                done += len(batch)
            self._kept.put({keys[asked]: judgement for asked, judgement in fresh.items()}, self._identity)
            answers |= fresh
        return answers

    def _key(self, asked: Question, system: str) -> str:
        content = [self._identity, self._at_once, system, asked.sentence, *(line.text for line in asked.lines)]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def _batches(self, questions: Sequence[Question], system: str) -> Iterator[list[Question]]:
        """As many at once as the context holds; one that alone is too long is left out."""
        count = self._model.count_tokens
        room = self._model.context_tokens - count(system) - 100
        batch: list[Question] = []
        left = room
        for asked in questions:
            texts = [asked.sentence, *(line.text for line in asked.lines)]
            size = count("\n".join(texts)) + 5 * len(texts) + _TOKENS_EACH + 20
            if batch and (size > left or len(batch) == self._at_once):
                yield batch
                batch, left = [], room
            if size <= room:
                batch.append(asked)
                left -= size
        if batch:
            yield batch

    def _asked(self, batch: Sequence[Question], system: str, language: str) -> dict[Question, Judgement]:
        tasks: list[dict[str, Any]] = [
            {"id": str(number), "sentence": asked.sentence, "lines": [line.text for line in asked.lines]}
            for number, asked in enumerate(batch, start=1)
        ]
        request = ModelRequest(
            messages=[
                Message("system", system),
                Message("user", _prompts().render("section", language, {"tasks": tasks}, "judge")),
            ],
            schema=schema([task["id"] for task in tasks], max(len(asked.lines) for asked in batch)),
            max_tokens=_TOKENS_EACH * len(batch) + 40,
            seed=self._seed,
        )
        try:
            reply = self._model.complete(request)
        except BadReply as error:
            data = _salvaged(error)
        else:
            self.usage += reply.usage
            data = reply.data
        return dict(_read(data, batch))


def schema(ids: Sequence[str], lines: int) -> dict[str, Any]:
    """`{"items": [{"id", "reason", "verdict"}]}`, the reason before the verdict."""
    item = {
        "id": {"type": "string", "enum": list(ids)},
        "reason": {"type": "string", "enum": [str(number) for number in range(1, lines + 1)]},
        "verdict": {"type": "string", "enum": list(MENU)},
    }
    items = {
        "type": "array",
        "items": {"type": "object", "properties": item, "required": list(item), "additionalProperties": False},
        "minItems": len(ids),
        "maxItems": len(ids),
    }
    return {"type": "object", "properties": {"items": items}, "required": ["items"], "additionalProperties": False}


def _salvaged(error: BadReply) -> Mapping[str, Any]:
    """What can be used of a reply that breaks the schema somewhere. Raises `error` when nothing can."""
    from assistant.gateway.reply import read_object

    try:
        return read_object(error.reply, _LOOSE)
    except ValueError:
        raise error from None


def _read(data: Mapping[str, Any], batch: Sequence[Question]) -> Iterator[tuple[Question, Judgement]]:
    """The verdicts that are on the menu; of several on one question the last."""
    for item in data.get("items", ()):
        number, verdict, reason = (str(item.get(name, "")) for name in ("id", "verdict", "reason"))
        if verdict in MENU and number in map(str, range(1, len(batch) + 1)):
            asked = batch[int(number) - 1]
            named = reason in map(str, range(1, len(asked.lines) + 1))
            yield asked, Judgement(verdict, reason if named else "")


@lru_cache(maxsize=1)
def _prompts() -> Prompts:
    return Prompts(SHARED, SHARED)


@lru_cache(maxsize=4)
def _system(language: str) -> str:
    return _prompts().render("system", language, {}, "judge")
