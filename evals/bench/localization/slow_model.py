"""A model that takes its time and translates one kind of sentence rightly; each call that ended is a line of a log."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

from assistant.gateway.port import LanguageModel, ModelReply, ModelRequest, OnText, Usage
from assistant.localization.jobs.opening import ProductOpening, Tools
from assistant.localization.jobs.records import Job
from assistant.localization.wording import segment_translator
from assistant.workspace import Workspace

SENTENCE = "Site {number} cut its unplanned downtime by {percent}% and kept all of its {lines} lines running."
_SENTENCE = re.compile(r"Site (\d+) cut its unplanned downtime by (\d+)% and kept all of its (\d+) lines")
_ITEM = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)


def sentences(count: int, first: int = 10_000) -> list[str]:
    """So many different sentences."""
    return [SENTENCE.format(number=first + n, percent=11 + n % 80, lines=12 + n % 50) for n in range(count)]


class SlowModel:
    """Waits `latency` seconds and translates `SENTENCE` into Chinese."""

    name, destination, writes, context_tokens = "slow", "this machine", True, 8192

    def __init__(self, latency: float, log: Path | None = None) -> None:
        self._latency, self._log = latency, log

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        """The translations; the call is on the log before the reply goes out."""
        prompt = request.messages[-1].content
        time.sleep(self._latency)
        items = _ITEM.findall(prompt)
        data: dict[str, Any] = {"items": [{"id": number, "text": chinese(text)} for number, text in items]}
        if not items:
            data = {"text": chinese(prompt)}
        if self._log is not None:
            numbers = ",".join(re.findall(r"Site (\d+)", prompt))
            descriptor = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.write(descriptor, f"{numbers}\n".encode())
            os.close(descriptor)
        return ModelReply(json.dumps(data), data, Usage(100, 100, 1, self._latency), self.name)

    def count_tokens(self, text: str) -> int:
        """About four letters a token."""
        return len(text) // 4 + 1

    def close(self) -> None:
        """Nothing to close."""


def chinese(text: str) -> str:
    """The translation of the first such sentence in a text; empty when there is none."""
    found = _SENTENCE.search(text)
    if found is None:
        return ""
    return f"{found[1]} 号工厂把非计划停机减少了 {found[2]}%，全部 {found[3]} 条产线保持运行。"


class SlowOpening(ProductOpening):
    """The product's own files, translator and checks, with that model and no memory."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def tools(self, workspace: Workspace, job: Job) -> Tools:
        """See `Opening`."""
        return Tools(self._model, segment_translator(workspace, self._model.name), None)
