"""`LocalModel`: llama.cpp in a process of its own, started at the first call, then a chat endpoint like any other."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.gateway import weights
from assistant.gateway.chat import ChatModel
from assistant.gateway.endpoint import OpenAIEndpoint
from assistant.gateway.limits import Limits
from assistant.gateway.local_process import LocalProcess
from assistant.gateway.port import Message, ModelReply, ModelRequest, OnText
from assistant.progress import Progress, Silent
from assistant.settings import Settings
from knowledge.domain.errors import BadReply, ProviderError

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel


class LocalModel:
    """The model on this machine. Calls take turns, so that waiting for one another is not taken for a slow model.

    Raises `SetupError` at the first call when the weights are missing or wrong.
    """

    name = "local"
    destination = "this machine"
    writes = True

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings, self._progress = settings, progress or Silent()
        self._limits = Limits.of(settings)
        self._endpoint: LocalEndpoint | None = None
        self._turn = threading.Lock()

    @property
    def context_tokens(self) -> int:
        return self._limits.context_tokens

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port. Starting the model is not counted against the limit of the call."""
        with self._turn:
            endpoint = self._open()
            endpoint.begin()
            try:
                return ChatModel(endpoint, self.name, self._limits).complete(request, on_text)
            except ProviderError as error:
                raise endpoint.explained(error) from None

    def count_tokens(self, text: str) -> int:
        """The model's own count while it runs, an estimate otherwise: counting starts nothing."""
        endpoint = self._endpoint
        counted = endpoint.count_tokens(text) if endpoint is not None else None
        if counted is not None:
            return counted
        from knowledge.reading.tokens import count_tokens

        return count_tokens(text)

    def close(self) -> None:
        endpoint, self._endpoint = self._endpoint, None
        if endpoint is not None:
            endpoint.stop()

    def _open(self) -> LocalEndpoint:
        if self._endpoint is None:
            model = weights.ensure(self._settings, self._progress)
            process = LocalProcess(model, self.context_tokens, self._settings.home, self._progress)
            self._endpoint = LocalEndpoint(process, model)
        return self._endpoint


class LocalEndpoint:
    """The endpoint of a `LocalProcess`; restarts it once per call when it has died."""

    destination = "this machine"
    openai_shaped = True

    def __init__(self, process: LocalProcess, model: Path) -> None:
        self._process, self.model = process, model.stem
        self._served: OpenAIEndpoint | None = None
        self._restarted = False

    def begin(self) -> None:
        """Before each call: up and running, with its one restart left."""
        self._restarted = False
        if not self._process.alive:
            self._start()

    def chat(self) -> BaseChatModel:
        if not self._process.alive:
            if self._restarted:
                raise ProviderError(f"the local model ended twice during one call; see {self._process.log}")
            self._restarted = True
            self._start()
        return self._endpoint.chat()

    def messages(self, request: ModelRequest) -> Sequence[Message]:
        return self._endpoint.messages(request)

    def options(self, request: ModelRequest, number: int) -> dict[str, Any]:
        return self._endpoint.options(request, number)

    def streams(self) -> bool:
        return True

    def adapt(self, error: BaseException, options: Mapping[str, Any]) -> bool:
        return self._endpoint.adapt(error, options)

    def count_tokens(self, text: str) -> int | None:
        """By /tokenize; None when the process does not answer."""
        if not self._process.alive:
            return None
        address = urlsplit(self._process.address)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
        try:
            headers = {"Authorization": f"Bearer {self._process.key}", "Content-Type": "application/json"}
            connection.request("POST", "/tokenize", json.dumps({"content": text}), headers)
            return len(json.loads(connection.getresponse().read())["tokens"])
        except (OSError, http.client.HTTPException, ValueError, KeyError):
            return None
        finally:
            connection.close()

    def close(self) -> None:
        if self._served is not None:
            self._served.close()

    def explained(self, error: ProviderError) -> ProviderError:
        """`error`, or where to look when the process has ended under the call."""
        if self._process.alive or isinstance(error, BadReply):
            return error
        return ProviderError(f"the local model's process ended during the call; see {self._process.log}")

    def stop(self) -> None:
        """Close the connection and end the process."""
        self.close()
        self._process.stop()

    @property
    def _endpoint(self) -> OpenAIEndpoint:
        assert self._served is not None, "begin() comes first"
        return self._served

    def _start(self) -> None:
        self.close()
        self._process.run()
        self._served = OpenAIEndpoint(f"{self._process.address}/v1", "local", self._process.key)
