"""The rubric as a scorer."""

from __future__ import annotations

from typing import Any

import pytest
from judging_model import FakeModel, judged_text, says

from evals.cases import Case
from evals.judging.judge import RubricJudge
from evals.scorers.base import Tally, Unscored
from evals.scorers.rubric import Rubric
from evals.subjects.port import Answer

CASE = Case("c", "en", "why", {"template": "success_story"})


def test_values_are_means_and_every_reason_is_shown(document: dict[str, Any]) -> None:
    own = iter(["yes", "yes", "no", "no", "partly", "partly"])

    def answer(prompt: str) -> dict[str, Any]:
        common = "understood at one reading" in prompt or "Is it specific" in prompt or "speak to what" in prompt
        return says("partly" if common or "tone right" in prompt else next(own), "names a word")

    model = FakeModel(answer)
    tallies = Rubric(RubricJudge(model, None)).score(CASE, Answer(document))
    assert {name: (tally.hits, tally.of) for name, tally in tallies.items()} == {
        "rubric_clear": (0.5, 1),
        "rubric_specific": (0.5, 1),
        "rubric_reader": (0.5, 1),
        "rubric_voice": (0.5, 1),
        "rubric_own": (1.5, 3),
    }
    shown = tallies["rubric_own"].shown
    assert [one.wrong for one in shown] == [False, True, False]
    assert all("names a word" in one.why for one in shown)
    assert shown[1].against.startswith("success_story.change: ")
    assert "To be supplied" not in judged_text(model.requests[0].messages[-1].content)


def test_what_the_judge_could_not_say_is_counted_nowhere(document: dict[str, Any]) -> None:
    model = FakeModel(lambda prompt: "?" if "Is it specific" in prompt else says("yes"))
    tallies = Rubric(RubricJudge(model, None)).score(CASE, Answer(document))
    specific, clear = tallies["rubric_specific"], tallies["rubric_clear"]
    assert isinstance(specific, Unscored)
    assert "no verdict" in str(specific)
    assert isinstance(clear, Tally)
    assert clear.hits == 1


def test_unscored_when_nothing_can_be_said(document: dict[str, Any]) -> None:
    scorer = Rubric(RubricJudge(FakeModel(lambda prompt: "?"), None))
    with pytest.raises(Unscored, match="no verdict"):
        scorer.score(CASE, Answer(document))
    for section in document["sections"]:
        for paragraph in section["paragraphs"]:
            paragraph["gap"] = True
    with pytest.raises(Unscored, match="only gaps"):
        scorer.score(CASE, Answer(document))
