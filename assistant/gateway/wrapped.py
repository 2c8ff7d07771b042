"""A model that is another one, with something done around its calls."""

from __future__ import annotations

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, OnText


class Wrapped:
    """Everything as the model inside does it; children say what they add to `complete`."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def destination(self) -> str:
        return self._model.destination

    @property
    def writes(self) -> bool:
        return self._model.writes

    @property
    def context_tokens(self) -> int:
        return self._model.context_tokens

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        return self._model.complete(request, on_text)

    def count_tokens(self, text: str) -> int:
        """See the port."""
        return self._model.count_tokens(text)

    def close(self) -> None:
        """See the port."""
        self._model.close()
