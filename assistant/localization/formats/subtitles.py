"""SubRip and WebVTT: a unit per cue, its lines as one text, which is broken into lines again when it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.cue_text import CueText
from assistant.localization.formats.spliced import Slot, SplicedFile, decoded
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.locale import Locale
from knowledge.reading.signature import kind_of

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})(?P<rest>[ \t].*)?")
_LINE = re.compile(r"(?P<text>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")
_SPEED = {"zh": 9, "ja": 4, "ko": 12}
"""Characters that are read in a second, as broadcasters and streaming services ask of subtitles."""
_USUAL_SPEED = 17


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its seconds, and where its text stands, without the line end after it."""

    number: int
    start: float
    end: float
    text_start: int
    text_end: int


class Subtitles:
    """`.srt`, `.vtt`. How much can be read in the time is a note to the unit, not a limit."""

    id = "subtitles"
    suffixes = (".srt", ".vtt")

    def recognises(self, name: str, data: bytes) -> bool:
        """Any file with one of the suffixes: what is wrong with another one is told when it is read."""
        return True

    def read(self, data: bytes, reading: Reading) -> SplicedFile:
        """Raises `UnreadableFile` when there is no cue in it."""
        if kind_of(data):
            raise UnreadableFile(reading.name, "is no text", "export the subtitles again as SRT or WebVTT")
        source = decoded(data, reading.name)
        cues = list(_cues(source.text))
        vtt = source.text.startswith("WEBVTT")
        if not cues and not vtt:
            raise UnreadableFile(reading.name, "has no cue with a time", "export the subtitles again as SRT or WebVTT")
        newline = "\r\n" if "\r\n" in source.text else "\r" if "\n" not in source.text else "\n"
        slots = []
        for cue in cues:
            text = CueText(source.text[cue.text_start : cue.text_end], vtt=vtt, newline=newline)
            if text.content.says_something:
                slots.append(Slot(_unit(cue, text.content, reading.target), cue.text_start, cue.text_end, text.written))
        return SplicedFile(reading.name, source, slots)


def _unit(cue: Cue, content: Content, target: Locale) -> Unit:
    seconds = max(cue.end - cue.start, 0.0)
    readable = int(seconds * _SPEED.get(target.language, _USUAL_SPEED))
    note = f"on screen for {seconds:.1f} s: about {readable} characters can be read"
    place = f"cue {cue.number}, {int(cue.start // 60):02d}:{cue.start % 60:04.1f}"
    return Unit(f"cue{cue.number}", content, place=place, note=note)


def _cues(text: str) -> Iterator[Cue]:
    """The cues in order. A cue's text goes on to the next empty line, or where the next cue's number and time are."""
    lines = [(found["text"], found.start(), found.end("text")) for found in _LINE.finditer(text)]
    timings = [(at, found) for at, (line, _, _) in enumerate(lines) if (found := _TIMING.fullmatch(line))]
    left = _left_blocks(lines)
    number = 0
    for at, timing in timings:
        if at in left:
            continue
        number += 1
        last = at
        while last + 1 < len(lines) and lines[last + 1][0].strip() and not _begins(lines, last + 1):
            last += 1
        if last > at:
            start, end = _seconds(timing["start"]), _seconds(timing["end"])
            yield Cue(number, start, end, lines[at + 1][1], lines[last][2])


def _left_blocks(lines: list[tuple[str, int, int]]) -> set[int]:
    """The lines of notes, style sheets and regions, which hold no cues whatever they look like."""
    left: set[int] = set()
    inside = False
    for at, (line, _, _) in enumerate(lines):
        first = at == 0 or not lines[at - 1][0].strip()
        inside = bool(line.strip()) and (
            inside or (first and re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", line) is not None)
        )
        if inside:
            left.add(at)
    return left


def _begins(lines: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a cue begins here although no empty line stands before it."""
    if _TIMING.fullmatch(lines[at][0]):
        return True
    return lines[at][0].strip().isdigit() and at + 1 < len(lines) and bool(_TIMING.fullmatch(lines[at + 1][0]))


def _seconds(time: str) -> float:
    parts = time.replace(",", ".").split(":")
    return sum(float(part) * 60.0**power for power, part in enumerate(reversed(parts)))
