"""A script that answers at once: what the stand-in model wrote for a brief, as often as the brief will be drafted."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.brief import Brief
from assistant.gateway.port import ModelReply, ModelRequest, OnText
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel

_TAIL = 240
"""Letters at the end of a prompt by which a line of the script knows it: the instruction of its section."""


class _Recorded(SourcesModel):
    """The stand-in, with a note of every prompt and its reply."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, str]] = []

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        reply = super().complete(request, on_text)
        self.calls.append(("\n".join(message.content for message in request.messages), reply.text))
        return reply


def write_script(path: Path, workspace: Workspace, briefs: Sequence[Brief], times: int) -> int:
    """The script for drafting each brief `times` times; how many calls one round of all briefs takes."""
    lines: list[str] = []
    for brief in briefs:
        model = _Recorded()
        workspace.draft(brief, model=model)
        for prompt, reply in model.calls:
            lines.append(json.dumps({"match": re.escape(prompt[-_TAIL:]) + r"\Z", "reply": reply}, ensure_ascii=False))
    path.write_text("\n".join(lines * times) + "\n", encoding="utf-8")
    return len(lines)
