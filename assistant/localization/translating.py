"""Segments to their outcomes: prepared, asked for in batches, checked, repaired, and held back where it fails.

The call of the model is given from outside, so that a job can make each one durable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.gateway.port import ModelReply, ModelRequest
from assistant.localization.segment import Outcome, Segment
from knowledge.domain.locale import Locale

Ask = Callable[[ModelRequest], ModelReply]
"""Asks the model, or gives again what it answered before a restart. Raises the errors of `LanguageModel.complete`."""


@dataclass(frozen=True, slots=True)
class Example:
    """A segment of the memory that is like the one at hand: shown to the model, not copied."""

    source: str
    target: str
    score: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Segments that go to the model together, all of one locale pair. `examples` are by segment id."""

    segments: Sequence[Segment]
    source: Locale
    target: Locale
    examples: dict[str, Sequence[Example]] = field(default_factory=dict)


class BatchTranslator(Protocol):
    """Translates a batch. Given the same replies it gives the same outcomes and asks the same requests in the same
    order: a restart depends on it."""

    def translate(self, batch: Batch, ask: Ask) -> dict[str, Outcome]:
        """An outcome for each segment id: `translated`, `needs_review` or `failed`, never `pending`.

        A reply that lacks items, repeats them, is cut, refused or no JSON costs those segments a further try, then
        they are `failed` with the reason. Errors that concern more than the batch are raised: `ProviderBusy` (wait),
        `SetupError` (a key refused), `ProviderTimeout` and `ProviderError` after their retries.
        """
