"""`write: calendar` — a content plan by month: what goes out, from which approved entry, for which journey stage.

Each line is a piece with the fields month, topic, angle, stage, format, channel and owner. The topic is an approved
entry by its title, so nobody plans a piece for which there is nothing to say; its passage is cited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.plans.journey import ANGLES, STAGES, Format, Stage
from knowledge.domain.finding import Span
from knowledge.domain.locale import detect_language
from knowledge.domain.quantity import DateValue, Kind, Quantity, find, render
from knowledge.domain.words import Words
from knowledge.records import EntryVersion
from prompts.rendering import fill
from prompts.section import Part, TemplateSection

LONGEST = 24
"""Months that one plan holds at most."""

A_MONTH = 4
"""Pieces a month at most: one for each stage."""

_HAN_MONTHS = re.compile(r"(\d{1,2})\s*月?\s*[-—–~～至到]+\s*(\d{1,2})\s*月")
_DASH = re.compile(r"\s*[—–~～]+\s*|(?<=[A-Za-z])\s*-\s*(?=[A-Z])")
_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
_SHORT_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAY = re.compile(r"\bMay\b(?!,? *\d{4})")
"""Alone it may be a verb, so no date is read there."""
_TENTATIVE = re.compile(r"试点|尚未|\bpilot|\bnot (?:yet|rolled)", re.IGNORECASE)
_NOT_NAMED = Words(zh="未指定", en="not named")


@dataclass(frozen=True, slots=True)
class Topic:
    """An approved entry that a piece can be made from, and the passage that is cited for it."""

    entry: EntryVersion
    evidence: Evidence


class CalendarSection:
    """Every month the stages in turn, one piece each: an entry that no line has yet, in the format used least."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        part = section.parts[0]
        months = months_of(desk.values.get(section.input or "", ""), desk.language)
        topics = _topics(desk.book.select(section), desk)
        lines = list(_planned(months, topics, part, desk))[: part.count.most]
        if len(lines) < part.count.least:
            return [] if section.optional else [desk.gap(section)]
        told = dict.fromkeys(values[name] for name in ("month", "topic", "channel", "owner") for _, values in lines)
        plan = desk.book.brief_evidence("\n".join(told))  # the titles as approved: figures of theirs stand nowhere else
        return [
            desk.paragraph(
                fill(part.form.of(desk.language), {name: values.get(name, "") for name in part.fields}),
                [topic.evidence.id, plan.id], role=part.role, by="program",
            )
            for topic, values in lines
        ]  # fmt: skip


def months_of(text: str, language: str) -> list[tuple[int, int]]:
    """The months (year, month) that a period names: a month, two with all between them, a quarter, a half year, a year.
    Empty where no year is said, where it runs backwards, or over more than `LONGEST` months."""
    dates = [q.date for q in find(_spelt_out(text), language) if q.kind is Kind.DATE and q.date is not None]
    years = [value.year for value in dates if value.year]
    if not years:
        return []
    first, last = _span(dates[0], years[0])[0], _span(dates[:2][-1], years[-1])[1]
    if last < first and not dates[:2][-1].year:
        last += 12  # November 2026 to January
    return [divmod(number, 12) for number in range(first, last + 1)] if 0 < last - first + 1 <= LONGEST else []


def _spelt_out(text: str) -> str:
    """The text with words for dashes between months, which dates are not read across."""
    text = _HAN_MONTHS.sub(r"\1 月至 \2 月", text)
    year = _YEAR.search(text)
    text = _MAY.sub(f"May {year[0]}", text) if year else text
    text = _SHORT_MONTH.sub(lambda found: _MONTHS[found[1].casefold()], text)
    return _DASH.sub(" to ", text)


def _span(value: DateValue, year: int) -> tuple[int, int]:
    """The first and the last month as numbers: twelve times the year, plus the month from nought."""
    start = (value.year or year) * 12
    if value.month:
        return start + value.month - 1, start + value.month - 1
    if value.quarter:
        return start + value.quarter * 3 - 3, start + value.quarter * 3 - 1
    if value.half:
        return start + value.half * 6 - 6, start + value.half * 6 - 1
    return start, start + 11


def _topics(evidence: Sequence[Evidence], desk: Desk) -> list[Topic]:
    """One topic for each entry of the draft's language; what happened last comes first among things that happened."""
    found: dict[str, Topic] = {}
    for piece in evidence:
        if piece.entry_id and piece.entry_id not in found and piece.locale.split("-", 1)[0] == desk.language:
            entry = desk.library.entries.get(piece.entry_id, piece.version)
            if entry and detect_language(piece.title) in (None, desk.language):
                found[piece.entry_id] = Topic(entry, piece)
    return sorted(found.values(), key=lambda topic: _happened(topic.entry), reverse=True)


def _happened(entry: EntryVersion) -> tuple[int, int]:
    """Year and month of what an entry tells; nought where it does not say."""
    dates = [q.date for q in find(str(entry.fields.get("when", ""))) if q.date is not None]
    return (dates[0].year or 0, dates[0].month or 0) if dates else (0, 0)


def _planned(
    months: Sequence[tuple[int, int]], topics: Sequence[Topic], part: Part, desk: Desk
) -> Iterator[tuple[Topic, Mapping[str, str]]]:
    each = max(1, min(A_MONTH, part.count.most // max(1, len(months))))
    stages = [STAGES[number % len(STAGES)] for number in range(each * len(months))]
    used: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    said: set[tuple[str, str]] = set()
    for number, stage in enumerate(stages):
        chosen = _chosen(stage, topics, used, formats, said)
        if chosen is None:
            continue
        topic, form = chosen
        angle = next((a for a in (form.angle, *ANGLES) if (topic.entry.entry_id, a) not in said), form.angle)
        used[topic.entry.entry_id] += 1
        formats[form.name.en] += 1
        said |= {(topic.entry.entry_id, form.name.en), (topic.entry.entry_id, angle)}
        yield (
            topic,
            {
                "month": _in_words(*months[number // each], desk),
                "topic": topic.evidence.title,
                "angle": ANGLES[angle].of(desk.language),
                "stage": stage.name.of(desk.language),
                "format": form.name.of(desk.language),
                "channel": form.channel(desk.brief.market, desk.language),
                "owner": topic.entry.owner or part.unsaid.get("owner", _NOT_NAMED).of(desk.language),
            },
        )


def _chosen(
    stage: Stage, topics: Sequence[Topic], used: Counter[str], formats: Counter[str], said: set[tuple[str, str]]
) -> tuple[Topic, Format] | None:
    """The entry used least in the format used least, pilots last; never the same entry twice in one format."""
    fitting = [
        (topic, form)
        for form in stage.formats
        for topic in topics
        if topic.entry.kind in form.kinds
        and (not form.fields or any(topic.entry.fields.get(name) for name in form.fields))
        and (topic.entry.entry_id, form.name.en) not in said
    ]

    def often(pair: tuple[Topic, Format]) -> tuple[int, bool, int]:
        topic, form = pair
        return used[topic.entry.entry_id], bool(_TENTATIVE.search(topic.evidence.title)), formats[form.name.en]

    return min(fitting, key=often, default=None)


def _in_words(year: int, month: int, desk: Desk) -> str:
    value = DateValue(year=year, month=month + 1)
    text = f"{year}-{month + 1:02}"
    return render(Quantity(Span(0, len(text)), text, Kind.DATE, None, date=value), desk.locale) or text
