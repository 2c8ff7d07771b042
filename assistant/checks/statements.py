"""Statements: sentences that say something else than the sources, or what no source has."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from assistant.claims.examiner import CONTRADICTED, UNSUPPORTED
from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

CLEAR = frozenset({"not_said", "replaced", "narrowed", "judged"})
"""Why a statement is unsupported, where a program names the words that no source has, or a judge was asked.
`little_said`, `negation_unsaid` and `perhaps_opposed` are no findings: a free retelling can be true with other words
than the source's."""


class StatementContradicted(ParagraphCheck):
    """A sentence that says the opposite of its sources: a word turned round, a negation added or lost, the parties of
    a verb exchanged, a plan told as done. Found by program from tables of words, so it asks for a look."""

    id = "statement_contradicted"
    severity = Severity.WARNING
    title = Words(zh="说法与出处相反", en="Says the opposite of its source")
    repair = True
    examples = (
        Example("上线后，设备故障率明显上升。", "上线后，设备故障率明显下降。", found=True),
        Example("上线后，设备故障率显著降低。", "上线后，设备故障率明显下降。", found=False),
        Example("该平台支持离线部署，数据会离开厂区。", "该平台支持离线部署，数据不会离开厂区。", found=True),
        Example("海岚水务收购了北桥泵业。", "去年，北桥泵业收购了海岚水务。", found=True),
        Example("公司已经在成都建成第二座工厂。", "公司计划明年在成都建成第二座工厂。", found=True),
        Example("Tickets were closed before the inspection.", "Tickets were closed after the inspection.", True, "en"),
        Example("The vendor turned down the proposal.", "The vendor rejected the proposal.", False, "en"),
        Example("The gateway does not store readings on site.", "The gateway stores readings on site.", True, "en"),
        Example(
            "Northlake Valves acquired Hemmer Pumps.", "In March, Hemmer Pumps acquired Northlake Valves.", True, "en"
        ),
        Example("It opened a plant in Leipzig.", "It plans to open a plant in Leipzig next year.", True, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        for claim in _statements(view, CONTRADICTED):
            if not _within(view, claim, (CONTRADICTED,)):
                yield self.finding(
                    Words(
                        zh=f"这句话与出处相反：{claim.note}；照出处改",
                        en=f"this says the opposite of its source: {claim.note}; write what the source says",
                    ),
                    view.locale, view.paragraph.id, claim.span, evidence=_ids(claim),
                )  # fmt: skip


class StatementUnsupported(ParagraphCheck):
    """A sentence with a thing, a name, a negation or a restriction that no source has."""

    id = "statement_unsupported"
    severity = Severity.WARNING
    title = Words(zh="说法没有出处", en="Statement without a source")
    repair = True
    examples = (
        Example("网关外壳用塑料制成，适合车间环境。", "网关外壳用钢材制成，适合车间环境，重 2 公斤。", found=True),
        Example("网关外壳用钢材制成，在车间里也能用。", "网关外壳用钢材制成，适合车间环境，重 2 公斤。", found=False),
        Example("The customers are dairies and hospitals.", "It stores goods for dairies and bakeries.", True, "en"),
        Example("Dairies and bakeries use it, too.", "It stores goods for dairies and bakeries.", False, "en"),
    )  # fmt: skip

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        for claim in _statements(view, UNSUPPORTED):
            if claim.reason in CLEAR and not _within(view, claim, (UNSUPPORTED, CONTRADICTED)):
                yield self.finding(
                    Words(
                        zh=f"{claim.note}；删去，或补上出处",
                        en=f"{claim.note}; leave it out or name its source",
                    ),
                    view.locale, view.paragraph.id, claim.span, evidence=_ids(claim),
                )  # fmt: skip


def _statements(view: ParagraphView, verdict: str) -> list[Claim]:
    """The statements of a text that a person or a model wrote: a program sets approved words and its own labels."""
    if view.paragraph.by == "program":
        return []
    return [claim for claim in view.claims if claim.kind == "statement" and claim.verdict == verdict]


def _within(view: ParagraphView, statement: Claim, verdicts: tuple[str, ...]) -> bool:
    """Whether a figure, a name or a quote of the sentence is found wrong already, which says more exactly what is."""
    return any(
        claim.kind != "statement" and claim.verdict in verdicts and claim.span.overlaps(statement.span)
        for claim in view.claims
    )


def _ids(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence.id for evidence in claim.evidence))
