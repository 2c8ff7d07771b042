"""Whether a lead has something for its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.base import DraftView, Example
from assistant.checks.rule_words import telling
from assistant.checks.rules import NoParameters, RuleCheck
from assistant.checks.titles import TITLE_ROLES
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.folding import fold
from knowledge.domain.words import Words
from prompts.template import Rule

READERS = "readers"
"""The input in which a brief may say who reads."""


class LeadWithoutBenefit(RuleCheck[NoParameters]):
    """A first paragraph that neither names its reader nor says what the reader gets: the "we moved house" test. Readers
    that the brief names (input `readers`) count as well. A program knows words only, so this is a warning."""

    id = "lead_without_benefit"
    severity = Severity.WARNING
    title = Words(zh="导语与读者无关", en="Lead without a benefit for the reader")
    examples = (
        Example("9 月 1 日，我们搬进了位于星湖街的新办公楼。", "", found=True),
        Example("今后华东客户的备件当天就能取到：我们的新仓库 9 月启用。", "", found=False),
        Example("On 1 September we moved into a new building in Xinghu Street.", "", True, "en"),
        Example("Plants in East China now get spare parts the same day.", "", False, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        lead = next((p for p in paragraphs if rule.role or p.role not in TITLE_ROLES), None)
        if lead is None:
            return
        named = re.split(r"[,，、;；/]\s*|\s+(?:and|or)\s+|[和与及]", fold(view.draft.inputs.get(READERS, "")))
        terms = [term.strip() for term in named if len(term.strip()) > 1]
        if telling("readers").search(lead.text) or any(term in fold(lead.text) for term in terms):
            return
        yield self.finding(
            Words(
                zh="第一段没有提到读者，也没有写读者得到什么；先写对客户有什么用，再写事情本身",
                en="the first paragraph names neither the reader nor what the reader gets; say that first",
            ),
            view.locale, lead.id,
        )  # fmt: skip
