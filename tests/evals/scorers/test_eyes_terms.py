"""Which terms a translation lacks, read by letters."""

from __future__ import annotations

import pytest

from evals.scorers.eyes.terms import lacking, terms_of

FORMS = {"control plane": ["控制面", "控制平面"], "plane": ["平面"], "node": ["节点"], "policy": ["策略"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The control plane is up.", ["control plane"]),
        ("Control-planes and planes", ["control plane", "plane"]),
        ("Two Nodes, all policies", ["node", "policy"]),
        ("airplane, nodejs", []),
        ("", []),
    ],
)
def test_terms_of_an_english_text(text: str, found: list[str]) -> None:
    assert terms_of(text, list(FORMS), "en") == found


def test_terms_of_a_chinese_text() -> None:
    assert terms_of("控制平面里的节点与Pod", ["平面", "控制平面", "节点", "Pod", "Po"], "zh") == [
        "控制平面",
        "节点",
        "Pod",
    ]


def test_a_part_of_another_word_is_no_term() -> None:
    assert terms_of("为代理商管理应用程序的代理", ["代理", "应用"], "zh") == ["代理"]
    assert terms_of("代理商和应用程序", ["代理", "应用"], "zh") == []


@pytest.mark.parametrize(
    ("target", "lacks"),
    [("控制平面有三个节点", []), ("控制 面有三个节点", []), ("控制器有三个结点", ["control plane", "node"])],
)
def test_what_a_translation_lacks(target: str, lacks: list[str]) -> None:
    assert lacking("The control plane has three nodes", target, FORMS, "en", "zh") == (lacks, 2)
