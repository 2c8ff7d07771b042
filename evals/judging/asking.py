"""Puts one question to the model that judges: reason before verdict, answers kept, a failing model never a verdict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.gateway.port import LanguageModel, Message, ModelRequest, Usage
from evals.judging.kept import Kept
from evals.judging.replies import Said, read, schema
from evals.judging.texts import LONGEST
from evals.scorers.base import Unscored
from knowledge.domain.errors import BadReply, KoujingError, SetupError
from prompts.loader import SHARED
from prompts.rendering import Prompts

PROMPT_VERSION = 1
"""Goes up when the prompts change in a way that makes kept answers worthless."""
_SIZES = (LONGEST, 2400, 1600, 1000)
_REPLY = 220  # tokens: a sentence or two, then one word
_PATIENCE = 3  # failures in a row, after which a provider is not asked again


class Asker:
    """One model as a judge. `identity` says which exactly (weights, address) where the name does not.

    Raises `SetupError` for a model that does not write.
    """

    def __init__(self, model: LanguageModel, keep: Path | None, *, identity: str = "", seed: int = 7) -> None:
        if not model.writes:
            raise SetupError(f"'{model.name}' writes nothing of its own and cannot judge; name a language model")
        self._model, self._identity, self._seed = model, identity or model.name, seed
        self._kept = Kept(keep)
        self._failures = 0
        self.usage = Usage()
        self.failure = ""
        """What the provider said when it failed last; empty while all went well."""

    @property
    def name(self) -> str:
        return self._model.name

    def ask(self, kind: str, language: str, values: Mapping[str, Any], menu: Sequence[str]) -> Said | Unscored:
        """The answer to the prompt `kind` (`rubric`, `pairs`), or why there is none. Never raises for the model."""
        request = self._request(kind, language, values, menu)
        key = self._key(request)
        text = self._kept.get(key)
        if text is None:
            if self._failures >= _PATIENCE:
                return Unscored(f"the judge failed: {self.failure}")
            try:
                text = self._reply(request)
            except BadReply as error:
                return read(error.reply, menu) or Unscored(f"the judge's reply cannot be used: {error.message}")
            except KoujingError as error:
                self._failures, self.failure = self._failures + 1, error.message
                return Unscored(f"the judge failed: {error.message}")
            self._failures = 0
            self._kept.put(key, text)
        return read(text, menu) or Unscored("the judge gave no verdict of the menu")

    def size_for(self, kind: str, language: str, values: Callable[[int], Mapping[str, Any]]) -> int | None:
        """How many characters of a text the model's context holds; `values` makes the prompt's for a size. None: not
        even the least."""
        for most in _SIZES:
            prompt = _prompts().render("section", language, values(most), kind)
            used = self._model.count_tokens(_system(kind, language) + prompt) + _REPLY + 60
            if used <= self._model.context_tokens:
                return most
        return None

    def _request(self, kind: str, language: str, values: Mapping[str, Any], menu: Sequence[str]) -> ModelRequest:
        section = _prompts().render("section", language, values, kind)
        return ModelRequest(
            messages=[Message("system", _system(kind, language)), Message("user", section)],
            schema=schema(menu),
            max_tokens=_REPLY,
            temperature=0.0,
            seed=self._seed,
        )

    def _key(self, request: ModelRequest) -> str:
        messages = [[message.role, message.content] for message in request.messages]
        content = [self._identity, PROMPT_VERSION, self._seed, messages, request.schema]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def _reply(self, request: ModelRequest) -> str:
        reply = self._model.complete(request)
        self.usage += reply.usage
        return reply.text or json.dumps(dict(reply.data), ensure_ascii=False)


@lru_cache(maxsize=1)
def _prompts() -> Prompts:
    return Prompts(Path(__file__).parent, SHARED)


@lru_cache(maxsize=8)
def _system(kind: str, language: str) -> str:
    return _prompts().render("system", language, {}, kind)
