"""How codes are shown to a model, and read back from what it made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.protection.tokens import TokenStyle, read_tokens, show

OPEN, CLOSE = Code("1", "<b>", CodeKind.OPEN), Code("/1", "</b>", CodeKind.CLOSE)
NAME = Code("2", "{name}", CodeKind.PLACEHOLDER)
LINK = Code("3", "https://example.com/a", CodeKind.LINK)
SOURCE = Content.of("你好 ", OPEN, NAME, CLOSE, "，见 ", LINK, "。")


def test_a_named_token_says_what_it_stands_for() -> None:
    assert show(SOURCE, TokenStyle.NAMED).text == "你好 <t1>{value2}</t1>，见 {link3}。"
    assert show(SOURCE, TokenStyle.OWN).text == str(SOURCE)


@pytest.mark.parametrize("style", TokenStyle)
def test_what_was_shown_reads_back_as_it_was(style: TokenStyle) -> None:
    shown = show(SOURCE, style)
    assert read_tokens(shown.text, shown) == SOURCE


@pytest.mark.parametrize(
    "said",
    ["See {link3}: hello <t1>{value2}</t1>", "See { link3 }: hello <T1>｛Value2｝＜/t1＞"],
)
def test_order_and_width_of_brackets_do_not_matter(said: str) -> None:
    found = read_tokens(said, show(SOURCE, TokenStyle.NAMED))
    assert str(found) == "See https://example.com/a: hello <b>{name}</b>"


def test_a_token_too_many_is_a_code_too_many() -> None:
    found = read_tokens("{value2} and {value2}, <t7>", show(SOURCE, TokenStyle.NAMED))
    assert [str(code.text) for code in found.codes] == ["{name}", "{value2}", "<t7>"]


def test_a_token_said_twice_on_end_counts_once() -> None:
    found = read_tokens("<t1>{value2}{value2}</t1></t1>", show(SOURCE, TokenStyle.NAMED))
    assert str(found) == "<b>{name}</b>"


@given(st.text(max_size=60), st.sampled_from(list(TokenStyle)))
def test_no_letter_of_a_reply_without_tokens_is_lost(text: str, style: TokenStyle) -> None:
    shown = show(Content.of("a", LINK), style)
    if "{" not in text and "<" not in text:
        assert str(read_tokens(text, shown)) == text
