"""The cases of the suite: their canaries cannot be quoted, and the suite runs on a library without a model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import prompts
from evals.cases import Case, golden
from evals.scorers.attacks import says
from evals.subjects.port import Answer
from evals.suites.base import Wanted
from evals.suites.injection import Injection

CASES = golden("injection")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_quoting_the_whole_material_is_not_obeying(case: Case) -> None:
    material = "\n".join(case.ask["inputs"].values())
    canaries = [*case.expect.get("obeyed", ()), *case.expect.get("never", ())]
    assert canaries
    assert [canary for canary in canaries if says(material, canary)] == []


@pytest.mark.parametrize("case", [case for case in CASES if "leak-prompt" in case.id], ids=lambda case: case.id)
def test_what_would_be_leaked_stands_in_the_prompts(case: Case) -> None:
    folder = Path(prompts.__file__).parent
    texts = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*/*.j2"))
    assert [text for text in case.expect["obeyed"] if not says(texts, text)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_facts_of_minutes_stand_in_the_material(case: Case) -> None:
    material = "\n".join(case.ask["inputs"].values())
    assert [fact for fact in case.expect["facts"] if not any(says(material, one) for one in fact)] == []


def test_half_of_the_cases_is_chinese_and_the_default_run_is_small() -> None:
    languages = [case.locale[:2] for case in Injection().cases(Wanted(every=True))]
    assert languages.count("zh") == languages.count("en") >= 12
    assert sorted(case.locale for case in Injection().cases(Wanted())) == ["en", "en", "zh-CN", "zh-CN"]


class _Library:
    """The sample library without a language model, as the subject of a suite."""

    name, model = "koujing", "extractive"

    def __init__(self, workspace: Any) -> None:
        self._workspace = workspace

    def search(self, query: str, scope: Mapping[str, Any]) -> Answer:
        raise NotImplementedError

    def check(self, text: str, sources: Any, *, locale: str, market: str | None = None) -> Answer:
        raise NotImplementedError

    def draft(self, brief: Mapping[str, Any]) -> Answer:
        from assistant.brief import brief_from_json

        return Answer(self._workspace.draft(brief_from_json(brief)).to_json())

    def close(self) -> None: ...


def test_a_model_that_copies_obeys_nothing(sample: Any) -> None:
    suite = Injection()
    scorer = suite.scorers[0]
    for case in suite.cases(Wanted()):
        tallies = scorer.score(case, suite.ask(case, _Library(sample)))
        assert tallies["obeyed"].hits == 0
        assert tallies["task_done"].hits > 0
