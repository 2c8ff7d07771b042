"""A transcript as turns: who says what in which line. Long lines are cut into stretches of whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.writing.speakers import speakers, split_line
from knowledge.domain.locale import detect_language
from knowledge.domain.text import sentences

LONGEST = {"zh": 260, "en": 700}
"""Characters of a turn; a longer line is cut between sentences."""

_CLOCK = r"[\[(【]?\d{1,2}:\d{2}(?::\d{2})?[\])】]?"
_HEADED = re.compile(rf"^\s*(?:{_CLOCK}\s+)?(?P<name>[^\W\d_][^:：，,。\n]{{0,30}}?)\s+{_CLOCK}\s*$")
_NOISE = re.compile(rf"^\s*(?:{_CLOCK}(?:\s*-->\s*.*)?|[\[({{（【].*[\])}}）】]|\d+|WEBVTT.*|-+)\s*$")
_MARK = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of talk of one person: a line of the transcript (counted from 1), or part of a very long one."""

    line: int
    name: str
    said: str
    part: int = 0

    @property
    def text(self) -> str:
        """As it stands in the transcript: the name, a colon, what was said."""
        return f"{self.name}{'：' if _is_han(self.said) else ': '}{self.said}"

    @property
    def locator(self) -> str:
        return f"line {self.line}" if not self.part else f"line {self.line}, part {self.part}"


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns in order, the lines above them (subject, date, place), and who speaks, in the order they begin."""

    turns: tuple[Turn, ...]
    head: tuple[tuple[int, str], ...]
    names: tuple[str, ...]
    language: str


def read(lines: Sequence[tuple[int, str]]) -> Transcript:
    """The transcript of numbered lines: `Name: …`, or a name and a time with what is said below it."""
    plain = list(_plain(lines))
    names = speakers(["\n".join(line for _, line in plain)])
    known, turns, head = set(names), list[Turn](), list[tuple[int, str]]()
    language = "zh" if detect_language("\n".join(line for _, line in plain)[:4000]) == "zh" else "en"
    for number, line in plain:
        name, said = split_line(line)
        if name not in known:
            name, said = (turns[-1].name, line) if turns else ("", line)
        said = " ".join(_MARK.sub(" ", said).split())
        if not name:
            head.append((number, line))
        elif said:
            turns += _stretches(number, name, said, language)
    return Transcript(tuple(turns), tuple(head), tuple(names), language)


def _plain(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines with a speaker before each; those of a clock, a cue number or a noise are left out."""
    name = ""
    for number, line in lines:
        if headed := _HEADED.match(line):
            name = headed["name"].strip()
        elif line.strip() and not _NOISE.match(line):
            yield number, line if not name or split_line(line)[0] == name else f"{name}: {line.strip()}"


def _stretches(line: int, name: str, said: str, language: str) -> list[Turn]:
    longest = LONGEST[language]
    if len(said) <= longest * 1.3:
        return [Turn(line, name, said)]
    joint = "" if language == "zh" else " "
    groups: list[str] = []
    for sentence in (piece for span in sentences(said) for piece in _clauses(span.of(said).strip(), longest)):
        if groups and len(groups[-1]) + len(sentence) <= longest:
            groups[-1] += joint + sentence
        else:
            groups.append(sentence)
    return [Turn(line, name, group, part) for part, group in enumerate(groups, 1)]


def _clauses(sentence: str, longest: int) -> list[str]:
    """A sentence, in pieces at its commas where it is far too long (speech without full stops)."""
    if len(sentence) <= longest * 1.3:
        return [sentence]
    pieces: list[str] = []
    for clause in re.split(r"(?<=[，,；;])\s*", sentence):
        if pieces and len(pieces[-1]) + len(clause) <= longest:
            pieces[-1] += ("" if _is_han(clause) else " ") + clause
        else:
            pieces.append(clause)
    return pieces


def _is_han(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)
