"""A draft's evidence as the library says it today: what a check of an older draft must be made against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.draft import Evidence
from assistant.evidence import evidence_of
from knowledge.domain.errors import NotFound
from knowledge.library import Library
from knowledge.records import EntryVersion, Passage, Scope


def refreshed(evidence: Sequence[Evidence], library: Library, scope: Scope) -> tuple[Evidence, ...]:
    """Each piece with the words of the line of today, numbers kept; what came with the brief stays as it is.

    A piece that `scope` may no longer see, or whose passage is gone, keeps its place without its words.
    """
    gate = library.gate(scope)
    passages: dict[tuple[str, int], list[Passage]] = {}

    def today(piece: Evidence) -> Evidence:
        if piece.entry_id is None or piece.version is None:
            return piece
        entry = _line(library, piece.entry_id, piece.version)
        if entry is None:
            return replace(piece, text="")
        key = (entry.entry_id, entry.version)
        if key not in passages:
            seen = map(gate.pass_through, library.entries.passages_of(*key))
            passages[key] = [passage for passage in seen if passage is not None]
        found = _same_place(piece, passages[key])
        if found is None:
            return replace(piece, text="", title=gate.redact(piece.title, piece.locale), version=entry.version)
        return replace(evidence_of(found), id=piece.id)

    return tuple(today(piece) for piece in evidence)


def _line(library: Library, entry_id: str, used: int) -> EntryVersion | None:
    """The approved version; of an entry that has none, the version that was used."""
    try:
        entry = library.entries.get(entry_id)
        return entry if entry.approved_at and not entry.ended_at else library.entries.get(entry_id, used)
    except NotFound:
        return None


def _same_place(piece: Evidence, passages: Sequence[Passage]) -> Passage | None:
    """The passage at the same place of the entry, else the one most alike."""
    there = [p for p in passages if p.locator == piece.locator] or list(passages)
    return max(there, key=lambda passage: _likeness(passage.text, piece.text), default=None)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio()
