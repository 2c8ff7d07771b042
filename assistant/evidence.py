"""Evidence for a draft: chosen for each section, numbered S1, S2 … once for the whole draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.brief import Brief
from assistant.draft import Evidence
from assistant.unfound import why_not
from knowledge.domain.errors import NotFound
from knowledge.domain.locale import detect_language
from knowledge.domain.words import WordLists
from knowledge.library import Library
from knowledge.reading.document import Block, Document
from knowledge.reading.passages import split
from knowledge.records import EntryVersion, Hit, Passage
from prompts.rendering import fill
from prompts.template import Column, Template, TemplateSection, Want

INPUT_TOKENS = 420
"""Tokens of one piece of a document that comes with the brief: small enough for a small model to read well."""


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
        self._values = values
        self._language = brief.locale.split("-", 1)[0]
        self._items: dict[str, Evidence] = {}
        self._documents: dict[str, list[Evidence]] = {}
        self._entries: dict[str, str] = {}
        self._gate = library.gate(brief.scope())

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Every piece of evidence so far, by number."""
        return tuple(self._items.values())

    def select(self, section: TemplateSection) -> list[Evidence]:
        """The evidence of a section, best first; empty when nothing says anything about it."""
        chosen: dict[str, Evidence] = {}
        for want in section.evidence:
            for evidence in self._wanted(want, section):
                chosen.setdefault(evidence.id, evidence)
        return list(chosen.values())

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

    def of_column(self, column: Column, query: str, headings: WordLists, entry_id: str | None) -> list[Evidence]:
        """The evidence of one cell: about `query`, within the column's kinds, or within one entry."""
        want = Want(kinds=column.kinds, headings=headings, k=2, least=0.3)
        scope = self._brief.scope(kinds=column.kinds, entries=(entry_id,) if entry_id else ())
        others = [row.headings for section in self._template.sections for row in section.rows]
        hits = self._about(self._library.search(query, scope, k=60), query, want, others)
        return [self.keep_passage(hit.passage) for hit in hits[: want.k]]

    def entries_of(self, column: Column, query: str) -> list[EntryVersion]:
        """The entries that become the columns of a table, one for each pair of translations, most relevant first."""
        hits = self._library.search(query, self._brief.scope(kinds=column.kinds), k=60)
        ranked = list(dict.fromkeys(hit.passage.entry.entry_id for hit in hits))
        entries = {hit.passage.entry.entry_id: hit.passage.entry for hit in hits}
        kept = self._one_of_each_pair([entries[i] for i in ranked])
        return kept[: column.most]

    def keep_passage(self, passage: Passage) -> Evidence:
        """The passage as numbered evidence."""
        return self._keep(passage.id, evidence_of(passage))

    def document(self, name: str, by_line: bool = False) -> list[Evidence]:
        """The document given as input `name`, in reading order: in pieces, or line by line for translation."""
        if name not in self._documents:
            text = self._gate.redact(self._values.get(name, ""), self._brief.locale)
            pieces = _lines(name, text) if by_line else _pieces(name, text)
            self._documents[name] = [self._keep(f"input:{name}:{n}", e) for n, e in enumerate(pieces)]
        return self._documents[name]

    def resolve(self, name: str, kind: str | None) -> Found:
        """The entry that `name` means (its id, else its title). Raises `NotFound` naming what comes nearest."""
        return resolve_entry(self._library, self._brief, name, kind)

    def _wanted(self, want: Want, section: TemplateSection) -> list[Evidence]:
        if want.origin == "brief":
            return [self.brief_evidence("; ".join(f"{k}: {v}" for k, v in self._values.items() if v))]
        if want.origin == "method":
            return [self.method_evidence(m.id) for m in self._template.method if want.method in (None, m.id)]
        query = fill(want.query.of(self._language), self._values)
        if want.origin == "input":
            if section.write in ("translate", "speakers"):
                return self.document(str(want.input), by_line=section.write == "translate")
            return self._from_document(want, query)
        entry_name = fill(want.entry, self._values)
        if entry_name:
            entry_id = self._entry_id(entry_name, want)
            scope = self._brief.scope(entries=(entry_id,))
            others = [w.headings for s in self._template.sections if s.id != section.id for w in s.evidence]
            hits = self._about(self._library.search(query, scope, k=60), query, want, others)
        else:
            hits = self._in_language(query, want)
        return [self.keep_passage(hit.passage) for hit in hits[: want.k]]

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
        pieces = self.document(str(want.input))
        if want.place != "any":
            return pieces[: want.k] if want.place == "start" else pieces[-want.k :]
        if not query or len(pieces) <= 1:
            return pieces[: want.k]
        vectors = self._library.embedder.embed([query, *(piece.text for piece in pieces)])
        similarities = vectors[1:] @ vectors[0]
        best = [int(i) for i in np.argsort(-similarities, kind="stable")[: want.k]]
        return [pieces[i] for i in sorted(best) if similarities[i] >= want.least]

    def _same_language(self, locale: str) -> bool:
        return locale.split("-", 1)[0] == self._language

    def _keep(self, key: str, evidence: Evidence) -> Evidence:
        if key not in self._items:
            self._items[key] = replace(evidence, id=f"S{len(self._items) + 1}")
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
    )


def resolve_entry(library: Library, brief: Brief, name: str, kind: str | None) -> Found:
    """The entry that `name` means for this brief. Raises `NotFound` naming what comes nearest, or why it is barred."""
    offered = library.offered(brief.scope(kinds=(kind,) if kind else ()))
    asked = next((e for e in offered if e.entry_id == name), None)
    if asked is None:
        folded = name.casefold().strip()
        named = [e for e in offered if folded == e.title.casefold() or folded in e.title.casefold()]
        asked = named[0] if named else None
    if asked is None:
        raise NotFound(why_not(library, brief, name, kind, offered))
    language = brief.locale.split("-", 1)[0]
    root = asked.translates or asked.entry_id
    family = [e for e in offered if e.entry_id == root or e.translates == root]
    chosen = next((e for e in family if e.locale.split("-", 1)[0] == language), asked)
    return Found(chosen, asked)


def _root(entry: EntryVersion) -> str:
    """The id that an entry and its translations share."""
    return entry.translates or entry.entry_id


def _below(passage: Passage, words: WordLists) -> bool:
    """True when the nearest heading of a passage has one of the words."""
    if not passage.headings:
        return False
    heading = passage.headings[-1].casefold()
    return any(word.casefold() in heading for word in words.all())


def _pieces(name: str, text: str) -> list[Evidence]:
    """A given text cut into pieces of whole lines, with their place as locator."""
    blocks = tuple(Block(line, place=f"line {number}") for number, line in _numbered(text))
    document = Document(format="text", title=name, meta={}, blocks=blocks, content_hash="")
    return pieces_of(document, name, max_tokens=INPUT_TOKENS)


def pieces_of(document: Document, name: str, max_tokens: int | None = None) -> list[Evidence]:
    """A document that is not in the library as evidence, passage by passage; not numbered yet."""
    whole = "\n".join(block.text for block in document.blocks)
    pieces = split(document, max_tokens=max_tokens) if max_tokens else split(document)
    return [_given(name, piece.text, piece.locator, whole) for piece in pieces]


def _lines(name: str, text: str) -> list[Evidence]:
    return [_given(name, line, f"line {number}", text) for number, line in _numbered(text)]


def _numbered(text: str) -> list[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _given(name: str, text: str, locator: str, whole: str) -> Evidence:
    locale = detect_language(whole) or "und"
    return Evidence("", text, locale, title=name, source=name, locator=locator, origin="input")
