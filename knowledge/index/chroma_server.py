"""Chroma as a server: for several processes or machines."""

from __future__ import annotations

from urllib.parse import urlsplit

from knowledge.domain.errors import SetupError
from knowledge.index.chroma_collection import ChromaCollection, collection_name, collection_of


def open_chroma_server(url: str, workspace: str, model_id: str) -> ChromaCollection:
    """The workspace's collection on the server at `url`. Raises `SetupError` when it does not answer."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SetupError(f"KOUJING_CHROMA_URL='{url}' is no address; write one like http://127.0.0.1:8000")
    import chromadb
    from chromadb.config import Settings

    secure = parts.scheme == "https"
    where = f"Chroma server {parts.scheme}://{parts.hostname}:{parts.port or (443 if secure else 80)}"
    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if secure else 80),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
        collection = collection_of(client, collection_name(workspace, model_id))
    except Exception as error:
        raise SetupError(
            f"{where}: no answer; start it with `chroma run`, or leave KOUJING_CHROMA_URL empty"
        ) from error
    return ChromaCollection(collection, where, closing=client.close)
