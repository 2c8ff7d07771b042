"""Figures and dates are read in every style in which they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scorers.eyes import names
from evals.scorers.eyes.dates import dates, known_dates, stands
from evals.scorers.eyes.numerals import english
from evals.scorers.eyes.quantities import known, said
from evals.scorers.eyes.quantities import stands as figure_stands
from evals.scorers.eyes.texts import language_of, letters, plain, quotations, sentences
from evals.scorers.eyes.words import MONTHS

NUMBERS = st.integers(min_value=2, max_value=9_999_999)
WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _styles(number: int) -> list[str]:
    """A number as people write it, in both languages."""
    myriads = f"{Decimal(number) / 10_000:f}".rstrip("0").rstrip(".") if number % 10_000 else str(number // 10_000)
    millions = (
        f"{Decimal(number) / 1_000_000:f}".rstrip("0").rstrip(".") if number % 1_000_000 else str(number // 1_000_000)
    )
    return [
        f"共 {number} 台设备",
        f"共 {number:,} 台设备",
        f"共{myriads}万台设备",
        f"共 {myriads} 万台设备",
        f"{number:,} machines in all",
        f"{millions} million machines in all",
        f"{number:,}".replace(",", " ") + " machines in all",
        "共 " + "".join(chr(ord(c) + 0xFEE0) for c in str(number)) + " 台设备",
    ]


@given(NUMBERS)
def test_every_style_of_a_number_is_the_same_number(number: int) -> None:
    for style in map(plain, _styles(number)):
        assert [Decimal(number) in quantity.values for quantity in said(style, language_of(style))] == [True], style


@given(NUMBERS, NUMBERS)
def test_a_number_that_the_source_does_not_have_is_found_in_every_style(source: int, other: int) -> None:
    for style in map(plain, _styles(other)):
        for text in map(plain, _styles(source)):
            quantity = said(style, language_of(style))[0]
            assert figure_stands(quantity, known(text, language_of(text))) == (source == other)


@given(st.integers(min_value=1, max_value=999))
def test_english_numerals_are_read(number: int) -> None:
    hundreds, rest = divmod(number, 100)
    parts = [WORDS[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        parts += [TENS[rest // 10 - 2], *([WORDS[rest % 10]] if rest % 10 else [])]
    elif rest:
        parts.append(WORDS[rest])
    assert english(parts) == number
    assert any(Decimal(number) in quantity.values for quantity in known(" ".join(parts) + " days", "en"))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_is_the_same_in_every_style(day: date) -> None:
    month = MONTHS["en"][day.month - 1]
    styles = [
        f"{day.year}年{day.month}月{day.day}日", f"{day.year} 年 {day.month} 月 {day.day} 日", day.isoformat(),
        f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", f"{day.year}/{day.month}/{day.day}",
    ]  # fmt: skip
    for style in styles:
        found = dates(f"on {style} at noon", "en")
        assert [(d.year, d.month, d.day) for d in found] == [(day.year, day.month, day.day)], style
        for other in styles:
            assert stands(found[0], known_dates(other, "en"))
        assert not stands(found[0], known_dates(f"{day.year}年{day.month % 12 + 1}月{day.day}日", "zh"))


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("12 亿 4,000 万元", "zh", ["1240000000"]),
        ("百分之三十八，三成，三分之二", "zh", ["38", "30", "66.7"]),
        ("两台，三周，十二个月", "zh", ["2", "3", "12"]),
        ("R200 有 4 个端口，ISO-9001，第 3 版", "zh", ["4"]),
        ("一方面，三方、四大优势、二次上门、十分、千万别", "zh", []),
        ("$2.3m, 38min, twenty-four months", "en", ["2300000", "38", "24"]),
        ("1. First step\n2. Second step, 5G and 3D", "en", []),
        ("1.234,5 Tonnen", "de", ["1234.5"]),
    ],
)
def test_figures_of_a_judged_text(text: str, language: str, values: list[str]) -> None:
    found = said(text, language)
    assert len(found) == len(values)
    assert all(Decimal(value) in quantity.values for value, quantity in zip(values, found, strict=True))


@pytest.mark.parametrize(
    ("said_text", "known_text", "same"),
    [
        ("90 分钟", "1.5 小时", True), ("90 分钟", "90 小时", False), ("2 years", "24 months", True),
        ("5%", "5 个百分点", False), ("5 %", "five percent", True), ("50%", "一半", True), ("¥300", "300 元", True),
        ("$300", "300 元", False), ("3 吨", "3,000 kg", True), ("15 个工作日", "15 天", False), ("from 95", "95 分钟", True),
        ("3 万至 5 万台", "3 至 5 万台", True), ("18 个月", "一年半", True), ("40 machines", "40%", False),
    ],
)  # fmt: skip
def test_units_decide_whether_two_figures_are_the_same(said_text: str, known_text: str, same: bool) -> None:
    found = known(known_text, language_of(known_text))
    assert all(figure_stands(each, found) for each in said(said_text, language_of(said_text))) == same


def test_a_date_is_supported_as_far_as_it_is_said() -> None:
    source = known_dates("2026 年 3 月 5 日启动，10 月至 12 月推广", "zh")
    for right in ("2026", "March 2026", "5 March", "2026-03", "October 2026", "Q4 2026", "二〇二六年三月", "上半年"):
        assert stands(dates(f"in {right}", "en")[0], source), right
    for wrong in ("2025", "April 2026", "6 March", "2026-04", "Q3 2026", "6 月"):
        assert not stands(dates(f"in {wrong}", "en")[0], source), wrong
    assert dates("The report may march on", "en") == []
    assert dates("用了 3 个月", "zh") == []


def test_names_are_found_where_plain_eyes_can_tell_them() -> None:
    def found(text: str) -> list[str]:
        return [name.text for name in names.names(text)]

    assert found("In May, the R200 of Tingstone Industrial and Dr Ada Weber ran at 12 kHz in Q3.") == [
        "R200",
        "Tingstone Industrial",
        "Ada Weber",
    ]
    assert found("How Plant Teams Work Faster With TingDeck") == ["TingDeck"]
    assert found("这家公司和该集团都在用 OPC UA，与清华大学合作") == ["OPC UA", "清华大学"]
    assert names.stands(names.Name(0, 0, "OEE"), "overall equipment effectiveness")
    assert names.stands(names.Name(0, 0, "Overall Equipment Effectiveness"), "better OEE")
    assert not names.stands(names.Name(0, 0, "Ada Weber"), "Ada Fischer")


def test_quotations_and_sentences() -> None:
    assert [(q.text, q.long) for q in quotations("“短”和「这是一句完整的话」")] == [
        ("短", False),
        ("这是一句完整的话", True),
    ]
    assert sentences("共 3.5 万台。“好。”他说。") == ["共 3.5 万台。", "“好。”", "他说。"]
    assert sentences("It is 3.5 m long. It works, e.g. in rain. Good!") == [
        "It is 3.5 m long.",
        "It works, e.g. in rain.",
        "Good!",
    ]
    assert letters("Ａ b，C。") == "abc"


@pytest.mark.parametrize(
    ("said_of", "source", "right"),
    [
        ("Eleven were Austrian and Swiss makers.", "Makers in Germany, Austria and Switzerland.", True),
        ("It opened an office for the Dutch market.", "An office in the Netherlands.", True),
        ("Eleven were Austrian makers.", "Makers in Germany and Switzerland.", False),
    ],
)
def test_a_country_and_its_adjective_are_one_name(said_of: str, source: str, right: bool) -> None:
    found = names.names(said_of)
    assert found
    assert all(names.stands(name, source) for name in found) is right


@pytest.mark.parametrize(
    ("judged", "source", "right"),
    [
        ("并在第三天一起复核。", "We review it with you on day 30.", False),
        ("并在第三十天一起复核。", "We review it with you on day 30.", True),
        ("并在第 30 天一起复核。", "We review it with you on day 30.", True),
        ("We review it with you on day 3.", "第 30 天一起复核。", False),
        ("第二天他们又来了。", "They came back.", True),
    ],
)
def test_a_numbered_day_is_a_figure(judged: str, source: str, right: bool) -> None:
    found, there = said(judged, language_of(judged)), known(source, language_of(source))
    assert all(figure_stands(each, there) for each in found) is right


def test_a_figure_that_begins_a_line_belongs_to_no_word_above_it() -> None:
    there = known("Challenges CIOs face\n9 forces shaping IT\n12 issues", "en")
    assert {value for each in there for value in each.values} == {Decimal(9), Decimal(12)}
