"""Titles by platform, subject lines, titles of works."""

from __future__ import annotations

import pytest
from ruled import found, severities

from assistant.checks.platforms import platform, platforms
from assistant.checks.titles import InventedTitle, SubjectPunctuation, TitleLength
from assistant.draft import Evidence, Paragraph

# --- length ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "locale", "told"),
    [
        ("youtube", "a" * 100, "en", []),
        ("youtube", "a" * 101, "en", ["error"]),
        ("x", "汉" * 140, "zh-CN", []),
        ("x", "汉" * 141, "zh-CN", ["error"]),
        ("x", "a" * 280, "en", []),
        ("wechat", "汉" * 32, "zh-CN", []),
        ("wechat", "汉" * 33, "zh-CN", ["info"]),
        ("wechat", "汉" * 65, "zh-CN", ["warning"]),
        ("xiaohongshu", "汉" * 20, "zh-CN", []),
        ("xiaohongshu", "汉" * 19 + "R2", "zh-CN", []),
        ("xiaohongshu", "汉" * 20 + "R", "zh-CN", ["warning"]),
        ("公众号", "汉" * 65, "zh-CN", ["warning"]),
        ("zhihu", "为什么？", "zh-CN", ["info"]),
        ("myspace", "Hello", "en", ["info"]),
    ],
)
def test_a_title_is_held_to_its_platform_and_what_is_not_known_is_said(
    name: str, text: str, locale: str, told: list[str]
) -> None:
    findings = found(TitleLength(), [text], {"platform": name}, locale=locale)
    assert severities(findings) == told
    if told == ["info"] and platform(name) in (None, platform("zhihu")):
        assert "未检查" in findings[0].message or "unchecked: no dated limit" in findings[0].message


def test_the_finding_names_day_and_source() -> None:
    (finding,) = found(TitleLength(), ["a" * 101], {"platform": "youtube"}, locale="en")
    assert "2026" in finding.message
    assert "YouTube Data API" in finding.message


@pytest.mark.parametrize(("locale", "text"), [("zh-CN", "十" * 21), ("en", "one two three four five six seven")])
def test_a_limit_of_the_templates_own(locale: str, text: str) -> None:
    assert severities(found(TitleLength(), [text], {"zh": 20, "en": 6}, locale=locale)) == ["warning"]
    assert (
        found(TitleLength(), [text[:-1] if locale == "zh-CN" else text[:-6]], {"zh": 20, "en": 6}, locale=locale) == []
    )


def test_without_section_and_role_only_titles_are_looked_at() -> None:
    pieces = [Paragraph("p1", "短题", role="title"), Paragraph("p2", "汉" * 90)]
    assert found(TitleLength(), pieces, {"platform": "wechat"}, where=None) == []
    assert len(found(TitleLength(), pieces, {"platform": "wechat"})) == 1


def test_every_platform_is_dated_and_has_a_source_in_both_languages() -> None:
    assert len(platforms()) >= 15
    for one in platforms().values():
        assert one.as_of.year >= 2025
        assert one.source.zh
        assert one.source.en


# --- subject ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("停机少一半，怎么做到的？", "停机少一半 怎么做到的"),
        ("Less downtime: how?", "Less downtime how"),
        ("Machines talk - at last", "Machines talk at last"),
        ("One plant, 23 days", "One plant 23 days"),
        ("It works.", "It works"),
    ],
)
def test_punctuation_is_found_and_the_subject_without_it_is_offered(text: str, without: str) -> None:
    (finding,) = found(SubjectPunctuation(), [text], locale="en")
    assert f"'{without}'" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "R-200 网关 3 月到货",
        "1,280 台机组",
        "downtime down 0.5%",
        "Tingstone's 24/7 on-line service",
        "10:30 开始",
        "A & B",
    ],
)
def test_what_belongs_to_a_word_or_a_figure_stays(text: str) -> None:
    assert found(SubjectPunctuation(), [text]) == []


# --- titles of works -------------------------------------------------------------------------------------------------

REPORT = Evidence("S1", "2026 年 5 月，协会发布《设备联网白皮书（2026）》，书名《Machines at Work》也在列。", "zh-CN")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("见《设备联网白皮书（2026）》。", []),
        ("见《设备联网白皮书(2026)》。", []),
        ("见《设备联网白皮书》。", []),
        ("见《智能工厂蓝皮书》。", ["error"]),
        ("见《智能工厂蓝皮书》（待查）。", []),
        ("研究报告“压缩空气能耗现状”指出这一点。", ["error"]),
        ("所谓“设备联网”是个大词。", []),
        ("依照《安全生产法》。", ["warning"]),
    ],
)
def test_a_title_that_no_cited_source_has(text: str, told: list[str]) -> None:
    assert severities(found(InventedTitle(), [text], evidence=[REPORT])) == told


def test_a_title_of_a_source_that_is_not_cited_only_warns() -> None:
    paragraph = Paragraph("p1", "见《设备联网白皮书（2026）》。", ())
    (finding,) = found(InventedTitle(), [paragraph], evidence=[REPORT])
    assert finding.severity == "warning"
    assert "补上" in finding.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('The book "Machines at Work" tells it.', []),
        ('"Machines at Work", a report of 2025, tells it.', []),
        ('The white paper "Compressed air in 2030" tells it.', ["error"]),
        ('They call it "smart maintenance".', []),
    ],
)
def test_a_quoted_title_beside_a_word_for_a_work(text: str, told: list[str]) -> None:
    assert severities(found(InventedTitle(), [text], locale="en", evidence=[REPORT])) == told
