"""Citations: there at all, and carrying what is said."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import DraftCheck, DraftView, Example, ParagraphCheck, ParagraphView
from assistant.claims.words import support, weights
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import detect_language
from knowledge.domain.words import Words

WEAK = 0.30
"""Below this share of carried content words a citation says little about its paragraph."""
BETTER = 1.6
"""How many times better another source must carry the paragraph to doubt the one that is cited."""


class CitationMissing(ParagraphCheck):
    """A paragraph that cites nothing, or only ids that are not among the evidence. A warning where a person wrote it:
    whoever approves sees that nothing but this person carries it; its figures and names are checked all the same."""

    id = "citation_missing"
    severity = Severity.ERROR
    drafts_only = True
    title = Words(zh="没有标明出处", en="No source cited")
    repair = True

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.cited:
            return
        if view.paragraph.by == "person":
            words = Words(
                zh="这一段由人撰写，没有出处；标明出处，或写明理由后保留",
                en="a person wrote this and it cites no source; cite one, or keep it with a reason",
            )
            yield self.finding(words, view.locale, view.paragraph.id, severity=Severity.WARNING)
        else:
            words = Words(zh="这一段没有标明资料编号", en="this paragraph names no source id")
            yield self.finding(words, view.locale, view.paragraph.id)


class CitationWeak(ParagraphCheck):
    """A citation that exists but hardly carries the paragraph, or much less than another source does."""

    id = "citation_weak"
    severity = Severity.WARNING
    drafts_only = True
    title = Words(zh="出处撑不住这段话", en="The source hardly carries this")
    examples = (
        Example("人工巡检成本下降 27%。", "上线一年后，人工巡检成本下降了 27%。", found=False),
        Example("人工巡检成本下降。", "公司在苏州设有研发中心，员工以工程师为主。", found=True),
        Example("Manual inspection became cheaper.", "The company has offices in Suzhou and Munich.", True, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        if view.paragraph.by == "program" or not view.cited or (view.section and view.section.write == "propose"):
            return
        cited = [evidence.text for evidence in view.cited]
        if not _comparable(view.text, cited):
            return
        weight = weights(evidence.text for evidence in view.offered)
        here = support(view.text, cited, weight)
        if here * BETTER >= 1:
            return  # no other source can be that much better
        others = [e for e in view.offered if e.id not in view.paragraph.citations]
        best = max(others, key=lambda e: support(view.text, [e.text], weight), default=None)
        there = support(view.text, [best.text], weight) if best else 0.0
        if here < WEAK or (best and there > here * BETTER):
            better = best.id if best and there > max(here * BETTER, WEAK) else ""
            yield self.finding(
                Words(
                    zh=f"所引出处只撑得住这段话的 {here:.0%}" + (f"；{better} 更接近" if better else ""),
                    en=f"the cited sources carry only {here:.0%} of this" + (f"; {better} is closer" if better else ""),
                ),
                view.locale, view.paragraph.id, evidence=view.paragraph.citations, fix=better,
            )  # fmt: skip


class InventedGap(DraftCheck):
    """A section that a model or a program filled although nothing is cited in it: it should have been a marked gap."""

    id = "invented_gap"
    severity = Severity.ERROR
    drafts_only = True
    title = Words(zh="没有资料却写满了", en="Filled without evidence")

    def check(self, view: DraftView) -> Iterator[Finding]:
        known = {evidence.id for evidence in view.draft.evidence}
        for section in view.draft.sections:
            written = [p for p in section.paragraphs if not p.gap]
            if all(p.by == "person" for p in written):
                continue  # `citation_missing` says so of each of them
            if not any(known & set(p.citations) for p in written):
                yield self.finding(
                    Words(
                        zh=f"“{section.heading or section.id}”一节没有任何出处，应当标为待补充",
                        en=f"section '{section.heading or section.id}' rests on nothing; mark it as a gap",
                    ),
                    view.locale, written[0].id,
                )  # fmt: skip


def _comparable(text: str, passages: list[str]) -> bool:
    """Content words compare within one language only."""
    language = detect_language(text)
    return language is None or any(detect_language(p) in (None, language) for p in passages)
