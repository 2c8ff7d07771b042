"""The port to every language model: one request, one reply, its usage.

Adapters: `chat` (any LangChain chat model, hence every OpenAI-compatible endpoint and the local llama.cpp process),
`scripted` (answers from a file) and `extractive` (no model at all).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; `role` is `system`, `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered piece of evidence as the model sees it: its id (S1 …) and its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """The same request as data, for a writer that reads no prompt (`extractive`).

    `query` is what the section is about, `max_length` its length limit in the locale's own measure.
    """

    section: str
    locale: str
    sources: tuple[Source, ...]
    query: str = ""
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What is asked of a model. With `schema` (JSON Schema, object) the reply's `data` follows it."""

    messages: Sequence[Message]
    schema: Mapping[str, Any] | None = None
    max_tokens: int = 800
    temperature: float = 0.0
    seed: int = 7
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, calls, seconds waited for the model, and cost in the currency of the price setting (None: unknown)."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 0
    seconds: float = 0.0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        cost = None if self.cost is None and other.cost is None else (self.cost or 0.0) + (other.cost or 0.0)
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.calls + other.calls,
            self.seconds + other.seconds,
            cost,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "calls": self.calls,
            "seconds": round(self.seconds, 3),
            "cost": self.cost,
        }


@dataclass(frozen=True, slots=True)
class ModelReply:
    """A whole reply. `data` is the parsed object when a schema was asked for; `usage` counts every try."""

    text: str
    data: Mapping[str, Any] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    model: str = ""


OnText = Callable[[str], None]


@runtime_checkable
class LanguageModel(Protocol):
    """A language model or what stands in for one."""

    @property
    def name(self) -> str:
        """As in settings: `local`, `openai:NAME`, `scripted`, `extractive` …"""

    @property
    def destination(self) -> str:
        """Where the text goes, for the user's eye: `this machine`, or the endpoint's host."""

    @property
    def writes(self) -> bool:
        """False for one that only picks from the sources: it cannot translate, judge or mend."""

    @property
    def context_tokens(self) -> int:
        """Tokens that prompt and reply may have together."""

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """Answer `request`; `on_text` receives the raw text as it arrives.

        Raises `ProviderBusy`, `ProviderTimeout`, `BadReply` or `ProviderError`; never waits longer than the
        configured limit over all tries.
        """

    def count_tokens(self, text: str) -> int:
        """Tokens of `text`, exact or a cautious estimate; works offline."""

    def close(self) -> None:
        """Release what was started (processes, connections). Idempotent."""
