"""One figure used by two projects."""

from __future__ import annotations

import pytest
from shelf import customer, entry, lint

from knowledge.records import EntryVersion, State

A = customer("shente", "申特电梯集团", "申特", "Shente", alias="华东某电梯维保集团")
B = customer("yulan", "渝岚电梯服务有限公司", "渝岚", "Yulan")
CASES = [
    entry("case-a", "上线四个月后，申特的故障平均响应时间由 95 分钟降至 38 分钟。", kind="case", customer="shente"),
    entry("case-b", "上线六个月后，渝岚的故障平均响应时间由 92 分钟降至 35 分钟。", kind="case", customer="yulan"),
    entry(
        "case-a-en", "At Shente, mean fault response time fell from 95 to 38 minutes.",
        kind="case", customer="shente", locale="en", translates="case-a",
    ),
    entry(
        "case-b-en", "At Yulan, mean fault response time fell from 92 to 35 minutes.",
        kind="case", customer="yulan", locale="en", translates="case-b",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("申特和渝岚都把响应时间降到了 35 分钟。", "case-b"),
        ("申特的故障平均响应时间由 92 分钟降至 35 分钟。", "case-b"),
        ("在华东某电梯维保集团，故障响应时间由 92 分钟降至 35 分钟。", "case-b"),
        ("某电梯企业把故障平均响应时间由 95 分钟降至 35 分钟。", "case-a"),
        ("At Shente, the mean fault response time fell from 92 to 35 minutes.", "case-b-en"),
        ("One operator cut its mean fault response time from 92 minutes to 38 minutes.", "case-a-en"),
    ],
)
@pytest.mark.parametrize("state", [State.APPROVED, State.DRAFT])
def test_anothers_result_is_found(text: str, owner: str, state: State) -> None:
    page = entry("page", text, kind="product", locale="en" if text.isascii() else "zh-CN", state=state)
    (found,) = lint("figure_two_projects", [*CASES, page], [A, B])

    assert found.places[0].entry_id == "page"
    assert owner in found.entries


@pytest.mark.parametrize(
    "text",
    [
        "申特把响应时间降到了 38 分钟，渝岚降到了 35 分钟。",
        "申特的故障平均响应时间由 95 分钟降至 38 分钟。",
        "在两个项目中，故障平均响应时间分别降至 38 分钟和 35 分钟。",
        "申特的安装平均用时 35 分钟。",
        "Shente cut its mean fault response time from 95 to 38 minutes.",
    ],
)
def test_each_projects_own_result_is_left_alone(text: str) -> None:
    page = entry("page", text, kind="product", locale="en" if text.isascii() else "zh-CN")

    assert lint("figure_two_projects", [*CASES, page], [A, B]) == []


def test_the_same_result_in_the_cases_of_two_customers() -> None:
    def case(entry_id: str, owner: str, text: str) -> EntryVersion:
        return entry(entry_id, text, kind="case", customer=owner)

    same = [
        case("a", "shente", "月均电费由 263 万元降至 231 万元。"),
        case("b", "yulan", "月均电费由 263 万元降至 231 万元。"),
    ]
    (found,) = lint("figure_two_projects", same, [A, B])
    assert [(place.entry_id, place.words) for place in found.places] == [("a", "231 万元"), ("b", "231 万元")]

    for other in (
        "月均电费由 263 万元降至 232 万元。",
        "备件库存由 263 万元降至 231 万元。",
        "每周巡检由 7 次减为 2 次。",
    ):
        assert not lint("figure_two_projects", [same[0], case("b", "yulan", other)], [A, B])
