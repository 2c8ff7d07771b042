"""YAML and JSON: blocks with pointers, and what is refused."""

import json
from collections.abc import Callable

import pytest

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Block, Document

ReadText = Callable[..., Document]

CASE = """
title: Acme story
customer_size: 900
version: 1.10
live: yes
since: 2019-05-01
logo: /images/acme.svg
empty: ~
tags: [cloud, bank]
stats:
  - label: daily releases
    stat: 9x
  - label: commits
    stat: 10&#44;464
study:
  - title: The challenge
    content: >-
      %s


      See [the list](/x) of **facts**.
a/b:
  - [deep]
""" % ("They waited long. " * 15)


def test_yaml_blocks_and_pointers(read_text: ReadText) -> None:
    document = read_text("case.yml", CASE)
    assert document.title == "Acme story"
    assert document.blocks == (
        Block(
            "title: Acme story; customer size: 900; version: 1.10; live: yes; since: 2019-05-01; tags: cloud, bank",
            (),
            "pointer /",
        ),
        Block("label: daily releases; stat: 9x", ("stats", "daily releases"), "pointer /stats/0"),
        Block("label: commits; stat: 10,464", ("stats", "commits"), "pointer /stats/1"),
        Block("title: The challenge", ("study", "The challenge"), "pointer /study/0"),
        Block(("They waited long. " * 15).strip(), ("study", "The challenge"), "pointer /study/0/content"),
        Block("See the list of facts.", ("study", "The challenge"), "pointer /study/0/content"),
        Block("deep", ("a/b",), "pointer /a~1b/0/0", "list_item"),
    )


def test_json_says_the_same(read_text: ReadText) -> None:
    value = {"title": "T", "price": 1, "list": [{"name": "N", "on": True, "off": None}], "long": ["x" * 150, "y" * 150]}
    document = read_text("a.json", json.dumps(value))
    assert document.blocks == (
        Block("title: T; price: 1", (), "pointer /"),
        Block("name: N; on: true", ("list", "N"), "pointer /list/0"),
        Block("x" * 150, ("long",), "pointer /long/0", "list_item"),
        Block("y" * 150, ("long",), "pointer /long/1", "list_item"),
    )


@pytest.mark.parametrize(
    ("content", "text"), [('"text"', "text"), ("[1.50, 2]", "1.50"), ("123456789012345678901", "123456789012345678901")]
)
def test_json_scalars_stay_as_written(read_text: ReadText, content: str, text: str) -> None:
    assert read_text("a.json", content).blocks[0].text == text


def test_merge_keys_and_anchors(read_text: ReadText) -> None:
    document = read_text("a.yaml", "base: &b {plan: Pro, price: 9}\nteam:\n  <<: *b\n  price: 8\n")
    assert [block.text for block in document.blocks] == ["plan: Pro; price: 9", "plan: Pro; price: 8"]


def test_several_documents(read_text: ReadText) -> None:
    document = read_text("a.yaml", "a: 1\n---\na: 2\n")
    assert [(block.text, block.place) for block in document.blocks] == [("a: 1", "pointer /0"), ("a: 2", "pointer /1")]


LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (LAUGHS, "expands to more than"),
        (MERGES, "expands to more than"),
        ("a: &a [*a]", "refers to itself"),
        ("a: *b", "refers to itself or to nothing"),
        ("a: !!python/object/apply:os.system ['true']", "python/object/apply"),
        ("a: !custom x", "tag !custom"),
        ("[" * 100_000, "nested deeper"),
        ("{a: " * 100_000, "nested deeper"),
        ("- " * 5000 + "x", "nested deeper"),
        ("a: [1", "line"),
        ("a: b: c", "line 1"),
    ],
    ids=lambda value: value[:20],
)
def test_dangerous_or_broken_yaml(read_text: ReadText, content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_text("a.yaml", content)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"a": ', "line 1"),
        ("[" * 100_000, "nested"),
        ("[" * 500 + "1" + "]" * 500, "nested"),
        ("{}", "no text"),
        ("null", "no text"),
    ],
    ids=lambda value: value[:20],
)
def test_bad_json(read_text: ReadText, content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_text("a.json", content)
