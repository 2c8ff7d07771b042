"""An approved quote stands in a press release about the same matter, and in no other."""

from __future__ import annotations

import pytest

from assistant.brief import Brief
from assistant.workspace import Workspace


def quote(workspace: Workspace, subject: str, locale: str = "zh-CN") -> str:
    """The quote of a release; empty for a gap."""
    draft = workspace.draft(Brief("press_release", {"subject": subject, "date": "2026-10-20", "city": "苏州"}, locale))
    [paragraph] = [p for s, p in draft.paragraphs() if s.id == "quote"]
    return "" if paragraph.gap else paragraph.text


@pytest.mark.parametrize(
    ("subject", "locale", "words"),
    [
        ("R300 边缘网关发布", "zh-CN", "判断不能断"),
        ("R-300 上市", "zh-CN", "判断不能断"),
        ("新网关发布", "zh-CN", "判断不能断"),
        ("Launch of the R300 edge gateway", "en", "the judgement must not"),
        ("Launch of the R300 edge gateway in Europe", "en", "the judgement must not"),
        ("汀石工联主张先算账再装传感器", "zh-CN", "替谁省了哪一笔钱"),
    ],
)
def test_a_quote_about_the_news_is_used(sample: Workspace, subject: str, locale: str, words: str) -> None:
    assert words in quote(sample, subject, locale)


@pytest.mark.parametrize(
    ("subject", "locale"),
    [
        ("TingSense S10 传感器取得防爆合格证", "zh-CN"),
        ("Explosion-protection certificate of the TingSense S10 sensor", "en"),
        ("R200 边缘网关发布", "zh-CN"),  # near in every word, but another product
        ("Tingstone Industrial opens an office in Stuttgart", "en"),
        ("空压机远程服务方案获“2025 年度设备远程运维优秀方案”", "zh-CN"),
        ("收购一家葡萄牙的水下机器人公司", "zh-CN"),
        ("Sponsorship of a sailing team in Valencia", "en"),
    ],
)
def test_a_quote_about_something_else_leaves_a_gap(sample: Workspace, subject: str, locale: str) -> None:
    assert quote(sample, subject, locale) == ""


def test_a_story_has_the_quote_of_its_case(sample: Workspace) -> None:
    draft = sample.draft(Brief("success_story", {"case": "case-wind"}))
    assert "在风最大的那个月坏了齿轮箱" in "".join(p.text for s, p in draft.paragraphs() if s.id == "voice")
