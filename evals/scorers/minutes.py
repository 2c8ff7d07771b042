"""What minutes must carry over from a meeting: decisions, actions with owner and date, figures, who spoke."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.scorers.base import Measure, Scorer, Shown, Tally
from evals.scorers.phrases import first, folded, has_section, lines, occurs, written
from evals.subjects.port import Answer

_OWNER = re.compile(r"(?:负责人|责任人|owner|responsible|assignee)\s*:\s*([^;)|]*)")
_DUE = re.compile(r"(?:完成时间|截止时间|截止日期|截止|期限|due(?: date)?|deadline)\s*:\s*([^;)|]*)")
_UNKNOWN = re.compile(
    r"未指定|未定|待定|未明确|未说明|未提|不定|没有|暂无|无\s*$|^\s*-?\s*$|tbd|tbc|open|none|n/a|unassigned|unspecified"
    r"|\bno\b|\bnot (?:named|set|given|specified|assigned|stated|fixed|yet)|to be (?:decided|confirmed|named|assigned)"
)
_SENTENCE_END = re.compile(r"[。！？；]|[.!?;]\s")
_DAY = re.compile(
    r"\d\s*[月日号]|周[一二三四五六日末]|星期|月底|年底|明天|今天|下周|tomorrow|today|\w+day\b|week|month"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d|\d(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)


class MinutesKept(Scorer):
    """Counts, by strings, what the minutes kept of a meeting.

    Looks at `expect.decisions`, `facts` (alternatives each), `actions` (`what`, `owner`, `due`: alternatives; None:
    nobody said it, and the minutes must say so), `speakers`, and `wrong`: phrases that must not be said, or objects
    `{"said", "unless"}` for what is wrong only in a line that has none of `unless`. An action that was left out has
    neither owner nor date. Actions are looked for in the section `actions` where there is one.
    """

    id = "minutes_kept"
    version = 1
    measures = (
        Measure("decisions_kept", "decisions of the meeting that the minutes state", "higher"),
        Measure("actions_kept", "agreed actions that the minutes list", "higher"),
        Measure("owners_right", "actions with the right owner, or told to have none", "higher"),
        Measure("due_right", "actions with the right date, or told to have none", "higher"),
        Measure("facts_kept", "figures and facts of the meeting that the minutes state", "higher"),
        Measure("wrong_said", "what does not belong there (revoked, corrected, invented, small talk)", "lower"),
        Measure("speakers_kept", "persons who spoke and are named", "higher"),
    )

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        rows, text = lines(answer.document), written(answer.document)
        expect = case.expect
        tallies = {
            "decisions_kept": [_in_a_line(forms, rows) for forms in expect.get("decisions", ())],
            **_actions(expect, lines(answer.document, _actions_section(answer.document))),
            "facts_kept": [_in_a_line(forms, rows) for forms in expect.get("facts", ())],
            "speakers_kept": [_in_a_line([name], [text]) for name in expect.get("speakers", ())],
        }
        found = {name: _tally(shown) for name, shown in tallies.items() if shown}
        if expect.get("wrong"):
            found["wrong_said"] = _wrong(expect["wrong"], rows)
        return found


def _actions_section(document: Mapping[str, Any]) -> str | None:
    return "actions" if has_section(document, "actions") else None


def _in_a_line(forms: list[str], rows: Sequence[str]) -> Shown:
    row = next((row for row in rows if first(forms, row)), None)
    return Shown(row or "", " | ".join(forms), "said" if row else "not said", wrong=row is None)


def _tally(shown: Sequence[Shown]) -> Tally:
    wrong = [one for one in shown if one.wrong]
    right = [one for one in shown if not one.wrong]
    return Tally(len(right), len(shown), (*wrong, *right[:5]))


def _wrong(items: Sequence[str | Mapping[str, Any]], rows: Sequence[str]) -> Tally:
    shown = []
    for item in items:
        said, unless = (item, []) if isinstance(item, str) else (item["said"], item["unless"])
        row = next((row for row in rows if _in_a_sentence(said, row) and not first(unless, row)), None)
        if row is not None:
            shown.append(Shown(row, said, "must not be said", wrong=True))
    return Tally(len(shown), len(items), tuple(shown))


def _in_a_sentence(phrase: str, row: str) -> bool:
    return any(occurs(phrase, sentence) for sentence in _SENTENCE_END.split(row))


def _actions(expect: Mapping[str, Any], rows: Sequence[str]) -> dict[str, list[Shown]]:
    """What to show of every action, its owner and its date."""
    shown: dict[str, list[Shown]] = {"actions_kept": [], "owners_right": [], "due_right": []}
    actions = expect.get("actions", ())
    names = {*expect.get("speakers", ()), *(name for action in actions for name in action["owner"] or ())}
    for action in actions:
        best = max(_judged(action, rows, names), key=lambda each: sum(not one.wrong for one in each))
        for measure, one in zip(shown, best, strict=True):
            shown[measure].append(one)
    return shown


def _judged(action: Mapping[str, Any], rows: Sequence[str], names: set[str]) -> list[tuple[Shown, Shown, Shown]]:
    """The action, its owner and its date as each line that names it has them; one of its lack when none does."""
    what, owner, due = action["what"], action["owner"], action["due"]
    against = (" | ".join(what), " | ".join(owner or ["nobody"]), " | ".join(due or ["no date"]))
    judged = [
        (
            Shown(row, against[0], "listed"),
            _shown(row, against[1], _owner_right(row, owner, names)),
            _shown(row, against[2], _due_right(row, due)),
        )
        for row in rows
        if first(what, row)
    ]
    if judged:
        return judged
    act, who, when = (Shown("", each, "the action is not listed", wrong=True) for each in against)
    return [(act, who, when)]


def _shown(row: str, against: str, right: bool) -> Shown:
    return Shown(row, against, "right" if right else "not so in this line", wrong=not right)


def _owner_right(row: str, owner: list[str] | None, names: set[str]) -> bool:
    labelled = _OWNER.search(folded(row))
    part = labelled.group(1) if labelled else row
    if owner is not None:
        return first(owner, part) is not None
    named = any(occurs(name, part) for name in names)
    return not named and (labelled is None or _UNKNOWN.search(part) is not None)


def _due_right(row: str, due: list[str] | None) -> bool:
    labelled = _DUE.search(folded(row))
    part = labelled.group(1) if labelled else row
    if due is not None:
        return first(due, part) is not None
    return _UNKNOWN.search(folded(part)) is not None if labelled else _DAY.search(folded(part)) is None
