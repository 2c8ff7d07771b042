"""A content plan: its months are those of the brief, its topics approved entries, its formats fit the stage."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.brief import Brief
from assistant.draft import Paragraph
from assistant.workspace import Workspace
from assistant.writing.plans.content_calendar import months_of
from assistant.writing.plans.journey import STAGES


def plan(workspace: Workspace, period: str, locale: str = "en", **more: str) -> list[Paragraph]:
    draft = workspace.draft(Brief("content_plan", {"period": period}, locale, **more))
    assert not [f for f in draft.findings if str(f.severity) == "error"]
    return [p for s, p in draft.paragraphs() if s.id == "plan"]


@pytest.mark.parametrize(
    ("period", "language", "first", "last"),
    [
        ("January to March 2027", "en", (2027, 1), (2027, 3)),
        ("Jan-Mar 2027", "en", (2027, 1), (2027, 3)),
        ("May to Jun 2027", "en", (2027, 5), (2027, 6)),
        ("November 2026 to February", "en", (2026, 11), (2027, 2)),
        ("Q4 2027", "en", (2027, 10), (2027, 12)),
        ("2027", "en", (2027, 1), (2027, 12)),
        ("2027-01 to 2027-03", "en", (2027, 1), (2027, 3)),
        ("2027 年 1 月至 3 月", "zh", (2027, 1), (2027, 3)),
        ("2027 年 1 月—3 月", "zh", (2027, 1), (2027, 3)),
        ("2027年1-3月", "zh", (2027, 1), (2027, 3)),
        ("2027 年下半年", "zh", (2027, 7), (2027, 12)),
        ("2026 年 11 月到次年 1 月", "zh", (2026, 11), (2027, 1)),
    ],
)
def test_a_period_is_read_as_people_write_it(
    period: str, language: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    months = [(year, month + 1) for year, month in months_of(period, language)]
    assert (months[0], months[-1]) == (first, last)
    assert months == sorted(set(months))


@pytest.mark.parametrize("period", ["", "soon", "March", "March 2027 to January 2027", "2020 to 2029"])
def test_a_period_without_a_clear_year_or_order_is_asked_for(period: str) -> None:
    assert months_of(period, "en") == []


def test_every_topic_is_an_approved_entry_and_is_cited(sample: Workspace) -> None:
    draft = sample.draft(Brief("content_plan", {"period": "January to March 2027"}, "en"))
    titles = {e.id: e.title for e in draft.evidence if e.entry_id and e.state == "approved"}
    lines = [p for s, p in draft.paragraphs() if s.id == "plan"]
    assert len(lines) == 12
    for line in lines:
        assert any(titles[c] in line.text for c in line.citations if c in titles), line.text


def test_each_month_serves_the_four_stages_and_no_entry_comes_twice(sample: Workspace) -> None:
    lines = [p.text.split(" | ") for p in plan(sample, "January to March 2027")]
    assert Counter(line[1] for line in lines) == {stage.name.en: 3 for stage in STAGES}
    assert len({line[3] for line in lines}) == len(lines)
    formats = {stage.name.en: {form.name.en for form in stage.formats} for stage in STAGES}
    assert all(line[2] in formats[line[1]] for line in lines)


def test_channels_are_those_of_the_market(sample: Workspace) -> None:
    abroad = "\n".join(p.text for p in plan(sample, "2027 年 1 月", "zh-CN", market="EU"))
    at_home = "\n".join(p.text for p in plan(sample, "2027 年 1 月", "zh-CN"))
    assert "LinkedIn" in abroad
    assert "知乎" not in abroad
    assert "LinkedIn" not in at_home
    assert "知乎" in at_home


def test_a_pilot_is_no_first_choice_for_a_success_story(sample: Workspace) -> None:
    assert not any("pilot" in p.text for p in plan(sample, "January to February 2027"))
