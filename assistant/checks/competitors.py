"""Facts about rivals that are too old, or of which nobody says when they held."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from assistant.checks.base import DraftView
from assistant.checks.rules import RuleCheck
from assistant.claims.quantities import last_day, quantities
from assistant.draft import Evidence, Paragraph
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.quantity import DateValue
from knowledge.domain.text import sentences
from knowledge.domain.words import Record, Words
from prompts.template import Rule

COMPETITOR = "competitor"


class Freshness(Record):
    """How many months a fact about a rival may be used."""

    months: int = Field(default=24, ge=1, le=240)


class CompetitorStale(RuleCheck[Freshness]):
    """A fact about a rival that is older than 24 months (or what the rule says), or that has no date.

    The date is the one in the sentence that carries the fact, else in one before it in the same piece, else that of the
    entry. Dates to come do not count: a launch that is announced for next year is as old as its announcement. It is for
    people to decide whether the fact still holds, so this is a warning.
    """

    id = "competitor_stale"
    severity = Severity.WARNING
    title = Words(zh="竞品信息过旧或无日期", en="Fact about a rival is old or undated")
    parameters = Freshness

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: Freshness
    ) -> Iterator[Finding]:
        today = view.standards.today
        if today is None:
            return
        limit = _months_before(today, parameters.months)
        for paragraph in paragraphs:
            for evidence in view.draft.cited(paragraph):
                if evidence.kind != COMPETITOR or not evidence.text:
                    continue
                days = [_day_of(evidence, place, today) for place in _carrying(view, paragraph, evidence)]
                known = [day for day in days if day is not None]
                if known and min(known) < limit:
                    yield self.finding(
                        Words(
                            zh=f"{evidence.id}（{evidence.title}）的信息是 {min(known)} 以前的，"
                            f"超过 {parameters.months} 个月；重新查证，或注明日期",
                            en=f"{evidence.id} ({evidence.title}) is of {min(known)} at the latest, older than "
                            f"{parameters.months} months; look it up again, or say its date",
                        ),
                        view.locale, paragraph.id, evidence=[evidence.id],
                    )  # fmt: skip
                elif len(known) < len(days):
                    yield self.finding(
                        Words(
                            zh=f"{evidence.id}（{evidence.title}）的信息没有日期；在资料库补上查证日期",
                            en=f"{evidence.id} ({evidence.title}) is undated; add to the library when it was looked up",
                        ),
                        view.locale, paragraph.id, evidence=[evidence.id],
                    )  # fmt: skip


def _carrying(view: DraftView, paragraph: Paragraph, evidence: Evidence) -> list[Span]:
    """The sentences of a piece that carry what a paragraph says; all of the piece where that is not known."""
    places = [
        place.span
        for claim in view.draft.claims
        if claim.paragraph == paragraph.id
        for place in claim.evidence
        if place.id == evidence.id
    ]
    carrying = [s for s in sentences(evidence.text) if any(s.overlaps(place) for place in places)]
    return carrying or [Span(0, len(evidence.text))]


def _day_of(evidence: Evidence, place: Span, today: date) -> date | None:
    """The latest day on which a sentence can have been true: of its newest date, else of those before it, else of the
    entry."""
    dated = [
        (quantity.span.start, day)
        for quantity in quantities(evidence.text)
        if quantity.date is not None and (day := last_day(quantity.date)) and _first(quantity.date) <= today
    ]
    own = [day for start, day in dated if place.start <= start < place.end]
    before = [day for start, day in dated if start < place.start]
    return max(own) if own else before[-1] if before else evidence.as_of


def _first(stated: DateValue) -> date:
    """The first day that a date with a year may mean."""
    quarter = (stated.quarter or 1) * 3 - 2
    half = (stated.half or 1) * 6 - 5
    return date(stated.year or 1, stated.month or max(quarter, half), 1)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
