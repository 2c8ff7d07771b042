"""Words that a model left as they were, put right one by one."""

from __future__ import annotations

import pytest

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.leftovers import filled, left_over
from knowledge.domain.locale import Locale

EN, ZH = Locale("en"), Locale("zh-CN")


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("提供了核心动力", "which provides core动力 for the models", ["动力"]),
        ("数据的时效性要求", "the data's时效ity is T+1", ["时效"]),
        ("提供了核心动力", "which provides the power", []),
        ("为客户提供了一站式智能仓储解决方案", "It offers 一站式智能仓储解决方案", []),
    ],
)
def test_what_is_left(source: str, target: str, words: list[str]) -> None:
    assert left_over(source, Content.of(target), EN) == words


def test_a_target_in_han_letters_has_none() -> None:
    assert left_over("heterogeneous devices", Content.of("heterogeneous设备"), ZH) == []


@pytest.mark.parametrize(
    ("target", "word", "said", "whole"),
    [
        ("which provides core动力 for the models", "动力", "Power.", "which provides core power for the models"),
        ("the data's时效ity is T+1", "时效", "timeliness", "the data's timeliness is T+1"),
        ("core动力for all", "动力", "power", "core power for all"),
        ("动力 and 动力", "动力", "power", "power and power"),
        ("uses 云 now", "云", "AWS", "uses AWS now"),
    ],
)
def test_the_word_stands_apart_from_its_neighbours(target: str, word: str, said: str, whole: str) -> None:
    assert str(filled(Content.of(target), word, said)) == whole


def test_codes_stay_where_they_are() -> None:
    bold = Content.of(Code("1", "**", CodeKind.OPEN), "core动力", Code("1", "**", CodeKind.CLOSE))
    assert str(filled(bold, "动力", "power")) == "**core power**"
