"""What may not be said or is about to lapse: customers' names, entries due for review."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import DraftCheck, DraftView, ParagraphCheck, ParagraphView
from knowledge.domain.finding import Finding, Severity, Span
from prompts.template import Words


class CustomerNotPermitted(ParagraphCheck):
    """A customer's name that this audience, market and channel may not read."""

    id = "customer_not_permitted"
    severity = Severity.ERROR
    mends = True
    title = Words(zh="客户不可具名", en="Customer may not be named")

    def check(self, view: ParagraphView) -> Iterator[Finding]:
        gate = view.standards.gate
        if gate is None:
            return
        for name, customer in gate.spelled_out(view.text):
            start = view.text.index(name)
            yield self.finding(
                Words(zh=f"“{name}”没有授权具名", en=f"'{name}' may not be named here"),
                view.locale, view.paragraph.id, Span(start, start + len(name)),
                fix=gate.alias(customer, view.locale.tag) or "",
            )  # fmt: skip


class ReviewOverdue(DraftCheck):
    """Evidence whose review is overdue: still usable, but somebody should look at it."""

    id = "review_overdue"
    severity = Severity.WARNING
    title = Words(zh="出处复审逾期", en="Review overdue")

    def check(self, view: DraftView) -> Iterator[Finding]:
        today = view.standards.today
        if today is None:
            return
        cited = {c for _, p in view.draft.paragraphs() for c in p.citations}
        for evidence in view.draft.evidence:
            if evidence.id in cited and evidence.review_due is not None and evidence.review_due < today:
                yield self.finding(
                    Words(
                        zh=f"{evidence.id}（{evidence.title}）应于 {evidence.review_due} 前复审",
                        en=f"{evidence.id} ({evidence.title}) was due for review on {evidence.review_due}",
                    ),
                    view.locale, evidence=[evidence.id],
                )  # fmt: skip
