"""The claim table of a draft: what became of each claim of a text that a template has localized."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from assistant.carried import CarriedClaim, Survival
from assistant.checks.standards import Standards
from assistant.checks.translation import pair_of
from assistant.draft import Draft, Evidence, Paragraph
from assistant.localization.claim_table import claim_table
from knowledge.domain.finding import Span
from knowledge.domain.words import Words
from prompts.section import TemplateSection
from prompts.template import Template

_NOT_TRANSLATED = Words(zh="这一行没有译出", en="this line is not translated")


def claim_table_of(
    draft: Draft, template: Template, standards: Standards, changed: Collection[str] | None = None
) -> tuple[CarriedClaim, ...]:
    """The rows in the order of the source; none where the template translates nothing. With `changed`, only these
    paragraphs are looked at again."""
    sections = {section.id: section for section in template.sections if section.write == "translate"}
    there = [(sections[section.id], p) for section, p in draft.paragraphs() if section.id in sections]
    if not there:
        return ()
    rows: list[CarriedClaim] = []
    for section, paragraph in there:
        if changed is not None and paragraph.id not in changed:
            rows += [row for row in draft.claim_table if row.paragraph == paragraph.id]
        elif not paragraph.gap:
            rows += _of_paragraph(paragraph, draft, section, standards)
    cited = {id_ for _, paragraph in there for id_ in paragraph.citations}
    inputs = {want.input for section, _ in there for want in section.evidence if want.origin == "input"}
    for evidence in draft.evidence:
        if evidence.origin == "input" and evidence.source in inputs and evidence.id not in cited:
            rows += _lost(evidence, there[0][0], standards)
    order = {evidence.id: number for number, evidence in enumerate(draft.evidence)}
    return tuple(sorted(rows, key=lambda row: (order.get(row.evidence, 0), row.span.start)))


def _of_paragraph(
    paragraph: Paragraph, draft: Draft, section: TemplateSection, standards: Standards
) -> Iterator[CarriedClaim]:
    cited = draft.cited(paragraph)
    pair = pair_of(paragraph.text, cited, section, standards.locale, standards.words)
    for row in claim_table(pair, standards.locale.language) if pair else ():
        yield replace(_placed(row, cited), paragraph=paragraph.id)


def _lost(evidence: Evidence, section: TemplateSection, standards: Standards) -> Iterator[CarriedClaim]:
    pair = pair_of("", [evidence], section, standards.locale, standards.words)
    note = _NOT_TRANSLATED.of(standards.locale.language)
    for row in claim_table(pair, standards.locale.language) if pair else ():
        yield replace(row, evidence=evidence.id, survival=Survival.MISSING, said="", said_at=None, note=note)


def _placed(row: CarriedClaim, cited: Collection[Evidence]) -> CarriedClaim:
    """The row with the piece of evidence in which it stands: they were read one after another, a line each."""
    begins = 0
    for evidence in cited:
        if row.span.start < begins + len(evidence.text):
            return replace(row, evidence=evidence.id, span=Span(row.span.start - begins, row.span.end - begins))
        begins += len(evidence.text) + 1
    return row
