"""A model that writes when the test says so."""

from __future__ import annotations

import threading

from assistant.gateway.port import ModelReply, ModelRequest, OnText
from evals.subjects.scripted import SourcesModel

LONGEST_WAIT = 30.0


class SteppedModel(SourcesModel):
    """Answers from the sources in the prompt; each answer waits until the test lets it go."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = threading.Semaphore(0)
        self.asked = threading.Event()
        """Set while an answer waits."""

    def go(self, answers: int = 1) -> None:
        """Let so many answers go."""
        self.asked.clear()
        self._steps.release(answers)

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        self.asked.set()
        self._steps.acquire(timeout=LONGEST_WAIT)
        return super().complete(request, on_text)
