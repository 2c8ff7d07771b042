"""The port of vector indexes, and vectors as the store keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class VectorIndex(Protocol):
    """Unit vectors by the row number of their passage. Everything in it can be made again from the store."""

    def upsert(self, pks: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Put in or replace; `vectors` has shape (len(pks), dimensions) and unit rows. A row number stands once."""

    def remove(self, pks: Iterable[int]) -> None:
        """Take out; unknown row numbers are no error."""

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """At most `k` (row number, cosine), nearest first; `vector` has shape (dimensions,)."""

    def pks(self) -> set[int]:
        """All row numbers in the index."""

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""


def to_bytes(vector: NDArray[np.float32]) -> bytes:
    """The vector as the store keeps it: little-endian float32."""
    return vector.astype("<f4").tobytes()


def from_bytes(blobs: Sequence[bytes], dimensions: int) -> NDArray[np.float32]:
    """Stored vectors as one matrix of shape (len(blobs), dimensions)."""
    import numpy as np

    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), dimensions)
