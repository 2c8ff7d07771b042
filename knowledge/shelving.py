"""Entry versions onto the shelf: cut into passages, embedded, written in one transaction, then handed to the index.

What cannot be read stops before anything is written; what a kill loses between database and vector index is mended by
the next start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.domain.errors import UnreadableFile
from knowledge.index.indexes import Indexes
from knowledge.index.passage_text import index_text
from knowledge.reading.document import Document
from knowledge.reading.passages import PassageText, split
from knowledge.records import EntryVersion
from knowledge.store.entries import Entries, NewPassage, NewVersion, Stored
from knowledge.store.passages import batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.embedding.embedder import Embedder

EMBED_AT_ONCE = 256
"""Texts embedded in one call."""


@dataclass(frozen=True, slots=True)
class ToShelve:
    """A version to come, and the document that it is; `after` as in `NewVersion`."""

    version: EntryVersion
    document: Document
    after: int | None = None
    as_it_was: bool = False


OnStep = Callable[[int, int], None]
"""Called with (done, all) while texts are embedded."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The way of every entry version into one workspace."""

    entries: Entries
    indexes: Indexes
    embedder: Embedder
    now: Callable[[], datetime]

    def shelve(
        self,
        items: Sequence[ToShelve],
        by: str,
        *,
        act: str = "imported",
        reason: str = "",
        on_step: OnStep = lambda done, of: None,
    ) -> list[Stored]:
        """Store all of them or none.

        Raises `UnreadableFile` for a document without text, `Conflict` when somebody else was faster.
        """
        cut = [_cut(item) for item in items]
        vectors = self._embed(
            [index_text(i.version.title, t.headings, t.text) for i, c in zip(items, cut, strict=True) for t in c],
            on_step,
        )
        new = [
            NewVersion(
                item.version,
                [NewPassage(t.text, t.headings, t.locator, next(vectors), self.embedder.model_id) for t in texts],
                item.after,
                item.as_it_was,
            )
            for item, texts in zip(items, cut, strict=True)
        ]
        # An index that opens after the transaction would find all of it missing and take it in twice.
        _ = self.indexes.vectors
        with self.entries.writing() as session:
            stored = self.entries.add_versions(session, new, by, self.now(), act=act, reason=reason)
            rows = [
                (pk, index_text(kept.version.title, text.headings, text.text))
                for kept, texts in zip(stored, cut, strict=True)
                for pk, text in zip(kept.pks, texts, strict=True)
            ]
            for part in batches(rows):
                self.indexes.lexical.add(session, part)
        self._index(new, stored)
        return stored

    def _embed(self, texts: Sequence[str], on_step: OnStep) -> Iterator[bytes]:
        """Little-endian float32, in the order of the texts; on as many cores as there are, up to four."""
        parts = [texts[start : start + EMBED_AT_ONCE] for start in range(0, len(texts), EMBED_AT_ONCE)]
        blobs: list[bytes] = []
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            for vectors in pool.map(self.embedder.embed, parts):
                blobs += [vector.astype("<f4").tobytes() for vector in vectors]
                on_step(len(blobs), len(texts))
        return iter(blobs)

    def _index(self, new: Sequence[NewVersion], stored: Sequence[Stored]) -> None:
        """Committed passages to the vector index."""
        pairs = [
            (pk, passage.embedding)
            for item, kept in zip(new, stored, strict=True)
            for pk, passage in zip(kept.pks, item.passages, strict=True)
        ]
        for part in batches(pairs):
            self.indexes.upsert([pk for pk, _ in part], _matrix([blob for _, blob in part]))


def _matrix(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    import numpy as np

    return np.stack([np.frombuffer(blob, dtype="<f4") for blob in blobs])


def _cut(item: ToShelve) -> list[PassageText]:
    texts = [_below_title(text, item.version.title) for text in split(item.document)]
    if not texts:
        raise UnreadableFile(item.version.source or item.version.entry_id, "holds no text", "write some")
    return texts


def _below_title(text: PassageText, title: str) -> PassageText:
    """The passage without the entry's own title at the head of its heading path: it stands beside it anyway."""
    if not text.headings or text.headings[0].strip() != title.strip():
        return text
    locator = text.locator.removeprefix(text.headings[0]).removeprefix(" › ").removeprefix(" · ")
    return replace(text, headings=text.headings[1:], locator=locator)
