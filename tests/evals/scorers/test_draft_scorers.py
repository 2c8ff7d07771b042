"""Citations, yield, shape, terms and leaks of a draft."""

from __future__ import annotations

from typing import Any

import pytest
from made_drafts import EN, ERROR, ZH, case, draft, paragraph

from evals.scorers.base import Scorer, Unscored
from evals.scorers.citations import Citations
from evals.scorers.leaks import Leaks
from evals.scorers.shape import Shape
from evals.scorers.support import Support
from evals.scorers.terms import Terms
from evals.scorers.yields import Yields
from evals.subjects.port import Answer, Prompt

SCORERS: tuple[Scorer, ...] = (Support(), Citations(), Yields(), Shape(), Terms(), Leaks())
PLANT = "工厂位于海边，由三班工人轮流值守，食堂每天供应热饭。"
PLANT_EN = "The factory lies by the sea; its canteen serves hot meals to workers of all shifts."


def _values(
    scorer: Scorer, answer: Answer, locale: str = "zh-CN", expect: dict[str, Any] | None = None, **inputs: str
) -> dict[str, Any]:
    return {m: (t.hits, t.of) for m, t in scorer.score(case(locale, expect, **inputs), answer).items()}


# --- citations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "other", "locale"),
    [
        ("该集团平均响应时间为 95 分钟，比同行慢。", ZH, PLANT, "zh-CN"),
        ("维保工出门之前已经知道要带什么件，响应更快。", ZH, PLANT, "zh-CN"),
        ("The mean response time of the elevator group was long.", EN, PLANT_EN, "en"),
        ("Its 640 technicians are spread over the whole of the country.", EN, PLANT_EN, "en"),
    ],
)
def test_a_citation_must_have_something_of_its_paragraph(text: str, source: str, other: str, locale: str) -> None:
    right = draft(paragraph(text, cites=["S1"]), sources=(source, other))
    assert _values(Citations(), right, locale) == {"citation_precision": (1, 1), "citation_recall": (1, 1)}
    one_too_many = draft(paragraph(text, cites=["S1", "S2"]), sources=(source, other))
    assert _values(Citations(), one_too_many, locale) == {"citation_precision": (1, 2), "citation_recall": (1, 1)}
    wrong = draft(paragraph(text, cites=["S2"]), sources=(source, other))
    assert _values(Citations(), wrong, locale) == {"citation_precision": (0, 1), "citation_recall": (0, 1)}


def test_what_cites_nothing_or_nothing_that_is_there_is_not_carried() -> None:
    assert _values(Citations(), draft(paragraph("响应时间为 95 分钟。", cites=[]))) == {"citation_recall": (0, 1)}
    assert _values(Citations(), draft(paragraph("响应时间为 95 分钟。", cites=["S9"]))) == {
        "citation_precision": (0, 1),
        "citation_recall": (0, 1),
    }


def test_between_two_languages_only_what_looks_the_same_is_compared() -> None:
    assert _values(Citations(), draft("工厂位于海边，风景很好。", sources=(PLANT_EN,))) == {}
    assert _values(Citations(), draft("平均响应时间为 95 分钟。", sources=(EN,))) == {
        "citation_precision": (1, 1),
        "citation_recall": (1, 1),
    }
    assert _values(Citations(), draft("平均响应时间为 38 分钟。", sources=(EN,)))["citation_recall"] == (0, 1)


def test_what_every_passage_has_tells_none_from_another() -> None:
    sources = tuple(
        f"澄泉水务在 58 座泵站使用 R200 网关，{what}。"
        for what in ("电费下降明显", "爆管发现更早", "调度员更轻松", "培训用了很久")
    )
    wrong = draft(paragraph("澄泉水务的 58 座泵站用 R200，爆管发现更早。", cites=["S4"]), sources=sources)
    assert _values(Citations(), wrong)["citation_precision"] == (0, 1)


# --- yields -----------------------------------------------------------------------------------------------------------


def test_released_and_false_blocks() -> None:
    good, held = draft("共 640 名。"), draft("共 640 名。", findings=[ERROR, {**ERROR, "severity": "warning"}])
    assert _values(Yields(), good, expect={"blocked": False})["false_blocks"] == (0, 1)
    blocked = _values(Yields(), held, expect={"blocked": False})
    assert (blocked["released"], blocked["false_blocks"]) == ((0, 1), (1, 1))
    assert "false_blocks" not in _values(Yields(), held, expect={"blocked": True})
    assert "false_blocks" not in _values(Yields(), held)


def test_facts_in_any_of_their_forms_and_not_in_a_gap() -> None:
    expect = {"facts": [["95 分钟", "95 minutes"], ["31%"], ["640"]]}
    answer = draft("响应时间由95分钟下降，故障率 ３１％。", paragraph("待补充：640 名是谁？", gap=True))
    assert _values(Yields(), answer, expect=expect)["facts_present"] == (2, 3)
    assert _values(Yields(), draft("It took 95 minutes."), "en", expect)["facts_present"] == (1, 3)


def test_gaps_and_their_honesty() -> None:
    answer = draft("响应时间为 95 分钟。", paragraph("待补充：周期", gap=True), section="change")
    answer.document["sections"].append({"id": "voice", "paragraphs": [paragraph("待补充：引语", gap=True)]})
    values = _values(Yields(), answer, expect={"gaps": ["voice"], "filled": ["change"]})
    assert (values["gaps"], values["gap_honesty"]) == ((2, 3), (2, 2))
    assert _values(Yields(), answer, expect={"gaps": ["change"], "filled": ["voice"]})["gap_honesty"] == (0, 2)
    assert _values(Yields(), answer, expect={"gaps": ["how"]})["gap_honesty"] == (0, 1)


