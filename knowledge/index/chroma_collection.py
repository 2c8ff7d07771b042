"""A Chroma collection as a vector index, embedded or on a server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from knowledge.domain.errors import SetupError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 1000
"""Rows per call; Chroma takes at most 5461, and is fastest around this."""


def collection_name(workspace: str, model_id: str) -> str:
    """One collection per workspace and model; Chroma takes `[a-zA-Z0-9._-]` only, so the rest goes into a digest."""
    slug = re.sub(r"[^a-zA-Z0-9]+", "-", model_id).strip("-")[:60]
    digest = hashlib.sha256(f"{workspace}\n{model_id}".encode()).hexdigest()[:8]
    return f"{workspace[:80]}.{slug}.{digest}"


class ChromaCollection:
    """The five methods of the port on one collection.

    Vectors are ours (`embedding_function=None`: the default one would download a model); ids are row numbers.
    `closing` is called once by `close`. `known`: the row numbers as somebody remembers them. To read them all takes a
    second for a hundred thousand, so they are remembered as long as their number is right.
    """

    def __init__(
        self, collection: Any, where: str, closing: Callable[[], None] | None = None, known: Iterable[int] | None = None
    ) -> None:
        space = (collection.configuration.get("hnsw") or {}).get("space")
        # Chroma ignores another space silently when the collection is there already, and l2 loses items.
        if space != "cosine":
            raise SetupError(f"{where}: the collection measures {space}, not cosine; delete it, then reindex")
        self._collection, self._where, self._closing = collection, where, closing
        self._known = None if known is None else set(known)

    def upsert(self, pks: Sequence[int], vectors: NDArray[np.float32]) -> None:
        for start in range(0, len(pks), BATCH):
            ids = [str(pk) for pk in pks[start : start + BATCH]]
            self._call("upsert", ids=ids, embeddings=vectors[start : start + BATCH])
            if self._known is not None:
                self._known.update(pks[start : start + BATCH])

    def remove(self, pks: Iterable[int]) -> None:
        ids = [str(pk) for pk in pks]
        for start in range(0, len(ids), BATCH):
            self._call("delete", ids=ids[start : start + BATCH])
            if self._known is not None:
                self._known.difference_update(map(int, ids[start : start + BATCH]))

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        if k < 1:
            return []
        found = self._call("query", query_embeddings=[vector], n_results=k, include=["distances"])
        ids, distances = found["ids"][0], found["distances"][0]
        return [(int(pk), 1.0 - float(distance)) for pk, distance in zip(ids, distances, strict=True)]

    def pks(self) -> set[int]:
        if self._known is None or len(self._known) != self._call("count"):
            self._known = {int(pk) for pk in self._call("get", include=[])["ids"]}
        return set(self._known)

    def close(self) -> None:
        closing, self._closing = self._closing, None
        if closing is not None:
            closing()

    def _call(self, method: str, **arguments: Any) -> Any:
        try:
            return getattr(self._collection, method)(**arguments)
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise SetupError(f"{self._where}: {reason}; see `koujing doctor`") from error


def collection_of(client: Any, name: str) -> Any:
    """The collection `name`, made with cosine when it is not there."""
    return client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
