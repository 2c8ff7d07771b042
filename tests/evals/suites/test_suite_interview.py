"""Incomplete briefs are answered with questions and without a model; the scorer sees what is wrong with an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from evals.bench.scratch import sample_workspace
from evals.cases import Case, golden
from evals.scorers.base import Unscored
from evals.scorers.questions import Questions
from evals.subjects.here import Here
from evals.subjects.port import Answer
from evals.suites.base import Wanted
from evals.suites.interview import Interview

CASES = golden("interview")


@pytest.fixture(scope="module")
def subject() -> Iterator[Here]:
    with sample_workspace("extractive") as workspace:
        yield Here(workspace)


def test_enough_cases_in_both_languages() -> None:
    locales = Counter(case.locale for case in CASES)
    assert len(CASES) >= 20
    assert locales["zh-CN"] == locales["en"] == len(CASES) / 2
    assert len(Interview().cases(Wanted())) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_product_asks_exactly_what_is_missing_and_writes_nothing(case: Case, subject: Here) -> None:
    answer = Interview().ask(case, subject)
    assert not answer.document.get("sections")
    assert not answer.prompts
    assert ("error" in answer.document) is bool(case.expect.get("refused"))
    asked = sorted(question["input"] for question in answer.document["questions"])
    assert asked == sorted(case.expect.get("questions", ()))


def _case(expect: Mapping[str, Any], locale: str = "zh-CN", **inputs: str) -> Case:
    return Case("x", locale, "", {"template": "press_release", "inputs": inputs}, expect)


def _answer(*texts: str, inputs: tuple[str, ...] = ("date", "city")) -> Answer:
    asked = [{"input": name, "text": text, "example": ""} for name, text in zip(inputs, texts, strict=False)]
    return Answer({"questions": asked})


@pytest.mark.parametrize(
    ("needed", "right"), [(["date", "city"], 1), (["date"], 0), (["date", "city", "subject"], 0), ([], 0)]
)
def test_exactly_the_missing_ones(needed: list[str], right: int) -> None:
    tally = Questions().score(_case({"questions": needed}), _answer("哪一天？", "哪个城市？"))["questions_right"]
    assert (tally.hits, tally.of) == (right, 1)


@pytest.mark.parametrize(
    ("locale", "text", "fits"),
    [
        ("zh-CN", "发布日期是哪一天？", 1),
        ("zh-CN", "要哪一种长度？short 约 100 字，both 两种都要。 ('medium': short | long | both)", 1),
        ("zh-CN", "On which day is it released?", 0),
        ("zh-CN", "写哪一个案例？ (no case 'x' that this brief may use)", 0),
        ("en", "On which day is it released?", 1),
        ("en", "On which day is it released? ('十月')", 1),
        ("en", "发布日期是哪一天？", 0),
        ("en", "Which city? 哪个城市？", 0),
    ],
)
def test_the_language_of_a_question(locale: str, text: str, fits: int) -> None:
    tally = Questions().score(_case({}, locale), _answer(text))["questions_language"]
    assert (tally.hits, tally.of) == (fits, 1)


def test_what_is_near_must_be_named_and_an_echo_names_nothing() -> None:
    case = _case({"named": [["case-water"]]}, "en", case="case-waterr")
    near = _answer("Which case? (no case 'case-waterr'; near is case-water)")
    echo = _answer("Which case? (no case 'case-waterr')")
    lines = _answer("Which case?\n(near is case-water)")
    hits = [Questions().score(case, answer)["not_found_named"].hits for answer in (near, echo, lines)]
    assert hits == [1, 0, 0]


def test_a_refusal_is_an_answer_and_silence_is_unscored() -> None:
    case = _case({"refused": True, "named": [["date"]]}, "en")
    refusal = Answer(
        {"questions": [], "error": {"title": "", "detail": "no input 'dates'; it has subject, date, city"}}
    )
    assert Questions().score(case, refusal)["not_found_named"].hits == 1
    assert Questions().score(case, _answer("On which date?"))["not_found_named"].hits == 0
    assert Questions().score(_case({"questions": ["date"]}), refusal)["questions_right"].hits == 0
    with pytest.raises(Unscored):
        Questions().score(case, Answer({"hits": []}))
