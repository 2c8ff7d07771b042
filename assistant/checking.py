"""Checks a text that a person wrote: against the library, or against given sources only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.checks.base import DraftView
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.registry import BY_ID, DRAFT_CHECKS
from assistant.checks.standards import Standards
from assistant.draft import SCHEMA, Claim, Draft, Evidence, Paragraph, Section
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding, Severity, Span


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The text as read, its claims and findings (spans count in `text`), and the evidence they refer to."""

    text: str
    locale: str
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "text": self.text,
            "locale": self.locale,
            "claims": [claim.to_json() for claim in self.claims],
            "findings": [finding.to_json() for finding in self.findings],
            "evidence": [evidence.to_json() for evidence in self.evidence],
        }


Finder = Callable[[str], Sequence[Evidence]]
"""Evidence for a piece of text; its ids are not numbered yet."""


def check_text(text: str, find_evidence: Finder, standards: Standards) -> CheckReport:
    """Check every line of `text` against what `find_evidence` finds for it. Raises `InputError` for an empty text."""
    if not text.strip():
        raise InputError("the text is empty; there is nothing to check")
    book: dict[tuple[str, str], Evidence] = {}
    starts: dict[str, int] = {}
    paragraphs: list[Paragraph] = []
    claims: list[Claim] = []
    findings: list[Finding] = []
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        stripped = line.rstrip("\r\n")
        if stripped.strip():
            found = [_numbered(evidence, book) for evidence in find_evidence(stripped)]
            paragraph = Paragraph(f"line{number}", stripped, tuple(e.id for e in found), by="person")
            paragraphs.append(paragraph)
            starts[paragraph.id] = at
            ledger = check_paragraph(paragraph, found, standards)
            claims += ledger.claims
            findings += ledger.findings
        at += len(line)
    whole = Draft(
        id="",
        template="",
        locale=standards.locale.tag,
        audience=standards.audience,
        market=standards.market,
        sections=(Section("text", "", tuple(paragraphs)),),
        evidence=tuple(book.values()),
        claims=tuple(claims),
    )
    view = DraftView(whole, standards)
    findings += standards.policy.apply(
        finding for check in DRAFT_CHECKS if not check.drafts_only for finding in check.check(view)
    )
    return CheckReport(
        text,
        standards.locale.tag,
        tuple(_in_text(claim, f"c{n}", starts) for n, claim in enumerate(claims, start=1)),
        tuple(_moved(f, starts) for f in findings if not BY_ID[f.check].drafts_only),
        whole.evidence,
    )


def _numbered(evidence: Evidence, book: dict[tuple[str, str], Evidence]) -> Evidence:
    key = (evidence.source + evidence.locator, evidence.text)
    if key not in book:
        book[key] = replace(evidence, id=f"S{len(book) + 1}")
    return book[key]


def _in_text(claim: Claim, claim_id: str, starts: dict[str, int]) -> Claim:
    by = starts[claim.paragraph or ""]
    return replace(claim, id=claim_id, paragraph=None, span=Span(claim.span.start + by, claim.span.end + by))


def _moved(finding: Finding, starts: dict[str, int]) -> Finding:
    by = starts.get(finding.paragraph or "", 0)
    span = Span(finding.span.start + by, finding.span.end + by) if finding.span else None
    return replace(finding, paragraph=None, span=span)
