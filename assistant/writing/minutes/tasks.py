"""Who does what by when, read by program from what people promise and ask of each other in a meeting.

A task is a promise ("我来查", "I'll send it by Friday"), a request to somebody ("周凯你看", "Ann, please …"), or a job
that has nobody yet ("得有人去看", "somebody has to …"). The owner is the one who promises, who is called by name, or
who answers; a later date in the answer counts; what is called off later is no task.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.claims.words import plain_words
from assistant.writing.minutes.asked import Asked
from assistant.writing.minutes.dues import due, dues, without_dues
from assistant.writing.minutes.requests_en import asked_en
from assistant.writing.minutes.requests_zh import asked_zh
from assistant.writing.minutes.spoken import is_han, tidy
from assistant.writing.minutes.transcript import Transcript, Turn
from knowledge.domain.text import sentences

_ACCEPTS = re.compile(
    r"^(?:好|行|可以|没问题|收到|明白|嗯|OK|对|我去|我来|我通知|我转告)"
    r"|^(?:okay|ok|will do|sure|yes|fine|no problem|all right|alright|right|noted|got it|i will|i'll|of course|done)\b",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"不用(?:了|做|去|查|写)|取消|算了|先不(?:做|弄|管)|不做了|别(?:做|弄|去|发)了"
    r"|\b(?:scrap|forget|drop|cancel|never mind|no need|don't bother|leave)\b (?:that|it|about)",
    re.IGNORECASE,
)
_NO_DATE = re.compile(
    r"不(?:定|设)(?:日子|时间|日期)|(?:日子|时间|日期)[^，。]{0,4}(?:不定|待定|空着|说不好|没定)|没有(?:时间"
    r"|日期|日子)|时间不急|不急"
    r"|\bno (?:date|hurry|rush|promise on the day)|cannot name a day|date to follow",
    re.IGNORECASE,
)
_ASKED_IN = 220
"""Characters of a turn in which "you" and "I" without a date give somebody a job: in a long speech they do not."""

_NEXT = re.compile(r"下次|再碰|同一时间|散会|\bnext (?:call|meeting|time)|\bsame time\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:it|this|that|them|these|those|one|so)\b|这个|那个|这事|它", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Task:
    """What, who and by when, in the words of the meeting; empty where nobody said. `turns`: the lines it rests on;
    `bare`: the sentence itself does not say what."""

    what: str
    owner: str
    due: str
    turns: tuple[Turn, ...]
    bare: bool = False


def tasks(transcript: Transcript) -> list[Task]:
    """The tasks that still hold at the end of the meeting, in order."""
    found: list[Task] = []
    turns = transcript.turns
    for number, turn in enumerate(turns):
        made = _of(turn, turns, number, transcript.names)
        if found and not made:
            found = _answered(found, turn, turns[max(0, number - 4) : number])
        for task in made:
            near = bool(found) and any(t in turns[max(0, number - 2) : number + 1] for t in found[-1].turns)
            if task.bare and near and found[-1].owner == task.owner:
                last = found[-1]
                lines = tuple(dict.fromkeys((*last.turns, turn)))
                found[-1] = replace(last, due=task.due or last.due, turns=lines)
                continue
            found = _merged(found, task, turns)
    return found


def _of(turn: Turn, turns: Sequence[Turn], number: int, names: Sequence[str]) -> list[Task]:
    made: list[Task] = []
    parts = [span.of(turn.said).strip() for span in sentences(turn.said)]
    for place, sentence in enumerate(parts):
        after = parts[place + 1] if place + 1 < len(parts) else ""
        timed = bool(dues(sentence)) or bool(_NO_DATE.search(sentence) or _NO_DATE.search(after))
        if is_han(sentence):
            jobs = asked_zh(sentence, turn.name, names, timed=timed)
        else:
            job = asked_en(sentence, " ".join(parts[:place]), turn.name, names, timed=timed)
            jobs = [job] if job else []
        for asked in jobs:
            if asked.nobody and not _says(asked.what) and made and not made[-1].owner:
                continue
            if (task := _task(asked, sentence, parts[:place], turn, turns, number)) is not None:
                made.append(task)
        if not jobs and made and not made[-1].due and len(plain_words(without_dues(sentence))) <= 2 and due(sentence):
            made[-1] = replace(made[-1], due=due(sentence))
    return [task for task in made if _says(task.what)]


def _says(what: str) -> bool:
    return len(plain_words(what)) >= 1 and len(what) >= (3 if is_han(what) else 6)


def _task(
    asked: Asked, sentence: str, before: Sequence[str], turn: Turn, turns: Sequence[Turn], number: int
) -> Task | None:
    owner, lines = asked.owner, [turn]
    when = "" if _NO_DATE.search(sentence) else due(sentence)
    if asked.to_you and not owner:
        owner, answer = _addressed(turns, number)
        accepted = answer is not None and turns.index(answer) > number
        if not (when or accepted) or turn.part or len(turn.said) > _ASKED_IN:
            return None
        lines += [answer] if answer else []
    if (turn.part or len(turn.said) > _ASKED_IN) and not when:
        return None
    what = asked.what
    if len(plain_words(what)) < 2 or (_BACK.search(what) and len(plain_words(what)) < 5):
        about = (asked.about, None) if asked.about else _about(before, turns, number)
        if about:
            told, line = about
            what = _with(what, told)
            if line is not None:
                lines.insert(0, line)
    if not when and before and not _NO_DATE.search(sentence):
        last = before[-1]
        when = due(last) if len(dues(last)) == 1 and len(plain_words(without_dues(last))) <= 2 else ""
    return Task(what, owner, when, tuple(lines), bare=not _says(asked.what))


def _with(what: str, told: str) -> str:
    """A job with what it is about, as it was said."""
    if not what or not told:
        return what or told
    return f"{what}（{told}）" if is_han(what) else f"{what} ({told})"


def _addressed(turns: Sequence[Turn], number: int) -> tuple[str, Turn | None]:
    """Whom "you" means: the one who accepts in the next turn, else the one who spoke last before."""
    me = turns[number].name
    following = next((t for t in turns[number + 1 : number + 3] if t.name != me), None)
    if following is not None and _ACCEPTS.match(tidy(following.said) or following.said):
        return following.name, following
    if following is not None and _ACCEPTS.match(following.said):
        return following.name, following
    previous = next((t for t in reversed(turns[max(0, number - 3) : number]) if t.name != me), None)
    return ("", None) if previous is None else (previous.name, previous)


def _about(before: Sequence[str], turns: Sequence[Turn], number: int) -> tuple[str, Turn | None] | None:
    """What "it" means: the sentence before in the same turn, else the last one of the turn before."""
    for sentence in reversed(before):
        if len(plain_words(sentence)) >= 2:
            return _short(sentence), None
    for turn in reversed(turns[max(0, number - 2) : number]):
        for sentence in reversed([span.of(turn.said).strip() for span in sentences(turn.said)]):
            if len(plain_words(sentence)) >= 2:
                return _short(sentence), turn
    return None


def _short(sentence: str) -> str:
    """The beginning of a sentence, to its first comma where it is long."""
    text = tidy(sentence).rstrip("。.！!？?")
    for mark in ("，", ", "):
        if len(text) > (24 if is_han(text) else 70) and mark in text:
            text = text.split(mark)[0] if len(text.split(mark)[0]) >= 6 else mark.join(text.split(mark)[:2])
    return text if len(text) <= (40 if is_han(text) else 100) else ""


def _answered(found: list[Task], turn: Turn, before: Sequence[Turn]) -> list[Task]:
    """The tasks after an answer: another date, or called off."""
    last = found[-1]
    near = any(t in before for t in last.turns)
    if _NEXT.search(turn.said):
        return found
    if near and _OFF.search(turn.said) and len(turn.said) < 60:
        return found[:-1]
    when = due(turn.said)
    short = len(plain_words(without_dues(turn.said))) <= 6 or (not last.due and bool(_ACCEPTS.match(turn.said)))
    if near and when and short and (turn.name == last.owner or not last.due):
        return [*found[:-1], replace(last, due=when, turns=(*last.turns, turn))]
    if near and last.due and _NO_DATE.search(turn.said):
        return [*found[:-1], replace(last, due="", turns=(*last.turns, turn))]
    return found


def _merged(found: list[Task], task: Task, turns: Sequence[Turn]) -> list[Task]:
    """With a new task; one that says again what somebody has to do already adds its date and its lines."""
    words = plain_words(task.what)
    for number in range(len(found) - 1, -1, -1):
        known = found[number]
        theirs = plain_words(known.what)
        least = min(len(words), len(theirs)) or 1
        same = len(words & theirs) / least >= 0.5
        answers = (
            number == len(found) - 1
            and known.owner == task.owner
            and task.turns[-1].name == task.owner
            and bool(_ACCEPTS.match(task.turns[-1].said))
            and 0 < turns.index(task.turns[-1]) - turns.index(known.turns[-1]) <= 2
        )
        if (same and (known.owner == task.owner or not known.owner or not task.owner)) or answers:
            lines = tuple(dict.fromkeys((*known.turns, *task.turns)))
            what = task.what if same and len(theirs) < len(words) and not known.owner else known.what
            merged = Task(what, known.owner or task.owner, task.due or known.due, lines)
            return [*found[:number], merged, *found[number + 1 :]]
    return [*found, task]
