"""The ledger of a text: every examiner's claims, in the order of the text, numbered."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.certificates import CertificateExaminer
from assistant.claims.examiner import Examiner, Grounds, sources_of
from assistant.claims.figures.examiner import FigureExaminer
from assistant.claims.names.examiner import NameExaminer
from assistant.claims.quotes.examiner import QuoteExaminer
from assistant.claims.reading import read_text
from assistant.claims.statements.examiner import StatementExaminer
from assistant.claims.superlatives import SuperlativeExaminer
from assistant.draft import Claim, Evidence, Paragraph
from knowledge.domain.locale import Locale
from knowledge.lexicon import Lexicon

EXAMINERS: tuple[Examiner, ...] = (
    FigureExaminer(),
    NameExaminer(),
    QuoteExaminer(),
    CertificateExaminer(),
    SuperlativeExaminer(),
    StatementExaminer(),
)


def claims_of(
    paragraph: Paragraph,
    offered: Sequence[Evidence],
    locale: Locale,
    lexicon: Lexicon | None = None,
    examiners: Sequence[Examiner] = EXAMINERS,
) -> list[Claim]:
    """The ledger of one paragraph against the evidence it may rest on. A gap makes no claims."""
    if paragraph.gap:
        return []
    citations = frozenset(paragraph.citations)
    cited = [evidence for evidence in offered if evidence.id in citations]
    if paragraph.by == "program" and any(paragraph.text == evidence.title for evidence in cited):
        return []  # an approved title as it stands: its own entry carries it
    others = [evidence for evidence in offered if evidence.id not in citations]
    grounds = Grounds(sources_of(cited), sources_of(others), lexicon or Lexicon(), paragraph.by == "person")
    said = read_text(paragraph.text, locale.language)
    found = [claim for examiner in examiners for claim in examiner.examine(said, locale, grounds)]
    found.sort(key=lambda claim: (claim.span.start, -claim.span.end))
    return [
        Claim(
            id=f"{paragraph.id}.c{number}",
            paragraph=paragraph.id,
            span=claim.span,
            text=claim.span.of(paragraph.text),
            kind=claim.kind,
            verdict=claim.verdict,
            evidence=claim.evidence,
            reason=claim.reason,
            note=claim.note.of(locale.language),
            fix=claim.fix,
        )
        for number, claim in enumerate(found, start=1)
    ]
