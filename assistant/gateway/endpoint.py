"""The two kinds of chat endpoint behind `ChatModel`: OpenAI-compatible by address, and any LangChain chat model."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from assistant.gateway.dialect import Dialect, dialect_of
from assistant.gateway.faults import refusal_of, status_of
from assistant.gateway.limits import destination_of
from assistant.gateway.port import Message, ModelRequest
from assistant.gateway.reply import instructions
from assistant.settings import Settings
from knowledge.domain.errors import InputError, SetupError

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel


class Endpoint(Protocol):
    """What `ChatModel` needs of a provider. `model` is the provider's own name of the model."""

    model: str
    destination: str
    openai_shaped: bool
    """OpenAI's habits: a whole reply says why it ended (else it was cut), and usage is a running total."""

    def chat(self) -> BaseChatModel:
        """The LangChain model, opened at first use."""

    def messages(self, request: ModelRequest) -> Sequence[Message]: ...

    def options(self, request: ModelRequest, number: int) -> dict[str, Any]:
        """Keyword arguments of `stream` and `invoke` for try `number`."""

    def streams(self) -> bool: ...

    def adapt(self, error: BaseException, options: Mapping[str, Any]) -> bool:
        """Learn from a refusal of `options`; True when the same try should go again."""

    def close(self) -> None:
        """Let go of the connection; the next call opens another."""


class OpenAIEndpoint:
    """An OpenAI-compatible endpoint, by nothing but its settings."""

    openai_shaped = True

    def __init__(self, base_url: str, model: str, api_key: str = "") -> None:
        self.base_url, self.model, self._api_key = _checked_url(base_url), model, _checked_key(api_key)
        self.destination = destination_of(base_url)
        self._chat: BaseChatModel | None = None
        self._lock = threading.Lock()

    @property
    def dialect(self) -> Dialect:
        return dialect_of(self.base_url, self.model)

    def chat(self) -> BaseChatModel:
        from assistant.gateway.openai_chat import open_chat

        with self._lock:
            if self._chat is None:
                self._chat = open_chat(self.base_url, self.model, self._api_key)
            return self._chat

    def messages(self, request: ModelRequest) -> Sequence[Message]:
        if request.schema is None or not self.dialect.schema_in_prompt(request):
            return request.messages
        return with_instructions(request.messages, instructions(request.schema))

    def options(self, request: ModelRequest, number: int) -> dict[str, Any]:
        # `extra_body`, since LangChain renames max_tokens and takes another path for response_format.
        options: dict[str, Any] = {"extra_body": self.dialect.body(request, number)}
        if "stream_options" in self.dialect.without:
            options["stream_usage"] = False
        return options

    def streams(self) -> bool:
        return self.dialect.stream

    def adapt(self, error: BaseException, options: Mapping[str, Any]) -> bool:
        if _caused_by(error, "NotAStream"):
            self.dialect.stream = False
            return True
        return status_of(error) in {400, 422} and self.dialect.give_up(refusal_of(error), options["extra_body"])

    def close(self) -> None:
        with self._lock:
            chat, self._chat = self._chat, None
        client = getattr(chat, "http_client", None)
        if client is not None:
            client.close()


class LangChainEndpoint:
    """Any LangChain chat model. Its schema goes into the prompt: that works with every provider and streams."""

    openai_shaped = False

    def __init__(self, chat: BaseChatModel, model: str, destination: str) -> None:
        self._chat, self.model, self.destination = chat, model, destination

    def chat(self) -> BaseChatModel:
        return self._chat

    def messages(self, request: ModelRequest) -> Sequence[Message]:
        return with_instructions(request.messages, instructions(request.schema)) if request.schema else request.messages

    def options(self, request: ModelRequest, number: int) -> dict[str, Any]:
        return {}

    def streams(self) -> bool:
        return True

    def adapt(self, error: BaseException, options: Mapping[str, Any]) -> bool:
        return False

    def close(self) -> None:
        return


def openai_endpoint(name: str, settings: Settings) -> OpenAIEndpoint:
    """The endpoint of `openai:NAME`. Raises `SetupError` without KOUJING_BASE_URL: no address is assumed."""
    if not settings.text("base_url"):
        raise SetupError(f"openai:{name} needs KOUJING_BASE_URL, the address the text may be sent to")
    return OpenAIEndpoint(settings.text("base_url"), name, settings.text("api_key"))


def langchain_endpoint(provider: str, name: str, settings: Settings) -> Endpoint:
    """The endpoint of `langchain:PROVIDER:NAME`; the provider's package keeps its own ways to find a key.

    `langchain:openai` is `openai:`, so that no OPENAI_* variable decides anything. Raises `SetupError` when the
    package is missing or refuses its set-up, `InputError` for a provider LangChain does not know.
    """
    if provider == "openai":
        return openai_endpoint(name, settings)
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {key: settings.text(key) for key in ("base_url", "api_key") if settings.text(key)}
    try:
        chat = init_chat_model(
            name,
            model_provider=provider,
            temperature=settings.number("temperature"),
            timeout=settings.number("timeout"),
            max_retries=0,
            **given,
        )
    except ImportError:
        package = f"langchain-{provider.replace('_', '-')}"
        raise SetupError(f"langchain:{provider} needs the provider's package; install {package} or the like") from None
    except ValueError as error:
        if "nsupported" in str(error):
            raise InputError(f"langchain:{provider}: LangChain knows no such provider") from None
        raise SetupError(f"langchain:{provider}:{name} cannot be set up; check its key and KOUJING_BASE_URL") from None
    except Exception as error:
        raise SetupError(
            f"langchain:{provider}:{name} cannot be set up ({type(error).__name__}); check its key and packages"
        ) from None
    destination = destination_of(settings.text("base_url")) or f"{provider} (by LangChain)"
    return LangChainEndpoint(chat, name, destination)


def with_instructions(messages: Sequence[Message], text: str) -> list[Message]:
    """`messages` with `text` at the end of the last one, where it leaves the stable beginning as it is."""
    *before, last = messages
    return [*before, replace(last, content=f"{last.content}\n\n{text}")]


def _checked_url(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid:
        raise SetupError("KOUJING_BASE_URL is not an http(s) address such as https://models.example.com/v1")
    return base_url


def _checked_key(key: str) -> str:
    if not all("!" <= letter <= "~" for letter in key):
        raise SetupError("KOUJING_API_KEY holds characters that no key has (spaces or letters outside ASCII)")
    return key


def _caused_by(error: BaseException | None, name: str) -> bool:
    while error is not None:
        if type(error).__name__ == name:
            return True
        error = error.__cause__ or error.__context__
    return False
