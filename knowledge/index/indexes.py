"""The indexes of one workspace behind one door."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.domain.errors import SetupError
from knowledge.embedding.embedder import Embedder
from knowledge.index.lexical import LexicalIndex, open_lexical
from knowledge.index.sync import fill_vectors
from knowledge.index.vectors import VectorIndex
from knowledge.store.database import Database
from knowledge.store.entries import Entries
from knowledge.store.workspaces import revision as revision_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALL = 500
"""Half the passages from which on the database is asked to look at how many there are."""


class Indexes:
    """Words and vectors of a workspace. The vector index opens at its first use.

    While another process owns the embedded one, exact search over the stored embeddings takes its place.
    """

    def __init__(
        self, database: Database, workspace: str, embedder: Embedder, home: Path, chroma_url: str = ""
    ) -> None:
        self.database, self.workspace, self.embedder = database, workspace, embedder
        self.entries = Entries(database, workspace)
        self._home, self._chroma_url = home, chroma_url
        self._lexical: LexicalIndex | None = None
        self._vectors: VectorIndex | None = None
        self._owner = ""
        self._size = 0
        self._surveyed = SMALL
        self._revision: int | None = None
        self._changing = threading.RLock()

    @property
    def lexical(self) -> LexicalIndex:
        """Raises `SetupError` when the database has no lexical adapter."""
        if self._lexical is None:
            self._lexical = open_lexical(self.database, self.workspace)
        return self._lexical

    @property
    def vectors(self) -> VectorIndex:
        """The vector index, in agreement with the store when it opens."""
        with self._changing:
            if self._vectors is None:
                now = revision_of(self.database, self.workspace)
                self._vectors = self._open()
                self._agree()
                self._revision = now
            return self._vectors

    @property
    def owner(self) -> str:
        """Who holds the vector index: `this process`, `another process` or `server`. Opens it."""
        _ = self.vectors
        return self._owner

    @property
    def told_owner(self) -> str:
        """`owner`, without opening the index for it: `not opened yet`."""
        return self._owner or "not opened yet"

    def upsert(self, pks: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Put vectors in after the transaction that stored them. A broken embedded index is made anew."""
        try:
            self.vectors.upsert(pks, vectors)
        except SetupError as error:
            self._recover(error)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """`VectorIndex.search`; a broken embedded index is made anew from the store first."""
        try:
            return self.vectors.search(vector, k)
        except SetupError as error:
            self._recover(error)
            return self.vectors.search(vector, k)

    def survey(self, passages: int) -> None:
        """Let SQLite see that there are so many, when there are more than twice as many as it was last told of."""
        if self.database.is_sqlite and passages > 2 * self._surveyed:
            self._surveyed = passages
            with suppress(SetupError):  # a file that cannot be written is read as before
                self.database.survey("entry", "entry_version", "passage")

    def follow(self, revision: int | None) -> int:
        """Take in what others changed up to `revision` of the workspace; returns how many vectors there are."""
        with self._changing:
            _ = self.vectors
            if revision is None or revision != self._revision:
                self._agree()
                self._revision = revision
            return self._size

    def empty_vectors(self) -> None:
        """Take every vector out, with a new set of files where they are ours."""
        from knowledge.index.chroma import EmbeddedChroma

        with self._changing:
            vectors = self.vectors
            if isinstance(vectors, EmbeddedChroma):
                vectors.start_anew()
            else:
                vectors.remove(vectors.pks())
            self._revision = None

    def close(self) -> None:
        """Close the vector index; it opens again at the next use."""
        with self._changing:
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = self._revision = None
            self._owner = ""

    def _open(self) -> VectorIndex:
        model = self.embedder.model_id
        if self._chroma_url:
            from knowledge.index.chroma_server import open_chroma_server

            self._owner = "server"
            return open_chroma_server(self._chroma_url, self.workspace, model)
        from knowledge.index.chroma import OwnedElsewhere, open_embedded

        try:
            index = open_embedded(self._home, self.workspace, model)
        except OwnedElsewhere:
            from knowledge.index.exact import ExactIndex

            self._owner = "another process"
            return ExactIndex(self.embedder.dimensions)
        self._owner = "this process"
        return index

    def _agree(self) -> None:
        """Vectors as the store has them: a difference of row numbers, cheap when there is none."""
        assert self._vectors is not None
        wanted = self.entries.embedded_by(self.embedder.model_id)
        for attempt in (1, 2):
            try:
                there = self._vectors.pks()
                if there - wanted:
                    self._vectors.remove(there - wanted)
                fill_vectors(self, wanted - there)
                break
            except SetupError:
                if attempt == 2 or not self._anew():
                    raise
        self._size = len(wanted)

    def _recover(self, error: SetupError) -> None:
        """Replace a broken embedded index and fill it; raises `error` when the index is not ours to replace."""
        with self._changing:
            if not self._anew():
                raise error
            self._agree()

    def _anew(self) -> bool:
        from knowledge.index.chroma import EmbeddedChroma

        if not isinstance(self._vectors, EmbeddedChroma):
            return False
        self._vectors.start_anew()
        return True
