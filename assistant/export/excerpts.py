"""Evidence quoted beside a claim: the words that carry it and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.draft import Claim, Evidence, EvidenceSpan
from assistant.export.plain import clean
from knowledge.domain.finding import Finding, Span

AROUND = 60
"""Code points of evidence shown before and after the words that carry a claim."""

SHORT = 2 * AROUND
"""Code points of evidence shown where no claim says which words matter."""

MOST = 3
"""Quotes beside one finding."""

_JOINED = re.compile(r"[\w.,%]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of an evidence; `words` are those that carry the claim, empty when that is not known."""

    evidence: Evidence
    before: str
    words: str
    after: str


def quote(evidence: Evidence, support: Span) -> Quote:
    """The words of `support` in their surroundings, cut where no number and no word is split."""
    text = evidence.text
    start = _outward(text, max(0, support.start - AROUND), -1)
    end = _outward(text, min(len(text), support.end + AROUND), 1)
    before = ("…" if start else "") + text[start : support.start]
    after = text[support.end : end] + ("…" if end < len(text) else "")
    return Quote(evidence, clean(before), clean(support.of(text)), clean(after))


def beginning(evidence: Evidence) -> Quote:
    """The first words of an evidence."""
    text = evidence.text
    end = _outward(text, min(len(text), SHORT), 1)
    return Quote(evidence, clean(text[:end]) + ("…" if end < len(text) else ""), "", "")


def quotes_of(claim: Claim, evidence: Mapping[str, Evidence]) -> list[Quote]:
    """What the evidence of a claim says; evidence that is not there is left out."""
    return [quote(evidence[support.id], support.span) for support in claim.evidence if support.id in evidence]


def quotes_for(finding: Finding, claims: Iterable[Claim], evidence: Mapping[str, Evidence]) -> list[Quote]:
    """What the evidence says to a finding: the words found for the claims it is about, else the evidence it names.

    A finding that names many was made because none of them says it; then there is nothing to quote.
    """
    supports = _supports(finding, claims)
    named = [id_ for id_ in finding.evidence if id_ in evidence and all(s.id != id_ for s in supports)]
    quotes = [quote(evidence[s.id], s.span) for s in supports if s.id in evidence]
    return quotes or ([beginning(evidence[id_]) for id_ in named] if len(named) <= 2 else [])


def _supports(finding: Finding, claims: Iterable[Claim]) -> Sequence[EvidenceSpan]:
    """The evidence spans of the claims on exactly the finding's words, else of those within them that are in doubt."""
    span = finding.span
    if span is None:
        return ()
    within = [
        c for c in claims if c.paragraph == finding.paragraph and span.start <= c.span.start < c.span.end <= span.end
    ]
    exact = [claim for claim in within if claim.span == span]
    meant = exact or [claim for claim in within if claim.verdict != "supported"]
    spans = [s for c in meant for s in c.evidence if not finding.evidence or s.id in finding.evidence]
    return tuple(dict.fromkeys(spans))[:MOST]


def _outward(text: str, position: int, step: int) -> int:
    """A cut moved outward to where no word and no number is split: half a number is another number."""
    while 0 < position < len(text) and _JOINED.fullmatch(text[position - 1 : position + 1]):
        position += step
    return position
