"""Figures, dates and qualifiers: what the cited evidence does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity
from prompts.template import Words


class NumberUnsupported(ParagraphCheck):
    """A figure that no cited passage has, by value and unit. 3.2 万 and 32,000 are the same figure."""

    id = "number_unsupported"
    severity = Severity.ERROR
    title = Words(zh="数字没有出处", en="Figure without a source")
    repair = True
    examples = (
        Example("响应时间降到 38 分钟。", "响应时间由 95 分钟降至 38 分钟。", found=False),
        Example("响应时间降到 36 分钟。", "响应时间由 95 分钟降至 38 分钟。", found=True),
        Example("接入设备 32,000 台。", "接入设备 3.2 万台。", found=False),
        Example("Response time fell to 36 minutes.", "The response time fell from 95 to 38 minutes.", True, "en"),
        Example("Response time fell to 38 minutes.", "The response time fell from 95 to 38 minutes.", False, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        for claim in _with_verdict(view, "unsupported"):
            if claim.kind != "date":
                yield self.finding(
                    Words(
                        zh=f"所引资料里没有“{claim.text}”这个数字；删去，或改成资料里的数字",
                        en=f"the cited sources do not have the figure '{claim.text}'; leave it out or use theirs",
                    ),
                    view.locale, view.paragraph.id, claim.span, evidence=view.paragraph.citations,
                )  # fmt: skip


class DateUnsupported(ParagraphCheck):
    """A date that no cited passage has."""

    id = "date_unsupported"
    severity = Severity.ERROR
    title = Words(zh="日期没有出处", en="Date without a source")
    repair = True
    examples = (
        Example("平台于 2026年3月上线。", "平台在 2026 年 3 月 15 日上线。", found=False),
        Example("平台于 2026年4月上线。", "平台在 2026 年 3 月 15 日上线。", found=True),
        Example("It went live in April 2026.", "It went live on March 15, 2026.", True, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        for claim in _with_verdict(view, "unsupported"):
            if claim.kind == "date":
                yield self.finding(
                    Words(
                        zh=f"所引资料里没有“{claim.text}”这个日期；删去，或改成资料里的日期",
                        en=f"the cited sources do not have the date '{claim.text}'; leave it out or use theirs",
                    ),
                    view.locale, view.paragraph.id, claim.span, evidence=view.paragraph.citations,
                )  # fmt: skip


class QualifierChanged(ParagraphCheck):
    """The value of the source with another qualifier: “over 100” that became “100”."""

    id = "qualifier_changed"
    severity = Severity.ERROR
    title = Words(zh="限定词变了", en="Qualifier changed")
    repair = True
    examples = (
        Example("服务 100 家客户。", "服务超过 100 家客户。", found=True),
        Example("服务超过 100 家客户。", "服务超过 100 家客户。", found=False),
        Example("It serves 100 customers.", "It serves more than 100 customers.", True, "en"),
    )

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        texts = {evidence.id: evidence.text for evidence in view.cited}
        for claim in _with_verdict(view, "qualifier_changed"):
            where = claim.evidence[0]
            said = where.span.of(texts.get(where.id, ""))
            yield self.finding(
                Words(
                    zh=f"资料写的是“{said}”，这里写成了“{claim.text}”；限定词要照资料写",
                    en=f"the source says '{said}', here it is '{claim.text}'; keep the qualifier of the source",
                ),
                view.locale, view.paragraph.id, claim.span, evidence=[where.id], fix=said,
            )  # fmt: skip


def _with_verdict(view: ParagraphView, verdict: str) -> list[Claim]:
    return [claim for claim in view.claims if claim.verdict == verdict]
