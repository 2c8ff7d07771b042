"""Overlap with a reference: the same is full marks, other words less, a gap none; Chinese has words."""

from __future__ import annotations

from typing import Any

import pytest

from evals.cases import Case
from evals.scorers.base import Unscored
from evals.scorers.overlap import Overlap, RougeL, WordTokenizer
from evals.subjects.port import Answer


def drafted(text: str, gap: bool = False) -> Answer:
    return Answer({"sections": [{"id": "body", "paragraphs": [{"text": text, "gap": gap}]}]})


def case(locale: str = "en", **expect: Any) -> Case:
    return Case("c", locale, "a test", {"inputs": {"text": "原文"}}, expect)


REFERENCE = "The judgement stays on site when the network fails."


def chrf(text: str, gap: bool = False) -> float:
    tally = Overlap().score(case(reference=REFERENCE), drafted(text, gap))["chrf"]
    assert tally.of == 100
    return tally.hits


def test_chrf_is_full_for_the_reference_and_falls_with_the_wording() -> None:
    assert chrf(REFERENCE) == pytest.approx(100)
    near, far = chrf("The judgement remains on site if the network fails."), chrf("Quite another matter.")
    assert 100 > near > far


def test_a_gap_was_not_translated_even_where_it_quotes() -> None:
    assert chrf(REFERENCE, gap=True) == 0


def rouge(text: str, summary: str, locale: str = "zh-CN") -> float:
    return RougeL().score(case(locale, summary=summary), drafted(text))["rouge_l"].hits


def test_chinese_is_compared_by_words() -> None:
    summary = "会议决定把上线时间改到九月十五日。"
    assert rouge(summary, summary) == pytest.approx(1)
    assert 1 > rouge("上线时间改到九月十五日", summary) > rouge("猫可以拍照", summary) == 0
    assert 1 < len(WordTokenizer().tokenize("上线时间改到九月")) < len("上线时间改到九月")


def test_figures_and_names_stay_whole_and_width_does_not_count() -> None:
    assert WordTokenizer().tokenize("Ｒ300 shipped 3,200 units, 99.97% of them") == [
        "r300", "shipped", "3200", "units", "99.97", "of", "them",
    ]  # fmt: skip


def test_without_a_reference_there_is_nothing_to_look_at() -> None:
    assert Overlap().score(case(), drafted("x")) == {}
    assert RougeL().score(case(), drafted("x")) == {}


def test_what_is_no_draft_is_unscored() -> None:
    with pytest.raises(Unscored):
        Overlap().score(case(reference="x"), Answer({"hits": []}))
