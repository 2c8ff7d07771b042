"""Same subject, different figure: what cannot both be right, and what can."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shelf import TODAY, customer, entry, lint, words

from knowledge.domain.finding import Severity
from knowledge.records import State

SHENTE = customer("shente", "申特电梯集团", "申特", "Shente Elevator Group", "Shente", alias="华东某电梯维保集团")
YULAN = customer("yulan", "渝岚电梯服务有限公司", "渝岚", "Yulan")
NAMED = {"name": "汀石工联（苏州）科技有限公司", "short_name": "汀石工联"}

AT_ODDS = [
    ("公司现有员工 431 人。", "汀石工联有员工 512 人，总部位于苏州。"),
    ("汀石工联员工总数达 431 人。", "公司拥有 512 名员工。"),
    ("The company employs 431 people.", "It has 512 employees."),
    ("The company employs 431 people at six locations.", "汀石工联有员工 512 人。"),
    ("服务企业客户 100 家。", "汀石工联累计服务客户 127 家。"),
    ("产品在 11 个国家运行。", "汀石工联的产品销往 9 个国家。"),
    ("边缘网关支持 87 种工业协议。", "汀石工联边缘网关支持 78 种工业协议。"),
    ("R200 断网时可在本地缓存 7 天数据。", "断网时，R200 可本地缓存 10 天数据。"),
    ("2025 年，汀石工联营业收入 3.6 亿元。", "2025 年营业收入 3.8 亿元。"),
    ("公司成立于 2014 年 3 月 18 日。", "汀石工联成立于 2013 年。"),
    ("Founded in 2014, the company makes gateways.", "汀石工联成立于 2013 年。"),
    ("The R200 stores 7 days of data during an outage.", "During an outage the R200 stores 10 days of data."),
    ("截至 2026 年 9 月 30 日，累计出货边缘网关 3.2 万台。", "截至 2026 年 9 月，汀石工联累计出货边缘网关 2.4 万台。"),
    ("R200 质保三年。", "R200 质保期为 2 年。"),
    ("R200 边缘网关目录价 2,980 元。", "R200 边缘网关的目录价为 2,680 元。"),
    ("Our edge gateways support 87 industrial protocols.", "Tingstone edge gateways support 78 industrial protocols."),
]

TOGETHER = [
    ("公司现有员工 486 人。", "汀石工联有员工 486 人。"),
    ("公司现有员工 486 人。", "其中研发人员 212 人。"),
    ("公司现有员工 486 人。", "上述员工中有 41 人在海外工作。"),
    ("It employs 486 people.", "It has 96 people in delivery and service."),
    ("截至 2025 年 6 月 30 日，公司有员工 431 人。", "截至 2026 年 9 月 30 日，公司有员工 486 人。"),
    ("2020 年，公司有员工 131 人。", "公司有员工 486 人。"),
    ("2024 年营业收入 3.1 亿元。", "2025 年营业收入 3.6 亿元。"),
    ("公司成立于 2014 年 3 月 18 日。", "公司成立于 2014 年。"),
    ("累计出货边缘网关 3.2 万台。", "汀石工联累计出货边缘网关 32,150 台。"),
    ("累计出货边缘网关 3.2 万台。", "It has shipped 32,000 edge gateways."),
    ("服务企业客户超过 100 家。", "服务企业客户 127 家。"),
    ("R200 断网时可在本地缓存 7 天数据。", "R300 断网时可在本地缓存 30 天数据。"),
    ("R200 工作温度为 -25 ℃ 至 70 ℃。", "R300 工作温度为 -40 ℃ 至 75 ℃。"),
    ("2027 年计划交付 8,000 台 R300。", "2026 年已交付 900 台 R300。"),
    ("公司计划把接入设备增加到 60 万台。", "平台接入设备 41.5 万台。"),
    ("在 12 座泵站试点，数据完整率升至 99.97%。", "在 58 座泵站推广，数据完整率为 99.1%。"),
    ("检出率为 91.3%。", "检出率约 91%。"),
    ("苏州工厂占地 4,200 平方米。", "成都工厂占地 3,100 平方米。"),
    ("苏州智能制造工厂总建筑面积 4,200 平方米。", "成都智能制造工厂总建筑面积 3,100 平方米。"),
    ("累计出货边缘网关 3.2 万台。", "海外累计出货边缘网关 4,600 台。"),
    ("边缘网关出货 3.2 万台。", "每年新增边缘网关出货 6,000 台。"),
    ("R200 质保三年。", "R200 交付周期为 2 个月。"),
    ("The Suzhou plant covers 4,200 square metres.", "The Chengdu plant covers 3,100 square metres."),
]


@pytest.mark.parametrize(("one", "other"), AT_ODDS)
def test_two_figures_for_one_thing_are_found_with_both_spans(one: str, other: str) -> None:
    found = lint("contradiction", _two(one, other))

    assert len(found) == 1, [f.message.en for f in found]
    assert set(found[0].entries) == {"one", "other"}
    assert all(place.span for place in found[0].places[:2])
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_figures_that_can_both_be_right_are_left_alone(one: str, other: str) -> None:
    assert lint("contradiction", _two(one, other)) == []


def _two(one: str, other: str) -> list:  # type: ignore[type-arg]
    tongues = ["en" if text.isascii() else "zh-CN" for text in (one, other)]
    about = entry("about", "汀石工联是一家公司。", fields=NAMED)
    return [about, entry("one", one, locale=tongues[0]), entry("other", other, kind="press_kit", locale=tongues[1])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("服务企业客户超过 100 家。", "服务企业客户 100 家。"),
        ("It serves more than 100 customers.", "It serves 100 customers."),
    ],
)
def test_another_qualifier_only_warns(one: str, other: str) -> None:
    (found,) = lint("contradiction", _two(one, other))

    assert found.severity is Severity.WARNING
    assert "qualifier" in found.message.en


def test_all_entries_of_one_contradiction_stand_in_one_finding() -> None:
    right = [entry(f"right-{n}", "公司现有员工 486 人。") for n in range(9)]
    (found,) = lint("contradiction", [*right, entry("wrong", "汀石工联有员工 512 人。", kind="press_kit")])

    assert set(found.entries) >= {"wrong", "right-0", "right-1"}
    assert {place.words for place in found.places[:2]} == {"486", "512"}


def test_a_result_of_a_customer_is_compared_wherever_it_is_told() -> None:
    case = entry("case", "申特的故障平均响应时间由 95 分钟降至 38 分钟。", kind="case", customer="shente")
    told = entry("page", "在申特，故障平均响应时间由 95 分钟降至 36 分钟。", kind="position")
    hidden = entry("blurb", "华东某电梯维保集团的故障平均响应时间由 95 分钟降至 33 分钟。", kind="position")

    found = lint("contradiction", [case, told, hidden], [SHENTE])

    assert {frozenset(f.entries) for f in found} >= {frozenset({"case", "page"}), frozenset({"blurb", "case"})}


@pytest.mark.parametrize(
    "other",
    [
        entry("other", "渝岚的故障平均响应时间由 95 分钟降至 41 分钟。", kind="case", customer="yulan"),
        entry("other", "申特的困人救援到场时间由 95 分钟降至 41 分钟。", kind="case", customer="shente"),
        entry("other", "上线六个月后，申特的故障平均响应时间由 95 分钟降至 31 分钟。", kind="position"),
        entry("other", "双方的目标是把申特的故障平均响应时间降至 20 分钟。", kind="position"),
        entry("other", "申特的故障平均响应时间过去为 95 分钟。", kind="position"),
        entry("other", "申特二期的故障平均响应时间由 80 分钟降至 30 分钟。", kind="case", customer="shente"),
    ],
)
def test_other_customers_projects_periods_and_aims_are_no_contradiction(other) -> None:  # type: ignore[no-untyped-def]
    text = "上线四个月后，申特的故障平均响应时间由 95 分钟降至 38 分钟。"
    assert lint("contradiction", [entry("case", text, kind="case", customer="shente"), other], [SHENTE, YULAN]) == []


def test_markets_that_do_not_meet_are_not_compared() -> None:
    one = entry("one", "R200 质保期为三年。", markets=("CN",))
    other = entry("other", "R200 质保期为两年。", kind="press_kit", markets=("EU",))

    assert lint("contradiction", [one, other]) == []


def test_only_the_current_line_is_compared() -> None:
    right = entry("right", "公司现有员工 486 人。")
    wrong = "公司现有员工 512 人。"
    others = [
        entry("draft", wrong, state=State.DRAFT),
        entry("expired", wrong, valid_until=TODAY - timedelta(days=1)),
        entry("retired", wrong, state=State.RETIRED),
    ]
    for other in others:
        assert lint("contradiction", [right, other]) == []
    assert lint("contradiction", [right, entry("last-day", wrong, valid_until=TODAY)])


@pytest.mark.parametrize(
    ("zh", "en", "wrong"),
    [
        ("月均电费由 263 万元降至 231 万元。", "The power bill fell from RMB 2.63 million to RMB 2.31 million.", []),
        (
            "月均电费由 263 万元降至 231 万元。",
            "The power bill fell from RMB 26.3 million to RMB 2.31 million.",
            ["263 万元"],
        ),
        ("有 640 名维保工、31 个服务站。", "It has 640 technicians and 31 depots.", []),
        ("有 640 名维保工、31 个服务站。", "It has 460 technicians and 31 depots.", ["640"]),
        (
            "每天处理 2.3 亿条数据，报警不到 900 条。",
            "It handles 230 million records a day and fewer than 900 alarms.",
            [],
        ),
        (
            "每天处理 2.3 亿条数据，报警不到 900 条。",
            "It handles 23 million records a day and fewer than 900 alarms.",
            ["2.3 亿"],
        ),
        ("服务客户超过 100 家，有 6 处办公地点。", "It has six offices.", []),
        ("订阅每年 120 元起，前 60 天免费。", "Subscriptions start at RMB 120 a year, the first 60 days are free.", []),
        ("占地 4,200 平方米，有员工 78 人。", "The plant has 78 people on 4,200 square metres.", []),
    ],
)
def test_a_translation_says_the_same_figures(zh: str, en: str, wrong: list[str]) -> None:
    pair = [entry("a", zh), entry("a-en", en, locale="en", translates="a")]

    assert [words[0] for words in words(lint("contradiction", pair))] == wrong


def test_a_field_that_differs_from_its_own_text_is_found() -> None:
    (found,) = lint("contradiction", [entry("profile", "公司现有员工 486 人。", fields={"staff": "468"})])

    assert {(place.field, place.words) for place in found.places} == {("", "486"), ("staff", "468")}
    assert not lint("contradiction", [entry("profile", "公司现有员工 486 人。", fields={"staff": "486"})])
