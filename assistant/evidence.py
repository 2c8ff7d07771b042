"""Evidence for a draft: chosen for each section, numbered S1, S2 … once for the whole draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from assistant.brief import Brief
from assistant.claims.quantities import last_day, quantities
from assistant.draft import Evidence
from assistant.given_pieces import (
    GivenPiece,
    given_evidence,
    is_headed,
    is_talk,
    numbered_lines,
    pieces_by_line,
    pieces_by_passage,
    sharing_words,
    telling_results,
)
from assistant.readers import reader_of
from assistant.unfound import why_not
from assistant.voice import KIND as STYLE_RULE
from knowledge.domain.errors import NotFound
from knowledge.domain.words import WordLists, Words
from knowledge.library import Library
from knowledge.reading.orders import Kind, orders_in, without_orders
from knowledge.records import Customer, EntryVersion, Hit, Passage
from prompts.rendering import fill
from prompts.section import Column, TemplateSection, Want
from prompts.template import Template

_REGISTER = Words(zh="客户名册与引用许可", en="Register of customers and permissions")

MOST_COMPARED = 40
"""Pieces of one document that are compared with a query by meaning: about a second. A report may have 600."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that an input names, and its translation in the brief's language when there is one."""

    chosen: EntryVersion
    asked: EntryVersion


