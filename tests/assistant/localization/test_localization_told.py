"""What the record says, in the language of who reads it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.localization.checks.base import Pair
from assistant.localization.checks.registry import check_pair
from assistant.localization.content import Content
from assistant.localization.jobs.documents import item_document
from assistant.localization.jobs.records import JobSegment
from assistant.localization.jobs.results import SPENT
from assistant.localization.segment import Segment, SegmentState
from assistant.localization.told import check_words, is_spent, reason_words, why_words
from knowledge.domain.locale import parse_locale

_SOURCE, _TARGET = Content.of("营收 230 万美元"), Content.of("Revenue of US$230 million")


def _segment(why: str = "", findings: tuple[Any, ...] = ()) -> JobSegment:
    return JobSegment(
        1, 1, "en", Segment("1", "u", _SOURCE), SegmentState.NEEDS_REVIEW, _TARGET, why, findings, "model", 1, ""
    )


def _checked() -> JobSegment:
    findings = check_pair(Pair(_SOURCE, _TARGET, parse_locale("zh-CN"), parse_locale("en")))
    return _segment(findings[0].message, tuple(finding.to_json() for finding in findings))


@pytest.mark.parametrize(("language", "chinese"), [("zh", True), ("en", False)])
def test_a_finding_on_a_pair_with_chinese_is_told_in_the_language_of_the_reader(language: str, chinese: bool) -> None:
    told = item_document(_checked(), language)
    assert told["why"] == told["findings"][0]["message"]
    assert ("译文" in told["why"]) is chinese
    assert all("words" not in finding for finding in told["findings"])


def test_a_finding_that_was_kept_in_one_language_is_still_told() -> None:
    old = _segment("变了", ({"check": "number_changed", "severity": "error", "message": "变了", "span": None},))
    assert why_words(old).en == "变了"
    assert item_document(old)["findings"][0]["message"] == "变了"


@pytest.mark.parametrize(
    ("why", "chinese"),
    [
        ("", ""),
        ("paused by Li Wen", "由 Li Wen 暂停"),
        ("cancelled by 李雯", "由 李雯 取消"),
        ("stopped by hand", "被手动停止"),
        ("the reply repeats the instruction", "模型复述了指令，没有翻译"),
        (SPENT.format(budget=20_000, used=21_345), "20,000 词元的预算已用完（用了 21,345）；提高预算即可继续"),
        ("openai:x: the reply was cut by its length limit; ask for less text", "openai:x：回复超长被截断"),
        ("whatever a provider says (503)", "whatever a provider says (503)"),
    ],
)
def test_reasons_of_the_program_are_told_in_chinese_too(why: str, chinese: str) -> None:
    assert reason_words(why).en == why
    assert reason_words(why).zh == chinese


def test_a_budget_that_is_used_up_is_known_again() -> None:
    assert is_spent(SPENT.format(budget=1, used=2_000_000))
    assert not is_spent("paused by the budget of")


@pytest.mark.parametrize(
    ("check", "name"), [("fact_changed", "所依据的事实已变"), ("tag_broken", "标签受损"), ("x", "x")]
)
def test_checks_have_names(check: str, name: str) -> None:
    assert check_words(check).zh == name
