"""An entry that a brief names and cannot have: one line that says why or what comes nearest, in the brief's language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.brief import Brief
from assistant.unfound import barred
from assistant.workspace import Workspace
from knowledge.records import Audience, State

_HAN = re.compile(r"[㐀-鿿]")
_ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2,}")


def asked(workspace: Workspace, case: str, locale: str = "zh-CN", **more: Any) -> str:
    draft = workspace.draft(Brief("success_story", {"case": case}, locale, **more))
    assert (draft.state, [q.input for q in draft.questions]) == ("open", ["case"])
    text = draft.questions[0].text
    assert "\n" not in text
    return text.replace(f"“{case}”", "").replace(f"'{case}'", "")


def ids(text: str) -> list[str]:
    return re.findall(r"\bcase(?:-[a-z]+)+", text)


@pytest.mark.parametrize(
    ("case", "locale", "nearest"),
    [
        ("case-tetxile", "zh-CN", ["case-textile"]),
        ("case-tetxile", "en", ["case-textile"]),  # there is no English one
        ("case-watr-en", "en", ["case-water-en"]),
        ("case_watr", "zh-CN", ["case-water"]),
        ("watr", "zh-CN", ["case-water"]),
        ("风电运唯", "zh-CN", ["case-wind"]),
        ("济澜水务", "zh-CN", ["case-water"]),
        ("济澜水务", "en", ["case-water-en"]),
        ("济蓝水务", "zh-CN", ["case-water"]),
        ("Jilan Watter", "en", ["case-water-en"]),
        ("华东某电梯维保集团", "zh-CN", ["case-elevator"]),
    ],
)
def test_what_comes_nearest_is_named(sample: Workspace, case: str, locale: str, nearest: list[str]) -> None:
    assert ids(asked(sample, case, locale)) == nearest


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("case", ["The Zeppelin Project", "case-submarine", "齐柏林飞艇"])
def test_where_nothing_is_near_three_that_exist_are_named(sample: Workspace, case: str, locale: str) -> None:
    named = ids(asked(sample, case, locale))
    assert len(named) == 3
    assert all(name.endswith("-en") is (locale == "en") for name in named)


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("name", ["申特电梯集团", "申特电梯", "Shente", "ＳＨＥＮＴＥ"])
def test_the_name_of_a_customer_who_may_not_be_named_leads_nowhere(sample: Workspace, name: str, locale: str) -> None:
    text = asked(sample, name, locale)
    assert text == asked(sample, "case-submarine", locale)
    assert "elevator" not in text


def test_inside_the_company_it_does(sample: Workspace) -> None:
    assert ids(asked(sample, "申特电梯集团", audience=Audience.INTERNAL)) == ["case-elevator"]


@pytest.mark.parametrize(
    ("case", "market", "said"),
    [
        ("case-tetxile", None, "最接近的是"),
        ("case-submarine", None, "可用的有"),
        ("case-mining", None, "它面向公司内部，本次写给公众"),
        ("case-textile", "EU", "它只限 CN 市场"),
        ("case-machine-tool", "JP", "CN、EU、US"),
        ("launch-r300", None, "它的类别是企业大事记"),
    ],
)
def test_a_chinese_brief_is_told_in_chinese(sample: Workspace, case: str, market: str | None, said: str) -> None:
    text = asked(sample, case, market=market)
    assert said in text
    assert not _ENGLISH.search(re.sub(r"`[^`]*`", "", text))


def test_an_english_brief_is_told_in_english(sample: Workspace) -> None:
    for case in ("case-tetxile", "case-submarine", "case-mining", "launch-r300"):
        assert not _HAN.search(asked(sample, case, "en"))


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"state": State.DRAFT}, "还是草稿；请用 `koujing library approve case-wind` 批准", "it is draft; approve it"),
        ({"state": State.IN_REVIEW}, "还在审核", "it is in review"),
        ({"state": State.RETIRED}, "已停用", "it is retired"),
        ({"valid_until": date(2020, 1, 31)}, "已于 2020-01-31 到期", "it expired on 2020-01-31"),
        ({"customer": "nobody-known"}, "没有给出相应的许可", "has given no permission"),
    ],
)
def test_every_reason_is_told_in_both_languages(sample: Workspace, change: dict[str, Any], zh: str, en: str) -> None:
    entry = replace(sample.library.entries.get("case-wind"), **change)
    reason = barred(sample.library, Brief("success_story"), entry)
    assert zh in reason.zh
    assert en in reason.en


@pytest.mark.parametrize(
    ("template", "inputs", "zh"),
    [
        ("case_blurbs", {"case": "case-water", "length": "medium"}, "（“medium”：short | long"),
        ("press_release", {"subject": "R300", "date": "2026 年 10 月", "city": "苏州"}, "（“2026 年 10 月”）"),
    ],
)
def test_other_wrong_values_are_quoted_as_the_language_does(
    sample: Workspace, template: str, inputs: dict[str, str], zh: str
) -> None:
    assert zh in sample.draft(Brief(template, inputs)).questions[0].text
    assert "('" in sample.draft(Brief(template, inputs, "en")).questions[0].text
