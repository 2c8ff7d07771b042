"""A workspace with a toy embedder, for tests of the indexes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from databases import database_at
from numpy.typing import NDArray

from knowledge.index.indexes import Indexes
from knowledge.index.passage_text import index_text
from knowledge.index.vectors import to_bytes
from knowledge.records import Audience, EntryVersion, State
from knowledge.store.entries import NewPassage
from knowledge.store.workspaces import ensure_workspace

NOW = datetime(2026, 1, 15, tzinfo=UTC)


class ToyEmbedder:
    """Unit vectors that depend on the text only; `name` makes another model of it."""

    dimensions = 16
    leaves = False

    def __init__(self, name: str = "toy") -> None:
        self.model_id = f"{name}-16"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self._one(text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimensions)

    def _one(self, text: str) -> NDArray[np.float64]:
        seed = int.from_bytes(hashlib.sha256(f"{self.model_id} {text}".encode()).digest()[:8], "big")
        vector = np.random.default_rng(seed).normal(size=self.dimensions)
        return vector / np.linalg.norm(vector)


def workspace(home: Path, name: str = "default", embedder: ToyEmbedder | None = None, chroma_url: str = "") -> Indexes:
    """Indexes over a migrated database in `home`."""
    database = database_at(home)
    database.migrate()
    ensure_workspace(database, name, NOW)
    return Indexes(database, name, embedder or ToyEmbedder(), home, chroma_url)


def store(indexes: Indexes, texts: Iterable[str], entry_id: str = "e1", title: str = "Title") -> list[int]:
    """One more approved version of an entry, with words but without vectors in the index; the new row numbers."""
    texts = list(texts)
    vectors = indexes.embedder.embed([index_text(title, (), text) for text in texts])
    passages = [
        NewPassage(text, (), "", to_bytes(vector), indexes.embedder.model_id)
        for text, vector in zip(texts, vectors, strict=True)
    ]
    entry = EntryVersion(entry_id, 0, "product", "en", title, "", State.APPROVED, Audience.PUBLIC)
    with indexes.entries.writing() as session:
        _, pks = indexes.entries.add_version(session, entry, passages, "test", NOW)
        indexes.lexical.add(session, [(pk, index_text(title, (), t)) for pk, t in zip(pks, texts, strict=True)])
    return pks
