"""`write: outline` — what a given document says, point by point, with the place of each point.

By program: the document's own headings, or stretches of about equal size where it has none; for each the sentences
that say most, a fixed number over the whole document however long it is. A model may put each into other words; what
does not come back faithful stands as the document has it. Points are numbered 1., 1.1., 1.1.1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.draft import Paragraph
from assistant.given_pieces import GivenPiece
from assistant.writing.context import Desk
from assistant.writing.documents.central import Sentence, alone, best_of, sentences_of, shares, stretches
from assistant.writing.documents.document_tree import STRETCHES, Branch, at_most, tree
from assistant.writing.rewriting import reworded
from assistant.writing.selection import Unit
from knowledge.domain.text import length
from prompts.section import Part, TemplateSection

POINT, TEXT = "point", "text"
"""Roles of a part: numbered points; one running text. Any other role: unnumbered points."""


class OutlineSection:
    """A part of role `point` gets the numbered outline of the whole document, or, where the section searches by query
    or headings, numbered points of what was found; `text` one running text; any other role single sentences."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        searching = any(want.query.zh or want.headings.all() for want in section.evidence)
        pieces = _found(section, desk) if searching else _unclaimed(section, desk)
        written: list[Paragraph] = []
        for part in section.parts:
            made = _part(section, part, pieces, desk, searching=searching)
            if len(made) < part.count.least:
                return [] if section.optional else [desk.gap(section)]
            written += made
        return written


def _part(
    section: TemplateSection, part: Part, pieces: Sequence[GivenPiece], desk: Desk, *, searching: bool
) -> list[Paragraph]:
    if part.role == TEXT:
        return _running(section, part, pieces, desk)
    free = _free(section, part, pieces, desk)
    if part.role == POINT and not searching:
        return _numbered(section, part, tree(pieces, desk), free, desk)
    chosen = best_of(free if searching else alone(free), part.count.most)
    if len(chosen) < part.count.least:
        return []
    numbers = [f"{n}. " if part.role == POINT else "" for n in range(1, len(chosen) + 1)]
    return [
        made for number, s in zip(numbers, chosen, strict=True) if (made := _point(section, part, number, "", s, desk))
    ]


