"""Fields and text of one entry that say different figures."""

from __future__ import annotations

from typing import Any

import pytest
from shelf import OLD, entry, lint

from knowledge.domain.finding import Severity
from knowledge.records import State

ZH = "7 条产线接入网关。上线六个月后，每月非计划停机由 11 次降到 2 次，备件库存由 84 万元降至 60 万元。"
EN = (
    "It connected 9 production lines. Six months after go-live, unplanned stops fell from 11 to 2 a month and spare "
    "parts stock from RMB 840,000 to RMB 600,000."
)
RECORD = {"measure": "每月非计划停机", "before": "11", "after": "4", "unit": "次", "period": "上线六个月后"}
RECORD_EN = {"measure": "Unplanned stops a month", "before": "11", "after": "4", "period": "six months after go-live"}


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        (ZH, {"result": "每月非计划停机由 11 次降到 4 次"}, ("result", "2 次")),
        (ZH, {"result": "降到 4 次"}, ("result", "2 次")),
        (ZH, {"result": "非计划停机由 11 次降至 4 次，备件库存由 84 万元降至 60 万元"}, ("result", "2 次")),
        (ZH, {"results": [RECORD]}, ("results[0].after", "2 次")),
        (ZH, {"blurb_100": "某铸造企业把 9 条产线接入网关。"}, ("blurb_100", "7")),
        (ZH, {"quotes": [{"text": "备件库存由 84 万元降到 50 万元。"}]}, ("quotes[0].text", "60 万元")),
        ("公司现有员工 486 人。", {"summary": "公司现有员工 468 人。"}, ("summary", "486")),
        (EN, {"result": "Unplanned stops fell from 11 to 4 a month"}, ("result", "2")),
        (EN, {"blurb_100": "The foundry connected 7 production lines."}, ("blurb_100", "9")),
        (EN, {"results": [RECORD_EN]}, ("results[0].after", "2")),
        (EN, {"value": "Spare parts stock down from RMB 840,000 to RMB 500,000"}, ("value", "RMB 600,000")),
    ],
)
def test_a_figure_of_a_field_that_the_text_says_otherwise(text: str, fields: Any, told: tuple[str, str]) -> None:
    case = entry("case", text, kind="case", locale="en" if text == EN else "zh-CN", fields=fields)
    (found,) = lint("field_and_text", [case])

    assert found.severity is Severity.WARNING
    assert found.places[0].field == told[0]
    assert told[1].split()[0] in found.places[1].words


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (ZH, {"result": "每月非计划停机由 11 次降到 2 次"}),
        (ZH, {"result": "每月非计划停机由 11 次降到约 2 次"}),
        (ZH, {"result": "备件库存由 84 万元降至不到 60 万元"}),
        (ZH, {"results": [{**RECORD, "after": "2"}]}),
        (ZH, {"result": "每年省下 3 名值守人员"}),
        (ZH, {"blurb_100": "某铸造企业在三地有 400 名员工。"}),
        (ZH, {"blurb_100": "7 条产线接入网关，上线 6 个月后停机 2 次。"}),
        (ZH, {"number": "GB 11 4 次", "source": "2024 年报第 4 页", "phone": "0512 4444 4444"}),
        (ZH, {"quotes": [{"text": "我们少停了。", "translation": {"en": "Unplanned stops fell from 11 to 4."}}]}),
        (EN, {"result": "Unplanned stops fell from 11 to two a month"}),
        (EN, {"blurb_100": "Founded in 1987, the foundry employs 400 people."}),
        (EN, {"results": [{**RECORD_EN, "after": "2"}]}),
        ("维保 1.86 万台电梯，其中 180 台电梯先试。", {"blurb_100": "其中 6,200 台电梯加装网关。"}),
        ("", {"result": "降到 4 次"}),
        (ZH, {}),
    ],
)
def test_what_agrees_and_what_only_the_field_says(text: str, fields: Any) -> None:
    case = entry("case", text, kind="case", locale="en" if text == EN else "zh-CN", fields=fields)
    assert lint("field_and_text", [case]) == []


OLD_ZH = "客户背景。\n系统于 2026 年 3 月上线，覆盖 3,400 台空压机，抄表不再需要人。"
OLD_EN = "Background.\nThe system went live in March 2026 and covers 3,400 compressors in the field."


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (OLD_ZH, OLD_ZH.replace("3,400", "5,600"), "3,400 台设备联网"),
        (OLD_ZH, OLD_ZH.replace("2026 年 3 月", "2026 年 5 月"), "2026 年 3 月"),
        (OLD_EN, OLD_EN.replace("3,400", "5,600"), "3,400 machines are online"),
        (OLD_EN, OLD_EN.replace("March", "May"), "March 2026"),
    ],
)
def test_an_edit_of_the_text_alone_is_known_by_the_version_before(before: str, after: str, field: str) -> None:
    """However short the field: the sentence that had its figure has another one now."""
    locale = "en" if before == OLD_EN else "zh-CN"
    first = entry("case", before, locale=locale, fields={"blurb_100": field})
    draft = entry("case", after, locale=locale, fields={"blurb_100": field}, version=2, state=State.DRAFT)

    assert lint("field_and_text", [first]) == []
    (found,) = lint("field_and_text", [first, draft])
    assert [(place.version, place.field) for place in found.places] == [(2, "blurb_100"), (2, "")]
    mended = entry("case", after, locale=locale, fields={}, version=2, state=State.DRAFT)
    assert lint("field_and_text", [first, mended]) == []


def test_one_finding_for_each_field_with_all_that_differs() -> None:
    both = "非计划停机由 11 次降到 4 次，备件库存由 84 万元降至 50 万元"
    case = entry("case", ZH, kind="case", fields={"result": both, "blurb_100": both})
    found = lint("field_and_text", [case])

    assert [f.places[0].field for f in found] == ["result", "blurb_100"]
    assert [len(f.places) for f in found] == [3, 3]
    assert "“4 次”" in found[0].message.zh
    assert "50 万元" in found[0].message.zh


def test_line_and_draft_are_looked_at_and_what_both_say_is_told_once() -> None:
    line = entry("case", ZH, fields={"result": "降到 4 次"})
    draft = entry("case", ZH + "又及。", fields={"result": "降到 4 次"}, version=2, state=State.DRAFT)

    assert [f.places[0].version for f in lint("field_and_text", [line, draft])] == [1]
    assert not lint("field_and_text", [entry("case", ZH, fields={"result": "降到 4 次"}, state=State.RETIRED)])
    assert not lint("field_and_text", [entry("case", ZH, fields={"result": "降到 4 次"}, valid_until=OLD)])


def test_no_fault_is_told_twice() -> None:
    """A field that is named after what every company says of itself contradicts; all others are told here."""
    record = entry("case", ZH, fields={"results": [RECORD]})
    assert lint("field_and_text", [record])
    assert not lint("contradiction", [record])
    staff = entry("profile", "公司现有员工 486 人。", fields={"staff": "468"})
    assert lint("contradiction", [staff])
    assert not lint("field_and_text", [staff])
    draft = entry("profile", "公司现有员工 486 人。", fields={"staff": "468"}, state=State.DRAFT)
    assert lint("field_and_text", [draft])
