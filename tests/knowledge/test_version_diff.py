"""The word-level diff: exact, by words in both languages, figures whole."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.records import Audience, EntryVersion, State
from knowledge.version_diff import Change, as_plain, diff_words, word_diff

OLD = EntryVersion(
    "case-a", 1, "case", "zh-CN", "水泵站", "停机 12 小时。", State.APPROVED, Audience.PUBLIC, body="停机 12 小时。\n",
    fields={"result": "3 hours", "results": [{"after": "3", "unit": "h"}], "gone": "x"}, markets=("CN",),
)  # fmt: skip


def plain(old: str, new: str) -> str:
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(marks[piece.change].format(piece.text) for piece in diff_words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("同样", "同样", "同样"),
        ("", "新增", "{+新增+}"),
        ("能耗由 14.6 降至 12.3 千瓦时", "能耗由 14.6 降至 12.4 千瓦时", "能耗由 14.6 降至 [-12.3-]{+12.4+} 千瓦时"),
        ("1,280 units", "1,380 units", "[-1,280-]{+1,380+} units"),
        ("up 30% now", "up 3% now", "up [-30%-]{+3%+} now"),
        ("停机时间大幅下降", "停机时间明显下降", "停机时间[-大幅-]{+明显+}下降"),
        ("the old pump works", "the new pump works", "the [-old-]{+new+} pump works"),
        ("a quite old pump", "a very new pump", "a [-quite old-]{+very new+} pump"),
        ("customer's view", "customers' view", "[-customer's-]{+customers'+} view"),
        ("一。\n二。\n三。", "一。\n三。", "一。\n[-二。\n-]三。"),
        ("A B", "A\nB", "A[- -]{+\n+}B"),
    ],
)
def test_pieces(old: str, new: str, shown: str) -> None:
    assert plain(old, new) == shown


WORDS = st.lists(
    st.sampled_from(["停机", "小时", "3", "12.5%", "the ", "pump", " ", "\n", "，", "。", "😀", "é", "가", "カ", "\r", "\u2028", "[-", "+}"])
    | st.text(max_size=4),
    max_size=40,
).map("".join)  # fmt: skip


@given(WORDS, WORDS)
def test_joining_the_pieces_gives_both_texts_back(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new
    assert all(piece.text for piece in pieces)
    assert all(one.change is not other.change for one, other in itertools.pairwise(pieces))
    if old == new:
        assert len(pieces) <= 1


def test_properties_fields_and_text_each_for_itself() -> None:
    new = replace(
        OLD, title="水泵房", markets=("CN", "EU"), valid_until=date(2027, 3, 1), body="停机 3 小时。\n", state=State.DRAFT,
        fields={"result": "2 hours", "results": [{"after": "2", "unit": "h"}], "more": ["a", "b"]},
    )  # fmt: skip
    assert as_plain(word_diff(OLD, new)) == (
        "title: [-水泵站-]{+水泵房+}\n"
        "markets: CN{+, EU+}\n"
        "valid_until: {+2027-03-01+}\n"
        "fields.result: [-3-]{+2+} hours\n"
        'fields.results:\n- after: "[-3-]{+2+}"\n  unit: h\n'
        "fields.gone: [-x-]\n"
        "fields.more:\n{+- a\n- b+}\n"
        "text: 停机 [-12-]{+3+} 小时。"
    )
    for part in word_diff(OLD, new):
        assert part.to_json()["part"] == part.name
        assert part.old != part.new


def test_the_same_says_nothing_and_a_life_is_no_content() -> None:
    assert word_diff(OLD, replace(OLD, version=2, state=State.RETIRED, approved_by="x", source="y")) == []


def test_a_version_without_its_markdown_is_compared_by_its_text() -> None:
    [part] = word_diff(replace(OLD, body=""), replace(OLD, body="**停机** 12 小时！\n", text="停机 12 小时！"))
    assert (part.old, part.new) == ("停机 12 小时。", "停机 12 小时！")


def test_a_long_text_can_be_shown_around_its_changes() -> None:
    old = "word " * 200 + "three" + " end" * 200
    parts = word_diff(replace(OLD, body=old), replace(OLD, body=old.replace("three", "four")))
    assert as_plain(parts, around=10) == "text:  … word word [-three-]{+four+} end end e … "
