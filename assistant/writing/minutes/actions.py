"""`write: actions` — what was agreed to be done, read by program where somebody sums it up in the meeting.

A summing-up is an utterance of several sentences that each name who or by when ("Third, the draft, Zhou, 1 December").
Reading it needs no guess. Where nobody sums up, what people promise and ask of each other is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.quantities import quantities
from assistant.draft import Evidence, Paragraph
from assistant.writing.context import Desk
from assistant.writing.minutes.meeting import Meeting, meeting_of
from assistant.writing.minutes.transcript import Turn
from knowledge.domain.text import sentences
from prompts.rendering import fill
from prompts.section import TemplateSection

LEAST = 3
"""Sentences that name who or by when before an utterance is a summing-up."""

_ENUMERATOR = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+|[一二三四五六七八九十\d]+[、.)]|首先|其次|最后"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|finally)(?:ly)?(?=\s*[,:])|\d+[.)])\s*[，,、:：]?\s*",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[，,；;]\s*")
_OPEN = re.compile(
    r"待定|没定|未定|不定|没有日期|空着|再定"
    r"|open\b|to follow|to be (?:confirmed|named)|TBD|TBC|not (?:named|set)",
    re.IGNORECASE,
)
_ME = re.compile(r"^(?:我|me|I|myself)$", re.IGNORECASE)
_ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_DAY = re.compile(
    rf"^(?:by |on |before )?(?:(?:the )?(?:twenty-|thirty-)?(?:{_ORDINAL})(?: of [A-Z][a-z]+)?"
    r"|today|tomorrow|(?:next |this )?(?:Mon|Tues|Wednes|Thurs|Fri)day|end of (?:the )?(?:week|month))$"
    r"|^(?:今天|明天|后天|[本下]?周[一二三四五六日天]|[本下]周|月底|年底|[本下]个?月底?)(?:之?前)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Action:
    """What, who and by when, in the words of the meeting; empty where nobody said."""

    what: str
    owner: str
    due: str


class ActionsSection:
    """The actions of the last summing-up; without one, the tasks that people took or were given, line by line."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        meeting = meeting_of(section, desk)
        names = meeting.transcript.names
        for turn in reversed(meeting.turns):
            if len(_COMMA.findall(turn.said)) >= LEAST and (found := summed_up(turn.name, turn.text, names)):
                return [_paragraph(action, _lines(meeting, [turn], action.owner), section, desk) for action in found]
        written = [
            _paragraph(Action(task.what, task.owner, task.due), _lines(meeting, task.turns, task.owner), section, desk)
            for task in meeting.tasks[: section.parts[0].count.most]
        ]
        return written or [desk.gap(section)]


def summed_up(speaker: str, line: str, names: Sequence[str]) -> list[Action]:
    """The actions that an utterance lists; empty when it is no summing-up."""
    said = line.split("：", 1)[-1] if "：" in line else line.split(":", 1)[-1]
    spans = [span.of(said).strip() for span in sentences(said)]
    found = [_actions(sentence, speaker, names) for sentence in spans]
    return [a for actions in found for a in actions] if sum(map(bool, found)) >= LEAST else []


def _actions(sentence: str, speaker: str, names: Sequence[str]) -> list[Action]:
    parts = [part for part in _COMMA.split(_ENUMERATOR.sub("", sentence).rstrip("。.!！")) if part]
    owner, what, found, signs = "", list[str](), list[Action](), 0
    for part in parts:
        named = speaker if _ME.match(part) else _name(part, names)
        if named or _OPEN.search(part):
            owner, signs = named or owner, signs + 1
        elif _is_due(part):
            signs += 1
            found.append(Action(_joined(what), "", part))
            what = []
        else:
            what.append(re.sub(r"^(?:and|以及|还有)\s*", "", part))
    if what and found:
        found[-1] = Action(_joined([found[-1].what, *what]), "", found[-1].due)
    elif what:
        found.append(Action(_joined(what), "", ""))
    usable = [Action(action.what, owner, action.due) for action in found if len(action.what) >= 4]
    return usable if signs and len(parts) <= 8 else []


def _name(part: str, names: Sequence[str]) -> str:
    """The speaker whom a part names, whole, by given name or (Chinese) without the family name."""
    for name in names:
        short = {name, name.split()[0], name[1:] if len(name) == 3 else name}
        if part.strip() in short:
            return name
    return ""


def _is_due(part: str) -> bool:
    if _DAY.match(part.strip()):
        return True
    dates = [q for q in quantities(part) if q.date is not None]
    return bool(dates) and len(dates[0].text) >= len(part.strip()) - 3


def _joined(parts: Sequence[str]) -> str:
    kept = [part for part in parts if part]
    return ("，" if any("一" <= ch <= "鿿" for part in kept for ch in part) else ", ").join(kept)


def _lines(meeting: Meeting, turns: Sequence[Turn], owner: str) -> list[Evidence]:
    """The turns as evidence; where none has the owner's whole name, the owner's nearest own turn as well."""
    own = [turn for turn in meeting.turns if turn.name == owner]
    if owner and own and not any(owner in turn.text for turn in turns):
        turns = [*turns, min(own, key=lambda turn: abs(turn.line - turns[-1].line))]
    return meeting.cite(turns)


def _paragraph(action: Action, lines: Sequence[Evidence], section: TemplateSection, desk: Desk) -> Paragraph:
    part = section.parts[0]
    unsaid = {name: words.of(desk.language) for name, words in part.unsaid.items()}
    values = {
        "what": action.what,
        "owner": action.owner or unsaid.get("owner", ""),
        "due": action.due or unsaid.get("due", ""),
    }
    return desk.paragraph(
        fill(part.form.of(desk.language), values), [e.id for e in lines], role=part.role, by="program"
    )
