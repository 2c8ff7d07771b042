"""Search in what a scope may see: meaning and words together, across languages.

The store says what may be seen; the indexes only say what is near. Scopes of ordinary size are scored exactly over the
stored embeddings, large ones through the vector index, fetching on until enough of what it finds may be seen.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.domain.locale import detect_language
from knowledge.index.fusion import Kinship, fuse, kinship, script_of
from knowledge.index.indexes import Indexes
from knowledge.index.stored_vectors import StoredVectors
from knowledge.index.tokens import query_terms
from knowledge.records import Hit, Passage, Scope
from knowledge.store.workspaces import revision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT_BYTES = 256 * 1024 * 1024
"""Scopes whose embeddings fit into so much memory are scored exactly: 131,072 passages of 512 dimensions. It is one
product of a matrix, and nothing is missed: the best of words and meaning together may be among the first of neither."""

POOL = 1000
"""Candidates by meaning, and as many by words, that a large scope is ranked from."""

SCOPES_KEPT = 16
PASSAGES_KEPT = 10_000
QUERIES_KEPT = 500


@dataclass(frozen=True, slots=True)
class _Offer:
    """What one scope may see: arrays of shape (n,), row numbers ascending.

    `tongues[i]` is the place of passage i's language in `languages`.
    """

    pks: NDArray[np.int64]
    languages: tuple[str, ...]
    tongues: NDArray[np.intp]


class Retrieval:
    """Searches one workspace. Threads may share it."""

    def __init__(self, indexes: Indexes, exact_limit: int | None = None) -> None:
        self.indexes, self._exact_limit = indexes, exact_limit
        self._caching = threading.Lock()
        self._revision: int | None = None
        self._offers: OrderedDict[tuple[Scope, date], _Offer] = OrderedDict()
        self._read: dict[int, Passage] = {}
        self._queries: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def search(self, query: str, scope: Scope, k: int = 8, *, today: date) -> list[Hit]:
        """The `k` best passages that `scope` may see on `today`, best first. A blank query finds nothing."""
        return self.search_many([(query, scope)], k, today=today)[0]

    def search_many(self, asked: Sequence[tuple[str, Scope]], k: int = 8, *, today: date) -> list[list[Hit]]:
        """One list of hits per (query, scope); all queries are embedded in one batch."""
        asked = [(query.strip(), scope) for query, scope in asked]
        telling = list(dict.fromkeys(query for query, _ in asked if query))
        if not telling or k < 1:
            return [[] for _ in asked]
        now = revision(self.indexes.database, self.indexes.workspace)
        offers = {scope: self._offer(now, scope, today) for query, scope in asked if query}
        vectors = self._embedded(telling)
        ranked = [self._rank(query, vectors[query], offers[scope], now, k) if query else [] for query, scope in asked]
        found = self._passages(now, {pk for best in ranked for pk, _ in best})
        return [[Hit(found[pk], score) for pk, score in best if pk in found] for best in ranked]

    def _embedded(self, queries: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vector of each query; those of the last ones are kept: a template asks the same of every case."""
        with self._caching:
            known = {query: self._queries[query] for query in queries if query in self._queries}
        new = [query for query in queries if query not in known]
        if new:
            known.update(zip(new, self.indexes.embedder.embed(new), strict=True))
            with self._caching:
                self._queries.update({query: known[query] for query in new})
                while len(self._queries) > QUERIES_KEPT:
                    self._queries.popitem(last=False)
        return known

    def _offer(self, now: int | None, scope: Scope, today: date) -> _Offer:
        with self._caching:
            self._forget_before(now)
            key = (scope, today)
            if key not in self._offers:
                self._offers[key] = self._read_offer(scope, today)
                while len(self._offers) > SCOPES_KEPT:
                    self._offers.popitem(last=False)
            self._offers.move_to_end(key)
            return self._offers[key]

    def _passages(self, now: int | None, pks: set[int]) -> dict[int, Passage]:
        with self._caching:
            self._forget_before(now)
            if len(self._read) > PASSAGES_KEPT:
                self._read.clear()
            missing = pks - self._read.keys()
            if missing:
                self._read.update((p.pk, p) for p in self.indexes.entries.passages(missing))
            return {pk: self._read[pk] for pk in pks if pk in self._read}

    def _forget_before(self, now: int | None) -> None:
        """A new revision of the workspace makes all that was read stale."""
        if now is None or now != self._revision:
            self._offers.clear()
            self._read.clear()
            self._stored.forget_foreign()
            self._revision = now

    def _read_offer(self, scope: Scope, today: date) -> _Offer:
        import numpy as np

        rows = self.indexes.entries.offered_passages(scope, today)
        self.indexes.survey(len(rows))
        pks = np.array([pk for pk, _ in rows], np.int64)
        spoken = {locale: locale.split("-", 1)[0] for locale in {locale for _, locale in rows}}
        languages = sorted(set(spoken.values()))
        place = {locale: languages.index(language) for locale, language in spoken.items()}
        return _Offer(pks, tuple(languages), np.array([place[locale] for _, locale in rows], np.intp))

    @cached_property
    def _stored(self) -> StoredVectors:
        # Room for another scope beside the largest one.
        return StoredVectors(self.indexes.entries, self.indexes.embedder, kept=2 * max(self.exact_limit, POOL))

    @cached_property
    def exact_limit(self) -> int:
        """Scopes of at most so many passages are scored exactly."""
        given = self._exact_limit
        return EXACT_BYTES // (4 * self.indexes.embedder.dimensions) if given is None else given

    def _rank(
        self, query: str, vector: NDArray[np.float32], offer: _Offer, now: int | None, k: int
    ) -> list[tuple[int, float]]:
        import numpy as np

        if not len(offer.pks):
            return []
        coverage, foreign = self._words(query, offer)
        if len(offer.pks) <= self.exact_limit:
            places = np.arange(len(offer.pks))
            cosines = self._stored.cosines(vector, offer.pks)
        else:
            places, cosines = self._candidates(vector, offer, coverage, now, k)
        scores = fuse(cosines, coverage[places], foreign[places])
        if len(scores) > k:
            # All that may be among the best, equals included; sorting the rest would take most of the time.
            near = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
            places, scores = places[near], scores[near]
        best = np.lexsort((places, -scores))[:k]
        return [(int(offer.pks[places[i]]), float(scores[i])) for i in best]

    def _words(self, query: str, offer: _Offer) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Lexical coverage of every offered passage, and which of them are in another language than the query."""
        import numpy as np

        language = detect_language(query)
        script = script_of(query, language)
        kin = [kinship(language, script, tongue) for tongue in offer.languages]
        by_names = np.array([kind is Kinship.OTHER_WORDS for kind in kin])
        foreign = np.array([kind is not Kinship.SAME for kind in kin])
        terms = query_terms(query)
        coverage = np.zeros(len(offer.pks), np.float32)
        for group, wanted in ((~by_names, terms.all), (by_names, terms.names)):
            if not group.any() or not wanted:
                continue
            found = self.indexes.lexical.coverage(wanted, terms.all)
            pks = np.fromiter(found.keys(), np.int64, len(found))
            values = np.fromiter(found.values(), np.float32, len(found))
            places = np.searchsorted(offer.pks, pks).clip(max=len(offer.pks) - 1)
            seen = (offer.pks[places] == pks) & group[offer.tongues[places]]
            coverage[places[seen]] = values[seen]
        return coverage, foreign[offer.tongues]

    def _candidates(
        self, vector: NDArray[np.float32], offer: _Offer, coverage: NDArray[np.float32], now: int | None, k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Places in `offer` of the nearest by meaning and by words, with their cosines."""
        import numpy as np

        pool = max(POOL, 4 * k)
        total = self.indexes.follow(now)
        # Where only a share of the library may be seen, that share of the answer is of use.
        reach = min(total, pool * max(1, round(1.2 * total / len(offer.pks))))
        while True:
            near = self.indexes.nearest(vector, reach)
            pks = np.array([pk for pk, _ in near], np.int64)
            places = np.searchsorted(offer.pks, pks).clip(max=len(offer.pks) - 1)
            seen = offer.pks[places] == pks
            if seen.sum() >= pool or reach >= total:
                break
            reach = min(total, 2 * reach)
        cosines = np.array([cosine for _, cosine in near], np.float32)[seen][:pool]
        places = places[seen][:pool]
        wordy = np.argpartition(-coverage, min(pool, len(coverage) - 1))[:pool]
        wordy = np.setdiff1d(wordy[coverage[wordy] > 0], places)
        others = self._stored.cosines(vector, offer.pks[wordy])
        return np.concatenate([places, wordy]), np.concatenate([cosines, others])
