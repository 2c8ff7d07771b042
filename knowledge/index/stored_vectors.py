"""The stored embeddings of a workspace in memory: one copy, whoever searches. The store stays the truth."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from knowledge.index.vectors import from_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.embedding.embedder import Embedder
    from knowledge.store.entries import Entries


class StoredVectors:
    """Embeddings by row number, read once: a row number's embedding never changes but by another model.

    Rows of another model are zeros (words alone find the passage) and are read anew when `forget_foreign` says so.
    At most `kept` of them; beyond, what is needed next begins a new copy. Threads may share it.
    """

    def __init__(self, entries: Entries, embedder: Embedder, kept: int) -> None:
        import numpy as np

        self._entries, self._embedder, self._most = entries, embedder, kept
        self._changing = threading.Lock()
        self._pks = np.zeros(0, np.int64)
        self._matrix = np.zeros((0, embedder.dimensions), np.float32)
        self._foreign = np.zeros(0, np.int64)

    def cosines(self, vector: NDArray[np.float32], pks: NDArray[np.int64]) -> NDArray[np.float32]:
        """Of these passages (row numbers, ascending) with a unit vector; shape (len(pks),)."""
        import numpy as np

        known, matrix = self._with(pks)
        found: NDArray[np.float32]
        if len(known) == len(pks):
            found = matrix @ vector
        elif 4 * len(pks) < len(known):
            found = matrix[np.searchsorted(known, pks)] @ vector
        else:
            found = (matrix @ vector)[np.searchsorted(known, pks)]
        return found

    def forget_foreign(self) -> None:
        """The library has changed: passages of another model may have been embedded anew."""
        import numpy as np

        with self._changing:
            if len(self._foreign):
                left = ~np.isin(self._pks, self._foreign)
                self._pks, self._matrix = self._pks[left], self._matrix[left]
                self._foreign = self._foreign[:0]

    def _with(self, pks: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """All that is known, these among it: row numbers ascending, one row of the matrix each."""
        import numpy as np

        with self._changing:
            missing = pks
            if len(self._pks):
                places = np.searchsorted(self._pks, pks).clip(max=len(self._pks) - 1)
                missing = pks[self._pks[places] != pks]
            if len(missing):
                if len(self._pks) + len(missing) > self._most:
                    self._pks, self._matrix, missing = self._pks[:0], self._matrix[:0], pks
                    self._foreign = self._foreign[:0]
                self._read(missing)
            return self._pks, self._matrix

    def _read(self, missing: NDArray[np.int64]) -> None:
        import numpy as np

        rows = np.zeros((len(missing), self._embedder.dimensions), np.float32)
        found = [
            (pk, blob)
            for pk, blob, model in self._entries.embeddings(missing.tolist())
            if model == self._embedder.model_id
        ]
        if found:
            places = np.searchsorted(missing, [pk for pk, _ in found])
            rows[places] = from_bytes([blob for _, blob in found], self._embedder.dimensions)
        self._foreign = np.union1d(self._foreign, np.setdiff1d(missing, [pk for pk, _ in found]))
        pks = np.concatenate([self._pks, missing])
        order = np.argsort(pks, kind="stable")
        self._pks, self._matrix = pks[order], np.concatenate([self._matrix, rows])[order]
