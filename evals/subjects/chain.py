"""LangChain and Chroma put together as their tutorials do, with our embedding and our model behind their interfaces."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnablePassthrough

from assistant.gateway.port import LanguageModel, Message, ModelRequest
from evals.subjects.chunks import Chunk, missing_extra
from knowledge.domain.errors import BadReply
from knowledge.embedding.embedder import Embedder

REPLY_TOKENS = 1500
"""What a whole text may take; a press release in English takes about 800."""

_BATCH = 1000
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}

_PROMPTS = {
    "zh": (
        "你是一名资深的 B2B 企业市场编辑，用{language}写作。\n"
        "只使用下面给出的资料，不要使用资料以外的知识，不要编造数字、名称和引语。\n"
        "每句话后面用方括号注明所依据的资料编号，例如 [2]。\n"
        "资料里没有的内容，在该小节写“待补充：”并说明缺什么，不要编。",
        "任务：写一篇「{name}」。{purpose}\n要求与输入：\n{inputs}\n\n"
        "资料：\n{context}\n\n"
        "请按下面的小节写，每个小节以原样的“## 小节名”一行开头：\n{headings}",
    ),
    "en": (
        "You are a senior marketing editor for a B2B company and write in {language}.\n"
        "Use only the context below; no other knowledge, and make up no figures, names or quotes.\n"
        "After each sentence cite the context it rests on by its number in brackets, like [2].\n"
        'If the context does not say something, write "To be supplied:" in that section and what is missing.',
        "Task: write a {name}. {purpose}\nWhat is given:\n{inputs}\n\n"
        "Context:\n{context}\n\n"
        "Write these sections, each beginning with its line exactly as it stands here:\n{headings}",
    ),
}


class SameEmbedding(Embeddings):
    """The workspace's embedding behind LangChain's interface."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class Bridge(BaseChatModel):
    """A language model of the product behind LangChain's interface, asked without a schema."""

    asked: Any

    @property
    def _llm_type(self) -> str:
        return "koujing"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        request = ModelRequest([Message(_ROLES[m.type], str(m.text)) for m in messages], max_tokens=REPLY_TOKENS)
        try:
            text = self.asked.complete(request).text
        except BadReply as error:
            # A plain chain does not look at why a reply ended: what has arrived is its text.
            if not error.reply.strip():
                raise
            text = error.reply
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])


class Store:
    """The chunks of a circle in a Chroma collection in memory, by cosine."""

    def __init__(self, chunks: Sequence[Chunk], embedder: Embedder) -> None:
        try:
            from langchain_chroma import Chroma
        except ImportError:
            raise missing_extra("langchain-chroma") from None
        import chromadb
        from chromadb.config import Settings

        self._chunks = {chunk.id: chunk for chunk in chunks}
        self._chroma = Chroma(
            collection_name=f"plain-{uuid.uuid4().hex}",
            embedding_function=SameEmbedding(embedder),
            client=chromadb.EphemeralClient(settings=Settings(anonymized_telemetry=False)),
            collection_metadata={"hnsw:space": "cosine"},
        )
        for start in range(0, len(chunks), _BATCH):
            some = chunks[start : start + _BATCH]
            self._chroma.add_texts(
                [chunk.text for chunk in some],
                metadatas=[{"chunk": chunk.id, "entry": chunk.entry.entry_id} for chunk in some],
                ids=[chunk.id for chunk in some],
            )

    def search(self, query: str, k: int) -> list[tuple[Chunk, float]]:
        """The nearest chunks with their cosine."""
        if not self._chunks:
            return []
        found = self._chroma.similarity_search_with_score(query, k=min(k, len(self._chunks)))
        return [(self.chunk(document), 1.0 - distance) for document, distance in found]

    def chunk(self, document: Document) -> Chunk:
        """The chunk that a retrieved document is."""
        return self._chunks[document.metadata["chunk"]]

    def retriever(self, k: int) -> Runnable[str, list[Document]]:
        """The store as a chain's retriever."""
        return self._chroma.as_retriever(search_kwargs={"k": max(1, min(k, len(self._chunks)))})

    def release(self) -> None:
        """Delete the collection."""
        self._chroma.delete_collection()


def chain_of(store: Store, model: LanguageModel, language: str, k: int) -> Runnable[dict[str, Any], dict[str, Any]]:
    """Takes `query`, `given` (texts that stand before what is retrieved) and the prompt's words; gives `documents` and
    `text` besides."""
    prompt = ChatPromptTemplate.from_messages(list(zip(("system", "human"), _PROMPTS[language], strict=True)))
    return (
        RunnablePassthrough.assign(documents=itemgetter("query") | store.retriever(k))
        | RunnablePassthrough.assign(context=_numbered)
        | RunnablePassthrough.assign(text=prompt | Bridge(asked=model) | StrOutputParser())
    )


def _numbered(values: Mapping[str, Any]) -> str:
    texts = [*values["given"], *(document.page_content for document in values["documents"])]
    return "\n".join(f"[{number}] {text}" for number, text in enumerate(texts, start=1))
