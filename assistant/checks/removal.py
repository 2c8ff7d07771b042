"""Advice that no response line may give: to have words removed, or to fake approval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.base import DraftView, Example
from assistant.checks.rule_words import telling
from assistant.checks.rules import NoParameters, RuleCheck
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.text import sentences
from knowledge.domain.words import Words
from prompts.template import Rule

_CLAUSE = re.compile(r"[。；！？!?;\n]|,? (?:but|then|and then) |，(?:而是|但|然后)")
"""Where a refusal ends: what is said behind it is said again."""


class RemovalAdvice(RuleCheck[NoParameters]):
    """Advice to have posts or reviews deleted, to pay for posts, to hire a water army, to fake customers' voices. What
    refuses it ("we do not delete"), asks about it, or stands in a section of what is not done, is none."""

    id = "removal_advice"
    severity = Severity.ERROR
    title = Words(zh="建议删帖或造假", en="Advice to remove or fake")
    examples = (
        Example("请联系平台删帖，同时安排员工发好评。", "", found=True),
        Example("不删帖，不雇水军，把检修进度写清楚。", "", found=False),
        Example("当天公布检修进度，逐条回复评论。", "", found=False),
        Example("Ask the platform to delete the post and hire people for reviews.", "", True, "en"),
        Example("We never ask for reviews to be removed; we answer them.", "", False, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        denied = {p.id for s, p in view.draft.paragraphs() if s.heading and telling("denied_heading").search(s.heading)}
        for paragraph in paragraphs:
            if paragraph.id in denied:
                continue
            span = _advised(paragraph.text)
            if span:
                yield self.finding(
                    Words(
                        zh=f"“{span.of(paragraph.text)}”是删帖或造假的建议；改成说明事实和怎么处理",
                        en=f"'{span.of(paragraph.text)}' advises to remove or to fake; say the facts and what is done",
                    ),
                    view.locale, paragraph.id, span,
                )  # fmt: skip


def _advised(text: str) -> Span | None:
    for sentence in sentences(text):
        said = sentence.of(text)
        for found in telling("removal").finditer(said):
            ends = [m.end() for m in _CLAUSE.finditer(said, 0, found.start())]
            clause = said[ends[-1] if ends else 0 : found.end()]
            if not telling("refused").search(clause) and not said.rstrip("\"'”’」 ").endswith(("?", "？")):
                return Span(sentence.start + found.start(), sentence.start + found.end())
    return None
