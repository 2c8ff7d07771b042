"""`write: facts` — what is approved, as it stands: the sentences of the evidence that say most about the section.

For lists that nobody should reword: proof, figures to show, material to bring along. No model is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.selection import Unit, best, units
from knowledge.domain.locale import detect_language
from knowledge.domain.text import length
from prompts.rendering import fill
from prompts.template import Part, TemplateSection


class FactsSection:
    """Whole sentences of the evidence, those about the query first, each once in a draft. A part's form may name the
    fields `fact` and `title` (of the entry)."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        evidence = desk.book.select(section)
        written = [p for part in section.parts for p in facts_of(section, part, evidence, desk)]
        return written or ([] if section.optional else [desk.gap(section)])


def facts_of(
    section: TemplateSection, part: Part, evidence: Sequence[Evidence], desk: Desk, query: str = ""
) -> list[Paragraph]:
    """At most the part's count of facts, in reading order; empty when there are fewer than it needs."""
    limits = part.length.of(desk.language)
    free = [
        unit
        for unit in units(evidence)
        if unit.key not in desk.used
        and detect_language(unit.text) in (None, desk.language)
        and length(unit.text, desk.locale) <= limits.most
    ]
    asked = query or " ".join(desk.words(want.query) for want in section.evidence)
    chosen = best(free, asked, part.count.most, figures=section.facts)
    if len(chosen) < part.count.least:
        return []
    desk.used |= {unit.key for unit in chosen}
    return [_paragraph(unit, part, desk) for unit in chosen]


def _paragraph(unit: Unit, part: Part, desk: Desk) -> Paragraph:
    joint = "" if desk.locale.counts_characters else " "
    said = joint.join(unit.sentences)
    if part.fields:
        values = {"fact": said, "title": unit.evidence.title}
        said = fill(part.form.of(desk.language), {name: values.get(name, "") for name in part.fields})
    return desk.paragraph(said, [unit.evidence.id], role=part.role, by="program")
