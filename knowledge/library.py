"""The library of one workspace: everything it knows, found through one gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge.clearance import Clearance, effective
from knowledge.domain.errors import InputError, NotFound
from knowledge.domain.locale import detect_language
from knowledge.embedding.embedder import Embedder
from knowledge.embedding.masked import MaskedEmbedder
from knowledge.gate import Gate
from knowledge.importing import Importer
from knowledge.index.indexes import Indexes
from knowledge.lexicon import Lexicon
from knowledge.lexicon_builder import build_lexicon
from knowledge.naming.customer_names import CustomerNames
from knowledge.records import Audience, Customer, EntryVersion, Hit, Passage, Scope, State, Use
from knowledge.retrieval import Retrieval
from knowledge.shelving import Shelf
from knowledge.store.customers import Customers
from knowledge.store.database import Database
from knowledge.store.entries import Entries
from knowledge.store.glossary import Glossary
from knowledge.store.judgements import Judgements
from knowledge.store.workspaces import revision

GATES_KEPT = 16
PASSED_KEPT = 4000
OFFERS_KEPT = 8

_Circle = tuple[Audience, str | None, str | None, date]
"""What a gate hangs on besides the customers: audience, market, channel, day."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The customers at one revision of the workspace, the finder of their names, and what passed which gate."""

    revision: int | None
    customers: list[Customer]
    names: CustomerNames
    gates: dict[_Circle, Gate] = field(default_factory=dict)
    passed: dict[tuple[_Circle, int], Passage | None] = field(default_factory=dict)

    def gate(self, scope: Scope, today: date) -> Gate:
        """The gate of a scope; a gate remembers what it has cleaned, so it is made once."""
        circle = _circle(scope, today)
        if circle not in self.gates:
            if len(self.gates) >= GATES_KEPT:
                self.gates.clear()
            self.gates[circle] = Gate(self.customers, scope, today, self.names)
        return self.gates[circle]

    def seen(self, passage: Passage, scope: Scope, today: date) -> Passage | None:
        """The passage as it passes the gate of a scope; each once, since a stored passage never changes."""
        key = (_circle(scope, today), passage.pk)
        if key not in self.passed:
            if len(self.passed) >= PASSED_KEPT:
                self.passed.clear()
            self.passed[key] = self.gate(scope, today).pass_through(passage)
        return self.passed[key]


def _circle(scope: Scope, today: date) -> _Circle:
    return scope.audience, scope.market, scope.channel, today


