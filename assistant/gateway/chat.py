"""`ChatModel`: any chat endpoint behind the port, with one limit over all tries and one meaning for every failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.gateway.endpoint import Endpoint, with_instructions
from assistant.gateway.faults import meaning
from assistant.gateway.limits import Limits
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.gateway.reply import read_object, without_thinking
from assistant.gateway.retry import Finish, Passing, Retries, Tried, Try
from assistant.gateway.watchdog import Late, within
from knowledge.domain.errors import KoujingError

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_LENGTH = {"length", "max_tokens", "model_context_window_exceeded"}
_REFUSAL = {"content_filter", "refusal", "safety", "recitation", "prohibited_content", "blocklist", "sensitive"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one chunk of a stream brings."""

    text: str
    finish: str
    refused: bool
    prompt_tokens: int
    completion_tokens: int


class ChatModel:
    """A language model at a chat endpoint.

    `on_text` gets the pieces as they come; an empty piece says that a new try begins and what came before is void.
    """

    writes = True

    def __init__(self, endpoint: Endpoint, name: str, limits: Limits) -> None:
        self._endpoint, self._name, self._limits = endpoint, name, limits
        self._who = "the local model" if name == "local" else f"{name} ({endpoint.destination})"

    @property
    def name(self) -> str:
        return self._name

    @property
    def destination(self) -> str:
        return self._endpoint.destination

    @property
    def context_tokens(self) -> int:
        return self._limits.context_tokens

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""

        def attempt(this: Try) -> Tried:
            if this.number > 1 and on_text is not None:
                on_text("")
            return self._attempt(request, this, on_text)

        outcome = Retries(self._limits, self._who).run(attempt, lambda text: read(text, request))
        return ModelReply(without_thinking(outcome.text), outcome.data, outcome.usage, self._name)

    def count_tokens(self, text: str) -> int:
        """An estimate by a common vocabulary; works offline."""
        from knowledge.reading.tokens import count_tokens

        return count_tokens(text)

    def close(self) -> None:
        self._endpoint.close()

    def _attempt(self, request: ModelRequest, this: Try, on_text: OnText | None) -> Tried:
        """One try; a refusal of an option (see `dialect`) costs no try."""
        asked = _complaining(request, this.complaint)
        pieces: list[_Piece] = []
        with closing(within(this.seconds, lambda: self._adapted(asked, this, pieces))) as arriving:
            while True:
                try:
                    piece = next(arriving)
                except StopIteration:
                    break
                except (KoujingError, Passing, Late):
                    raise
                except Exception as error:
                    raise self._failure(error, asked, pieces) from None
                pieces.append(piece)
                if piece.text and on_text is not None:
                    on_text(piece.text)
        return self._sum(asked, pieces)

    def _adapted(self, request: ModelRequest, this: Try, arrived: list[_Piece]) -> Iterator[_Piece]:
        """The pieces of one call; runs in the watchdog's thread."""
        from langsmith import tracing_context

        # A stray LANGSMITH_TRACING in the environment would send prompt and reply to another company.
        with tracing_context(enabled=False):
            while True:
                options = self._endpoint.options(request, this.number)
                try:
                    yield from self._call(request, options)
                    return
                except KoujingError:
                    raise
                except Exception as error:
                    if arrived or not self._endpoint.adapt(error, options):
                        raise

    def _call(self, request: ModelRequest, options: Mapping[str, Any]) -> Iterator[_Piece]:
        chat = self._endpoint.chat()
        messages = [(message.role, message.content) for message in self._endpoint.messages(request)]
        if self._endpoint.streams():
            for chunk in chat.stream(messages, **options):
                yield _piece(chunk)
        else:
            yield _piece(chat.invoke(messages, **options))

    def _total(self, counts: Iterable[int]) -> int:
        return max(counts, default=0) if self._endpoint.openai_shaped else sum(counts)

    def _failure(self, error: Exception, request: ModelRequest, pieces: list[_Piece]) -> KoujingError | Passing:
        failure = meaning(error, self._who, self._endpoint.model)
        if isinstance(failure, Passing) and any(piece.text for piece in pieces):
            failure.spent = self._sum(request, pieces)
        return failure

    def _sum(self, request: ModelRequest, pieces: list[_Piece]) -> Tried:
        text = "".join(piece.text for piece in pieces)
        ends = [piece.finish for piece in pieces if piece.finish]
        finish = _finish(ends[-1] if ends else "", any(piece.refused for piece in pieces), self._endpoint.openai_shaped)
        prompt = self._total(piece.prompt_tokens for piece in pieces)
        completion = self._total(piece.completion_tokens for piece in pieces)
        if not prompt and not completion:
            prompt = sum(self.count_tokens(message.content) + 4 for message in request.messages)
            completion = self.count_tokens(text)
        return Tried(text, finish, prompt, completion)


def read(text: str, request: ModelRequest) -> Mapping[str, Any]:
    """The reply's data by the request's schema; without one there is none. Raises `ValueError` with a complaint."""
    return {} if request.schema is None else read_object(text, request.schema)


def _complaining(request: ModelRequest, complaint: str) -> ModelRequest:
    if not complaint:
        return request
    note = (
        f"Your last answer could not be used: {complaint}. Answer again with one JSON object of the schema asked for."
    )
    return replace(request, messages=with_instructions(request.messages, note))


def _piece(message: BaseMessage) -> _Piece:
    about: Mapping[str, Any] = message.response_metadata
    used: Mapping[str, Any] = getattr(message, "usage_metadata", None) or {}
    finish = about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or ""
    return _Piece(
        str(message.text),
        str(finish).lower(),
        bool(message.additional_kwargs.get("refusal")),
        int(used.get("input_tokens") or 0),
        int(used.get("output_tokens") or 0),
    )


def _finish(reason: str, refused: bool, openai_shaped: bool) -> Finish:
    if refused or reason in _REFUSAL:
        return Finish.REFUSED
    if reason in _LENGTH:
        return Finish.LENGTH
    return Finish.CUT if openai_shaped and not reason else Finish.DONE
