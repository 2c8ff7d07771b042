"""`koujing check` on a press release that a person wrote: ten planted faults are shown, and nothing else is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.checking import CheckReport
from assistant.workspace import Workspace
from knowledge.domain.finding import Severity, Span

RELEASES = Path(__file__).parent / "releases"

# What stands in the release, what is planted in its place, and the checks of which one must find it.
FAULTS = {
    "zh-CN": [
        ("每秒采集 3,000 个数据点", "每秒采集 5,000 个数据点", "number_contradicted number_unsupported"),
        ("由 4.8 秒缩短至 0.3 秒", "由 0.3 秒缩短至 4.8 秒", "number_swapped"),
        ("2026 年 11 月起", "2026 年 9 月起", "date_unsupported"),
        ("在 12 座泵站试点", "在超过 12 座泵站试点", "qualifier_changed"),
        ("计划 2027 年交付 8,000 台 R300", "2027 年交付了 8,000 台 R300", "target_as_result"),
        ("判断不能断。现场", "判断绝对不会断。现场", "quote_not_verbatim"),
        ("首席技术官罗望舒", "首席技术官陈立群", "name_unsupported"),
        ("R300 带安全启动与独立安全芯片。", "R300 是行业最佳的边缘网关。", "banned_term"),
        ("总部位于苏州。截至", "总部位于苏州，已通过 IEC 61508 认证。截至", "certificate_unproven"),
        ("设备管理平台 TingDeck 已", "设备管理平台 Ting Deck 已", "forbidden_variant"),
    ],
    "en": [
        ("reads 3,000 data points", "reads 5,000 data points", "number_contradicted number_unsupported"),
        ("fell from 4.8 to 0.3 seconds", "fell from 0.3 to 4.8 seconds", "number_swapped"),
        ("start in November 2026", "start in September 2026", "date_unsupported"),
        ("in 12 pumping stations", "in more than 12 pumping stations", "qualifier_changed"),
        ("plans to deliver 8,000 R300 units", "delivered 8,000 R300 units", "target_as_result"),
        ("the judgement must not. Machines", "the judgement never will. Machines", "quote_not_verbatim"),
        ("Officer Luo Wangshu", "Officer Chen Liqun", "name_unsupported"),
        ("for sites with unreliable networks", "for sites with unreliable networks, the best in the world",
         "banned_term superlative_unproven"),
        ("based in Suzhou, China. As", "based in Suzhou, China, and certified to IEC 61508. As", "certificate_unproven"),
        ("through its TingDeck platform", "through its Ting Deck platform", "forbidden_variant"),
    ],
}  # fmt: skip


def checked(workspace: Workspace, locale: str, text: str) -> CheckReport:
    return workspace.check(text, locale=locale, market="CN" if locale == "zh-CN" else None)


def release(locale: str) -> str:
    return (RELEASES / f"r300.{locale}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", sorted(FAULTS))
def test_a_true_release_has_no_finding(sample: Workspace, locale: str) -> None:
    report = checked(sample, locale, release(locale))
    told = [(f.check, f.span.of(report.text) if f.span else "", f.message) for f in report.findings]
    assert told == []


@pytest.mark.parametrize("locale", sorted(FAULTS))
def test_ten_faults_are_shown_and_nothing_else(sample: Workspace, locale: str) -> None:
    text = release(locale)
    for right, wrong, _ in FAULTS[locale]:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    report = checked(sample, locale, text)
    planted = {wrong: Span(text.index(wrong), text.index(wrong) + len(wrong)) for _, wrong, _ in FAULTS[locale]}
    shown = {
        wrong: {f.check for f in report.findings if f.span and f.span.overlaps(span)} for wrong, span in planted.items()
    }
    missed = [wrong for _, wrong, checks in FAULTS[locale] if not shown[wrong] & set(checks.split())]
    beside = [
        (f.check, f.span.of(text) if f.span else "", f.message)
        for f in report.findings
        if not (f.span and any(f.span.overlaps(span) for span in planted.values()))
    ]
    assert missed == []
    assert beside == []
    assert any(f.severity is Severity.ERROR for f in report.findings)
