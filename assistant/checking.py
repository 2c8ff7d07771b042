"""Checks a text that a person wrote: against the library, or against given sources only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.checks.base import DraftView, ParagraphView
from assistant.checks.paragraphs import check_paragraph
from assistant.checks.policy import Policy, Ruling
from assistant.checks.registry import BY_ID, DRAFT_CHECKS, PARAGRAPH_CHECKS
from assistant.checks.standards import Standards
from assistant.draft import SCHEMA, Claim, Draft, Evidence, Paragraph, Section
from assistant.given import GivenText, Line, given_text
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding, Severity, Span

_PARAGRAPH_CHECKS = tuple(check for check in PARAGRAPH_CHECKS if not check.drafts_only)
_DRAFT_CHECKS = tuple(check for check in DRAFT_CHECKS if not check.drafts_only)
_LINK_CHECKS = tuple(check for check in PARAGRAPH_CHECKS if check.id == "link_not_allowed")
"""They look at the address that words lead to, too, which is not in the text."""

Finder = Callable[[Sequence[str]], Sequence[Sequence[Evidence]]]
"""Evidence for each of several pieces of text; its ids are not numbered yet."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling of the workspace, and how many findings of this text it changed or took away."""

    ruling: Ruling
    findings: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The text as read, its claims and findings (spans count in it), and the evidence they refer to.

    `rulings` are those of the workspace on checks that look at such a text, or that found something in this one.
    """

    given: GivenText
    locale: str
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    rulings: tuple[Ruled, ...] = field(default=())

    @property
    def text(self) -> str:
        return self.given.text

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def line_of(self, finding: Finding) -> Line | None:
        """The line that a finding speaks of; None for the whole text."""
        return self.given.line_at(finding.span.start) if finding.span else None

    def place_of(self, finding: Finding) -> str:
        """Where its words stand in the file (see `Block.place`); empty for a text without places or the whole text."""
        line = self.line_of(finding)
        return line.place_at(finding.span.start) if line and finding.span else ""

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "text": self.text,
            "locale": self.locale,
            "claims": [claim.to_json() for claim in self.claims],
            "findings": [self._finding(finding) for finding in self.findings],
            "evidence": [evidence.to_json() for evidence in self.evidence],
            "policy": [{**ruled.ruling.to_json(), "findings": ruled.findings} for ruled in self.rulings],
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        line = self.line_of(finding)
        return {**finding.to_json(), "line": line.number if line else None, "place": self.place_of(finding)}


def only(sources: Sequence[Evidence]) -> Finder:
    """Finds the given sources for every piece of text."""
    return lambda texts: [sources] * len(texts)


def check_text(given: GivenText | str, find_evidence: Finder, standards: Standards) -> CheckReport:
    """Check every line against what `find_evidence` finds for it. Raises `InputError` for an empty text."""
    if isinstance(given, str):
        given = given_text(given)
    if not any(line.checked for line in given.lines):
        raise InputError("the text is empty or only code; there is nothing to check")
    # Rulings come last, so that what they take away can be counted.
    unruled = replace(standards, policy=Policy())
    book: dict[tuple[str, str], Evidence] = {}
    paragraphs: list[Paragraph] = []
    claims: list[Claim] = []
    findings: list[Finding] = []
    lines = {f"line{line.number}": line for line in given.lines if line.checked}
    offered = find_evidence([line.about for line in lines.values()])
    for (name, line), pieces in zip(lines.items(), offered, strict=True):
        found = [_numbered(evidence, book) for evidence in pieces]
        paragraph = Paragraph(name, line.text, tuple(e.id for e in found), by="person")
        ledger = check_paragraph(paragraph, found, unruled, checks=_PARAGRAPH_CHECKS)
        # Of all that was found for it a line rests on what its claims do.
        carrying = dict.fromkeys(evidence.id for claim in ledger.claims for evidence in claim.evidence)
        paragraphs.append(replace(paragraph, citations=tuple(carrying)))
        claims += ledger.claims
        findings += ledger.findings
        for span, target in line.links:
            view = ParagraphView(replace(paragraph, text=target), found, found, unruled, ())
            findings += [replace(f, span=span) for check in _LINK_CHECKS for f in check.check(view)]
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
    view_of_all = DraftView(whole, unruled)
    findings += [finding for check in _DRAFT_CHECKS for finding in check.check(view_of_all)]
    return CheckReport(
        given,
        standards.locale.tag,
        tuple(_in_text(claim, f"c{n}", lines) for n, claim in enumerate(claims, start=1)),
        tuple(sorted((_moved(f, lines) for f in standards.policy.apply(findings)), key=_place_in_text)),
        whole.evidence,
        _ruled(standards.policy, findings),
    )


def _ruled(policy: Policy, findings: Sequence[Finding]) -> tuple[Ruled, ...]:
    touched = Counter(finding.check for finding in findings)
    return tuple(
        Ruled(ruling, touched[check])
        for check, ruling in policy.rulings.items()
        if touched[check] or (check in BY_ID and not BY_ID[check].drafts_only)
    )


def _numbered(evidence: Evidence, book: dict[tuple[str, str], Evidence]) -> Evidence:
    key = (evidence.source + evidence.locator, evidence.text)
    if key not in book:
        book[key] = replace(evidence, id=f"S{len(book) + 1}")
    return book[key]


def _in_text(claim: Claim, claim_id: str, lines: Mapping[str, Line]) -> Claim:
    by = lines[claim.paragraph or ""].start
    return replace(claim, id=claim_id, paragraph=None, span=Span(claim.span.start + by, claim.span.end + by))


def _place_in_text(finding: Finding) -> tuple[bool, Span]:
    """Findings on the whole text come last."""
    return finding.span is None, finding.span or Span(0, 0)


def _moved(finding: Finding, lines: Mapping[str, Line]) -> Finding:
    line = lines.get(finding.paragraph or "")
    if line is None:
        return finding
    # A finding on a whole paragraph is one on its line.
    span = Span(finding.span.start + line.start, finding.span.end + line.start) if finding.span else line.span
    return replace(finding, paragraph=None, span=span)