class Library:
    """Entries, customers, glossary, search. Whatever leaves through `search` and `offered` has passed the gate."""

    def __init__(
        self,
        database: Database,
        workspace: str,
        embedder: Callable[[], Embedder],
        home: Path,
        now: Callable[[], datetime],
        chroma_url: str = "",
        review_days: Mapping[str, int] | None = None,
    ) -> None:
        self.database = database
        self.workspace = workspace
        self.now = now
        self._open_embedder = embedder
        self.home = home
        self._chroma_url = chroma_url
        self.entries = Entries(database, workspace, review_days)
        self.customers = Customers(database, workspace)
        self.glossary = Glossary(database, workspace)
        self._lexicons: dict[tuple[int | None, date, Scope], Lexicon] = {}
        self._offers: dict[tuple[int | None, date, Scope], tuple[EntryVersion, ...]] = {}
        self._read_customers: _Known | None = None

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model. One that is elsewhere reads aliases only, whatever a customer permits."""
        embedder = self._open_embedder()
        return MaskedEmbedder(embedder, self._masked) if embedder.leaves else embedder

    @cached_property
    def indexes(self) -> Indexes:
        return Indexes(self.database, self.workspace, self.embedder, self.home, self._chroma_url)

    @cached_property
    def _retrieval(self) -> Retrieval:
        return Retrieval(self.indexes)

    @property
    def shelf(self) -> Shelf:
        """The way of new entry versions into the library."""
        return Shelf(self.entries, self.indexes, self.embedder, self.now)

    def importer(self) -> Importer:
        """Reads files onto the shelf."""
        return Importer(self.shelf, self.customers)

    def gate(self, scope: Scope) -> Gate:
        """The permission gate for a scope, today."""
        return self._gate(scope, self.now().date())

    def customer_called(self, text: str) -> Customer:
        """The customer whose id or name `text` is. Raises `NotFound`, or `InputError` when several are called so."""
        from knowledge.sheets.known_customers import KnownCustomers

        try:
            found = KnownCustomers(self._known.customers).find(text)
        except ValueError as error:
            raise InputError(str(error)) from None
        if found is None:
            raise NotFound(f"no customer '{text}'; `koujing library customer list` shows all")
        return found

    def clearance(self, customer_id: str, scope: Scope) -> Clearance | None:
        """What may be said of a customer in this scope today; None for an unknown one."""
        known = next((c for c in self._known.customers if c.id == customer_id), None)
        return None if known is None else effective(known, scope, self.now().date())

    def withdraw(self, customer_id: str, use: Use | None, *, by: str, reason: str = "") -> int:
        """Take back the permissions of a customer (all, or those of one use); how many there were.

        From now on nothing that is made for outside the company holds the name: what is kept of the library is read
        anew, and judgements that spoke of the customer are forgotten. Raises `NotFound`.
        """
        count = self.customers.withdraw(customer_id, use, by=by, now=self.now(), reason=reason)
        Judgements(self.database, self.workspace).forget(lambda text: customer_id in self.named_in(text))
        return count

    def named_in(self, text: str) -> set[str]:
        """The ids of the customers whose name stands in `text`, in any spelling."""
        return {naming.customer for naming in self._known.names.find(text)}

    def _masked(self, text: str) -> str:
        known = self._known
        silent = [replace(customer, permissions=()) for customer in known.customers]
        return Gate(silent, Scope(), self.now().date(), known.names).redact(text, detect_language(text) or "en")

    def _gate(self, scope: Scope, today: date) -> Gate:
        return self._known.gate(scope, today)

    @property
    def _known(self) -> _Known:
        """All customers as they are now, read anew when the library has changed: a permission that was taken back
        counts at once, also when another process did it."""
        state = revision(self.database, self.workspace)
        if self._read_customers is None or self._read_customers.revision != state:
            customers = self.customers.all()
            self._read_customers = _Known(state, customers, CustomerNames(customers))
        return self._read_customers

    def lexicon(self, scope: Scope) -> Lexicon:
        """What the library knows by name and may tell this scope, today. Made once for a state of the library."""
        whole = replace(scope, locale=None, kinds=(), entries=())
        today = self.now().date()
        state = (revision(self.database, self.workspace), today, whole)
        if state not in self._lexicons:
            gate = self._gate(whole, today)
            offered = self.entries.offered(whole, today)
            entries = [entry for entry in offered if gate.admits(entry)]
            silent = [entry for entry in offered if not gate.admits(entry)]
            customers, terms, held = self._known.customers, self.glossary.all(), self._certificates(whole, today)
            lexicon = build_lexicon(entries, customers, terms, gate, today, silent, held)
            self._lexicons = {**(self._lexicons if len(self._lexicons) < 16 else {}), state: lexicon}
        return self._lexicons[state]

    def _certificates(self, scope: Scope, today: date) -> list[EntryVersion]:
        """The certificate entries that the readers of `scope` may know, those that ran out, were retired or hold for
        other markets among them."""
        states = (State.APPROVED, State.EXPIRED, State.RETIRED, *scope.states)
        return self.entries.offered(replace(scope, market=None, kinds=("certificate",), states=states), today)

    def search(self, query: str, scope: Scope, k: int = 8) -> list[Hit]:
        """The best `k` passages that `scope` may see, aliases in place. An empty query finds nothing."""
        return self.search_many([query], scope, k)[0]

    def search_many(self, queries: Sequence[str], scope: Scope, k: int = 8) -> list[list[Hit]]:
        """What `search` finds for each query; all are embedded in one batch, each passage passes the gate once."""
        if not any(query.strip() for query in queries):
            return [[] for _ in queries]
        asked = [(query, scope) for query in queries]
        found = self._retrieval.search_many(asked, k=k + 8, today=self.now().date())
        known, today = self._known, self.now().date()

        def seen(hits: Sequence[Hit]) -> Iterator[Hit]:
            for hit in hits:
                passage = known.seen(hit.passage, scope, today)
                if passage is not None:
                    yield Hit(passage, hit.score)

        return [list(islice(seen(hits), k)) for hits in found]

    def offered(self, scope: Scope) -> list[EntryVersion]:
        """The entries that `scope` may draw on. Customers without any permission for it are left out."""
        today = self.now().date()
        key = (revision(self.database, self.workspace), today, scope)
        if key not in self._offers:
            gate = self._gate(scope, today)
            found = tuple(entry for entry in self.entries.offered(scope, today) if gate.admits(entry))
            self._offers = {**(self._offers if len(self._offers) < OFFERS_KEPT else {}), key: found}
        return list(self._offers[key])

    def similarities(self, query: str, passages: Sequence[Passage]) -> list[float]:
        """Cosine of `query` to the stored embedding of each passage."""
        vector = self._query_vector(query)
        blobs = {pk: blob for pk, blob, _ in self.entries.embeddings([p.pk for p in passages])}
        return [float(np.frombuffer(blobs[p.pk], dtype="<f4") @ vector) for p in passages]

    def has_states(self, *states: State) -> int:
        """How many entries have a newest version in one of these states."""
        return sum(entry.state in states for entry in self.entries.latest())

    def close(self) -> None:
        """Release the index and the database."""
        if "indexes" in self.__dict__:
            self.indexes.close()
        self.database.close()

    def _query_vector(self, query: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        vector: np.ndarray[tuple[int], np.dtype[np.float32]] = self.embedder.embed([query])[0]
        return vector
