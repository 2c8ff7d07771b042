"""A deterministic stand-in for a translator: it answers with the paragraphs of a translation that a person approved."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.gateway.port import ModelReply, ModelRequest, OnText
from evals.subjects.scripted import SourcesModel
from knowledge.domain.errors import BadReply


class ApprovedTranslation(SourcesModel):
    """The first text that it is given becomes the first paragraph, the next the second; a text given again becomes
    what it was before. Raises `BadReply` where there is no further one."""

    def __init__(self, paragraphs: Sequence[str], context_tokens: int = 8192) -> None:
        super().__init__(context_tokens)
        self._paragraphs = paragraphs
        self._given: list[str] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        if not request.task or not request.task.sources:
            raise BadReply("the approved translation is not known in parts")
        given = request.task.sources[0].text
        if given not in self._given:
            self._given.append(given)
        number = self._given.index(given)
        if number >= len(self._paragraphs):
            raise BadReply("the approved translation has no further paragraph")
        return ModelReply(self._paragraphs[number], {"text": self._paragraphs[number]}, model=self.name)
