"""A language model that remembers what it was asked and what it said, for the reader of a report."""

from __future__ import annotations

import threading
import time

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, OnText, Usage
from assistant.gateway.wrapped import Wrapped
from evals.subjects.port import Prompt
from knowledge.domain.errors import BadReply


class Recording(Wrapped):
    """A model as another one, prompts kept. Safe for several threads; one recording per draft keeps drafts apart.

    Name, place and size are those of the model within, so that the product writes with it as it would without.
    """

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        self._lock = threading.Lock()
        self._prompts: list[Prompt] = []
        self._usage = Usage()
        self._seconds = 0.0

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """What was asked since the last `forget`, in the order of the answers."""
        with self._lock:
            return tuple(self._prompts)

    @property
    def seconds(self) -> float:
        """How long the model took in all since the last `forget`."""
        with self._lock:
            return self._seconds

    @property
    def usage(self) -> Usage:
        """What the replies cost since the last `forget`."""
        with self._lock:
            return self._usage

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port. A reply that cannot be used is kept, too."""
        begun, said = time.perf_counter(), ""
        try:
            reply = self._model.complete(request, on_text)
            said = reply.text
            with self._lock:
                self._usage += reply.usage
        except BadReply as error:
            said = error.reply
            raise
        finally:
            self._keep(request, said, time.perf_counter() - begun)
        return reply

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._prompts, self._usage, self._seconds = [], Usage(), 0.0

    def _keep(self, request: ModelRequest, said: str, seconds: float) -> None:
        section = request.task.section if request.task else ""
        messages = tuple((message.role, message.content) for message in request.messages)
        with self._lock:
            self._prompts.append(Prompt(section, messages, said))
            self._seconds += seconds
