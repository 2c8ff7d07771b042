"""The port to whatever is judged: three questions, each answered by one document as CONTRACT.md shapes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text to check against, with its name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model was asked for a section, and what it answered: for the report's reader."""

    section: str
    messages: tuple[tuple[str, str], ...]
    reply: str

    def to_json(self) -> dict[str, Any]:
        return {"section": self.section, "messages": [list(m) for m in self.messages], "reply": self.reply}


@dataclass(frozen=True, slots=True)
class Answer:
    """The subject's document, how long it took (seconds, the model's part of it in `model_seconds`), and the prompts
    behind it where the subject can tell them."""

    document: Mapping[str, Any]
    seconds: float = 0.0
    prompts: tuple[Prompt, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class Subject(Protocol):
    """Answers a suite's questions. Errors are the product's own (`KoujingError`)."""

    @property
    def name(self) -> str:
        """For tables: `koujing`, `service`, `plain` …"""

    @property
    def model(self) -> str:
        """The model that writes, as in settings."""

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        """`koujing search`: `{"hits": […]}`. `scope` may have locale, kinds, market, audience, k."""

    def check(
        self, text: str, sources: Sequence[SourceText] | None, *, locale: str, market: str | None = None
    ) -> Answer:
        """`koujing check`: claims, findings, evidence. `sources` None: against the library."""

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        """`koujing draft --json` for a brief document (template, inputs, locale, market, channel, audience)."""

    def close(self) -> None:
        """Release what was opened. Idempotent."""
