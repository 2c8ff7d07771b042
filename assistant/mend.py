"""What a program can put right without guessing: a citation, a qualifier, an alias; and what it cuts instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.checks.paragraphs import Review, check_paragraph
from assistant.checks.standards import Standards
from assistant.claims.figures import holds
from assistant.claims.ledger import claims_of
from assistant.claims.quantities import quantities
from assistant.claims.words import support, weights
from assistant.draft import Claim, Evidence, Paragraph
from knowledge.domain.finding import Severity, Span
from knowledge.domain.text import sentences

CLEARLY = 1.25
"""A source must carry a paragraph this much better than the cited ones to take their place."""


def citations(paragraphs: Sequence[Paragraph], offered: Sequence[Evidence]) -> list[Paragraph]:
    """The paragraphs with their citations put right: a source that carries a paragraph clearly better takes the
    place of the cited ones, and one that alone has a figure of it is added."""
    weight = weights(e.text for e in offered)
    return [_cite(paragraph, offered, weight) for paragraph in paragraphs]


def _cite(paragraph: Paragraph, offered: Sequence[Evidence], weight: dict[str, float]) -> Paragraph:
    by_id = {e.id: e for e in offered}
    cited = [c for c in paragraph.citations if c in by_id]
    carried = support(paragraph.text, [by_id[c].text for c in cited], weight) if cited else 0.0
    best = max(offered, key=lambda e: support(paragraph.text, [e.text], weight))
    if best.id not in cited and support(paragraph.text, [best.text], weight) > carried * CLEARLY:
        cited = [best.id]
    for quantity in quantities(paragraph.text):
        if not any(holds(by_id[c], quantity) for c in cited):
            holders = [e.id for e in offered if holds(e, quantity)]
            if len(holders) == 1:
                cited.append(holders[0])
    # A citation that adds nothing to what the others carry is dropped.
    for c in list(cited):
        rest = [by_id[other].text for other in cited if other != c]
        if (
            rest
            and support(paragraph.text, rest, weight) >= support(paragraph.text, [by_id[c].text, *rest], weight)
            and all(
                any(holds(by_id[o], q) for o in cited if o != c) or not holds(by_id[c], q)
                for q in quantities(paragraph.text)
            )
        ):
            cited.remove(c)
    return replace(paragraph, citations=tuple(cited))


def cut(found: Review, offered: Sequence[Evidence], standards: Standards) -> list[Paragraph]:
    """The reviewed paragraphs without what no source carries: a changed qualifier is put right, a sentence with an
    unsupported figure or date goes, and a paragraph of which nothing is left goes with it."""
    kept = []
    for paragraph in found.paragraphs:
        mended = _without_unsupported(_qualifiers(paragraph, offered, standards), offered, standards)
        if mended.text and not _hopeless(mended, offered, standards):
            kept.append(mended)
    return kept


def _qualifiers(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> Paragraph:
    """Every changed qualifier as the one passage has it that holds the value (same language only)."""
    cited = {e.id: e for e in offered if e.id in paragraph.citations}
    text = paragraph.text
    for claim in reversed(claims_of(paragraph, offered, standards.locale, standards.lexicon)):
        if claim.verdict != "qualifier_changed":
            continue
        where = claim.evidence[0]
        evidence = cited[where.id]
        if evidence.locale.split("-", 1)[0] == standards.locale.language:
            text = text[: claim.span.start] + where.span.of(evidence.text) + text[claim.span.end :]
    return replace(paragraph, text=text)


def _without_unsupported(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> Paragraph:
    claims = claims_of(paragraph, offered, standards.locale, standards.lexicon)
    wrong = [c for c in claims if c.verdict in ("unsupported", "qualifier_changed")]
    if not wrong:
        return paragraph
    spans = sentences(paragraph.text)
    kept = [span.of(paragraph.text).strip() for span in spans if not _touches(span, wrong)]
    return replace(paragraph, text=("" if standards.locale.counts_characters else " ").join(kept))


def _touches(span: Span, claims: Sequence[Claim]) -> bool:
    return any(span.overlaps(claim.span) for claim in claims)


def _hopeless(paragraph: Paragraph, offered: Sequence[Evidence], standards: Standards) -> bool:
    """Errors that no cutting helps: another language, no source at all."""
    findings = check_paragraph(paragraph, offered, standards).findings
    return any(f.severity is Severity.ERROR and f.check in ("language_mismatch", "citation_missing") for f in findings)
