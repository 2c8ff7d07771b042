"""`write: schedule` — the steps before and after a day of the brief, each with its own day, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.draft import Paragraph
from assistant.input_values import day_of
from assistant.writing.context import Desk
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import find, render
from knowledge.domain.words import Words
from prompts.section import Step, TemplateSection

_PAST = Words(zh="（这一天已过）", en=" (already past)")
_BETWEEN = Words(zh="：", en=" — ")


class ScheduleSection:
    """A line for each step: the day as the locale writes it, then what is done. A step whose day is gone says so and
    stays, so that nobody plans with time that is not there."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        day = day_of(desk.values.get(str(section.input), ""))
        if day is None:
            return [] if section.optional else [desk.gap(section)]
        lines = [_line(when, step, desk) for when, step in timed(section.steps, day)]
        return [
            desk.paragraph(line, [desk.book.brief_evidence(line).id], role="step", by="program") for line in lines
        ] or [desk.gap(section)]


def timed(steps: Sequence[Step], day: date) -> list[tuple[date, Step]]:
    """The steps with their days, the earliest first; those that fall out of the calendar are left out."""
    found = [(when, step) for step in steps for days in _days(step) if (when := _moved(day, days)) is not None]
    return sorted(found, key=lambda pair: pair[0])


def in_words(day: date, locale: Locale) -> str:
    """The day as the locale writes it."""
    found = find(day.isoformat())
    return (render(found[0], locale) if len(found) == 1 else None) or day.isoformat()


def _days(step: Step) -> Iterator[int]:
    yield step.days
    if step.every is not None and step.until is not None:
        yield from range(step.days + step.every, step.until + 1, step.every)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _line(when: date, step: Step, desk: Desk) -> str:
    past = _PAST.of(desk.language) if desk.standards.today and when < desk.standards.today else ""
    return f"{in_words(when, desk.locale)}{_BETWEEN.of(desk.language)}{desk.words(step.text)}{past}"