def _numbered(
    section: TemplateSection, part: Part, chapters: Sequence[Branch], free: Sequence[Sentence], desk: Desk
) -> list[Paragraph]:
    """A line for each chapter and the points below it, as many by their size as the part has room for."""
    by_piece: dict[int, list[Sentence]] = {}
    for sentence in free:
        by_piece.setdefault(id(sentence.piece), []).append(sentence)

    def of(branch: Branch) -> list[Sentence]:
        return [s for piece in branch.pieces for s in by_piece.get(id(piece), ())]

    chapters = at_most([chapter for chapter in chapters if of(chapter)], max(part.count.most // 2, 1))
    given = shares([chapter.size for chapter in chapters], max(part.count.most - len(chapters), 1))
    written: list[Paragraph] = []
    number = 0
    for chapter, count in zip(chapters, given, strict=True):
        below = list(_points(section, part, chapter, of, count, str(number + 1), desk))
        if below:
            number += 1
            first = desk.book.keep_piece(_heading_piece(chapter))
            head = f"{number}. {chapter.heading}"
            written += [desk.paragraph(head, [first.id, *_cited(chapter, below)], role=part.role, by="program"), *below]
    return written


def _points(
    section: TemplateSection,
    part: Part,
    chapter: Branch,
    of: Callable[[Branch], list[Sentence]],
    count: int,
    above: str,
    desk: Desk,
) -> Iterator[Paragraph]:
    sections = [s for s in chapter.sections if of(s)]
    if len(sections) < 2 and not any(s.heading for s in sections):
        chosen = best_of(of(chapter), count)
        numbers = iter(range(1, count + 1))
        for sentence in chosen:
            made = _point(section, part, f"{above}.{next(numbers)}. ", "", sentence, desk)
            if made:
                yield made
        return
    sections = at_most(sections, count)
    for n, (below, share) in enumerate(zip(sections, shares([s.size for s in sections], count), strict=True), start=1):
        for m, sentence in enumerate(best_of(of(below), share)):
            place = f"{above}.{n}.{m}. " if m else f"{above}.{n}. "
            made = _point(section, part, place, "" if m else below.heading, sentence, desk)
            if made:
                yield made


def _point(
    section: TemplateSection, part: Part, number: str, heading: str, sentence: Sentence, desk: Desk
) -> Paragraph | None:
    """The point in other words where a model gives them faithfully; None where the draft's language lacks it."""
    evidence = desk.book.keep_piece(sentence.piece)
    desk.used.add(desk.version(section) + sentence.unit.key)
    said = _said(section, desk, replace(sentence.unit, evidence=evidence))
    if not said:
        return None
    lead = f"{heading}{'：' if desk.language == 'zh' else ': '}" if heading else ""
    by = "program" if said[:-1] == joined(sentence.unit.sentences, desk)[:-1] else "model"
    return desk.paragraph(f"{number}{lead}{said}", [evidence.id], role=part.role, by=by)


def _running(section: TemplateSection, part: Part, pieces: Sequence[GivenPiece], desk: Desk) -> list[Paragraph]:
    """One text of the sentences that say most, spread over the whole, as long as the part allows."""
    limits = part.length.of(desk.language)
    free = alone(_free(section, part, pieces, desk))
    runs = stretches(pieces, STRETCHES)
    chosen: list[Sentence] = []
    room = limits.most
    for run in runs:
        mine = {id(piece) for piece in run}
        for sentence in best_of([s for s in free if id(s.piece) in mine], 1):
            size = length(sentence.unit.text, desk.locale)
            if size <= room:
                room -= size
                chosen.append(sentence)
    said, ids = list[str](), list[str]()
    for sentence in sorted(chosen, key=lambda s: s.order):
        evidence = desk.book.keep_piece(sentence.piece)
        text = _said(section, desk, replace(sentence.unit, evidence=evidence))
        if text:
            desk.used.add(desk.version(section) + sentence.unit.key)
            said.append(text)
            ids.append(evidence.id)
    if not said:
        return []
    by = "model" if desk.model.writes else "program"
    return [desk.paragraph(joined(said, desk), ids, role=part.role, by=by)]


def _free(section: TemplateSection, part: Part, pieces: Sequence[GivenPiece], desk: Desk) -> list[Sentence]:
    """The sentences that the part may have and that do not stand in the draft already."""
    version, limits = desk.version(section), part.length.of(desk.language)
    found = sentences_of(pieces, desk.locale, limits, figures=section.facts)
    return [sentence for sentence in found if version + sentence.unit.key not in desk.used]


def _unclaimed(section: TemplateSection, desk: Desk) -> list[GivenPiece]:
    """The document without the chapters that other sections look for by their headings."""
    pieces = desk.book.sources(section)
    inputs = {want.input for want in section.evidence}
    words = {
        word.casefold()
        for other in desk.template.sections
        for want in other.evidence
        if want.input in inputs and other.write == "outline"
        for word in want.headings.all()
    }
    free = [p for p in pieces if not any(word in heading.casefold() for heading in p.headings[:1] for word in words)]
    return free or pieces


def _found(section: TemplateSection, desk: Desk) -> list[GivenPiece]:
    return [GivenPiece(evidence) for evidence in desk.book.select(section)]


def _heading_piece(chapter: Branch) -> GivenPiece:
    """The piece that has the chapter's heading: its first one."""
    return chapter.pieces[0]


def _cited(chapter: Branch, below: Sequence[Paragraph]) -> list[str]:
    """What a chapter named by its topic rests on, besides its first piece."""
    return [] if chapter.pieces[0].headings else [c for paragraph in below for c in paragraph.citations]


def _said(section: TemplateSection, desk: Desk, unit: Unit) -> str:
    said = joined([said for sentence in unit.sentences if (said := reworded(section, desk, unit, sentence))], desk)
    if said.endswith(("；", ";")):  # the sentence went on where it stands
        return said[:-1] + ("。" if said.endswith("；") else ".")
    return said


def joined(said: Sequence[str], desk: Desk) -> str:
    """Sentences as one text, as the draft's language sets them."""
    return ("" if desk.locale.counts_characters else " ").join(said)
