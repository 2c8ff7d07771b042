"""Which lines of a given text are headings, and what stands beneath them."""

from __future__ import annotations

import pytest

from knowledge.reading.headings import with_headings, without_number


def paths(text: str, *, marked_only: bool = False) -> list[tuple[tuple[str, ...], str]]:
    """Path and text of every line that is no heading."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    return [(b.headings, b.text) for b in with_headings(lines, marked_only=marked_only) if b.kind != "heading"]


def test_marked_headings_give_the_path_and_the_line() -> None:
    blocks = with_headings([(1, "# Report"), (3, "## Costs"), (5, "Wages rose.")])
    assert [(b.kind, b.place) for b in blocks] == [("heading", "line 1"), ("heading", "line 3"), ("text", "line 5")]
    assert blocks[2].headings == ("Report", "Costs")


def test_numbers_head_what_stands_beneath_them() -> None:
    text = "停机调查\n一、方法\n样本为 312 家工厂，分布在五个省份。\n（一）口径\n停机从产出中断起算。\n二、结论\n先写下停机的定义。"
    assert [path for path, _ in paths(text)] == [
        ("停机调查", "一、方法"),
        ("停机调查", "一、方法", "（一）口径"),
        ("停机调查", "二、结论"),
    ]


def test_decimal_numbers_say_how_deep_a_heading_is() -> None:
    text = "1. Method\n1.1 Sample\nWe asked 312 plants in five provinces.\n1.2 Data\nThey gave us records.\n2. Result\nIt fell."
    assert [path for path, _ in paths(text)] == [("1. Method", "1.1 Sample"), ("1. Method", "1.2 Data"), ("2. Result",)]


def test_a_numbered_list_is_no_row_of_headings() -> None:
    text = "我们换了一个办法，先说三点：\n1. 装传感器\n2. 接工单\n3. 看报警\n三个月后，停机少了四成，大家都看得见。"
    assert {path for path, _ in paths(text)} == {()}


def test_bare_short_lines_above_paragraphs_are_headings() -> None:
    text = (
        "The hour nobody can account for\nWhy this survey\n"
        "Nearly every plant has a figure for what downtime costs.\nMethod\nSample\n"
        "The sample consists of 312 discrete manufacturing plants.\nData\n"
        "In each plant we interviewed the heads of three departments."
    )
    assert [path[1:] for path, _ in paths(text)] == [("Why this survey",), ("Method", "Sample"), ("Method", "Data")]


def test_in_a_transcript_only_marks_count() -> None:
    text = "# 例会\n林工：先说第一件\n一、进度\n周工：网关装完了，还差两台，下周三补上。"
    assert {path for path, _ in paths(text, marked_only=True)} == {("例会",)}
    assert "一、进度" in [said for _, said in paths(text, marked_only=True)]


def test_plain_prose_has_no_headings() -> None:
    text = "网关在现场完成判断。断网时照样报警。\n恢复以后，数据按时间顺序补传到平台。"
    assert {path for path, _ in paths(text)} == {()}


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("2.1 Costs", "Costs"),
        ("3. Findings", "Findings"),
        ("第二章 成本", "成本"),
        ("四、结论", "结论"),
        ("（三）口径", "口径"),
        ("12 家工厂的经验", "12 家工厂的经验"),
        ("2025 年的停机", "2025 年的停机"),
    ],
)
def test_a_heading_without_its_number(heading: str, bare: str) -> None:
    assert without_number(heading) == bare