class EvidenceBook:
    """All evidence of one draft. `select` chooses for a section; equal passages keep their number."""

    def __init__(self, library: Library, brief: Brief, template: Template, values: Mapping[str, str]) -> None:
        self._library = library
        self._brief = brief
        self._template = template
        self._language = brief.locale.split("-", 1)[0]
        self._items: dict[str, Evidence] = {}
        self._documents: dict[tuple[str, bool], list[GivenPiece]] = {}
        self._entries: dict[str, str] = {}
        self._gate = library.gate(brief.scope())
        self._reader = reader_of(brief, template)
        self.orders: dict[tuple[str, str], None] = {}
        """What was left out of the sources because it gives orders to whoever writes: name of the source, and words."""
        self._values = {name: self._told(name, value) for name, value in values.items()}

    @property
    def values(self) -> Mapping[str, str]:
        """The inputs of the brief without the orders that stand in them."""
        return self._values

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Every piece of evidence so far, by number."""
        return tuple(self._items.values())

    def select(self, section: TemplateSection, wants: Sequence[Want] | None = None) -> list[Evidence]:
        """The evidence of a section (of `wants` instead of its own), best first; empty when nothing says anything
        about it."""
        wanted = section.evidence if wants is None else wants
        for instead in (False, True):
            found = (evidence for w in wanted if w.instead is instead for evidence in self._wanted(w, section))
            chosen = {evidence.id: evidence for evidence in found}
            if chosen:
                return list(chosen.values())
        return []

    def brief_evidence(self, text: str) -> Evidence:
        """What the brief itself says, as a piece of evidence."""
        text = self._gate.redact(text, self._brief.locale)
        return self._keep(
            f"brief:{text}", Evidence("", text, self._brief.locale, title="Brief", source="brief", origin="brief")
        )

    def method_evidence(self, method_id: str) -> Evidence:
        """A way of the trade that the template brings, as a piece of evidence. Raises `KeyError`."""
        method = next(m for m in self._template.method if m.id == method_id)
        given = Evidence(
            "",
            method.text.of(self._language),
            self._brief.locale if self._language == "zh" else "en",
            title=self._template.name.of(self._language),
            source=f"template {self._template.id}",
            locator=method.id,
            kind="method",
            origin="template",
        )
        return self._keep(f"method:{method.id}", given)

    def register_evidence(self, customer: Customer, text: str) -> Evidence:
        """What the register of customers says of one, as a piece of evidence; `text` is already fit for the readers."""
        text = self._gate.redact(text, self._brief.locale)
        given = Evidence(
            "", text, self._brief.locale, title=_REGISTER.of(self._language), source="customers", origin="register"
        )
        return self._keep(f"register:{customer.id}:{text}", given)

    def fields_evidence(self, passage: Passage, text: str) -> Evidence:
        """What the fields of the passage's entry say, as a piece of evidence of that entry."""
        entry = passage.entry
        given = replace(evidence_of(passage), text=text, locator="fields", locale=self._brief.locale)
        return self._keep(f"fields:{entry.entry_id}:{entry.version}:{text}", given)

    def title_evidence(self, evidence: Evidence) -> Evidence:
        """The title of a piece's entry as a piece of evidence of its own: it may have figures that its text has not."""
        key = f"title:{evidence.entry_id}:{evidence.version}:{evidence.title}"
        return self._keep(key, replace(evidence, text=evidence.title, locator="title"))

    def of_column(self, column: Column, query: str, headings: WordLists, entries: tuple[str, ...]) -> list[Passage]:
        """The passages for one cell, not numbered yet: about `query`, of the column's kinds, or of these entries."""
        want = Want(kinds=column.kinds, headings=headings, k=2, least=0.3)
        others = [row.headings for section in self._template.sections for row in section.rows]
        hits = self._library.search(query, self._brief.scope(kinds=column.kinds, entries=entries), k=60)
        kept = {entry.entry_id for entry in self._one_of_each_pair(hit.passage.entry for hit in hits)}
        own = [hit for hit in hits if hit.passage.entry.entry_id in kept]
        return [hit.passage for hit in self._about(own, query, want, others)[: want.k]]

    def entries_of(self, column: Column, query: str) -> list[EntryVersion]:
        """The entries that a column may stand for, one for each pair of translations, most relevant first."""
        hits = self._library.search(query, self._brief.scope(kinds=column.kinds), k=60)
        ranked = list(dict.fromkeys(hit.passage.entry.entry_id for hit in hits))
        entries = {hit.passage.entry.entry_id: hit.passage.entry for hit in hits}
        return self._one_of_each_pair([entries[i] for i in ranked])

    def keep_passage(self, passage: Passage) -> Evidence:
        """The passage as numbered evidence."""
        evidence = evidence_of(passage)
        text = self._without_orders(evidence.title, evidence.text, "document")
        return self._keep(passage.id, replace(evidence, text=text))

    def document(self, name: str, by_line: bool = False) -> list[Evidence]:
        """The document given as input `name`, in reading order: in pieces, or line by line for translation."""
        return [self.keep_piece(piece) for piece in self.pieces(name, by_line)]

    def pieces(self, name: str, by_line: bool = False) -> list[GivenPiece]:
        """The document given as input `name`, cut but not numbered: of a hundred pages few are cited in the end."""
        if (name, by_line) not in self._documents:
            text = self._given(name)
            self._documents[name, by_line] = pieces_by_line(name, text) if by_line else pieces_by_passage(name, text)
        return self._documents[name, by_line]

    def keep_piece(self, piece: GivenPiece) -> Evidence:
        """The piece as numbered evidence."""
        return self._keep(piece.key, piece.evidence) if piece.key else piece.evidence

    def sources(self, section: TemplateSection) -> list[GivenPiece]:
        """All that a section may rest on, for a writer that reads documents whole and cites a few places of them."""
        found: dict[str, GivenPiece] = {}
        for want in section.evidence:
            if want.origin == "input":
                given = self.pieces(str(want.input))
            else:
                given = [GivenPiece(evidence) for evidence in self._wanted(want, section)]
            for piece in given:
                found.setdefault(piece.key or piece.evidence.id, piece)
        return list(found.values())

    def lines(self, name: str) -> list[tuple[int, str]]:
        """The document given as input `name`, line by line with its numbers from 1; empty lines are left out."""
        return numbered_lines(self._given(name))

    def _given(self, name: str) -> str:
        return self._gate.redact(self._values.get(name, ""), self._brief.locale)

    def _told(self, name: str, text: str) -> str:
        """What the input `name` tells: orders to the writer left out. A translation says all that stands there."""
        declared = self._template.input(name) if any(i.name == name for i in self._template.inputs) else None
        if declared is None or declared.type != "document":
            return self._without_orders(name, text, "brief")
        wants = ((section, want) for section in self._template.sections for want in section.evidence)
        if any(section.write == "translate" and want.input == name for section, want in wants):
            return text
        return self._without_orders(name, text, "talk" if is_talk(text) else "document")

    def _without_orders(self, source: str, text: str, kind: Kind) -> str:
        self.orders |= dict.fromkeys((source, span.of(text)) for span in orders_in(text, kind))
        return without_orders(text, kind)

    def excerpt(self, name: str, text: str, locator: str) -> Evidence:
        """Some lines of the document given as input `name`, with their place, as a piece of evidence."""
        return self._keep(f"lines:{name}:{locator}", given_evidence(name, text, locator, text))

    def resolve(self, name: str, kind: str | None) -> Found:
        """The entry that `name` means (its id, else its title). Raises `NotFound` naming what comes nearest."""
        return resolve_entry(self._library, self._brief, name, kind)

    def _wanted(self, want: Want, section: TemplateSection) -> list[Evidence]:
        if want.origin == "brief":
            said = fill(want.query.of(self._language), self._values)
            documents = {declared.name for declared in self._template.inputs if declared.type == "document"}
            given = (f"{k}: {v}" for k, v in self._values.items() if v and k not in documents)
            said = said or "; ".join(given)
            return [self.brief_evidence(said)] if said else []
        if want.origin == "method":
            return [self.method_evidence(m.id) for m in self._template.method if want.method in (None, m.id)]
        query = fill(want.query.of(self._language), self._values)
        if want.origin == "input":
            if section.write == "translate":
                return self.document(str(want.input), by_line=True)
            return self._from_document(want, query)
        entry_name = fill(want.entry, self._values)
        if entry_name:
            entry_id = self._entry_id(entry_name, want)
            scope = self._brief.scope(entries=(entry_id,))
            others = [w.headings for s in self._template.sections if s.id != section.id for w in s.evidence]
            hits = self._about(self._library.search(query, scope, k=60), query, want, others)
        elif want.whole:
            hits = self._of_one_entry(query, want)
        else:
            hits = self._in_language(query, want)
        kept = [self.keep_passage(hit.passage) for hit in self._for_readers(hits, section)[: want.k]]
        return [evidence for evidence in kept if evidence.text.strip()]

    def _for_readers(self, hits: Sequence[Hit], section: TemplateSection) -> list[Hit]:
        """The hits as the brief's readers want them; another language stays behind the brief's own."""
        own = [hit for hit in hits if self._same_language(hit.passage.locale)]
        foreign = [hit for hit in hits if not self._same_language(hit.passage.locale)]
        return [*self._reader.ranked(own, section), *self._reader.ranked(foreign, section)]

    def _entry_id(self, name: str, want: Want) -> str:
        if name not in self._entries:
            kind = want.kinds[0] if len(want.kinds) == 1 else None
            self._entries[name] = self.resolve(name, kind).chosen.entry_id
        return self._entries[name]

    def _in_language(self, query: str, want: Want) -> list[Hit]:
        """Passages in the brief's language; others only to fill up with what that language does not have."""
        count = max(24, want.k * 4)
        own_scope = self._brief.scope(kinds=want.kinds, locale=self._brief.locale)
        own = self._about(self._library.search(query, own_scope, count), query, want, ())
        if len(own) >= want.k:
            return own
        hits = self._library.search(query, self._brief.scope(kinds=want.kinds), count)
        kept = {entry.entry_id for entry in self._one_of_each_pair(hit.passage.entry for hit in hits)}
        foreign = [h for h in hits if h.passage.entry.entry_id in kept and not self._same_language(h.passage.locale)]
        return [*own, *self._about(foreign, query, want, ())]

    def _of_one_entry(self, query: str, want: Want) -> list[Hit]:
        """The passages of the entry that is nearest to the query, by its two best passages, in their order."""
        scores: dict[str, list[float]] = {}
        for hit in self._in_language(query, want.model_copy(update={"headings": WordLists()})):
            scores.setdefault(hit.passage.entry.entry_id, []).append(hit.score)
        if not scores:
            return []
        nearest = max(scores, key=lambda entry_id: scores[entry_id][0] + sum(scores[entry_id][1:2]) / 2)
        hits = self._library.search(query, self._brief.scope(entries=(nearest,)), k=60)
        below = [hit for hit in hits if _below(hit.passage, want.headings)]
        return sorted(below or hits, key=lambda hit: hit.passage.pk)

    def _one_of_each_pair(self, entries: Iterable[EntryVersion]) -> list[EntryVersion]:
        """Of an entry and its translations only the one in the brief's language; another where there is none."""
        groups: dict[str, list[EntryVersion]] = {}
        for entry in entries:
            if self._same_language(entry.locale) or _root(entry) not in self._own_language:
                groups.setdefault(_root(entry), []).append(entry)
        return [next((e for e in group if self._same_language(e.locale)), group[0]) for group in groups.values()]

    @cached_property
    def _own_language(self) -> frozenset[str]:
        """Entries (by the id that translations name) that this brief may use in its own language."""
        offered = self._library.offered(self._brief.scope(locale=self._brief.locale))
        return frozenset(_root(entry) for entry in offered)

    def _about(self, hits: Sequence[Hit], query: str, want: Want, others: Iterable[WordLists]) -> list[Hit]:
        """The hits that say something about the section.

        A passage below one of the section's own headings does. One below a heading of another section does not.
        The rest must be similar enough to the query, which separates a silent source from a speaking one.
        """
        hits = [hit for hit in hits if hit.passage.entry.kind != STYLE_RULE]  # an instruction, no content
        own = [hit for hit in hits if _below(hit.passage, want.headings)]
        if own:
            return sorted(own, key=lambda hit: (hit.passage.entry.entry_id, hit.passage.pk)) if want.entry else own
        foreign = [words for words in others if words.all()]
        free = [hit for hit in hits if not any(_below(hit.passage, words) for words in foreign)]
        if not free or want.least <= 0:
            return free
        similar = self._library.similarities(query, [hit.passage for hit in free])
        return [hit for hit, similarity in zip(free, similar, strict=True) if similarity >= want.least]

    def _from_document(self, want: Want, query: str) -> list[Evidence]:
        pieces = self.pieces(str(want.input))
        if want.place == "results":
            chosen = telling_results(pieces, want.k)
        elif want.place != "any":
            chosen = pieces[: want.k] if want.place == "start" else pieces[-want.k :]
        else:
            chosen = self._near(pieces, query, want)
        return [self.keep_piece(piece) for piece in chosen]

    def _near(self, pieces: Sequence[GivenPiece], query: str, want: Want) -> list[GivenPiece]:
        """The pieces of a document that say most about the query, in its order: those below one of the headings, else
        those similar enough. Of many only those that share the most words with the query are compared by meaning."""
        own = [piece for piece in pieces if is_headed(piece, want.headings)]
        if not query or len(own or pieces) <= (want.k if own else 1):
            return list(own or pieces)[: want.k]
        pieces = sharing_words(own or pieces, query, max(MOST_COMPARED, want.k))
        vectors = self._library.embedder.embed([query, *(piece.evidence.text for piece in pieces)])
        similarities = vectors[1:] @ vectors[0]
        best = [int(i) for i in np.argsort(-similarities, kind="stable")[: want.k]]
        return [pieces[i] for i in sorted(best) if own or similarities[i] >= want.least]

    def _same_language(self, locale: str) -> bool:
        return locale.split("-", 1)[0] == self._language

    def _keep(self, key: str, evidence: Evidence) -> Evidence:
        if key not in self._items:
            title = without_orders(evidence.title) if evidence.origin != "template" else evidence.title
            self._items[key] = replace(evidence, id=f"S{len(self._items) + 1}", title=title.strip())
        return self._items[key]


