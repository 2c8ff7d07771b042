"""The library as a LangChain retriever. Imports LangChain: import this module only where it is used."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from knowledge.records import Hit


class KoujingRetriever(BaseRetriever):
    """Wraps any search that gives hits, e.g. `partial(retrieval.search, scope=scope, today=today)`.

    Documents carry the passage's text, its id, and `entry_id`, `passage_id`, `source`, `locator`, `locale`, `kind` and
    `score` as metadata.
    """

    search: Callable[[str], list[Hit]]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.search(query)]


def _document(hit: Hit) -> Document:
    metadata = hit.to_json()
    return Document(page_content=metadata.pop("text"), metadata=metadata, id=hit.passage.id)
