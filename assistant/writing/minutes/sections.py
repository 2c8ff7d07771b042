"""The writers of minutes: `subject`, `occasion`, `speakers`, `agenda`, `topics`, `decisions`, `following`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Paragraph
from assistant.writing.context import Desk
from assistant.writing.minutes.dues import dues
from assistant.writing.minutes.meeting import meeting_of
from assistant.writing.minutes.spoken import tidy
from assistant.writing.minutes.summary import Summary
from assistant.writing.minutes.summing import chief_words, summaries
from assistant.writing.minutes.transcript import Turn
from knowledge.domain.text import sentences
from prompts.rendering import fill
from prompts.section import TemplateSection

_SUBJECT = re.compile(
    r"^\s*(?:会议)?(?:主题|议题|名称|题目)\s*[:：]\s*(.+)|^\s*(?:subject|topic|title|re|meeting)\s*:\s*(.+)",
    re.IGNORECASE,
)
_WHEN = re.compile(r"^\s*(?:会议|开会)?(?:时间|日期)\s*[:：]\s*(.+)|^\s*(?:date|time|when)\s*:\s*(.+)", re.IGNORECASE)
_PLACE = re.compile(
    r"^\s*(?:会议|开会)?(?:地点|地址|方式)\s*[:：]\s*(.+)|^\s*(?:place|location|where|venue)\s*:\s*(.+)", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"今天[^。]{0,10}(?:要|主要|是|来|定|讨论|谈|说|开)|(?<!下一个)(?<!下个)议题|(?:这|本)次[^，。]{0,4}会|目的|主题"
    r"|\btoday(?:'s| is| we)|\bagenda|\bpurpose|\bhere to\b|\bmeeting is\b|\bwe(?:'re| are) (?:going to|here)"
    r"|\bplan for\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"下(?:一)?次(?:会|例会|开会|碰|见|讨论|会议|再)?|再碰|下周[^，。]{0,8}(?:再|同一时间|继续|会)"
    r"|[周月][^，。]{0,6}再(?:谈|议|开会|讨论|碰)"
    r"|\bnext (?:call|meeting|session|time|one)\b|\bwe(?:'ll| will)? (?:meet|speak|talk|continue"
    r"|reconvene) (?:again|on|next|tomorrow)"
    r"|\bsame time\b|\bback (?:here )?(?:on|in|at|after)\b|\bmeet again|\bfollow[- ]up (?:call|meeting)"
    r"|\bsee you (?:on|next|tomorrow|all)|\badjourn",
    re.IGNORECASE,
)
_OPENING, _CLOSING = 6, 12


class SubjectSection:
    """`write: subject` — what the meeting was about: as the head of the transcript says, else its topics."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        role = section.parts[0].role
        for number, line in meeting.transcript.head:
            if found := _SUBJECT.match(line):
                text = next(filter(None, found.groups())).strip()
                return [desk.paragraph(text, [meeting.head(number, line).id], role=role, by="program")]
        told = [(number, line) for number, line in meeting.transcript.head if 4 <= len(line) <= 60]
        if told and not any(mark in told[0][1] for mark in ":："):
            number, line = told[0]
            return [desk.paragraph(line.strip(), [meeting.head(number, line).id], role=role, by="program")]
        if not meeting.turns:
            return [desk.gap(section)]
        cited = meeting.cite(meeting.turns[:1])
        words = chief_words(meeting.turns, meeting)
        return [desk.paragraph(words, [e.id for e in cited], role=role, by="program")] if words else [desk.gap(section)]


class OccasionSection:
    """`write: occasion` — date, time and place as the head says; the purpose as it was said at the beginning."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        zh = desk.language == "zh"
        written = []
        for pattern, label in ((_WHEN, ("时间", "Date and time")), (_PLACE, ("地点", "Place"))):
            for number, line in meeting.transcript.head:
                if found := pattern.match(line):
                    text = next(filter(None, found.groups())).strip()
                    said = f"{label[0]}：{text}" if zh else f"{label[1]}: {text}"
                    written.append(desk.paragraph(said, [meeting.head(number, line).id], by="program"))
                    break
        for turn in meeting.turns[:_OPENING]:
            spoken = [span.of(turn.said).strip() for span in sentences(turn.said)]
            told = next((s for s in spoken if _PURPOSE.search(s) and len(s) >= 10 and not s.endswith(("?", "？"))), "")
            if told and meeting.transcript.language == desk.language:
                text = f"目的：{tidy(told)}" if zh else f"Purpose: {tidy(told)}"
                written.append(desk.paragraph(text, [e.id for e in meeting.cite([turn])], by="program"))
                break
        return written or [desk.gap(section)]


class AttendeesSection:
    """`write: speakers` — those who speak in a transcript, in the order in which they begin."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        first = {turn.name: turn for turn in reversed(meeting.turns)}
        return [
            desk.paragraph(name, [e.id for e in meeting.cite([first[name]])], role="attendee", by="program")
            for name in meeting.transcript.names
            if name in first
        ] or [desk.gap(section)]


class AgendaSection:
    """`write: agenda` — the names of the topics, in the order in which they came up."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        made = summaries(desk.template.section(_told_in(desk)), desk, meeting)
        return [
            desk.paragraph(one.title, [e.id for e in meeting.cite(_named(one))], role=section.parts[0].role, by=one.by)
            for one in made
            if one.title
        ] or [desk.gap(section)]


def _named(one: Summary) -> Sequence[Turn]:
    """The turns of a topic in which a word of its name stands; all of them where the name is in other words."""
    words = [word for word in re.split(r"[、,\s]+", one.title.casefold()) if len(word) > 1]
    return [turn for turn in one.turns if any(word in turn.text.casefold() for word in words)] or one.turns


class TopicsSection:
    """`write: topics` — an item for each topic, in at most a fixed number of calls."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        return [
            desk.paragraph(one.text, [e.id for e in meeting.cite(one.turns)], role=section.parts[0].role, by=one.by)
            for one in summaries(section, desk, meeting)
        ] or [desk.gap(section)]


class DecisionsSection:
    """`write: decisions` — what was decided and still holds at the end, with who said so."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        part = section.parts[0]
        written = []
        for decision in meeting.decisions[-part.count.most :]:
            text = decision.text.rstrip("。.；;")
            if part.form.of(desk.language):
                text = fill(part.form.of(desk.language), {"what": text, "who": decision.name})
            cited = [e.id for e in meeting.cite(decision.turns)]
            written.append(desk.paragraph(text, cited, role=part.role, by="program"))
        return written or [desk.gap(section)]


class FollowingSection:
    """`write: following` — when the next meeting is, as said towards the end."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        for turn in reversed(meeting.turns[-_CLOSING:]):
            for sentence in reversed([span.of(turn.said).strip() for span in sentences(turn.said)]):
                if _NEXT.search(sentence) and dues(sentence) and not sentence.endswith(("?", "？")):
                    text = _next_said(tidy(sentence), turn, desk)
                    return [desk.paragraph(text, [e.id for e in meeting.cite([turn])], by="program")]
        return [] if section.optional else [desk.gap(section)]


def _next_said(said: str, turn: Turn, desk: Desk) -> str:
    zh = desk.language == "zh"
    said = re.sub(r"^(?:就这样|就这些|那就这样)[，,。]\s*", "", said)
    return f"{said.rstrip('。')}（{turn.name}）" if zh else f"{said.rstrip('.')} ({turn.name})"


def _told_in(desk: Desk) -> str:
    """The section of the template that tells the topics."""
    return next(section.id for section in desk.template.sections if section.write == "topics")
