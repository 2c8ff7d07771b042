"""Large libraries, generated: business-like passages in zh and en, ten an entry, the same for the same size.

Embedding a hundred thousand passages takes a quarter of an hour and says nothing about a search. So the vectors of 500
real ones are the landmarks: an entry begins between two of them, and its passages walk on from there in small steps.
Questions are embedded for real.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench.retrieval import sentences
from evals.bench.scratch import environment
from knowledge.index.passage_text import index_text
from knowledge.index.vectors import to_bytes
from knowledge.library import Library
from knowledge.records import Audience, EntryVersion, State
from knowledge.store.entries import NewPassage, NewVersion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PER_ENTRY = 10
LANDMARKS = 500
STEP = 0.25
"""Length of a step beside a landmark's unit: neighbours in an entry have a cosine of about .95."""
BATCH = 500
_NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def fill(home: Path, passages: int) -> None:
    """A workspace in `home` with so many approved passages, vectors in the index; every third entry is a case."""
    workspace, _ = Workspace.create(load_settings(environment(home, "extractive")))
    with workspace:
        library = workspace.library
        random_ = random.Random(11)  # noqa: S311  # the same sentences each time
        walks = _walks(library, passages // PER_ENTRY)
        for first in range(0, passages // PER_ENTRY, BATCH):
            many = min(BATCH, passages // PER_ENTRY - first)
            _shelve(library, [_item(library, random_, first + i, next(walks)) for i in range(many)])
        _ = library.indexes.vectors


def questions(count: int) -> list[str]:
    """So many questions, no two alike, that speak as the passages do."""
    random_ = random.Random(13)  # noqa: S311
    return [sentences(random_, number % 2 == 0, count=1) for number in range(count)]


def _shelve(library: Library, items: list[NewVersion]) -> None:
    with library.entries.writing() as session:
        stored = library.entries.add_versions(session, items, "bench", _NOW)
        library.indexes.lexical.add(
            session,
            [
                (pk, index_text(item.version.title, (), passage.text))
                for item, (_, pks) in zip(items, stored, strict=True)
                for pk, passage in zip(pks, item.passages, strict=True)
            ],
        )


def _item(library: Library, random_: random.Random, number: int, walk: NDArray[np.float32]) -> NewVersion:
    chinese = number % 2 == 0
    texts = [sentences(random_, chinese) for _ in range(PER_ENTRY)]
    entry = EntryVersion(
        entry_id=f"e{number}",
        version=0,
        kind="case" if number % 3 == 0 else "product",
        locale="zh-CN" if chinese else "en",
        title="",
        text="\n".join(texts),
        state=State.APPROVED,
        audience=Audience.PUBLIC,
    )
    model = library.embedder.model_id
    return NewVersion(
        entry,
        [NewPassage(text, (), "", to_bytes(vector), model) for text, vector in zip(texts, walk, strict=True)],
    )


def _walks(library: Library, entries: int) -> Iterator[NDArray[np.float32]]:
    """For each entry its passages' unit vectors, shape (PER_ENTRY, dimensions)."""
    import numpy as np

    words = random.Random(12)  # noqa: S311
    landmarks = library.embedder.embed([sentences(words, number % 2 == 0) for number in range(LANDMARKS)])
    random_ = np.random.default_rng(7)
    size = landmarks.shape[1]
    for _ in range(entries):
        one, other = random_.integers(0, LANDMARKS, 2)
        steps = random_.normal(0, STEP / size**0.5, (PER_ENTRY, size))
        walk = landmarks[one] + random_.random() * landmarks[other] + np.cumsum(steps, axis=0)
        yield (walk / np.linalg.norm(walk, axis=1, keepdims=True)).astype(np.float32)
