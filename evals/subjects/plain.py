"""What is held against the product: a plain LangChain + Chroma chain with the same model, embedding and documents, and
plain BM25."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.brief import Brief, brief_from_json
from assistant.draft import SCHEMA, Draft, Evidence
from assistant.drafting import input_values, new_draft_id
from assistant.evidence import resolve_entry
from assistant.interview import known_inputs
from evals.subjects.chunks import Chunk, PerScope, cut, missing_extra
from evals.subjects.here import Here, scope_of
from evals.subjects.plain_reply import read_reply, words_of
from evals.subjects.port import Answer, SourceText
from evals.subjects.recording import Recording
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.locale import Locale
from knowledge.records import Scope
from prompts.template import Template

if TYPE_CHECKING:
    from evals.subjects.chain import Store

RETRIEVED = 8
_OVERHEAD = 900
"""Tokens of the prompt apart from its context: role, rules, headings."""

Scored = list[tuple[Chunk, float]]


class _Searching:
    """What a subject that only retrieves can do. It shares the workspace and the model of `here`, and closes them."""

    name = ""

    def __init__(self, here: Here) -> None:
        self._here = here

    @property
    def model(self) -> str:
        """The model that writes, as in settings."""
        return self._here.model

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        """Chunks in the shape of `koujing search --json`."""
        if not query.strip():
            raise InputError("the query is empty; say what to look for")
        asked, count = scope_of(scope)
        search = self._searching(asked)  # the index is made before the clock starts, as the product's is
        begun = time.perf_counter()
        found = search(query, count)
        seconds = time.perf_counter() - begun
        return Answer({"schema": SCHEMA, "hits": [chunk.hit(score) for chunk, score in found]}, seconds)

    def check(
        self, text: str, sources: Sequence[SourceText] | None, *, locale: str, market: str | None = None
    ) -> Answer:
        """Raises `InputError`: it cannot."""
        raise InputError(f"{self.name} cannot check a text; ask the product")

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        """Raises `InputError`: it cannot."""
        raise InputError(f"{self.name} cannot write a draft; ask the product or plain")

    def close(self) -> None:
        """Release what was opened."""
        self._here.close()

    def _searching(self, scope: Scope) -> Callable[[str, int], Scored]:
        raise NotImplementedError


class Plain(_Searching):
    """A chain as a good tutorial builds it: chunks, dense retrieval, one prompt, one reply."""

    name = "plain"

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._stores: PerScope[Store] = PerScope(here.workspace, self._store, lambda store: store.release())

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        """The chain's text in the shape of a draft: sections by their headings, citations by their numbers. Nothing is
        asked back and nothing is checked; what it says is missing is a gap."""
        from langsmith import tracing_context

        from evals.subjects.chain import chain_of

        asked = brief_from_json(brief)
        template = self._here.workspace.templates.get(asked.template).template
        known_inputs(asked, template)
        store, recording = self._stores.get(asked.scope()), Recording(self._here.language_model)
        values = self._values(asked, template, recording)
        begun = time.perf_counter()
        # A stray LANGSMITH_TRACING in the environment would send prompt and reply to another company.
        with tracing_context(enabled=False):
            made = chain_of(store, recording, _surface(asked), RETRIEVED).invoke(values)
        seconds = time.perf_counter() - begun
        evidence = [
            *(Evidence("", text, asked.locale, source="input", origin="input") for text in values["given"]),
            *(_evidence(store.chunk(document)) for document in made["documents"]),
        ]
        reply = read_reply(made["text"], template, asked.locale.split("-", 1)[0], evidence)
        draft = Draft(
            id=new_draft_id(), template=template.id, locale=asked.locale, audience=str(asked.audience),
            market=asked.market, channel=asked.channel, title=reply.title, sections=reply.sections,
            evidence=reply.evidence, usage=recording.usage, model=self.model,
        )  # fmt: skip
        extra = {"model_seconds": recording.seconds, "unknown_citations": reply.unknown}
        return Answer(draft.to_json(), seconds, recording.prompts, extra)

    def close(self) -> None:
        self._stores.clear()
        super().close()

    def _searching(self, scope: Scope) -> Callable[[str, int], Scored]:
        return self._stores.get(scope).search

    def _store(self, chunks: list[Chunk]) -> Store:
        from evals.subjects.chain import Store

        return Store(chunks, self._here.workspace.library.embedder)

    def _values(self, brief: Brief, template: Template, model: Recording) -> dict[str, Any]:
        """The words of the prompt. Documents of the brief are context, as much of them as the model's context holds."""
        from evals.subjects.chain import REPLY_TOKENS

        surface, given = _surface(brief), input_values(brief, template)
        documents = [declared.name for declared in template.inputs if declared.type == "document"]
        said = {
            declared.name: self._told(brief, given[declared.name], declared.kind, declared.type)
            for declared in template.inputs
            if declared.type != "document" and given[declared.name]
        }
        name = template.name.of(surface)
        room = model.context_tokens - REPLY_TOKENS - _OVERHEAD
        chunks = [chunk for document in documents for chunk in cut(given[document])]
        retrieved = RETRIEVED * max((model.count_tokens(chunk) for chunk in chunks), default=0)
        return {
            "query": " ".join([name, *said.values()]),
            "given": _fitting(chunks, room - retrieved, model.count_tokens),
            "language": Locale(brief.locale).name(surface),
            "name": name,
            "purpose": template.purpose.of(surface),
            "inputs": "\n".join(f"- {key}: {value}" for key, value in said.items()) or "-",
            "headings": "\n".join(f"## {words}" for words in words_of(template, surface)),
        }

    def _told(self, brief: Brief, value: str, kind: str | None, type_: str) -> str:
        """An input as a person would say it: of an entry its title, since no text holds its id."""
        if type_ != "entry":
            return value
        try:
            return resolve_entry(self._here.workspace.library, brief, value, kind).chosen.title
        except NotFound:
            return value


