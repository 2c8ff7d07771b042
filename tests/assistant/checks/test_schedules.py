"""Dates of a schedule, datelines, seconds of a script, spoken length, budgets."""

from __future__ import annotations

from typing import Any

import pytest
from ruled import found, section, severities

from assistant.checks.budgets import BudgetSum
from assistant.checks.schedules import DatelineMissing, DatesInconsistent
from assistant.checks.scripts import SecondsSum, SpokenLength
from prompts.section import TemplateSection

DAY = {"date": "2027-03-18"}


def _steps(*days: int) -> TemplateSection:
    steps = [{"days": n, "text": {"zh": "做", "en": "do"}} for n in days]
    gap = {"zh": "缺", "en": "none"}
    return section(write="schedule", steps=steps, input="date", gap=gap)


BEFORE, AFTER, BOTH = _steps(-90, -14), _steps(1, 30), _steps(-30, 0, 30)


@pytest.mark.parametrize(
    ("declared", "lines", "told"),
    [
        (BEFORE, ["2026年12月18日：发邀请", "2027年3月4日：再提醒"], []),
        (BEFORE, ["2026年12月18日：发邀请", "2027年3月20日：再提醒"], ["error"]),
        (BEFORE, ["2027年3月4日：再提醒", "2026年12月18日：发邀请"], ["warning"]),
        (AFTER, ["2027年3月19日：致谢", "2027年4月17日：回访"], []),
        (AFTER, ["2027年3月1日：致谢"], ["error"]),
        (BOTH, ["2027年2月16日：邀请", "2027年4月17日：回访"], []),
        (BEFORE, ["12月18日：发邀请", "3月4日：再提醒"], []),
        (BEFORE, ["3月20日：再提醒"], ["error"]),
        (BEFORE, ["确认会场；结果在 2027年3月25日前公布"], []),
    ],
)
def test_dates_stand_in_order_and_on_their_side_of_the_day(
    declared: TemplateSection, lines: list[str], told: list[str]
) -> None:
    findings = found(
        DatesInconsistent(), lines, {"input": "date"}, declared=declared, inputs=DAY, kinds={"date": "date"}
    )
    assert severities(findings) == told


def test_dates_of_an_english_schedule() -> None:
    lines = ["18 December 2026 — invitations", "25 March 2027 — reminder"]
    more: dict[str, Any] = {"declared": BEFORE, "inputs": DAY, "kinds": {"date": "date"}, "locale": "en"}
    (finding,) = found(DatesInconsistent(), lines, {"input": "date"}, **more)
    assert "25 March 2027 is after the day" in finding.message


def test_without_a_day_only_the_order_is_looked_at() -> None:
    lines = ["2027年3月4日：提醒", "2027年3月1日：邀请"]
    findings = found(DatesInconsistent(), lines, {"input": "date"}, declared=BEFORE, inputs={"date": ""})
    assert severities(findings) == ["warning"]


@pytest.mark.parametrize(
    ("lead", "city", "locale", "told"),
    [
        ("（苏州，2027年3月18日）听石工业今天发布 R300。", "苏州", "zh-CN", []),
        ("苏州2027年3月18日电 听石工业发布 R300。", "苏州", "zh-CN", []),
        ("听石工业今天发布 R300。", "苏州", "zh-CN", ["error"]),
        ("听石工业今天在苏州发布 R300。", "苏州", "zh-CN", ["warning"]),
        ("SUZHOU, March 18, 2027 – Tingstone has launched the R300.", "Suzhou", "en", []),
        ("SUZHOU – Tingstone has launched the R300.", "Suzhou", "en", ["warning"]),
        ("SUZHOU, 18 March 2027 – Tingstone has launched the R300.", "苏州", "en", []),
        ("SUZHOU, March 19, 2027 – Tingstone has launched the R300.", "Suzhou", "en", ["warning"]),
    ],
)
def test_a_release_begins_with_place_and_date(lead: str, city: str, locale: str, told: list[str]) -> None:
    inputs = {"city": city, "date": "2027-03-18"}
    findings = found(
        DatelineMissing(), [lead, "正文。"], {"city": "city", "date": "date"}, locale=locale, inputs=inputs
    )
    assert severities(findings) == told


# --- scripts ---------------------------------------------------------------------------------------------------------

_BOUNDS = {"least": 1, "most": 200}
SCENES = section(
    write="scenes", gap={"zh": "缺", "en": "none"}, instruction={"zh": "写", "en": "write"}, evidence=[{"origin": "brief"}],
    parts=[{
        "role": "scene", "length": {"zh": _BOUNDS, "en": _BOUNDS}, "fields": ["picture", "spoken", "caption", "seconds"],
        "form": {
            "zh": "画面：{{ picture }}｜口播：{{ spoken }}｜字幕：{{ caption }}｜{{ seconds }} 秒",
            "en": "Picture: {{ picture }} | Spoken: {{ spoken }} | Caption: {{ caption }} | {{ seconds }} s",
        },
    }],
)  # fmt: skip


def _scene(spoken: str, seconds: str) -> str:
    return f"画面：前 3 秒车间｜口播：{spoken}｜字幕：不换机器｜{seconds} 秒"


@pytest.mark.parametrize(
    ("lines", "asked", "told"),
    [
        ([_scene("不换机器。", "3"), _scene("照样联网。", "12")], "15", []),
        ([_scene("不换机器。", "3"), _scene("照样联网。", "12")], "15 秒", []),
        ([_scene("不换机器。", "3"), _scene("照样联网。", "10")], "15", ["error"]),
        ([_scene("不换机器。", "3"), "画面：片尾｜口播：联系我们。"], "3", ["warning"]),
        ([_scene("不换机器。", "3")], "", []),
        (["时间分配（秒）：3、12，共 15 秒"], "15", []),
    ],
)
def test_the_seconds_of_the_scenes_add_up(lines: list[str], asked: str, told: list[str]) -> None:
    findings = found(SecondsSum(), lines, {"input": "length"}, declared=SCENES, inputs={"length": asked})
    assert severities(findings) == told


@pytest.mark.parametrize(
    ("spoken", "seconds", "told"),
    [("十" * 18, "4", []), ("十" * 21, "4", []), ("十" * 22, "4", ["warning"]), ("", "4", [])],
)
def test_what_is_spoken_fits_with_a_fifth_to_spare(spoken: str, seconds: str, told: list[str]) -> None:
    assert severities(found(SpokenLength(), [_scene(spoken, seconds)], declared=SCENES)) == told


# --- budgets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["官网：40%", "展会：35%", "邮件：25%"], []),
        (["官网：40%", "展会：35%", "邮件：20%"], ["error"]),
        (["官网（比去年增长 10%）：60%。", "展会：40％"], []),
        (["占 40% 的是官网", "占 50% 的是展会"], ["error"]),
        (["A: EUR 40,000, 66.7%", "B: EUR 20,000, 33.3%", "Total: EUR 60,000, 100%"], []),
        (["官网", "展会"], []),
    ],
)
def test_the_shares_of_a_budget_make_a_whole(lines: list[str], told: list[str]) -> None:
    assert severities(found(BudgetSum(), lines)) == told
