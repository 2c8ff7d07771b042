"""`ScriptedModel`: a model that answers from a file, faults included. For users' own tests as well as ours.

The file is JSONL, one `{"match": REGEX?, "reply": TEXT|OBJECT}` or `{"match"?, "fault": NAME, "retry_after"?}` a line.
A try takes the first line left whose `match` is found in its prompt (no `match`: any prompt), each line once. When a
retry finds none, the last fault of its call goes on: a provider that failed is still failing.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.gateway.chat import read
from assistant.gateway.limits import Limits
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.gateway.retry import Finish, Passing, Retries, Tried, Try
from knowledge.domain.errors import InputError, ProviderBusy, ProviderError, ProviderTimeout, UnreadableFile

WHO = "the script"
FAULTS = ("429", "500", "timeout", "cut", "bad_json", "empty", "length", "refusal")
_PIECE = 12  # letters per streamed piece


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a reply's text or a fault."""

    match: re.Pattern[str] | None
    text: str = ""
    fault: str = ""
    retry_after: float | None = None

    def fits(self, prompt: str) -> bool:
        return self.match is None or self.match.search(prompt) is not None


class ScriptedModel:
    """Answers from `path`. Raises `UnreadableFile` or `InputError` (file:line) at once when the file is wrong."""

    context_tokens: int
    destination = "this machine"
    writes = True

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self.context_tokens = self._limits.context_tokens
        self.name = f"scripted:{path}"
        self._lines = _load(path)
        self._total = len(self._lines)
        self._lock = threading.Lock()

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        prompt = "\n".join(message.content for message in request.messages)
        played: list[Line] = []

        def attempt(this: Try) -> Tried:
            if this.number > 1 and on_text is not None:
                on_text("")
            line = self._next(prompt) or (played[-1] if played and played[-1].fault else None)
            if line is None:
                raise ProviderError(
                    f"{WHO}: none of the {len(self._lines)} lines left of {self._total} fits this prompt; add a line"
                )
            played.append(line)
            return self._play(line, self.count_tokens(prompt), on_text)

        outcome = Retries(self._limits, WHO, first_wait=0.01).run(attempt, lambda text: read(text, request))
        return ModelReply(outcome.text, outcome.data, outcome.usage, self.name)

    def count_tokens(self, text: str) -> int:
        """An estimate by a common vocabulary."""
        from knowledge.reading.tokens import count_tokens

        return count_tokens(text)

    def close(self) -> None:
        return

    def _next(self, prompt: str) -> Line | None:
        with self._lock:
            for index, line in enumerate(self._lines):
                if line.fits(prompt):
                    return self._lines.pop(index)
        return None

    def _play(self, line: Line, prompt_tokens: int, on_text: OnText | None) -> Tried:
        failure = _FAILURES.get(line.fault)
        if failure is not None:
            raise failure(line)
        text, finish = _SHOWN.get(line.fault, (line.text, Finish.DONE))
        for piece in _pieces(text):
            if on_text is not None:
                on_text(piece)
        return Tried(text, finish, prompt_tokens, self.count_tokens(text))


_FAILURES: dict[str, Callable[[Line], Passing]] = {
    "429": lambda line: Passing(ProviderBusy, f"{WHO} is busy (429); wait or lower the load", line.retry_after),
    "500": lambda line: Passing(ProviderError, f"{WHO} failed with status 500", line.retry_after),
    "timeout": lambda line: Passing(ProviderTimeout, f"{WHO} did not answer in time"),
}
_SHOWN = {
    "cut": ('{"paragraphs": [{"text": "The reply breaks o', Finish.CUT),
    "bad_json": ("This is a sentence and no JSON.", Finish.DONE),
    "empty": ("", Finish.DONE),
    "length": ('{"paragraphs": [{"text": "The reply is too lo', Finish.LENGTH),
    "refusal": ("", Finish.REFUSED),
}


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _load(path: Path) -> list[Line]:
    try:
        rows = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(str(path), f"the script cannot be read ({type(error).__name__})") from None
    return [_line(row, f"{path}:{number}") for number, row in enumerate(rows, 1) if row.strip()]


def _line(row: str, place: str) -> Line:
    try:
        value = json.loads(row)
    except ValueError:
        raise InputError(f"{place}: not JSON; one object per line") from None
    if not isinstance(value, dict) or ("reply" in value) == ("fault" in value):
        raise InputError(f"{place}: an object with either 'reply' or 'fault' is needed")
    unknown = sorted(set(value) - {"match", "reply", "fault", "retry_after"})
    if unknown:
        raise InputError(f"{place}: unknown key '{unknown[0]}'; known: match, reply, fault, retry_after")
    return Line(_pattern(value, place), _text(value, place), _fault(value, place), _retry_after(value, place))


def _pattern(value: dict[str, Any], place: str) -> re.Pattern[str] | None:
    match = value.get("match")
    if match is None:
        return None
    try:
        return re.compile(match, re.DOTALL)
    except (re.error, TypeError):
        raise InputError(f"{place}: 'match' is not a regular expression") from None


def _text(value: dict[str, Any], place: str) -> str:
    reply = value.get("reply", "")
    if isinstance(reply, dict):
        return json.dumps(reply, ensure_ascii=False)
    if not isinstance(reply, str):
        raise InputError(f"{place}: 'reply' must be a text or an object")
    return reply


def _fault(value: dict[str, Any], place: str) -> str:
    fault = str(value.get("fault", ""))
    if "fault" in value and fault not in FAULTS:
        raise InputError(f"{place}: unknown fault '{fault}'; known: {', '.join(FAULTS)}")
    return fault


def _retry_after(value: dict[str, Any], place: str) -> float | None:
    seconds = value.get("retry_after")
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        raise InputError(f"{place}: 'retry_after' must be seconds, 0 or more")
    return float(seconds)
