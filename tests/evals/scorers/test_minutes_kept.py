"""What minutes kept of a meeting: whose task, until when, and what was taken back."""

from __future__ import annotations

from typing import Any

import pytest

from evals.cases import Case
from evals.scorers.base import Tally
from evals.scorers.minutes import MinutesKept
from evals.subjects.port import Answer

EXPECT = {
    "decisions": [["54 平"]],
    "actions": [
        {"what": ["报价"], "owner": ["周牧"], "due": ["9 月 15 日"]},
        {"what": ["翻译"], "owner": None, "due": None},
    ],
    "facts": [["26.8 万", "26 万 8"]],
    "wrong": [{"said": "72 平", "unless": ["改"]}, "停车"],
    "speakers": ["张晓岚", "周牧"],
}


def tallies(sections: dict[str, list[str]], expect: dict[str, Any] = EXPECT) -> dict[str, Tally]:
    document = {
        "sections": [
            {
                "id": name,
                "paragraphs": [{"text": text.removeprefix("GAP"), "gap": text.startswith("GAP")} for text in rows],
            }
            for name, rows in sections.items()
        ]
    }
    return dict(MinutesKept().score(Case("c", "zh-CN", "a test", {}, expect), Answer(document)))


def hits(sections: dict[str, list[str]]) -> dict[str, float]:
    return {name: tally.hits for name, tally in tallies(sections).items()}


GOOD = {
    "attendees": ["张晓岚", "周牧"],
    "discussion": ["展位由 72 平方米改为 54 平方米，预算 26.8 万元。"],
    "actions": ["取回三家报价（负责人：周牧；完成时间：9月15日）", "找德语翻译（负责人：未指定；完成时间：未定）"],
}


def test_good_minutes_have_full_marks_and_say_nothing_wrong() -> None:
    found = tallies(GOOD)
    assert {name: (tally.hits, tally.of) for name, tally in found.items()} == {
        "decisions_kept": (1, 1),
        "actions_kept": (2, 2),
        "owners_right": (2, 2),
        "due_right": (2, 2),
        "facts_kept": (1, 1),
        "speakers_kept": (2, 2),
        "wrong_said": (0, 2),
    }


@pytest.mark.parametrize(
    ("action", "owners", "dues"),
    [
        ("找德语翻译（负责人：周牧；完成时间：未定）", 1, 2),
        ("找德语翻译（负责人：；完成时间：9 月 22 日）", 2, 1),
        ("找德语翻译（负责人：待定；完成时间：待定）", 2, 2),
        ("找德语翻译", 2, 2),
        ("周牧下周找德语翻译", 1, 1),
    ],
)
def test_what_nobody_said_must_be_told_as_unknown(action: str, owners: int, dues: int) -> None:
    found = hits({**GOOD, "actions": [GOOD["actions"][0], action]})
    assert (found["owners_right"], found["due_right"]) == (owners, dues)


def test_an_owner_counts_only_in_the_line_of_the_action() -> None:
    found = hits({**GOOD, "actions": ["取回报价（负责人：未指定；完成时间：9月15日）", "周牧发言", GOOD["actions"][1]]})
    assert (found["actions_kept"], found["owners_right"]) == (2, 1)


def test_an_action_that_was_left_out_has_neither_owner_nor_date() -> None:
    found = tallies({**GOOD, "actions": [GOOD["actions"][0]]})
    assert [(found[name].hits, found[name].of) for name in ("actions_kept", "owners_right", "due_right")] == [
        (1, 2)
    ] * 3


def test_talk_about_an_action_is_no_action_where_there_is_a_section_for_them() -> None:
    talk = {"discussion": ["周牧 9 月 15 日前取回报价。"]}
    assert hits({**talk, "actions": ["GAP行动项待整理：报价"]})["actions_kept"] == 0
    assert hits(talk)["actions_kept"] == 1


def test_what_was_revoked_is_wrong_only_as_if_it_held() -> None:
    found = tallies({**GOOD, "discussion": ["展位定为 72 平方米。", "停车没人管。"]})
    assert (found["wrong_said"].hits, found["decisions_kept"].hits) == (2, 0)
    assert {one.against for one in found["wrong_said"].shown} == {"72 平", "停车"}


def test_what_was_missed_is_always_shown() -> None:
    shown = tallies({"discussion": ["无"]})["facts_kept"].shown
    assert [(one.wrong, one.against) for one in shown] == [(True, "26.8 万 | 26 万 8")]


def test_without_expectations_there_is_nothing_to_look_at() -> None:
    assert tallies(GOOD, {"summary": "x"}) == {}