class Bm25(_Searching):
    """Plain BM25 over the same chunks, words cut by rjieba."""

    name = "bm25"

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._indexes: PerScope[Callable[[str, int], Scored]] = PerScope(here.workspace, bm25, lambda _: None)

    def _searching(self, scope: Scope) -> Callable[[str, int], Scored]:
        return self._indexes.get(scope)


def bm25(chunks: list[Chunk]) -> Callable[[str, int], Scored]:
    """A search over `chunks`; scores are shares of the best one. Raises `SetupError` without the extra `baselines`."""
    try:
        import bm25s  # type: ignore[import-untyped]  # ships no types
    except ImportError:
        raise missing_extra("bm25s") from None
    if not chunks:
        return lambda query, k: []
    index = bm25s.BM25()
    index.index([_tokens(chunk.text) for chunk in chunks], show_progress=False)

    def search(query: str, k: int) -> Scored:
        words = _tokens(query)
        if not words:
            return []
        places, scores = index.retrieve([words], k=min(k, len(chunks)), show_progress=False)
        best = float(scores[0][0])
        pairs = zip(places[0], scores[0], strict=True)
        return [(chunks[int(place)], float(score) / best) for place, score in pairs if score > 0]

    return search


def _tokens(text: str) -> list[str]:
    import rjieba

    return [word for word in rjieba.cut_for_search(text.casefold()) if any(ch.isalnum() for ch in word)]


def _surface(brief: Brief) -> str:
    return "zh" if brief.locale.split("-", 1)[0] == "zh" else "en"


def _fitting(texts: Sequence[str], room: int, count: Callable[[str], int]) -> list[str]:
    kept = []
    for text in texts:
        room -= count(text)
        if room < 0:
            break
        kept.append(text)
    return kept


def _evidence(chunk: Chunk) -> Evidence:
    entry = chunk.entry
    return Evidence(
        "", chunk.text, entry.locale, entry.entry_id, entry.version, entry.title, entry.source,
        state=str(entry.state), review_due=entry.review_due, valid_until=entry.valid_until,
        approved_by=entry.approved_by, kind=entry.kind,
    )  # fmt: skip
