"""Checks a text that a person wrote: against the library, or against given sources only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.checks.claims import claims_of, quantities
from assistant.checks.paragraphs import check_paragraph
from assistant.draft import SCHEMA, Claim, Evidence, Paragraph
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.locale import Locale, detect_language, parse_locale
from knowledge.gate import Gate

TEXT_CHECKS = ("number_unsupported", "date_unsupported", "qualifier_changed", "customer_not_permitted")
"""The paragraph checks that make sense for a text without citations and template."""


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


def check_text(text: str, find_evidence: Finder, locale: str | None, gate: Gate | None) -> CheckReport:
    """Check every line of `text` against what `find_evidence` finds for it. Raises `InputError` for an empty text."""
    if not text.strip():
        raise InputError("the text is empty; there is nothing to check")
    tongue = parse_locale(locale or detect_language(text) or "en")
    book: dict[tuple[str, str], Evidence] = {}
    claims: list[Claim] = []
    findings: list[Finding] = []
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        stripped = line.rstrip("\r\n")
        if quantities(stripped, tongue.language) or (gate and gate.spelled_out(stripped)):
            found = [_numbered(evidence, book) for evidence in find_evidence(stripped)]
            paragraph = Paragraph(f"line{number}", stripped, tuple(e.id for e in found), by="person")
            ledger = check_paragraph(paragraph, found, tongue, gate=gate)
            kept = [f for f in ledger.findings if f.check in TEXT_CHECKS]
            if not found:
                kept += _without_sources(paragraph, tongue)
            claims += [
                replace(c, id=f"c{len(claims) + n}", paragraph=None, span=_moved(c.span, at))
                for n, c in enumerate(ledger.claims, start=1)
            ]
            findings += [replace(f, paragraph=None, span=_moved(f.span, at) if f.span else None) for f in kept]
        at += len(line)
    return CheckReport(text, tongue.tag, tuple(claims), tuple(findings), tuple(book.values()))


def _numbered(evidence: Evidence, book: dict[tuple[str, str], Evidence]) -> Evidence:
    key = (evidence.source + evidence.locator, evidence.text)
    if key not in book:
        book[key] = replace(evidence, id=f"S{len(book) + 1}")
    return book[key]


def _without_sources(paragraph: Paragraph, locale: Locale) -> list[Finding]:
    """Where nothing at all was found, every figure is unsupported."""
    zh = locale.language == "zh"
    return [
        Finding(
            "date_unsupported" if claim.kind == "date" else "number_unsupported",
            Severity.ERROR,
            f"没有找到“{claim.text}”的出处" if zh else f"no source was found for '{claim.text}'",
            paragraph.id,
            claim.span,
        )
        for claim in claims_of(paragraph, (), locale)
    ]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
