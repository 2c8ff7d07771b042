"""Runs the paragraph checks, while a section is being written and on a finished draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checks.base import Ledger, ParagraphCheck, ParagraphView
from assistant.checks.registry import BY_ID, PARAGRAPH_CHECKS
from assistant.checks.standards import Standards
from assistant.checks.translation import pair_of
from assistant.claims.examiner import NOT_CHECKED
from assistant.claims.ledger import claims_of
from assistant.claims.quantities import quantities
from assistant.draft import Claim, Evidence, Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Match, compare
from knowledge.domain.words import Words
from prompts.section import TemplateSection

_WRONG_FIGURES = frozenset(
    {"number_unsupported", "number_contradicted", "number_swapped", "target_as_result", "date_unsupported"}
)


@dataclass(frozen=True, slots=True)
class Review:
    """One version of a section's paragraphs with its findings, and the figures that it was asked for and lacks."""

    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...] = ()
    chinese: bool = False

    @property
    def badness(self) -> tuple[int, int, int]:
        """Compares versions: errors first, then missing figures, then warnings. Nothing written is worst."""
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        return (errors + (0 if self.paragraphs else 100), len(self.missing), len(self.findings) - errors)

    @property
    def unsupported(self) -> int:
        """Figures and dates that no source carries, or that it says of something else."""
        return sum(f.check in _WRONG_FIGURES for f in self.findings)

    @property
    def to_repair(self) -> list[str]:
        """What goes back to the model, in words: all of it, when there is an error or a missing figure among it.

        A mere warning is not worth a call.
        """
        if not any(f.severity is Severity.ERROR for f in self.findings) and not self.missing:
            return []
        asked = [f"{'缺少数字' if self.chinese else 'missing figure'}: {figure}" for figure in self.missing]
        return [f.message for f in self.findings if BY_ID[f.check].repair] + asked


def check_paragraph(
    paragraph: Paragraph,
    offered: Sequence[Evidence],
    standards: Standards,
    section: TemplateSection | None = None,
    checks: Sequence[ParagraphCheck] = PARAGRAPH_CHECKS,
) -> Ledger:
    """Claims and findings of one paragraph. `offered` is the evidence it may rest on; a gap has neither."""
    if paragraph.gap:
        return Ledger()
    citations = frozenset(paragraph.citations)
    cited = [evidence for evidence in offered if evidence.id in citations]
    claims = claims_of(paragraph, offered, standards.locale, standards.lexicon)
    if section is not None and section.write == "propose":
        claims = [_proposal(claim, standards.locale) if claim.kind == "statement" else claim for claim in claims]
    pair = pair_of(paragraph.text, cited, section, standards.locale, standards.words)
    view = ParagraphView(paragraph, cited, offered, standards, claims, section, pair)
    found = [finding for check in checks for finding in check.check(view)]
    return Ledger(tuple(claims), tuple(standards.policy.apply(found)))


def _proposal(claim: Claim, locale: Locale) -> Claim:
    note = Words(zh="这是建议，不是事实陈述", en="a proposal, not a statement of fact")
    return replace(claim, verdict=NOT_CHECKED, evidence=(), reason="proposal", note=note.of(locale.language))


def review(
    paragraphs: Sequence[Paragraph],
    offered: Sequence[Evidence],
    section: TemplateSection,
    standards: Standards,
    figures: Sequence[str] = (),
) -> Review:
    """A version of a section as its writer sees it before it is kept."""
    findings = [
        finding
        for paragraph in paragraphs
        for finding in check_paragraph(paragraph, offered, standards, section).findings
    ]
    return Review(
        tuple(paragraphs),
        tuple(findings),
        missing_figures(paragraphs, figures, standards.locale),
        standards.locale.language == "zh",
    )


def missing_figures(paragraphs: Sequence[Paragraph], figures: Sequence[str], locale: Locale) -> tuple[str, ...]:
    """Those of `figures` whose value no paragraph has."""
    said = [q for paragraph in paragraphs for q in quantities(paragraph.text, locale.language)]
    missing = []
    for figure in figures:
        asked = quantities(figure)
        if asked and not any(compare(asked[0], q) in (Match.SAME, Match.QUALIFIER_CHANGED) for q in said):
            missing.append(figure)
    return tuple(missing)
