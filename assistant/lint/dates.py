"""Dates: reviews that are overdue, entries that end soon, facts about competitors that have grown old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.lint.finding import LintFinding, at, whole
from assistant.lint.rule import LintRule
from assistant.lint.view import LintView
from knowledge.domain.finding import Severity
from knowledge.domain.quantity import DateValue
from knowledge.domain.words import Words

SOON = timedelta(days=30)
STALE_MONTHS = 24
"""Months after which a fact about a competitor is flagged (DOMAIN.md, competitor analysis)."""


class ReviewOverdue(LintRule):
    """An approved entry whose review is overdue. It stays in use."""

    id = "review_overdue"
    severity = Severity.WARNING
    title = Words(zh="复核逾期", en="Review overdue")
    remedy = Words(zh="请负责部门复核并更新复核日期", en="have its owner review it and set the next date")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if entry.review_due is not None and entry.overdue(view.today):
                days = (view.today - entry.review_due).days
                yield self.finding(
                    f"应于 {entry.review_due} 复核，已逾期 {days} 天",
                    f"its review was due on {entry.review_due}, {days} day{'' if days == 1 else 's'} ago",
                    [whole(entry)],
                )


class ExpiresSoon(LintRule):
    """An approved entry that may not be used any more within 30 days."""

    id = "expires_soon"
    severity = Severity.WARNING
    title = Words(zh="即将过期", en="Expires soon")
    remedy = Words(zh="准备新版本，或延长有效期", en="prepare a new version, or extend it")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if entry.valid_until is not None and entry.valid_until - view.today <= SOON:
                yield self.finding(
                    f"{entry.valid_until} 之后不能再用", f"it may not be used after {entry.valid_until}", [whole(entry)]
                )


class CompetitorStale(LintRule):
    """A sentence about a competitor whose dates are all more than 24 months old."""

    id = "competitor_stale"
    severity = Severity.WARNING
    title = Words(zh="竞品信息过旧", en="Competitor fact is old")
    remedy = Words(zh="核对是否仍然成立，更新日期和出处", en="check whether it still holds; update date and source")

    def look(self, view: LintView) -> Iterator[LintFinding]:
        for entry in view.current:
            if entry.kind != "competitor":
                continue
            for sentence in view.reading(entry).sentences:
                dates = [q.date for q in sentence.quantities if q.date is not None and q.date.year is not None]
                if dates and all(_months_since(day, view.today) > STALE_MONTHS for day in dates):
                    dated = next(q for q in sentence.quantities if q.date is not None and q.date.year is not None)
                    yield self.finding(
                        f"“{dated.text}”的竞品信息已超过 {STALE_MONTHS} 个月",
                        f"what is told of a competitor as of '{dated.text}' is more than {STALE_MONTHS} months old",
                        [at(entry, dated.span)],
                    )


def _months_since(day: DateValue, today: date) -> int:
    """Whole months from the last one that the date covers."""
    month = day.month or (day.quarter or 0) * 3 or (day.half or 0) * 6 or 12
    return (today.year - (day.year or today.year)) * 12 + today.month - month
