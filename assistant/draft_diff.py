"""Two versions of a draft word by word, paragraph by paragraph. Pure; both sides are given back exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from assistant.draft import Draft, Paragraph, Section
from knowledge.version_diff import Change, Piece, diff_words

SAME: Final = "same"
CHANGED: Final = "changed"
ADDED: Final = "added"
REMOVED: Final = "removed"

ALIKE = 0.4
"""Two paragraphs of a section with different ids that share so much are one paragraph, written anew."""


@dataclass(frozen=True, slots=True)
class ParagraphDiff:
    """A paragraph in both versions; None where it is not there. `change` is same, changed, added or removed: a
    paragraph with the same words is changed when its sources are others, or when it is no gap any more."""

    section: str
    old: Paragraph | None
    new: Paragraph | None
    pieces: tuple[Piece, ...]

    @property
    def change(self) -> str:
        if self.old is None or self.new is None:
            return ADDED if self.old is None else REMOVED
        return SAME if _said(self.old) == _said(self.new) else CHANGED

    def to_json(self) -> dict[str, Any]:
        paragraph = self.new or self.old
        assert paragraph is not None
        return {
            "section": self.section,
            "paragraph": paragraph.id,
            "old_paragraph": self.old.id if self.old else None,
            "role": paragraph.role,
            "change": self.change,
            "pieces": [piece.to_json() for piece in self.pieces],
            "old": _state(self.old),
            "new": _state(self.new),
        }


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """A section of either version with its paragraphs, in the order of the newer one; what was removed stands where it
    stood."""

    id: str
    heading: tuple[Piece, ...]
    paragraphs: tuple[ParagraphDiff, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "heading": [piece.to_json() for piece in self.heading],
            "paragraphs": [paragraph.to_json() for paragraph in self.paragraphs],
        }


@dataclass(frozen=True, slots=True)
class DraftDiff:
    """Two versions of a draft. `title` are the pieces of the draft's title."""

    id: str
    old: int
    new: int
    title: tuple[Piece, ...]
    sections: tuple[SectionDiff, ...]

    @property
    def changed(self) -> tuple[ParagraphDiff, ...]:
        """The paragraphs that are not the same, in reading order."""
        return tuple(p for section in self.sections for p in section.paragraphs if p.change != SAME)

    def to_json(self) -> dict[str, Any]:
        return {
            "draft": self.id,
            "old": self.old,
            "new": self.new,
            "changed": len(self.changed),
            "title": [piece.to_json() for piece in self.title],
            "sections": [section.to_json() for section in self.sections],
        }


def draft_diff(old: Draft, new: Draft) -> DraftDiff:
    """What became of each section and paragraph, from `old` to `new`."""
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    order = _merged([s.id for s in old.sections], [s.id for s in new.sections])
    return DraftDiff(
        new.id,
        old.version,
        new.version,
        tuple(diff_words(old.title, new.title)),
        tuple(_section(id_, before.get(id_), after.get(id_)) for id_ in order),
    )


def as_plain(diff: DraftDiff) -> str:
    """The changed paragraphs as text with `[-old-]{+new+}`."""
    lines = []
    for section in diff.sections:
        changed = [p for p in section.paragraphs if p.change != SAME]
        if changed:
            heading = "".join(piece.text for piece in section.heading if piece.change is not Change.REMOVED)
            lines.append(f"{heading or section.id}:")
            lines += [f"  {_plain(paragraph)}" for paragraph in changed]
    return "\n".join(lines)


def _section(id_: str, old: Section | None, new: Section | None) -> SectionDiff:
    heading = diff_words(old.heading if old else "", new.heading if new else "")
    pairs = _pairs(old.paragraphs if old else (), new.paragraphs if new else ())
    return SectionDiff(id_, tuple(heading), tuple(_paragraph(id_, was, now) for was, now in pairs))


def _paragraph(section: str, old: Paragraph | None, new: Paragraph | None) -> ParagraphDiff:
    pieces = diff_words(old.text if old else "", new.text if new else "")
    return ParagraphDiff(section, old, new, tuple(pieces))


def _pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Each paragraph with what it was: by its id, else by its words."""
    was = {paragraph.id: paragraph for paragraph in old}
    partner = {now.id: was.pop(now.id) for now in new if now.id in was}
    for now in new:
        if now.id not in partner and was:
            best = max(was.values(), key=lambda p: _likeness(p.text, now.text))
            if best.role == now.role and _likeness(best.text, now.text) >= ALIKE:
                partner[now.id] = was.pop(best.id)
    of_new = {paired.id: now for now in new if (paired := partner.get(now.id))}
    by_id = {now.id: now for now in new}
    # The new order; what was removed comes behind what stood before it.
    names = _merged([of_new[p.id].id if p.id in of_new else f"-{p.id}" for p in old], list(by_id))
    for name in names:
        now_there = by_id.get(name)
        yield (partner.get(name), now_there) if now_there else (was[name[1:]], None)


def _merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """All names: those of `new` in their order, the others of `old` behind what stood before them."""
    names = list(new)
    at = 0
    for name in old:
        if name in names:
            at = names.index(name) + 1
        else:
            names.insert(at, name)
            at += 1
    return names


def _said(paragraph: Paragraph) -> tuple[str, bool, tuple[str, ...]]:
    return paragraph.text, paragraph.gap, paragraph.citations


def _state(paragraph: Paragraph | None) -> dict[str, Any] | None:
    if paragraph is None:
        return None
    return {"gap": paragraph.gap, "citations": list(paragraph.citations), "by": paragraph.by}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _plain(paragraph: ParagraphDiff) -> str:
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    text = "".join(marks[piece.change].format(piece.text) for piece in paragraph.pieces).replace("\n", " ")
    old, new = paragraph.old, paragraph.new
    if old and new and old.citations != new.citations:
        text += f" [-[{', '.join(old.citations)}]-]{{+[{', '.join(new.citations)}]+}}"
    return text
