"""Shares add up to a hundred, amounts to the total, and what does not add up is asked for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.brief import Brief
from assistant.draft import Paragraph
from assistant.workspace import Workspace
from assistant.writing.plans.budget import amounts_of
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import find

BRIEF = {"event": "Open Day", "date": "2027-05-20", "place": "Suzhou", "guests": "80 engineers"}
EVENT = {"event": "开放日", "date": "2027-05-20", "place": "苏州", "guests": "设备负责人 80 人"}


def budget(workspace: Workspace, locale: str = "en", **inputs: str) -> list[Paragraph]:
    draft = workspace.draft(Brief("event_plan", {**(EVENT if locale == "zh-CN" else BRIEF), **inputs}, locale))
    return [p for s, p in draft.paragraphs() if s.id == "budget"]


def percents(paragraphs: list[Paragraph]) -> list[int]:
    return [int(p.text.rsplit(" ", 1)[-1].rsplit("，", 1)[-1].rsplit("：", 1)[-1][:-1]) for p in paragraphs]


@pytest.mark.parametrize(("total", "locale"), [("EUR 50,001", "en"), ("123,457 元", "zh-CN"), ("$99", "en")])
def test_amounts_add_up_exactly(total: str, locale: str) -> None:
    amounts = amounts_of(total, [Fraction(33), Fraction(33), Fraction(34)], Locale(locale))
    sums = [q.value for text in amounts for q in find(text)]
    assert sum(value for value in sums if value is not None) == find(total)[0].value


@pytest.mark.parametrize("total", ["", "not decided", "EUR 50,000 to 60,000", "80 万元或 90 万元"])
def test_without_a_single_total_there_are_no_amounts(total: str) -> None:
    assert amounts_of(total, [Fraction(100)], Locale("en")) == [""]


def test_the_shares_of_the_brief_are_kept_with_their_amounts(sample: Workspace) -> None:
    lines = budget(sample, split="venue 40%, content 35%, press 25%", total="EUR 40,000")
    assert [line.text for line in lines] == ["venue: €16,000, 40%", "content: €14,000, 35%", "press: €10,000, 25%"]
    assert all(line.citations for line in lines)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_without_shares_the_templates_own_stand_and_are_called_a_suggestion(sample: Workspace, locale: str) -> None:
    note, *lines = budget(sample, locale)
    assert "suggestion" in note.text or "建议" in note.text
    assert sum(percents(lines)) == 100
