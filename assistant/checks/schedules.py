"""Dates of a schedule in order, and the dateline of a release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.checks.base import DraftView
from assistant.checks.rules import RuleCheck
from assistant.claims.quantities import quantities
from assistant.draft import Paragraph
from assistant.input_values import day_of
from knowledge.domain.finding import Finding, Severity, Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import detect_language
from knowledge.domain.words import Record, Words
from prompts.template import Rule

OPENING = 6
"""A date that begins within so many characters is the line's own; one further on is spoken of."""
DATELINE = 90
"""Within so many characters a release says where and when."""


class OfInput(Record):
    """The date input by which the schedule is made."""

    input: str


class DatesInconsistent(RuleCheck[OfInput]):
    """Lines of a schedule whose dates run back (a warning), or stand on the wrong side of the day: the `steps` of the
    section say whether it prepares the day (none after it) or follows it (none before). A date without a year is that
    of the year in which it comes nearest to the day."""

    id = "dates_inconsistent"
    severity = Severity.ERROR
    title = Words(zh="日期前后矛盾", en="Dates do not agree")
    parameters = OfInput
    inputs = ("input",)

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: OfInput
    ) -> Iterator[Finding]:
        day = day_of(view.draft.inputs.get(parameters.input, ""))
        before, after = _sides(view, rule)
        latest: tuple[date, str] | None = None
        for paragraph in paragraphs:
            found = _own_day(paragraph.text, day)
            if found is None:
                continue
            own, span = found
            said = span.of(paragraph.text)
            if day and ((before and own > day) or (after and own < day)):
                side = Words(zh="之后", en="after") if own > day else Words(zh="之前", en="before")
                yield self.finding(
                    Words(
                        zh=f"{said} 在活动日（{day}）{side.zh}，不该出现在这一节；改日期或移到别处",
                        en=f"{said} is {side.en} the day ({day}), which this section cannot have; change it or move it",
                    ),
                    view.locale, paragraph.id, span,
                )  # fmt: skip
            if latest and own < latest[0]:
                yield self.finding(
                    Words(
                        zh=f"{said} 早于上面的 {latest[1]}；按先后排列",
                        en=f"{said} is earlier than {latest[1]} above; put them in order",
                    ),
                    view.locale, paragraph.id, span, severity=Severity.WARNING,
                )  # fmt: skip
            if latest is None or own >= latest[0]:
                latest = own, said


class DatelineInputs(Record):
    """The inputs in which city and date were given."""

    city: str
    date: str


class DatelineMissing(RuleCheck[DatelineInputs]):
    """A release whose lead does not begin with place and date. One of the two alone is a warning: some wires put in the
    date themselves."""

    id = "dateline_missing"
    severity = Severity.ERROR
    title = Words(zh="缺少电头", en="Dateline missing")
    parameters = DatelineInputs
    inputs = ("city", "date")

    def look(
        self, view: DraftView, rule: Rule, paragraphs: Sequence[Paragraph], parameters: DatelineInputs
    ) -> Iterator[Finding]:
        if not paragraphs:
            return
        lead = paragraphs[0]
        opening = lead.text[:DATELINE]
        city = view.draft.inputs.get(parameters.city, "").strip()
        asked = day_of(view.draft.inputs.get(parameters.date, ""))
        days = [_day(q.date, asked) for q in quantities(opening) if q.date is not None]
        has_date = asked in days if asked else bool(days)
        foreign = detect_language(city) not in (None, view.locale.language)
        has_city = not city or fold(city) in fold(opening) or (foreign and has_date)
        if has_city and has_date:
            return
        place = Words(zh=f"地点（{city}）", en=f"the place ({city})")
        when = Words(zh=f"日期（{asked or '年月日'}）", en=f"the date ({asked or 'day, month, year'})")
        missing = [words for words, there in ((place, has_city), (when, has_date)) if not there]
        yield self.finding(
            Words(
                zh=f"导语开头没有{'和'.join(w.zh for w in missing)}；在第一段开头加上电头",
                en=f"the lead does not begin with {' and '.join(w.en for w in missing)}; put the dateline first",
            ),
            view.locale, lead.id,
            severity=Severity.ERROR if not (has_date or (city and has_city)) else Severity.WARNING,
        )  # fmt: skip


def _own_day(text: str, near: date | None) -> tuple[date, Span] | None:
    """The date with which a line begins."""
    for quantity in quantities(text):
        day = _day(quantity.date, near) if quantity.span.start <= OPENING else None
        if day:
            return day, quantity.span
    return None


def _day(stated: object, near: date | None) -> date | None:
    """The day that a date states; without a year, the one nearest to `near`."""
    year, month, day = (getattr(stated, part, None) for part in ("year", "month", "day"))
    if month is None or day is None:
        return None
    years = [year] if year else [near.year + n for n in (-1, 0, 1)] if near else []
    days = [made for y in years if (made := _made(y, month, day))]
    return min(days, key=lambda d: abs((d - near).days) if near else 0) if days else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _sides(view: DraftView, rule: Rule) -> tuple[bool, bool]:
    """Whether the steps of the rule's section are all before the day, or all after it."""
    declared = [s for s in (view.template.sections if view.template else ()) if s.id == rule.section]
    ends = [end for s in declared for step in s.steps for end in (step.days, step.until) if end is not None]
    return bool(ends) and max(ends) <= 0, bool(ends) and min(ends) >= 0