def test_verbatim_counts_sentences_but_no_quotes_titles_and_cells() -> None:
    copied, own = "2024 年上半年，平均响应时间为95分钟。", "如今的响应快了许多，用户更满意。"
    apart = [
        paragraph(own, role="quote"),
        paragraph(own, role="title"),
        paragraph(own, cell={"row": "a", "column": "b"}),
    ]
    assert _values(Yields(), draft(copied + own, *apart, sources=("2024 年上半年，平均响应时间为 95 分钟。",)))[
        "verbatim"
    ] == (1, 2)
    assert _values(Yields(), draft("The group uses the R200 gateway. It is happy with it.", sources=(EN,)), "en")[
        "verbatim"
    ] == (1, 2)


def test_edit_distance_is_a_share_of_the_characters() -> None:
    assert _values(Yields(), draft("共 640 名维保工。"), expect={"approved": "共 640 名维保工。"})["edit_distance"] == (
        0,
        1,
    )
    assert _values(Yields(), draft("abcd"), "en", {"approved": "abcx"})["edit_distance"] == (0.25, 1)
    assert "edit_distance" not in _values(Yields(), draft("abcd"))


# --- shape, terms, leaks ----------------------------------------------------------------------------------------------


def test_sections_of_the_template() -> None:
    answer = draft("x" * 60, section="pain")
    assert _values(Shape(), answer)["sections_present"] == (1, 5)
    answer.document["sections"] += [
        {"id": i, "paragraphs": [paragraph("待补充", gap=True)]} for i in ("title", "solution", "how", "change")
    ]
    assert _values(Shape(), answer)["sections_present"] == (5, 5)


def test_sections_that_the_brief_does_not_ask_for_are_not_missed() -> None:
    answer = draft("短", section="short", template="case_blurbs")
    assert _values(Shape(), answer, length="short")["sections_present"] == (1, 1)
    assert _values(Shape(), answer)["sections_present"] == (1, 2)


@pytest.mark.parametrize(
    ("text", "locale", "kept"),
    [
        ("字" * 50, "zh-CN", 1),
        ("字 " * 49, "zh-CN", 0),
        ("word " * 30, "en", 1),
        ("a – word " * 14, "en", 0),
        ("字" * 181, "zh-CN", 0),
    ],
)
def test_lengths_are_characters_or_words(text: str, locale: str, kept: int) -> None:
    assert _values(Shape(), draft(text, paragraph("待补充", gap=True), section="pain"), locale)["lengths_kept"] == (
        kept,
        1,
    )


def test_terms_are_judged_where_the_thing_is_mentioned() -> None:
    expect = {
        "terms": [
            {"say": "边缘网关", "not": ["网关盒子", "网关"]},
            {"say": "TingDeck platform", "not": ["platform"]},
            {"say": "工单", "not": ["任务单"]},
        ]
    }
    assert _values(Terms(), draft("采用边缘网关。", "The TingDeck platform runs."), expect=expect) == {
        "terms_kept": (2, 2)
    }
    assert _values(Terms(), draft("采用网关盒子。", "This platform runs."), expect=expect) == {"terms_kept": (0, 2)}
    assert _values(Terms(), draft("什么也没提。"), expect=expect) == {}


@pytest.mark.parametrize("place", ["text", "gap", "evidence", "title", "prompt", "reply", "hidden"])
def test_a_secret_is_found_wherever_it_stands(place: str) -> None:
    secret, said = "申特电梯", "据申特电梯介绍"
    prompts = {"prompt": Prompt("pain", (("user", said),), ""), "reply": Prompt("pain", (("user", "写"),), said)}
    answer = draft(
        {"text": said, "hidden": "据申特\u200b电梯介绍"}.get(place, "某电梯集团"),
        paragraph(said if place == "gap" else "待补充", gap=True),
        sources=(said if place == "evidence" else "资料",),
        prompts=[prompts[place]] if place in prompts else [],
    )
    answer.document["title"] = said if place == "title" else "标题"  # type: ignore[index]
    assert _values(Leaks(), answer, expect={"unsaid": [secret, "Shente"]}) == {"leaks": (1, 2)}


def test_no_secret_no_leak() -> None:
    assert _values(Leaks(), draft("某电梯集团"), expect={"unsaid": ["申特电梯", "Shente"]}) == {"leaks": (0, 2)}
    assert _values(Leaks(), draft("某电梯集团")) == {}


# --- all --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scorer", SCORERS, ids=lambda scorer: scorer.id)
def test_a_scorer_gives_its_own_measures_and_never_scores_what_is_no_draft(scorer: Scorer) -> None:
    expect = {
        "facts": [["640"]], "filled": ["change"], "blocked": False, "approved": "好", "terms": [{"say": "网关", "not": []}],
        "unsaid": ["秘密"],
    }  # fmt: skip
    text = "“工人出门之前就知道该带什么件。”2024 年上半年，R200 网关 640 台。" + "字" * 60
    found = scorer.score(case(expect=expect), draft(text, section="pain"))
    assert set(found) <= {measure.id for measure in scorer.measures}
    assert set(found) == {measure.id for measure in scorer.measures}
    assert all(0 <= tally.hits <= tally.of for tally in found.values())
    with pytest.raises(Unscored):
        scorer.score(case(expect=expect), Answer({"hits": []}))


def test_open_questions_are_no_yield() -> None:
    for scorer in (Yields(), Shape()):
        with pytest.raises(Unscored):
            scorer.score(case(), Answer({"sections": [], "questions": [{"input": "case"}]}))
