"""Sources for what a person wrote: those of the draft's evidence that carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.checks.paragraphs import check_paragraph
from assistant.checks.standards import Standards
from assistant.claims.quantities import holds, quantities
from assistant.claims.words import support, weights
from assistant.draft import Evidence, Paragraph
from knowledge.domain.finding import Finding, Severity
from prompts.section import TemplateSection

CARRIES = 0.5
"""The share of its content words that a source must hold to be cited for a paragraph that cites nothing yet."""


def with_sources(
    paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards, section: TemplateSection | None = None
) -> Paragraph:
    """The paragraph with its citations, and those of `offered` on top that carry claims which the cited ones do not.

    Nothing is added that makes no finding go away.
    """
    if not offered:
        return paragraph
    if not paragraph.citations:
        paragraph = replace(paragraph, citations=_best(paragraph, offered))
    ledger = check_paragraph(paragraph, offered, standards, section)
    cited = set(paragraph.citations)
    further = dict.fromkeys(
        span.id
        for claim in ledger.claims
        if claim.verdict != "supported"
        for span in claim.evidence
        if span.id not in cited
    )
    further |= dict.fromkeys(
        next((e.id for e in offered if claim.text in e.text), "")
        for claim in ledger.claims
        if claim.reason == "elsewhere" and not claim.evidence
    )
    worst = _weight(ledger.findings)
    for source in further:
        if not source or source in paragraph.citations:
            continue
        tried = replace(paragraph, citations=(*paragraph.citations, source))
        found = _weight(check_paragraph(tried, offered, standards, section).findings)
        if found < worst:
            paragraph, worst = tried, found
    return paragraph


def _best(paragraph: Paragraph, offered: Sequence[Evidence]) -> tuple[str, ...]:
    """For a text that cites nothing: the source that carries most of its words, and those that alone have a figure."""
    weight = weights(e.text for e in offered)
    best = max(offered, key=lambda e: support(paragraph.text, [e.text], weight))
    cited = [best] if support(paragraph.text, [best.text], weight) >= CARRIES else []
    for quantity in quantities(paragraph.text):
        if not any(holds(e, quantity) for e in cited):
            holders = [e for e in offered if holds(e, quantity)]
            if len(holders) == 1:
                cited += holders
    return tuple(dict.fromkeys(e.id for e in cited))


def _weight(findings: Sequence[Finding]) -> tuple[int, int]:
    """Errors, then the others."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return errors, len(findings) - errors
