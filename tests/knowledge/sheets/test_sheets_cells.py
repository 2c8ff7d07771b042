"""Cells that hold more than one value: how people write them, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.sheets.cells import parse_list
from knowledge.sheets.kind_fields import field_cell, parse_field

ONE = {"measure": "停机", "before": "9 次", "after": "3 次"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("measure: 停机; before: 9 次; after: 3 次", [ONE]),
        ("指标：停机；之前：9 次；之后：3 次", [ONE]),
        ("指标名称: 停机; 改造前: 9 次; Now: 3 次", [ONE]),
        ("指标: 停机; 之前: 9 次; 之后: 3 次\n\n指标: 能耗; 之后: 31%", [ONE, {"measure": "能耗", "after": "31%"}]),
        ("指标: 停机；注：仅试点; 之后: 3 次", [{"measure": "停机；注：仅试点", "after": "3 次"}]),
        ('json:[{"measure": "停机", "before": "9 次", "after": "3 次"}]', [ONE]),
    ],
)
def test_records_are_written_one_on_a_line(cell: str, expected: list[dict[str, Any]]) -> None:
    assert parse_field("case", "results", cell) == expected


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("由 95 分钟降至 38 分钟", "line 1 is no record; begin it with one of"),
        ("指标: 停机\n从 9 到 3", "line 2 is no record"),
        ("指标: 停机; 指标: 能耗", "line 1 says '指标' twice; put each record on a line of its own"),
        ("json:{", "is not valid JSON"),
    ],
)
def test_records_that_cannot_be_told(cell: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_field("case", "results", cell)


def test_quotes_may_be_written_as_words_alone() -> None:
    assert parse_field("case", "quotes", "“先知道。”\n“少停机。”") == ["“先知道。”", "“少停机。”"]
    cell = "原话: 先知道；少停机。; 发言人: 周启明; 已确认: 是; 核准译文.en: Know first."
    assert parse_field("case", "quotes", cell) == [
        {"text": "先知道；少停机。", "speaker": "周启明", "approved": "是", "translation": {"en": "Know first."}}
    ]


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("results", [ONE], "指标: 停机; 之前: 9 次; 之后: 3 次"),
        ("results", [{"measure": "甲; 之后: 乙", "after": "1"}], 'json:[{"measure": "甲; 之后: 乙", "after": "1"}]'),
        ("products", ["R200", "R300"], "R200|R300"),
        ("products", ["R200|R300"], 'json:["R200|R300"]'),
        ("products", ["R200（甲、乙）", "丙"], "R200（甲、乙）|丙"),
        ("pain", "两\n行", "两\n行"),
        ("pain", "json:", 'json:"json:"'),
        ("自有", 5, "json:5"),
        ("自有", "5", "5"),
    ],
)
def test_a_cell_is_readable_where_it_comes_back_as_it_was(name: str, value: Any, cell: str) -> None:
    assert field_cell("case", name, value, "zh") == cell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", ["a", "b"]),
        ("甲、乙；丙", ["甲", "乙", "丙"]),
        ("a\nb", ["a", "b"]),
        ("Co., Ltd.", ["Co., Ltd."]),
        ('json:["a|b"]', ["a|b"]),
        ('json:"#N/A"', ["#N/A"]),
        (" | ", []),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert parse_list(text) == expected
