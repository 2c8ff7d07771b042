"""Whose figure it is: the customer that its sentence names, a competitor, a person, or the company itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.figures.contexts import Context
from assistant.lint.view import LintView, between, line_start
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.lexicon import KnownName, NameKind
from knowledge.records import EntryVersion
from knowledge.spellings import Occurrence, Spellings

OWN = "own"
_CLAUSE = re.compile(r"[，,；;。：:（(]")
_ABOUT_ITSELF = frozenset({"person", "view", "medium", "policy", "contact", "style_rule"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name that is no customer's, where a text has it; `key` is the same for all its spellings."""

    span: Span
    key: str
    kind: str


class Subjects:
    """Tells whose a figure is. Reads the names of each entry once."""

    def __init__(self, view: LintView) -> None:
        self._view = view
        names = [name for name in view.lexicon.names if name.kind in (NameKind.ORGANISATION, NameKind.PRODUCT)]
        customers = {spelling for customer in view.customers.values() for spelling in customer.spellings()}
        names = [name for name in names if name.own or not customers & set(name.spellings)]
        self._keys = {id(name): f"{name.kind}:{number}" for number, name in enumerate(names)}
        self._spellings = Spellings(names)
        rivals = {e for e, versions in view.versions.items() if versions[-1].kind in ("competitor", "medium")}
        self._rivals = {e: name for name in names for e in name.entries & rivals if name.kind is NameKind.ORGANISATION}
        self._rival_names = {id(name) for name in self._rivals.values()}
        self._products = {e: name for name in names for e in name.entries if name.kind is NameKind.PRODUCT}
        self._found: dict[tuple[str, int], list[Named]] = {}

    def names_in(self, entry: EntryVersion) -> list[Span]:
        """Where the text of an entry names anybody or anything that is known by name."""
        named = [found.span for found in self._named(entry)]
        return [*named, *(naming.span for naming in self._view.namings(entry))]

    def of(self, entry: EntryVersion, context: Context) -> tuple[str, str]:
        """Subject and product of a figure; the product only of what is said of the company itself."""
        at, sentence = context.quantity.span.start, context.sentence.span
        customer = self._customer(entry, at, sentence)
        if customer:
            return f"customer:{customer}", ""
        named = [n for n in self._named(entry) if sentence.start <= n.span.start < sentence.end]
        if entry.customer and not any(n.kind == "own" for n in named):
            return f"customer:{entry.customer}", ""
        default = self._default(entry)
        rival = _nearest([n for n in named if n.kind == "rival"], at)
        if default != OWN or rival:
            return (default if default != OWN else rival), ""
        products = [n for n in named if n.kind == "product"]
        beside = [n for n in products if n.span.start < at or not _CLAUSE.search(entry.text[at : n.span.start])]
        return OWN, _nearest(beside, at) or self._product_of(entry)

    def _customer(self, entry: EntryVersion, at: int, sentence: Span) -> str:
        """The customer named before the figure in its sentence, else after it, else before in its paragraph."""
        namings = self._view.namings(entry)
        if not namings:
            return ""
        there = between(namings, sentence.start, sentence.end)
        before = [n for n in there if n.span.start < at]
        if before or there:
            return (before[-1] if before else there[0]).customer
        if entry.customer:
            return ""
        earlier = between(namings, line_start(entry.text, sentence.start), sentence.start)
        return earlier[-1].customer if earlier else ""

    def _default(self, entry: EntryVersion) -> str:
        if entry.kind == "competitor":
            rival = self._rivals.get(entry.entry_id)
            return self._keys[id(rival)] if rival else f"entry:{self._view.group(entry)}"
        named_person = entry.kind == "people" and bool(entry.fields.get("name"))
        return f"entry:{self._view.group(entry)}" if named_person or entry.kind in _ABOUT_ITSELF else OWN

    def _product_of(self, entry: EntryVersion) -> str:
        product = self._products.get(entry.entry_id)
        return self._keys[id(product)] if product else ""

    def _named(self, entry: EntryVersion) -> list[Named]:
        key = (entry.entry_id, entry.version)
        if key not in self._found:
            self._found[key] = [self._made(o) for o in self._spellings.find(fold(entry.text))]
        return self._found[key]

    def _made(self, found: Occurrence) -> Named:
        name: KnownName = found.name
        rival = "rival" if id(name) in self._rival_names else "other"
        kind = "own" if name.own else "product" if name.kind is NameKind.PRODUCT else rival
        return Named(found.span, self._keys[id(name)], kind)


def _nearest(named: Sequence[Named], at: int) -> str:
    """The last one before a position, else the first one after it."""
    before = [n for n in named if n.span.start < at]
    return (before[-1] if before else named[0]).key if named else ""
