"""Checking a draft again: against what its sources say today, or only where it was changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from assistant.brief import Brief
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.policy import Policy
from assistant.checks.registry import DRAFT_CHECKS, PARAGRAPH_CHECKS
from assistant.checks.standards import Standards
from assistant.claim_survival import claim_table_of
from assistant.draft import Claim, Draft, Evidence
from assistant.drafting import check_draft, standards_of, whole_draft
from assistant.evidence import evidence_of
from knowledge.domain.errors import NotFound
from knowledge.domain.finding import Finding
from knowledge.library import Library
from knowledge.records import EntryVersion, Passage, Scope
from prompts.template import Template


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


def checked_today(draft: Draft, brief: Brief, library: Library, template: Template, policy: Policy) -> Draft:
    """The draft checked against what its sources say today, by today's rulings. Nothing is kept, no model is asked."""
    draft = replace(draft, evidence=refreshed(draft.evidence, library, brief.scope()))
    return check_draft(draft, template, standards_of(brief, library, policy, template))


def with_changed(draft: Draft, changed: Collection[str], template: Template, standards: Standards) -> Draft:
    """The draft with these of its paragraphs checked again, and the checks of the whole; what was found in the others
    stays as it is."""
    declared = {section.id: section for section in template.sections}
    claims: list[Claim] = []
    findings: list[Finding] = []
    for section, paragraph in draft.paragraphs():
        if paragraph.id in changed:
            ledger = check_paragraph(paragraph, draft.evidence, standards, declared.get(section.id))
            claims += ledger.claims
            findings += ledger.findings
        else:
            claims += [claim for claim in draft.claims if claim.paragraph == paragraph.id]
            findings += [f for f in draft.findings if f.paragraph == paragraph.id and not _of_the_whole(f)]
    findings += whole_draft(replace(draft, claims=tuple(claims)), template, standards)
    table = claim_table_of(draft, template, standards, changed)
    return replace(draft, claims=tuple(claims), claim_table=table, findings=tuple(findings))


def _of_the_whole(finding: Finding) -> bool:
    """Whether a check of the whole draft found it. Where one of a paragraph has the same id, that one gives a span."""
    return finding.check in _WHOLE and not (finding.check in _PARAGRAPH and finding.span)


_WHOLE = frozenset(check.id for check in DRAFT_CHECKS)
_PARAGRAPH = frozenset(check.id for check in PARAGRAPH_CHECKS)
