"""Drafts by hand, in the shape that subjects answer with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.subjects.port import Answer, Prompt

ZH = (
    "北岭电梯服务集团维保 1.86 万台电梯，有 640 名维保工。2024 年上半年，平均响应时间为 95 分钟，31% 的故障需要上门两次以上，"
    "在保电梯每年增加约一成。2024 年 10 月至 12 月分四批加装，投入 1,850 万元。运营总监陆明远表示：“工人出门之前就知道该带什么件。”"
    "集团采用 R200 网关。"
)
EN = (
    "Northridge Elevator Group maintains 18,600 elevators with 640 technicians. In the first half of 2024 the mean "
    "response time was 95 minutes, and 31% of faults needed two visits or more. The work ran from October to December "
    "2024 and cost RMB 18.5 million. “People know which part to bring before they leave,” said Lu Mingyuan. The group "
    "uses the R200 gateway."
)


def case(
    locale: str = "zh-CN", expect: Mapping[str, Any] | None = None, template: str = "success_story", **inputs: str
) -> Case:
    return Case("c", locale, "a test", {"template": template, "inputs": inputs}, expect or {})


def paragraph(text: str, cites: Sequence[str] = ("S1",), gap: bool = False, **more: Any) -> dict[str, Any]:
    return {"id": "p", "text": text, "gap": gap, "citations": [] if gap else list(cites), **more}


def draft(
    *texts: str | dict[str, Any],
    sources: Sequence[str] = (ZH,),
    findings: Sequence[Mapping[str, Any]] = (),
    prompts: Sequence[Prompt] = (),
    template: str = "success_story",
    section: str = "change",
) -> Answer:
    """A draft of one section."""
    paragraphs = [paragraph(text) if isinstance(text, str) else text for text in texts]
    document = {
        "template": template,
        "sections": [{"id": section, "heading": "", "paragraphs": paragraphs}],
        "evidence": [{"id": f"S{at}", "text": text} for at, text in enumerate(sources, 1)],
        "findings": list(findings),
    }
    return Answer(document, prompts=tuple(prompts))


ERROR = {"check": "number_unsupported", "severity": "error", "message": "a figure without a source"}
