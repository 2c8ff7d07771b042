"""Whether what a model proposes is an idea: of the length asked for, its own, and claiming nothing of the company.

A small model asked for an idea copies a source, says the same thing in every section, or tells what a product could
also do. None of that may stand in a draft as a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.checks.paragraphs import check_paragraph
from assistant.checks.runs import pieces_of
from assistant.claims.examiner import CONTRADICTED, UNSUPPORTED
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from knowledge.domain.folding import fold
from knowledge.domain.text import length
from knowledge.lexicon import NameKind
from prompts.section import Part

OVER = 1.15
"""An idea may be this much longer than its part allows: the length is a wish, but twice of it is no idea."""
COPIED_LETTERS, COPIED_WORDS = 20, 12
"""A run of this many letters (zh, ja) or words in common with a source is copied, not thought of."""
REPEATED_LETTERS, REPEATED_WORDS = 12, 8
"""The same for what stands in the draft already."""

_VOICE = "style_rule"


def is_idea(
    paragraph: Paragraph, part: Part, desk: Desk, evidence: Sequence[Evidence], kept: Sequence[Paragraph]
) -> bool:
    """True when a proposal may stand: it fits, is no copy and no repetition, is in the company's voice, and where it
    names a product or a company it says nothing that the evidence does not carry."""
    limits = part.length.of(desk.language)
    if not limits.least * 0.5 <= length(paragraph.text, desk.locale) <= limits.most * OVER:
        return False
    by_letter = desk.locale.counts_characters
    if _shares(paragraph.text, [e.text for e in evidence], COPIED_LETTERS if by_letter else COPIED_WORDS, desk):
        return False
    before = [p.text for section in desk.written.values() for p in section.paragraphs] + [p.text for p in kept]
    if _shares(paragraph.text, before, REPEATED_LETTERS if by_letter else REPEATED_WORDS, desk):
        return False
    found = check_paragraph(paragraph, evidence, desk.standards)
    if any(finding.check == _VOICE for finding in found.findings):
        return False
    told = any(claim.kind == "statement" and claim.verdict in (UNSUPPORTED, CONTRADICTED) for claim in found.claims)
    return not (told and _names_somebody(paragraph.text, desk))


def _shares(text: str, others: Sequence[str], size: int, desk: Desk) -> bool:
    known = {window for other in others for window in pieces_of(other, desk.locale).windows(size)}
    return any(window in known for window in pieces_of(text, desk.locale).windows(size))


def _names_somebody(text: str, desk: Desk) -> bool:
    found = desk.standards.lexicon.spellings.find(fold(text))
    return any(occurrence.name.kind in (NameKind.PRODUCT, NameKind.ORGANISATION) for occurrence in found)
