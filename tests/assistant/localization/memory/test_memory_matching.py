"""Which sources are the same, and whose codes a remembered target gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from remembering import content, segment

from assistant.localization.content import Content
from assistant.localization.memory.matching import context_of, digest_of, fitted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Save 5 files", "Save 5 files", True),
        ("Save 5 files", "Save 6 files", False),
        ("Click <b>Save</b>", "Click <strong>Save</strong>", True),
        ("Click <b>Save</b>", "Click Save", False),
        ("Click <b>Save</b>", "<b>Click</b> Save", False),
        ("See https://a", "See https://b", True),
        ("Delete {file}?", "Delete {file}?", True),
        ("Delete {file}?", "Delete {folder}?", False),
        ("open", "Open", False),
    ],
)
def test_two_sources_are_the_same(one: str, other: str, same: bool) -> None:
    assert (digest_of(content(one)) == digest_of(content(other, first=7))) is same


def test_the_forms_of_a_plural_are_not_the_same() -> None:
    digests = {digest_of(content("{n} files"), plural) for plural in ("", "one", "few", "other")}
    assert len(digests) == 4


def test_a_context_is_what_stood_before_and_the_key() -> None:
    here = segment("Open", before="File", context="menu")
    assert context_of(segment("Open")) == ""
    assert context_of(here) == context_of(segment("Close", before="File", context="menu"))
    assert len({context_of(s) for s in (here, segment("Open", before="File"), segment("Open", context="menu"))}) == 3
    assert context_of(segment("", before="ab", context="c")) != context_of(segment("", before="a", context="bc"))


@pytest.mark.parametrize(
    ("source", "target", "here", "said"),
    [
        ("Click <b>Save</b>", "点击<b>保存</b>", "Click <strong>Save</strong>", "点击<strong>保存</strong>"),
        ("{a} of {b}", "{b} 中的 {a}", "{a} of {b}", "{b} 中的 {a}"),
        ("<b>A</b> and <b>B</b>", "<b>甲</b>与<b>乙</b>", "<i>A</i> and <u>B</u>", "<i>甲</i>与<u>乙</u>"),
        ("See https://a", "见 https://a", "See https://b", "见 https://b"),
        ("See https://a", "见此处", "See https://b", None),
        ("Click <b>Save</b>", "点击<b><b>保存</b></b>", "Click <b>Save</b>", None),
        ("Click <b>Save</b>", "点击<u>保存</u>", "Click <b>Save</b>", None),
        ("Click <b>Save</b>", "点击保存", "Click Save", None),
    ],
)
def test_codes_are_those_of_the_segment_at_hand(source: str, target: str, here: str, said: str | None) -> None:
    asked = segment(here)
    found = fitted(content(source, first=20), content(target, first=20), asked)
    assert (None if found is None else str(found)) == said
    assert found is None or set(found.codes) == set(asked.source.codes)


@pytest.mark.parametrize(("plural", "fits"), [("one", True), ("other", False), ("", False)])
def test_only_a_singular_may_leave_its_number_out(plural: str, fits: bool) -> None:
    found = fitted(content("{n} files"), content("ein Dokument"), segment("{n} files", plural=plural))
    assert (found is not None) is fits


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>{}"), min_size=1, max_size=8)
codes = st.sampled_from(["<b>", "</b>", "{a}", "{b}", "https://x"])


@given(st.lists(words | codes, max_size=8), st.randoms())
def test_a_target_with_the_codes_in_any_order_comes_back_as_it_was(parts: list[str], random: object) -> None:
    source = content("".join(parts))
    pieces = list(source.pieces)
    random.shuffle(pieces)  # type: ignore[attr-defined]  # Hypothesis' own Random
    target = Content.of(*pieces)
    assert str(fitted(source, target, segment("".join(parts)))) == str(target)
