"""Exact search by one matrix product: for small libraries, and while Chroma belongs to another process."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ExactIndex:
    """All vectors in memory (2 KB each at 512 dimensions). A search over 20,000 takes about 2 ms."""

    def __init__(self, dimensions: int) -> None:
        import numpy as np

        self._matrix: NDArray[np.float32] = np.zeros((0, dimensions), np.float32)
        self._pks: NDArray[np.int64] = np.zeros(0, np.int64)
        self._changing = threading.Lock()

    def upsert(self, pks: Sequence[int], vectors: NDArray[np.float32]) -> None:
        import numpy as np

        with self._changing:
            new = np.asarray(pks, np.int64)
            kept = ~np.isin(self._pks, new)
            self._matrix = np.concatenate([self._matrix[kept], vectors.astype(np.float32)])
            self._pks = np.concatenate([self._pks[kept], new])

    def remove(self, pks: Iterable[int]) -> None:
        import numpy as np

        with self._changing:
            kept = ~np.isin(self._pks, np.fromiter(pks, np.int64))
            self._matrix, self._pks = self._matrix[kept], self._pks[kept]

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        import numpy as np

        with self._changing:
            matrix, pks = self._matrix, self._pks
        cosines = matrix @ vector
        best = np.arange(len(pks)) if k >= len(pks) else np.argpartition(-cosines, k)[:k]
        best = best[np.lexsort((pks[best], -cosines[best]))][: max(k, 0)]
        return [(int(pks[i]), float(cosines[i])) for i in best]

    def pks(self) -> set[int]:
        with self._changing:
            return set(self._pks.tolist())

    def close(self) -> None:
        """Nothing to let go of."""
