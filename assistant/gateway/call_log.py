"""The log of model calls: a line of JSON for each, and what was said only where KOUJING_CALL_LOG asks for it.

A file for each UTC day in `calls/` of the home, for its owner only. A log that cannot be written holds up no call.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, OnText
from assistant.gateway.wrapped import Wrapped
from assistant.settings import Settings
from knowledge.domain.errors import InputError

CHOICES = ("off", "calls", "content")

_log = logging.getLogger("koujing.calls")


def logged(model: LanguageModel, settings: Settings) -> LanguageModel:
    """The model as it is, or one whose calls are logged. Raises `InputError` for another word than `CHOICES`."""
    choice = choice_of(settings)
    if choice == "off":
        return model
    return Logged(model, CallLog(folder_of(settings)), settings.text("workspace"), content=choice == "content")


def choice_of(settings: Settings) -> str:
    """One of `CHOICES`. Raises `InputError` for another word."""
    choice = settings.text("call_log") or "off"
    if choice not in CHOICES:
        raise InputError(f"KOUJING_CALL_LOG='{choice}' is none; choose {', '.join(CHOICES)}")
    return choice


def folder_of(settings: Settings) -> Path:
    """Where the log is."""
    return settings.home / "calls"


def older_than(folder: Path, days: int, today: date) -> list[Path]:
    """The files of days that are more than `days` days ago."""
    first = today - timedelta(days=days)
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        with suppress(ValueError):
            if date.fromisoformat(path.stem) < first:
                found.append(path)
    return found


class CallLog:
    """The files of one folder."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder, self._now = folder, now
        self._told = False

    def write(self, line: dict[str, Any]) -> None:
        """Add a line with its moment, in one write: processes that log at once do not cut into each other."""
        now = self._now().astimezone(UTC)
        whole = {"time": now.isoformat(timespec="milliseconds"), **line}
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self._folder / f"{now:%Y-%m-%d}.jsonl"
            number = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(number, (json.dumps(whole, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
            finally:
                os.close(number)
        except OSError as error:
            if not self._told:
                _log.warning("the log of model calls cannot be written: %s", error.strerror or type(error).__name__)
            self._told = True


class Logged(Wrapped):
    """A model whose calls are written down, those that fail among them."""

    def __init__(self, model: LanguageModel, log: CallLog, workspace: str, *, content: bool) -> None:
        super().__init__(model)
        self._log, self._workspace, self._content = log, workspace, content

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """See the port."""
        begun = time.perf_counter()
        try:
            reply = self._model.complete(request, on_text)
        except BaseException as error:
            self._write(request, begun, {"outcome": type(error).__name__})
            raise
        told: dict[str, Any] = {
            "outcome": "replied",
            "tries": reply.usage.calls,
            "prompt_tokens": reply.usage.prompt_tokens,
            "completion_tokens": reply.usage.completion_tokens,
        }
        self._write(request, begun, told, reply)
        return reply

    def _write(
        self, request: ModelRequest, begun: float, told: dict[str, Any], reply: ModelReply | None = None
    ) -> None:
        line: dict[str, Any] = {
            "workspace": self._workspace,
            "model": self.name,
            "sent_to": self.destination,
            "messages": len(request.messages),
            "characters": sum(len(message.content) for message in request.messages),
            "max_tokens": request.max_tokens,
            "seconds": round(time.perf_counter() - begun, 3),
            **told,
        }
        if self._content:
            line["prompt"] = [{"role": message.role, "content": message.content} for message in request.messages]
            if reply is not None:
                line["reply"] = reply.text
        self._log.write(line)
