"""Blind pairs of a run: counted by judge and readers, a tie where the orders differ."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

from assistant.gateway.port import ModelReply, ModelRequest, OnText
from evals.judging.choices import PersonsChoice
from evals.judging.labels import text_key
from evals.judging.pairs import blind
from evals.running.judged import Judging
from evals.running.preferred import pairs
from evals.running.record import CaseResult, SuiteResult


class FirstIsBest:
    """A judge that always prefers what it reads first."""

    name, destination, writes, context_tokens = "first", "this machine", True, 8192

    def complete(self, request: ModelRequest, on_text: OnText | None = None) -> ModelReply:
        said = {"reason": "it came first", "verdict": "first"}
        return ModelReply(json.dumps(said), said)

    def count_tokens(self, text: str) -> int:
        return len(text) // 2

    def close(self) -> None: ...


def _suite(variant: str, *texts: str) -> SuiteResult:
    cases = tuple(
        CaseResult(
            f"case-{n}", "en", "made", "golden", 1.0, ask={"template": "success_story", "inputs": {"case": "x"}},
            document=_draft(text),
        )
        for n, text in enumerate(texts)
    )  # fmt: skip
    return SuiteResult("drafting", "drafts", variant, "digest", 1.0, 0, {}, (), cases, len(cases))


def _draft(text: str) -> dict[str, Any]:
    paragraphs = [{"id": "p1", "text": text, "citations": ["S1"], "gap": not text, "role": "text", "by": "model"}]
    return {"sections": [{"id": "s", "heading": "", "paragraphs": paragraphs}]}


OURS, THEIRS = _suite("ours", "Stops fell by a third.", "A second one.", ""), _suite("theirs", "Bad.", "Worse.", "Gap?")
JUDGE = cast(Judging, SimpleNamespace(model=FirstIsBest(), keep=None))


def test_a_judge_that_only_likes_what_comes_first_prefers_nothing() -> None:
    result = pairs(OURS, THEIRS, [], JUDGE, frozenset({"first"}))
    assert result is not None
    (measure,) = result.measures
    assert (measure.value, measure.n) == (0.5, 2), "a pair without a text on one side is no pair"
    assert "the judge wrote the drafts" in measure.note
    assert measure.kappa is None


def test_readers_count_for_the_texts_that_they_read() -> None:
    first, other = (blind(suite.cases[0].document) for suite in (OURS, THEIRS))
    read = PersonsChoice("case-0", text_key(first), text_key(other), "a", "me")
    stale = PersonsChoice("case-1", text_key("an older text"), text_key(other), "b", "me")
    result = pairs(OURS, THEIRS, [read, stale], None, frozenset())
    assert result is not None
    (measure,) = result.measures
    assert (measure.measure, measure.value, measure.n) == ("preferred_by_readers", 1.0, 1)
    assert pairs(OURS, THEIRS, [stale], None, frozenset()) is None
