"""Expired facts that approved entries still cite."""

from __future__ import annotations

from typing import Any

import pytest
from shelf import OLD, entry, lint

from knowledge.domain.finding import Severity
from knowledge.records import State

NOW = entry("now", "公司现有员工 486 人，边缘网关累计出货 3.2 万台。", kind="press_kit")
GONE = "公司现有员工 431 人，边缘网关累计出货 2.4 万台。"


@pytest.mark.parametrize(
    "gone",
    [
        entry("gone", GONE, valid_until=OLD),
        entry("gone", GONE, state=State.RETIRED),
        entry("gone", "截至 2025 年 6 月 30 日，公司有员工 431 人。", valid_until=OLD),
    ],
)
@pytest.mark.parametrize("text", ["公司现有员工 431 人。", "The company employs 431 people."])
def test_a_figure_of_an_expired_entry_that_another_one_repeats(gone: Any, text: str) -> None:
    stale = entry("stale", text, kind="position", locale="en" if text.isascii() else "zh-CN")
    (found,) = lint("expired_cited", [gone, NOW, stale])

    assert found.entries == ("stale", "gone", "now")
    assert [place.words for place in found.places] == ["431", "431", "486"]
    assert found.severity is Severity.ERROR


def test_a_figure_of_a_replaced_version_is_found_and_the_new_one_is_not() -> None:
    versions = [entry("facts", GONE), entry("facts", NOW.text, version=2)]
    stale = entry("stale", "汀石工联边缘网关累计出货 2.4 万台。", kind="position")
    versions.append(entry("about", "汀石工联是一家公司。", fields={"short_name": "汀石工联"}))

    (found,) = lint("expired_cited", [*versions, stale])
    assert [(place.entry_id, place.version) for place in found.places][:2] == [("stale", 1), ("facts", 1)]
    assert not lint("expired_cited", [*versions, entry("right", "边缘网关累计出货 3.2 万台。", kind="position")])


def test_a_figure_that_only_an_expired_entry_stands_for_warns() -> None:
    gone = entry("gone", "公司拥有软件著作权 94 项。", valid_until=OLD)
    (found,) = lint("expired_cited", [gone, entry("stale", "公司拥有软件著作权 94 项。", kind="position")])

    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    "other",
    [
        entry("case", "备件库存由 431 万元降至 210 万元。", kind="case", customer="c"),
        entry("history", "员工 431 人。", kind="milestone", fields={"date": "2025 年 6 月"}),
        entry("other", "公司现有员工 486 人。", kind="position"),
        entry("other", "其中研发人员 431 人。", kind="position"),
    ],
)
def test_other_figures_are_left_alone(other: Any) -> None:
    assert lint("expired_cited", [entry("gone", "公司现有员工 431 人。", valid_until=OLD), NOW, other]) == []


@pytest.mark.parametrize(
    ("fields", "translates", "wrong"),
    [
        ({"proofs": ["gone-entry"]}, None, True),
        ({"pillars": [{"proofs": ["now", "gone-entry"]}]}, None, True),
        ({"source": "no-such-entry"}, None, True),
        ({}, "gone-entry", True),
        ({}, "no-such-entry", True),
        ({"proofs": ["now"]}, None, False),
        ({"replaces": "gone-entry"}, None, False),
        ({"voice": "level with the reader", "code": "no-such-entry"}, None, False),
        ({"source": "2026 年 9 月展会宣传册"}, None, False),
        ({}, "now", False),
    ],
)
def test_references_to_what_is_gone(fields: dict[str, Any], translates: str | None, wrong: bool) -> None:
    gone = entry("gone-entry", "旧条目。", state=State.RETIRED)
    page = entry("page", "一段文字。", fields=fields, translates=translates)

    assert bool(lint("expired_cited", [NOW, gone, page])) is wrong
