"""Figures, dates and qualifiers: what the ledger found wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from assistant.checks.base import Example, ParagraphCheck, ParagraphView
from assistant.draft import Claim
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words

FIGURES = frozenset({"quantity", "money", "percent"})
DATES = frozenset({"date"})

_ZH_95_38 = "故障平均响应时间由 95 分钟降至 38 分钟，困人救援到场时间由 27 分钟降至 16 分钟。"
_EN_95_38 = "The response time fell from 95 to 38 minutes, the rescue time from 27 to 16 minutes."


class LedgerCheck(ParagraphCheck):
    """A check that reports claims by kind and by (verdict, reason); what it says is the claim's note and `advice`.

    `doubtful` are reasons that only warn.
    """

    kinds: ClassVar[frozenset[str]]
    verdicts: ClassVar[frozenset[tuple[str, str]]]
    advice: ClassVar[Words]
    doubtful: ClassVar[frozenset[str]] = frozenset()
    severity = Severity.ERROR
    repair = True

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        for claim in view.claims:
            if claim.kind in self.kinds and (claim.verdict, claim.reason) in self.verdicts:
                yield self.finding(
                    Words(
                        zh=f"“{claim.text}”：{claim.note}；{self.advice.zh}",
                        en=f"'{claim.text}': {claim.note}; {self.advice.en}",
                    ),
                    view.locale, view.paragraph.id, claim.span, evidence=_evidence(claim, view), fix=claim.fix,
                    severity=Severity.WARNING if claim.reason in self.doubtful else None,
                )  # fmt: skip


class NumberUnsupported(LedgerCheck):
    """A figure that no cited passage has, by value and unit. 3.2 万 and 32,000 are the same figure. "Two" to "five" in
    words only warn: the writer may have counted what the source lists."""

    id = "number_unsupported"
    kinds = FIGURES
    verdicts = frozenset({("unsupported", ""), ("unsupported", "elsewhere"), ("unsupported", "counted")})
    doubtful = frozenset({"counted"})
    title = Words(zh="数字没有出处", en="Figure without a source")
    advice = Words(zh="删去，或改成资料里的数字", en="leave it out or use a figure of the sources")
    examples = (
        Example("接入设备 60 万台。", "响应时间由 95 分钟降至 38 分钟。", found=True),
        Example("接入设备 32,000 台。", "接入设备 3.2 万台。", found=False),
        Example("响应时间降到 38 分钟。", "响应时间由 95 分钟降至 38 分钟。", found=False),
        Example("It connects 600,000 machines.", "The response time fell from 95 to 38 minutes.", True, "en"),
        Example("Response time fell to 38 minutes.", "The response time fell from 95 to 38 minutes.", False, "en"),
    )


class NumberContradicted(LedgerCheck):
    """A figure where the source has another one for the same thing."""

    id = "number_contradicted"
    kinds = FIGURES
    verdicts = frozenset({("contradicted", "other_value")})
    title = Words(zh="数字与出处不符", en="Figure contradicts the source")
    mends = True
    advice = Words(zh="照出处改", en="use the figure of the source")
    examples = (
        Example("响应时间降到 36 分钟。", "响应时间由 95 分钟降至 38 分钟。", found=True),
        Example("响应时间降到 38 分钟。", "响应时间由 95 分钟降至 38 分钟。", found=False),
        Example("Response time fell to 36 minutes.", "The response time fell from 95 to 38 minutes.", True, "en"),
    )


class NumberSwapped(LedgerCheck):
    """A figure that stands in the source, but says something else there: before and after inverted, the figure of
    another thing, the other direction."""

    id = "number_swapped"
    kinds = FIGURES
    verdicts = frozenset({("contradicted", "swapped"), ("contradicted", "inverted"), ("contradicted", "opposed")})
    title = Words(zh="数字张冠李戴或前后颠倒", en="Figure in the wrong place")
    advice = Words(zh="照出处改", en="put it as the source has it")
    examples = (
        Example("故障平均响应时间由 38 分钟降至 95 分钟。", _ZH_95_38, found=True),
        Example("故障平均响应时间降至 16 分钟。", _ZH_95_38, found=True),
        Example("故障平均响应时间降至 38 分钟。", _ZH_95_38, found=False),
        Example("The response time fell from 38 to 95 minutes.", _EN_95_38, True, "en"),
        Example("The response time fell to 16 minutes.", _EN_95_38, True, "en"),
        Example("The response time rose to 38 minutes.", _EN_95_38, True, "en"),
        Example("Rescue now takes 16 minutes instead of 27.", _EN_95_38, False, "en"),
    )


class DateUnsupported(LedgerCheck):
    """A date that no cited passage has, or that it has for something else."""

    id = "date_unsupported"
    kinds = DATES
    verdicts = frozenset(
        {("unsupported", ""), ("unsupported", "elsewhere")}
        | {("contradicted", reason) for reason in ("other_value", "swapped", "inverted", "opposed")}
    )
    title = Words(zh="日期没有出处", en="Date without a source")
    advice = Words(zh="删去，或改成资料里的日期", en="leave it out or use a date of the sources")
    examples = (
        Example("平台于 2026年3月上线。", "平台在 2026 年 3 月 15 日上线。", found=False),
        Example("平台于 2026年4月上线。", "平台在 2026 年 3 月 15 日上线。", found=True),
        Example("It went live in April 2026.", "It went live on March 15, 2026.", True, "en"),
    )


class QualifierChanged(LedgerCheck):
    """The value of the source with another qualifier: “over 100” that became “100”."""

    id = "qualifier_changed"
    kinds = FIGURES | DATES
    verdicts = frozenset({("qualifier_changed", "")})
    title = Words(zh="限定词变了", en="Qualifier changed")
    mends = True
    advice = Words(zh="限定词要照资料写", en="keep the qualifier of the source")
    examples = (
        Example("服务 100 家客户。", "服务超过 100 家客户。", found=True),
        Example("服务超过 100 家客户。", "服务超过 100 家客户。", found=False),
        Example("It serves 100 customers.", "It serves more than 100 customers.", True, "en"),
    )


class TargetAsResult(LedgerCheck):
    """A target, plan or forecast of the source, told as something that has been reached."""

    id = "target_as_result"
    kinds = FIGURES
    verdicts = frozenset({("contradicted", "target")})
    title = Words(zh="把目标说成了结果", en="Target told as a result")
    advice = Words(zh="写明是目标或计划", en="say that it is a target or plan")
    examples = (
        Example("接入设备达到 60 万台。", "公司计划到 2027 年把接入设备增加到 60 万台。", found=True),
        Example("公司的目标是接入 60 万台设备。", "公司计划到 2027 年把接入设备增加到 60 万台。", found=False),
        Example("It has connected 600,000 machines.", "The company aims to connect 600,000 machines.", True, "en"),
        Example("Its goal is 600,000 machines.", "The company aims to connect 600,000 machines.", False, "en"),
    )


class MultipleAmbiguous(LedgerCheck):
    """提升 3 倍 or 提升到 3 倍: by or to so many times. The text and its source put the same multiple differently."""

    id = "multiple_ambiguous"
    kinds = FIGURES
    verdicts = frozenset({("ambiguous", "multiple")})
    severity = Severity.WARNING
    title = Words(zh="倍数说法有歧义", en="Ambiguous multiple")
    advice = Words(zh="照出处的说法写", en="say it as the source does")
    repair = False
    examples = (
        Example("吞吐量提升 3 倍。", "吞吐量提升到原来的 3 倍。", found=True),
        Example("吞吐量提升 3 倍。", "吞吐量提升 3 倍。", found=False),
    )


def _evidence(claim: Claim, view: ParagraphView) -> tuple[str, ...]:
    return tuple(e.id for e in claim.evidence) or view.paragraph.citations