def evidence_of(passage: Passage) -> Evidence:
    """The passage as evidence that has no number yet."""
    entry = passage.entry
    return Evidence(
        id="",
        text=passage.text,
        locale=passage.locale,
        entry_id=entry.entry_id,
        version=entry.version,
        title=entry.title,
        source=entry.source,
        locator=passage.locator,
        state=str(entry.state),
        review_due=entry.review_due,
        valid_until=entry.valid_until,
        approved_by=entry.approved_by,
        kind=entry.kind,
        as_of=_as_of(entry),
    )


def _as_of(entry: EntryVersion) -> date | None:
    """The day up to which the fields of an entry say that its facts held."""
    said = next((str(value) for name in ("as_of", "date") if (value := entry.fields.get(name))), "")
    dates = [q.date for q in quantities(said) if q.date is not None] if said else []
    return last_day(dates[0]) if dates else None


def resolve_entry(library: Library, brief: Brief, name: str, kind: str | None) -> Found:
    """The entry that `name` means for this brief. Raises `NotFound` naming what comes nearest, or why it is barred."""
    offered = library.offered(brief.scope(kinds=(kind,) if kind else ()))
    asked = next((e for e in offered if e.entry_id == name), None)
    if asked is None:
        folded = name.casefold().strip()
        named = [e for e in offered if folded in e.title.casefold()]
        asked = min(named, key=lambda e: _how_named(e, folded), default=None)
    if asked is None:
        raise NotFound(why_not(library, brief, name, kind, offered))
    language = brief.locale.split("-", 1)[0]
    root = asked.translates or asked.entry_id
    family = [e for e in offered if e.entry_id == root or e.translates == root]
    chosen = next((e for e in family if e.locale.split("-", 1)[0] == language), asked)
    return Found(chosen, asked)


def _how_named(entry: EntryVersion, name: str) -> int:
    """How far the (folded) name is from the entry's: 0 for its title or what its kind's own field calls it (a
    product's `product`), 1 for the beginning of its title, 2 for any other part."""
    title = entry.title.casefold()
    if name in (title, str(entry.fields.get(entry.kind, "")).casefold()):
        return 0
    return 1 if title.startswith(name) else 2


def _root(entry: EntryVersion) -> str:
    """The id that an entry and its translations share."""
    return entry.translates or entry.entry_id


def _below(passage: Passage, words: WordLists) -> bool:
    """True when the nearest heading of a passage has one of the words."""
    if not passage.headings:
        return False
    heading = passage.headings[-1].casefold()
    return any(word.casefold() in heading for word in words.all())
