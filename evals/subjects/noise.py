"""A subject whose retriever is broken: it finds random passages. Proof that the suites would notice."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evals.subjects.here import Here
from evals.subjects.port import Answer, SourceText
from knowledge.library import Library
from knowledge.records import Hit, Scope


class Noise:
    """`subject` with random passages in the place of what its search finds: what it drafts and checks rests on them.

    The passages are ones that the asked circle (audience, market, states) may see, so only relevance is broken; kind,
    language and entry are not kept to. The same seed and query get the same. The subject is spoilt until `close`.
    """

    name = "noise"

    def __init__(self, subject: Here, seed: int) -> None:
        self._subject = subject
        library = subject.workspace.library
        self._library = library

        def search_many(queries: Sequence[str], scope: Scope, k: int = 8) -> list[list[Hit]]:
            return [random_hits(library, query, scope, k, seed) for query in queries]

        # On the instance, where `Library.search` looks as well; the class stays whole.
        vars(library)["search_many"] = search_many

    @property
    def model(self) -> str:
        return self._subject.model

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        """Hits of the usual shape that have nothing to do with the query."""
        return self._subject.search(query, scope)

    def check(
        self, text: str, sources: Sequence[SourceText] | None, *, locale: str, market: str | None = None
    ) -> Answer:
        """As the subject checks; against the library it meets random passages."""
        return self._subject.check(text, sources, locale=locale, market=market)

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        """As the subject drafts, from random passages."""
        return self._subject.draft(brief)

    def close(self) -> None:
        vars(self._library).pop("search_many", None)
        self._subject.close()


def random_hits(library: Library, query: str, scope: Scope, k: int, seed: int) -> list[Hit]:
    """At most `k` passages drawn by lot from all that the circle of `scope` may see, with falling scores."""
    circle = replace(scope, locale=None, kinds=(), entries=())
    # The same draw each time a run asks the same; nothing here is secret.
    lot = random.Random(f"{seed}\0{query}")  # noqa: S311
    pks = sorted(pk for pk, _ in library.entries.offered_passages(circle, library.now().date()))
    drawn = lot.sample(pks, min(len(pks), k + 8))
    by_pk = {passage.pk: passage for passage in library.entries.passages(set(drawn))}
    gate = library.gate(circle)
    seen = [passage for pk in drawn if (passage := gate.pass_through(by_pk[pk])) is not None][:k]
    return [Hit(passage, 0.9 - 0.8 * place / max(1, k)) for place, passage in enumerate(seen)]
