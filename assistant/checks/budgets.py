"""Whether the parts of a budget make a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.checks.base import DraftView, Example
from assistant.checks.rules import NoParameters, RuleCheck
from assistant.draft import Paragraph
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words
from prompts.template import Rule

ROUNDING = Decimal("0.5")
"""Three thirds may be told as 33.3%."""

_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s?[%％]")
_AT_END = re.compile(r"[\s。.;；，,)）]*$")
_TOTAL = re.compile(
    r"^\W{0,4}(?:合计|总计|共计|总预算|总额|小计|(?:(?:grand |sub)?total|sum|overall)\b)", re.IGNORECASE
)


class BudgetSum(RuleCheck[NoParameters]):
    """The shares of a budget do not add up to 100%. A line's share is the percentage at its end, or its last one where
    no line ends in one; a line of the total does not count. Half a percent is left for rounding."""

    id = "budget_sum"
    severity = Severity.ERROR
    title = Words(zh="预算合计不是 100%", en="Budget does not add up to 100%")
    examples = (
        Example("官网：40%\n展会：45%", "", found=True),
        Example("官网：40%\n展会：60%\n合计：100%", "", found=False),
        Example("Website - 33.3%\nEvents - 33.3%\nMail - 33.3%", "", False, "en"),
        Example("Website - 60%\nEvents, up 10% on last year - 50%", "", True, "en"),
    )

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: NoParameters
    ) -> Iterator[Finding]:
        lines = [(p, list(_PERCENT.finditer(p.text))) for p in paragraphs if not _TOTAL.match(p.text)]
        shares = [(p, found[-1]) for p, found in lines if found]
        at_end = [(p, last) for p, last in shares if _AT_END.match(p.text, last.end())]
        counted = at_end or shares
        total = sum((Decimal(last[1]) for _, last in counted), Decimal(0))
        if counted and abs(total - 100) > ROUNDING:
            yield self.finding(
                Words(
                    zh=f"预算各项合计 {total:f}%，不是 100%；调整各项占比",
                    en=f"the shares add up to {total:f}%, not 100%; change them",
                ),
                view.locale, counted[-1][0].id,
            )  # fmt: skip
