"""Sections that a language model writes: from all of the section's evidence, or piece by piece."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant import mend
from assistant.checks.paragraphs import Review, review
from assistant.claims.words import content_words
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.rewriting import fit, is_fitted, rewrite
from assistant.writing.schema import section_schema
from knowledge.domain.errors import BadReply
from knowledge.domain.quantity import find
from knowledge.domain.text import length
from prompts.rendering import fill
from prompts.section import Part, TemplateSection

MOST_FACTS = 8
"""Figures that a section is asked to carry; more than that and a small model drops some anyway."""


class ModelSection:
    """`write: model` — one call with all of the section's evidence."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        evidence = desk.book.select(section)
        if not evidence:
            return [] if section.optional else [desk.gap(section)]
        return _with_prefix(compose(section, desk, evidence), section, desk) or [desk.gap(section)]


class EachSection:
    """`write: each` — one call for each piece of evidence, in reading order; nothing depends on a long context."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        pieces = desk.book.select(section)
        written = [p for piece in pieces for p in compose(section, desk, [piece], repairs=min(desk.repairs, 1))]
        return _without_repeats(written) or [desk.gap(section)]


def compose(
    section: TemplateSection,
    desk: Desk,
    evidence: Sequence[Evidence],
    *,
    instruction: str | None = None,
    heading: str | None = None,
    repairs: int | None = None,
) -> list[Paragraph]:
    """Paragraphs from `evidence`, repaired at most `repairs` times; empty when nothing usable came of it.

    The best version is kept: the one with the fewest errors, then with the fewest warnings.
    """
    if not desk.model.writes and any(part.fields for part in section.parts):
        return []
    if (desk.rewrites or not desk.model.writes) and not section.composed:
        return rewrite(section, desk, evidence, instruction=instruction)
    facts = required_figures(evidence) if section.facts else []
    schema = section_schema(section.parts, [e.id for e in evidence], may_be_empty=not desk.model.writes)
    best: Review | None = None
    previous, complaints = "", list[str]()
    for _ in range((desk.repairs if repairs is None else repairs) + 1):
        try:
            data = desk.ask(
                section, evidence, schema,
                parts=section.parts, instruction=instruction, heading=heading, facts=facts,
                previous=previous, findings=complaints,
            )  # fmt: skip
        except BadReply:
            if best is None:
                raise
            break
        paragraphs = mend.citations(paragraphs_of(data, section.parts, evidence, desk), evidence)
        found = review(paragraphs, evidence, section, desk.standards, facts)
        if best is None:
            desk.unsupported_at_first += found.unsupported
        if best is None or found.badness < best.badness:
            best = found
        if not found.to_repair or not desk.model.writes:
            break
        previous, complaints = json.dumps(data, ensure_ascii=False), found.to_repair
    assert best is not None
    kept, done = mend.put_right(best, evidence, desk.standards)
    desk.mended += done
    return _held_to_length(kept, section, desk, evidence)


def _held_to_length(
    kept: list[Paragraph], section: TemplateSection, desk: Desk, evidence: Sequence[Evidence]
) -> list[Paragraph]:
    """Where a model did not keep the length of a part that must, the program's text; the model's, with its finding,
    when the evidence does not give one."""
    for part in filter(is_fitted, section.parts):
        limits = part.length.of(desk.language)
        mine = [p for p in kept if p.role == part.role]
        if mine and all(limits.least <= length(p.text, desk.locale) <= limits.most for p in mine):
            continue
        made = fit(section, part, desk, evidence, reword=False)
        if not mine or not made[0].gap:
            kept = [*(p for p in kept if p.role != part.role), *made]
    return kept


def required_figures(evidence: Sequence[Evidence]) -> list[str]:
    """The figures of the evidence as they stand there, dates apart, without repeats."""
    texts = [q.text for e in evidence for q in find(e.text) if q.kind != "date"]
    return list(dict.fromkeys(texts))[:MOST_FACTS]


def paragraphs_of(
    data: Mapping[str, Any], parts: Sequence[Part], evidence: Sequence[Evidence], desk: Desk
) -> list[Paragraph]:
    """A model's answer as paragraphs, part by part; what it cites is as it said."""
    said = "\n".join(piece.text for piece in evidence).casefold()
    by = "model" if desk.model.writes else "program"
    return [
        desk.paragraph(text, item["sources"], role=part.role, by=by)
        for part in parts
        for item in data.get(part.role, ())
        if (text := _text(item, part, said, desk))
    ]


def _text(item: Mapping[str, Any], part: Part, said: str, desk: Desk) -> str:
    """The text of a piece; fields are put into the part's form. What a model wrote is never compiled.

    A field with an `unsaid` form must stand in the evidence word for word; a first field that says next to nothing
    makes no piece.
    """
    if not part.fields:
        return " ".join(str(item.get("text", "")).split())
    values = {name: " ".join(str(item.get(name, "")).split()) for name in part.fields}
    for name, words in part.unsaid.items():
        if len(values[name]) < 2 or values[name].casefold() not in said:
            values[name] = words.of(desk.language)
    return fill(part.form.of(desk.language), values) if len(content_words(values[part.fields[0]])) >= 3 else ""


def _with_prefix(paragraphs: list[Paragraph], section: TemplateSection, desk: Desk) -> list[Paragraph]:
    """The first paragraph with the section's prefix (a dateline), which rests on the brief."""
    prefix = fill(section.prefix.of(desk.language), desk.values)
    if not paragraphs or not prefix:
        return paragraphs
    first = paragraphs[0]
    brief = desk.book.brief_evidence(prefix.strip())
    first = replace(first, text=prefix + first.text, citations=(*first.citations, brief.id))
    return [first, *paragraphs[1:]]


def _without_repeats(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Pieces of a transcript overlap in what they tell: the same text stands once."""
    seen: set[str] = set()
    kept = []
    for paragraph in paragraphs:
        key = "".join(ch for ch in paragraph.text.casefold() if ch.isalnum())
        if key not in seen:
            seen.add(key)
            kept.append(paragraph)
    return kept
