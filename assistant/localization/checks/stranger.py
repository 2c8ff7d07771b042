"""A sentence of the target that the source does not say: without it the target is closer to the source.

Told by the embedded embedding model, whatever the workspace uses, so nothing leaves the machine; and only where the
target has more sentences than the source, which few translations have. Of 7,082 public human translations in seven
languages two are marked, both free ones ("Das Abo."; `tests/assistant/localization/checks/human_translations.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.localization.checks.facts import CODE, Reading
from knowledge.domain.finding import Span
from knowledge.embedding.usem3 import Usem3Embedder

_CLOSER = 0.05
"""How much closer (cosine) the rest is to the source than the whole."""

_ALIKE = 0.4
"""A sentence this close to the source says something of it."""

_MOST = 12
"""Sentences: a longer target is a text in which one sentence weighs too little to tell."""


def stranger(source: Reading, target: Reading) -> Span | None:
    """Where that sentence stands in the target's text; None when there is none."""
    sentences = target.sentences
    if not len(source.sentences) < len(sentences) <= _MOST or not any(letter.isalnum() for letter in source.text):
        return None
    said = [sentence.of(target.text) for sentence in sentences]
    rests = [" ".join((*said[:at], *said[at + 1 :])) for at in range(len(said))]
    whole, *others = _closeness(source.text, [target.text, *rests, *said])
    rest, alone = others[: len(said)], others[len(said) :]
    at = max(range(len(said)), key=lambda number: rest[number])
    if CODE in said[at]:
        return None  # its placeholders are the source's: that is told elsewhere
    return sentences[at] if rest[at] - whole > _CLOSER and alone[at] < _ALIKE else None


def _closeness(text: str, others: Sequence[str]) -> list[float]:
    import numpy as np

    vectors = Usem3Embedder().embed([text, *others])
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return [float(one) for one in vectors[1:] @ vectors[0]]
