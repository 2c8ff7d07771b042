"""Equality of quantities: by exact value and unit, with the qualifier as its own verdict."""

from __future__ import annotations

import pytest

from knowledge.domain.quantity import UNKNOWN_CURRENCY, Match, Quantity, compare, find, find_support, same_value


def only(text: str) -> Quantity:
    """The single quantity of a text whose language its script tells."""
    found = find(text)
    assert len(found) == 1, found
    return found[0]


SAME = [
    ("3.2 万", "32,000"),
    ("3.2 万", "32 thousand"),
    ("95 分钟", "95 minutes"),
    ("27%", "27 percent"),
    ("27%", "百分之二十七"),
    ("230 万美元", "US$2.3 million"),
    ("230 万美元", "$2.3M"),
    ("1.2 亿元", "RMB 120 million"),
    ("1.2 亿元", "CNY 0.12 billion"),
    ("三分之二", "two-thirds"),
    ("一半", "half"),
    ("一半", "50%"),
    ("两倍", "2x"),
    ("半年", "half a year"),
    ("2026年3月15日", "March 15, 2026"),
    ("2026年", "in 2026"),
    ("2026年", "2026"),
    ("2025年第三季度", "Q3 2025"),
    ("2025财年", "FY2025"),
    ("3至5天", "3–5 days"),
    ("12 个百分点", "12 percentage points"),
    ("超过100", "more than 100"),
    ("5 公里", "5 km"),
    ("40% 以上", "more than 40%"),
    ("100家以上", "more than 100"),
    ("至少提升了十倍", "at least tenfold"),
    ("40 pesos", "40 US dollars"),
    ("数百", "hundreds"),
    ("几十万", "hundreds of thousands"),
    ("增长一倍", "doubled"),
    ("翻番", "doubled"),
    ("两天内", "two days"),
    ("1.50", "1.5"),
    ("1亿次", "100 million times"),
    ("五分之一", "one in five"),
    ("千分之一", "one out of a thousand"),
    ("十个工作日", "10 business days"),
    ("2兆元", "RMB 2 trillion"),
]
QUALIFIER_CHANGED = [
    ("超过3.2 万", "32,000"),
    ("近100", "100"),
    ("至少20%", "up to 20%"),
    ("30多万", "300,000"),
    ("about 5 days", "5天"),
    ("至少40%", "more than 40%"),
    ("40% 以上", "40%"),
]
DIFFERENT = [
    ("230 万", "230 million"),
    ("1 亿", "1 billion"),
    ("230 万元", "US$2.3 million"),
    ("27%", "27 percentage points"),
    ("27%", "72%"),
    ("95 分钟", "95 hours"),
    ("2026年3月", "March 2025"),
    ("3至5天", "3 days"),
    ("5 公里", "5 m"),
    ("提升两倍", "提升一倍"),
    ("数百", "thousands"),
    ("3天", "3个工作日"),
]
INCOMPARABLE = [
    ("95 分钟", "95"),
    ("27%", "27"),
    ("2026年3月", "27%"),
    ("5 公里", "5 kWh"),
    ("3倍", "3"),
    ("100 元", "100"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_same(left: str, right: str) -> None:
    assert compare(only(left), only(right)) is Match.SAME
    assert compare(only(right), only(left)) is Match.SAME


@pytest.mark.parametrize(("left", "right"), QUALIFIER_CHANGED)
def test_a_lost_qualifier_is_its_own_verdict(left: str, right: str) -> None:
    assert compare(only(left), only(right)) is Match.QUALIFIER_CHANGED
    assert same_value(only(left), only(right))


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different(left: str, right: str) -> None:
    assert compare(only(left), only(right)) is Match.DIFFERENT


@pytest.mark.parametrize(("left", "right"), INCOMPARABLE)
def test_incomparable(left: str, right: str) -> None:
    assert compare(only(left), only(right)) is Match.INCOMPARABLE


@pytest.mark.parametrize(
    ("left", "right"),
    [("95 分钟", "95"), ("100 元", "100"), ("March 2026", "2026年3月15日"), ("3倍", "3")],
)
def test_loose_takes_a_bare_number_for_any_unit(left: str, right: str) -> None:
    assert not same_value(only(left), only(right))
    assert same_value(only(left), only(right), loose=True)


@pytest.mark.parametrize(("left", "right"), [("March 2026", "April 2026"), ("FY2025", "2025年"), ("10:30", "630")])
def test_loose_is_not_careless(left: str, right: str) -> None:
    assert not same_value(only(left), only(right), loose=True)


def test_an_unnamed_currency_goes_with_any() -> None:
    assert only("40 pesos").unit == UNKNOWN_CURRENCY


def test_support_is_the_best_candidate() -> None:
    evidence = find("工时从95分钟降到38分钟，节约约27%，共30台。")
    assert find_support(only("38 minutes"), evidence).match is Match.SAME
    assert find_support(only("27%"), evidence).match is Match.QUALIFIER_CHANGED
    wrong = find_support(only("39 minutes"), evidence)
    assert wrong.match is Match.DIFFERENT
    assert wrong.candidate is not None
    assert wrong.candidate.text == "95分钟"
    assert find_support(only("5 km"), evidence) == (Match.INCOMPARABLE, None)


def test_a_magnitude_may_be_said_of_a_number_and_not_the_other_way() -> None:
    assert compare(only("hundreds"), only("320")) is Match.SAME
    assert compare(only("hundreds"), only("3,200")) is Match.DIFFERENT
    assert compare(only("320"), only("hundreds")) is Match.DIFFERENT


def test_within_is_what_another_language_says_with_in() -> None:
    assert compare(only("3天内"), only("3天")) is Match.QUALIFIER_CHANGED
    assert compare(only("3天内"), only("three days")) is Match.SAME
