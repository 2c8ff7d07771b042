"""`write: answers` — questions with what the evidence says to them, as it stands; a question that nothing answers asks.

For what nobody should reword: questions and answers for the press, the points of a preparation. No model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from assistant.claims.quantities import quantities
from assistant.claims.words import plain_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.facts import NEEDS_PREVIOUS, OPENING
from assistant.writing.selection import Unit, units
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from knowledge.domain.words import WordLists, Words
from prompts.rendering import fill
from prompts.section import Row, TemplateSection, Want

_FORM = Words(zh="{{ question }}——{{ answer }}", en="{{ question }} – {{ answer }}")
"""A line where the part has no form of its own."""
_SENTENCES, _LONGEST = 2, 200
"""Of an answer, where the section does not say: sentences, and characters or words."""
_SAYS = 0.3
"""Cosine to the question, with `_WORD` for each of its words, from which a sentence below no heading answers it.
The embeddings of short sentences alone are no ground: at least one word of the query must be there."""
_WORD = 0.15
_LATER = 0.15
"""What a sentence is worth less for each entry that was found before its own."""
_LEANS = re.compile(r"(?:[A-Z][\w’']*,?\s)(?:[\w’']+,?\s){0,2}(?:he|she|they|it)\b")
"""An opening whose subject stands in the sentence before."""


class AnswersSection:
    """One line for each of the `rows`: its name as the question, and the sentences of the evidence that say most about
    its query, each once in a draft; what the brief's own document says may be said again. The wants are asked in their
    order until one has an answer; their own query is searched with the row's. A row that nothing answers is a gap of
    its own, with the section's `gap` as answer.

    The first part says how many sentences an answer may have (`count.most`) and how long it is; its form may name the
    fields `question`, `answer`, `title` (of the entry that the answer begins with) and `about` (the same, up to its
    colon).
    """

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        said = set[str]()
        return [self._line(row, section, desk, said) for row in section.rows]

    def _line(self, row: Row, section: TemplateSection, desk: Desk, said: set[str]) -> Paragraph:
        part = section.parts[0] if section.parts else None
        count, most = (part.count.most, part.length.of(desk.language).most) if part else (_SENTENCES, _LONGEST)
        asked = [(want, desk.book.select(section, [_for_row(want, row)])) for want in section.evidence]
        given = [(want, [piece for piece in evidence if piece.origin == "input"]) for want, evidence in asked]
        chosen = list[Unit]()
        for used, offered in ((desk.used | said, asked), (said, given)):
            for want, evidence in offered:
                chosen = chosen or _answer(evidence, row, want, (count, most), used, desk)
        question, role = desk.words(row.name), part.role if part else "answer"
        form = part.form.of(desk.language) if part and part.fields else _FORM.of(desk.language)
        if not chosen:
            gap = f"{question}{'：' if desk.language == 'zh' else ': '}{desk.words(section.gap)}"
            return desk.paragraph(gap, gap=True, by="program", role=role)
        said |= {unit.key for unit in chosen}
        desk.used |= said
        joint = "" if desk.locale.counts_characters else " "
        first = chosen[0].evidence
        values = {
            "question": question,
            "answer": joint.join(s for unit in chosen for s in unit.sentences),
            "title": first.title,
            "about": first.title.replace("：", ":").split(":", 1)[0].strip(),
        }
        cited = [unit.evidence.id for unit in chosen]
        if part and any(quantities(values[name]) for name in part.fields if name in ("title", "about")):
            cited.append(desk.book.title_evidence(first).id)
        return desk.paragraph(fill(form, values), cited, role=role, by="program")


def _for_row(want: Want, row: Row) -> Want:
    """The want with the row's query and headings added to its own."""
    query = Words(zh=f"{want.query.zh} {row.query.zh}".strip(), en=f"{want.query.en} {row.query.en}".strip())
    return want.model_copy(update={"query": query, "headings": row.headings if row.headings.all() else want.headings})


def _answer(
    evidence: Sequence[Evidence], row: Row, want: Want, limits: tuple[int, int], used: Set[str], desk: Desk
) -> list[Unit]:
    """Units that say something to the question and are not `used`, in reading order: so many and together so long at
    most.

    Below one of the row's headings a word of the query is enough, and without a `least` of the want none is needed;
    anywhere else a sentence must say more. Entries found first come first.
    """
    count, most = limits
    headed = [part for piece in evidence if (part := _below(piece, row.headings))]
    found = units(headed or evidence)
    entries = list(dict.fromkeys(piece.entry_id for piece in evidence))
    openings = {unit.evidence.id: unit.key for unit in reversed(found)}
    free = [unit for unit in found if unit.key not in used and _stands_alone(unit, desk)]
    if not free:
        return []
    question, query = desk.words(row.name), desk.words(row.query)
    vectors = desk.library.embedder.embed([f"{question} {query}", *(unit.text for unit in free)])
    words = plain_words(query)
    shared = {unit.key: len(words & plain_words(unit.text)) for unit in free}
    worth = {
        unit.key: float(cosine) + _WORD * shared[unit.key]
        for unit, cosine in zip(free, vectors[1:] @ vectors[0], strict=True)
    }
    said = (
        free if headed and want.least <= 0 else [u for u in free if shared[u.key] and (headed or worth[u.key] >= _SAYS)]
    )

    def order(unit: Unit) -> tuple[float, int]:
        opens = openings[unit.evidence.id] == unit.key
        return _LATER * entries.index(unit.evidence.entry_id) - OPENING * opens - worth[unit.key], unit.order

    chosen: list[Unit] = []
    for unit in sorted(said, key=order):
        if len(chosen) < count and sum(length(u.text, desk.locale) for u in [*chosen, unit]) <= most:
            chosen.append(unit)
    return sorted(chosen, key=lambda u: u.order)


def _stands_alone(unit: Unit, desk: Desk) -> bool:
    """True for whole sentences of the draft's language that need none before them."""
    whole = unit.text[-1:] not in "；;" and not NEEDS_PREVIOUS.match(unit.text) and not _LEANS.match(unit.text)
    return whole and detect_language(unit.text) in (None, desk.language)


def _below(piece: Evidence, headings: WordLists) -> Evidence | None:
    """What of a piece stands below one of the headings: they are told in the place of a library's passage, and stand in
    the text of a document that came with the brief."""
    if _has(piece.locator, headings):
        return piece
    kept: list[str] = []
    inside = False
    for line in piece.text.splitlines():
        if line.startswith("#"):
            inside = _has(line, headings)
        elif inside:
            kept.append(line)
    return replace(piece, text="\n".join(kept)) if kept else None


def _has(text: str, words: WordLists) -> bool:
    return any(word.casefold() in text.casefold() for word in words.all())
