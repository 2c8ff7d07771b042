"""One figure told of two: the same evidence used for different customers or products."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import DraftCheck, DraftView
from assistant.checks.figures import FIGURES
from assistant.claims.reading import read_text
from assistant.draft import Claim, EvidenceSpan, Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words
from knowledge.lexicon import Lexicon

_SUBJECTS = frozenset({"organisation", "product"})


class FigureTwoSubjects(DraftCheck):
    """A figure that stands once in the sources and is told of two different customers or products in one text."""

    id = "figure_two_subjects"
    severity = Severity.ERROR
    title = Words(zh="同一数字用在两个主体上", en="One figure told of two subjects")

    def check(self, view: DraftView) -> Iterator[Finding]:
        paragraphs = {p.id: p for _, p in view.draft.paragraphs()}
        texts = {e.id: f"{e.title}\n{e.text}" for e in view.draft.evidence}
        told: dict[EvidenceSpan, list[tuple[Claim, frozenset[str]]]] = {}
        for claim in view.draft.claims:
            if claim.kind in FIGURES and claim.verdict == "supported" and claim.evidence:
                named = _subjects(claim, paragraphs[claim.paragraph or ""], view.draft.claims, view.standards.lexicon)
                if named:
                    told.setdefault(claim.evidence[0], []).append((claim, named))
        for where, uses in told.items():
            for claim, named in uses:
                others = [other for other, names in uses if not names & named]
                if others and not any(name in texts[where.id] for name in named):
                    yield self.finding(
                        Words(
                            zh=f"“{claim.text}”在别处说的是另一个主体，出处里没有{'、'.join(sorted(named))}",
                            en=f"'{claim.text}' is told of another subject elsewhere; its source does not speak of "
                            f"{', '.join(sorted(named))}",
                        ),
                        view.locale, claim.paragraph, claim.span, evidence=[where.id],
                    )  # fmt: skip


def _subjects(claim: Claim, paragraph: Paragraph, claims: tuple[Claim, ...], lexicon: Lexicon) -> frozenset[str]:
    """The organisations and products that the claim's sentence names and the library knows, each with all spellings."""
    sentence = read_text(paragraph.text).sentence_at(claim.span.start)
    named = [
        c.text
        for c in claims
        if c.paragraph == claim.paragraph and c.kind in _SUBJECTS and sentence.span.overlaps(c.span)
    ]
    return frozenset(
        spelling for known in lexicon.names if set(named) & set(known.spellings) for spelling in known.spellings
    )
