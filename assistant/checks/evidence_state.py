"""Whether what a text cites may still, or already, be used: approved, not expired, reviewed in time."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checks.base import DraftCheck, DraftView
from assistant.draft import Evidence
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.words import Words
from knowledge.records import Audience, State

_STATES = {
    State.DRAFT: Words(zh="还是草稿", en="is a draft"),
    State.IN_REVIEW: Words(zh="还在审核", en="is in review"),
    State.RETIRED: Words(zh="已停用", en="is retired"),
}


class EntryNotApproved(DraftCheck):
    """A cited entry that is not the approved line: a draft, in review, or retired. An error in a text for the public,
    a warning in any other: a brief may ask for such entries."""

    id = "entry_not_approved"
    severity = Severity.ERROR
    title = Words(zh="引用了未批准的条目", en="Entry not approved")

    def check(self, view: DraftView) -> Iterator[Finding]:
        public = view.standards.audience == Audience.PUBLIC
        for evidence in _cited(view):
            words = next((words for state, words in _STATES.items() if state == evidence.state), None)
            if words:
                yield self.finding(
                    Words(
                        zh=f"{evidence.id}（{evidence.title}）{words.zh}；批准后才能对外引用",
                        en=f"{evidence.id} ({evidence.title}) {words.en}; have it approved before it is published",
                    ),
                    view.locale, evidence=[evidence.id], severity=Severity.ERROR if public else Severity.WARNING,
                )  # fmt: skip


class EntryExpired(DraftCheck):
    """A cited entry whose last day of validity is over."""

    id = "entry_expired"
    severity = Severity.ERROR
    title = Words(zh="引用了过期的条目", en="Entry expired")

    def check(self, view: DraftView) -> Iterator[Finding]:
        today = view.standards.today
        for evidence in _cited(view):
            over = today is not None and evidence.valid_until is not None and evidence.valid_until < today
            if over or evidence.state == "expired":
                yield self.finding(
                    Words(
                        zh=f"{evidence.id}（{evidence.title}）已于 {evidence.valid_until} 到期；换一条，或先更新它",
                        en=f"{evidence.id} ({evidence.title}) expired on {evidence.valid_until}; "
                        f"cite another entry, or bring it up to date first",
                    ),
                    view.locale, evidence=[evidence.id],
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
        for evidence in _cited(view):
            if evidence.review_due is not None and evidence.review_due < today:
                yield self.finding(
                    Words(
                        zh=f"{evidence.id}（{evidence.title}）应于 {evidence.review_due} 前复审",
                        en=f"{evidence.id} ({evidence.title}) was due for review on {evidence.review_due}",
                    ),
                    view.locale, evidence=[evidence.id],
                )  # fmt: skip


def _cited(view: DraftView) -> Iterator[Evidence]:
    cited = {c for _, p in view.draft.paragraphs() for c in p.citations}
    return (evidence for evidence in view.draft.evidence if evidence.id in cited)
