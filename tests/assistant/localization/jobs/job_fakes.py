"""What the tests of jobs put in the place of formats, model and translator: a file of lines, replies that can be
counted, and faults that come when they are asked for."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.gateway.port import Message, ModelReply, ModelRequest, OnText, Usage
from assistant.localization.content import Content
from assistant.localization.formats.base import FileFormat, Reading, Written
from assistant.localization.formats.registry import format_of
from assistant.localization.jobs.asking import Patience
from assistant.localization.jobs.opening import Tools
from assistant.localization.jobs.output import write_whole
from assistant.localization.jobs.records import Job
from assistant.localization.memory.port import MatchKind, MemoryMatch
from assistant.localization.memory.store import Held, LookedUp
from assistant.localization.segment import Outcome, Segment, SegmentState
from assistant.localization.translating import Ask, Batch, Example
from assistant.localization.unit import TargetState, Unit
from assistant.workspace import Workspace
from knowledge.domain.errors import BadReply, InputError, UnreadableFile
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words

Submit = Callable[..., Job]
"""`submit({"a.lines": "one\\ntwo"}, targets=("de", "fr"))`: a new job (fixture `submit`)."""

Work = Callable[..., Job]
"""`work(job, opening)`: the job as it stands when this process has done with it (fixture `work`)."""

STALE = Words(zh="价格变了", en="the price has changed")

SOON = Patience(waits=(0.01, 0.02), busy=30.0, outage=30.0)


class Lines:
    """A file of lines, each a unit. `source => target` is one that is final; `!` at the end of the file breaks it."""

    id = "lines"
    suffixes = (".lines",)

    def recognises(self, name: str, data: bytes) -> bool:
        return True

    def read(self, data: bytes, reading: Reading) -> LinesFile:
        if data.endswith(b"!"):
            raise UnreadableFile(reading.name, "it is broken off", "save it again")
        return LinesFile(data.decode().splitlines())


class LinesFile:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @property
    def units(self) -> Sequence[Unit]:
        return [self._unit(number, line) for number, line in enumerate(self._lines, 1)]

    def write(self, written: Written) -> bytes:
        if any("☠" in str(target) for target in written.targets.values()):
            raise InputError("☠ cannot stand in such a file; write another letter")
        told = []
        for unit in self.units:
            kept = unit.source if unit.id in written.held or unit.target is None else unit.target
            told.append(str(written.targets.get(unit.id, kept)) + ("  # held" if unit.id in written.held else ""))
        return "\n".join(told).encode()

    def _unit(self, number: int, line: str) -> Unit:
        source, _, target = line.partition(" => ")
        content = Content.of(target) if target else None
        state = TargetState.FINAL if target else TargetState.NEW
        return Unit(f"l{number}", Content.of(source), place=f"line {number}", target=content, target_state=state)


def lines_of(name: str, data: bytes) -> Lines:
    if not name.endswith(".lines"):
        raise InputError(f"{name}: no such file can be localized")
    return Lines()


class FakeModel:
    """Answers a request with its texts in capital letters. `before` is called with the number of the call and may
    raise; each call that ended well is a line of `log`."""

    destination, writes, context_tokens = "this machine", True, 8192

    def __init__(
        self,
        latency: float = 0.0,
        before: Callable[[int, str], None] | None = None,
        log: Path | None = None,
        name: str = "fake",
    ) -> None:
        self.name = name
        self.asked: list[str] = []
        self.most_at_once = self._at_once = 0
        self._latency, self._before, self._log = latency, before, log
        self._lock = threading.Lock()

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        prompt = request.messages[-1].content
        with self._lock:
            self.asked.append(prompt)
            number = len(self.asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            if self._before is not None:
                self._before(number, prompt)
            if self._log is not None:
                _line(self._log, prompt.replace("\n", " | "))
            time.sleep(self._latency)
            return ModelReply(prompt.upper(), {}, Usage(10, 10, 1, self._latency), self.name)
        finally:
            with self._lock:
                self._at_once -= 1

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        return


class FakeTranslator:
    """Asks once for a batch, and once more for each segment with `again` in it; `doubtful` ones need a review."""

    def translate(self, batch: Batch, ask: Ask) -> dict[str, Outcome]:
        try:
            lines = self._asked([str(segment.source) for segment in batch.segments], ask)
        except BadReply as error:
            return {segment.id: Outcome(SegmentState.FAILED, why=error.message) for segment in batch.segments}
        found = {}
        for segment, line in zip(batch.segments, lines, strict=True):
            if "again" in str(segment.source):
                line = self._asked([str(segment.source)], ask)[0]
            doubtful = "doubtful" in str(segment.source)
            state = SegmentState.NEEDS_REVIEW if doubtful else SegmentState.TRANSLATED
            found[segment.id] = Outcome(state, Content.of(line), why="a figure changed" if doubtful else "", tries=1)
        return found

    def _asked(self, texts: Sequence[str], ask: Ask) -> list[str]:
        return ask(ModelRequest([Message("user", "\n".join(texts))])).text.split("\n")


class FakeMemory:
    """Knows some texts; keeps what it is given."""

    def __init__(self, known: Mapping[str, str] | None = None, stale: Mapping[str, str] | None = None) -> None:
        self.known, self.stale = dict(known or {}), dict(stale or {})
        self.kept: dict[str, str] = {}

    def find(self, segments: Sequence[Segment], source: Locale, target: Locale) -> dict[str, MemoryMatch]:
        return self.look_up(segments, source, target).matches

    def look_up(self, segments: Sequence[Segment], source: Locale, target: Locale) -> LookedUp:
        found = LookedUp({}, {})
        for segment in segments:
            text = str(segment.source)
            if text in self.known:
                match = MemoryMatch(MatchKind.EXACT, Content.of(self.known[text]), "person", "Lin")
                found.matches[segment.id] = match
            if text in self.stale:
                found.held[segment.id] = Held(Content.of(self.stale[text]), STALE)
        return found

    def alike(self, segments: Sequence[Segment], source: Locale, target: Locale) -> dict[str, Sequence[Example]]:
        return {}

    def keep(self, done: Mapping[Segment, Content], source: Locale, target: Locale, *, origin: str, by: str) -> None:
        self.kept |= {str(segment.source): str(content) for segment, content in done.items()}


class FakeOpening:
    """See `Opening`."""

    def __init__(
        self,
        model: FakeModel | None = None,
        memory: FakeMemory | None = None,
        write_file: Callable[[Path, bytes], None] = write_whole,
        translator: Any = None,
    ) -> None:
        self.model, self.memory = model or FakeModel(), memory
        self.translator = translator or FakeTranslator()
        self.write_file = write_file

    def tools(self, workspace: Workspace, job: Job) -> Tools:
        return Tools(self.model, self.translator, self.memory)

    def format_of(self, name: str, data: bytes) -> FileFormat:
        return lines_of(name, data) if name.endswith(".lines") else format_of(name, data)


def _line(log: Path, text: str) -> None:
    """One line in one write, so that lines of several processes do not mix."""
    number = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(number, f"{text}\n".encode())
    finally:
        os.close(number)
