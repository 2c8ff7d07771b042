"""A meeting on the desk: its transcript, read once for all sections of the minutes, and its lines as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

from assistant.draft import Evidence
from assistant.evidence import EvidenceBook
from assistant.writing.context import Desk
from assistant.writing.minutes.decisions import Decision, decisions
from assistant.writing.minutes.retracted import retracted
from assistant.writing.minutes.summary import Summary
from assistant.writing.minutes.tasks import Task, tasks
from assistant.writing.minutes.terms import counted
from assistant.writing.minutes.topics import topics, word_weights
from assistant.writing.minutes.transcript import Transcript, Turn, read
from prompts.section import TemplateSection

_READ: WeakKeyDictionary[EvidenceBook, dict[str, Meeting]] = WeakKeyDictionary()


class Meeting:
    """What a program reads in one transcript; each part when it is first asked for."""

    def __init__(self, book: EvidenceBook, name: str) -> None:
        self._book = book
        self._name = name
        self.transcript: Transcript = read(book.lines(name))
        self.summaries: list[Summary] | None = None

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.transcript.turns

    @cached_property
    def topics(self) -> list[list[Turn]]:
        return topics(self.turns, self.transcript.language)

    @cached_property
    def weights(self) -> dict[str, float]:
        return word_weights([turn.said for turn in self.turns])

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each noun or word stem is said."""
        return counted(self.turns, self.transcript, {})

    @cached_property
    def retracted(self) -> frozenset[Turn]:
        """Turns whose figure or proposal was corrected or taken back."""
        return retracted(self.turns)

    @cached_property
    def decisions(self) -> list[Decision]:
        return decisions(self.transcript, self.retracted)

    @cached_property
    def tasks(self) -> list[Task]:
        return tasks(self.transcript)

    def cite(self, turns: Iterable[Turn]) -> list[Evidence]:
        """Turns as evidence, in their order: neighbouring lines as one piece with their place."""
        order = {turn: number for number, turn in enumerate(self.turns)}
        runs: list[list[Turn]] = []
        for turn in sorted(set(turns), key=lambda t: order[t]):
            if runs and order[turn] == order[runs[-1][-1]] + 1 and len(runs[-1]) < 4:
                runs[-1].append(turn)
            else:
                runs.append([turn])
        return [self._book.excerpt(self._name, "\n".join(t.text for t in run), _place(run)) for run in runs]

    def head(self, number: int, line: str) -> Evidence:
        """A line above the talk as evidence."""
        return self._book.excerpt(self._name, line, f"line {number}")


def meeting_of(section: TemplateSection, desk: Desk) -> Meeting:
    """The meeting that a section of the minutes rests on: the document of its first evidence."""
    name = next(want.input for want in section.evidence if want.input)
    known = _READ.setdefault(desk.book, {})
    if name not in known:
        known[name] = Meeting(desk.book, name)
    return known[name]


def _place(run: Sequence[Turn]) -> str:
    first, last = run[0], run[-1]
    if first.line == last.line:
        return first.locator if len(run) == 1 else f"{first.locator}–{last.part}"
    return f"line {first.line}–{last.line}"
