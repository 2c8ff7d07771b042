"""A model's headline stands only when the checks find nothing wrong in it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.brief import Brief
from assistant.gateway.port import ModelReply, ModelRequest, Usage
from assistant.workspace import Workspace
from knowledge.domain.finding import Severity


class Titler:
    """Answers every request with one line."""

    name, destination, writes, context_tokens = "titler", "this machine", True, 8192

    def __init__(self, line: str) -> None:
        self.line = line

    def complete(self, request: ModelRequest, on_text: Any = None) -> ModelReply:
        return ModelReply(self.line, {"text": self.line}, Usage(calls=1), self.name)

    def count_tokens(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


def titles(sample: Workspace, line: str) -> list[str]:
    drafter = sample.drafter(Titler(line))
    drafter._rewrites = True
    brief = Brief("success_story", {"case": "case-wind-en"}, "en")
    draft, _ = drafter.write(brief, sample.templates.get("success_story"), "d-1")
    wrong = [f for f in draft.findings if f.severity is Severity.ERROR]
    assert wrong == []
    return [p.text for _, p in draft.paragraphs() if p.role == "title"]


@pytest.mark.parametrize(
    "line", ["Gearbox downtime cut from [74] to 46M hours a year", "Gearbox downtime cut by 38% on 180 turbines"]
)
def test_a_headline_with_a_figure_of_its_own_is_not_taken(sample: Workspace, line: str) -> None:
    assert line not in titles(sample, line)


def test_a_headline_that_its_source_carries_is_taken(sample: Workspace) -> None:
    line = "Unplanned gearbox downtime fell from 74 to 46 hours per turbine"
    assert titles(sample, line) == [line]
