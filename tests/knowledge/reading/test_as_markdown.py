"""Documents of other formats as Markdown: reading it again gives the same words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import read_body
from knowledge.reading.as_markdown import as_markdown
from knowledge.reading.document import Block, Document


def document(*blocks: Block) -> Document:
    return Document("DOCX", "t", {}, blocks, "")


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("1. Introduction", "text", r"1\. Introduction"),
        ("# no heading", "text", r"\# no heading"),
        ("5 * 3 < 20 & snake_case", "text", "5 * 3 < 20 & snake_case"),
        ("*stars* _under_ <b> [a](b) `c`", "text", r"\*stars\* \_under\_ \<b> [a\](b) \`c\`"),
        ("one\ntwo", "text", "one\\\ntwo"),
        ("one\ntwo", "row", "- one\\\n  two"),
        ("one\ntwo", "quote", "> one\\\n> two"),
        ("# code\n```", "code", "````\n# code\n```\n````"),
        ("| a | b |", "text", r"\| a | b |"),
        ("---", "text", r"\---"),
        ("{{ name }} {% if %}", "text", r"{\{ name }} {\% if %}"),
        ("停机 12 小时", "text", "停机 12 小时"),
    ],
)
def test_a_text_stands_for_itself(text: str, kind: str, written: str) -> None:
    assert as_markdown(document(Block(text, kind=kind), Block("x"))) == f"{written}\n\nx\n"


def test_headings_are_written_once_with_their_level() -> None:
    blocks = Block("Bericht", kind="heading"), Block("a", ("Bericht", "1. Teil")), Block("b", ("Bericht", "1. Teil"))
    assert as_markdown(document(*blocks)) == "# Bericht\n\n## 1. Teil\n\na\n\nb\n"


ALPHABET = "ab 1.#>*_-+=~`[](){}%<>&;:!|\\/^\"'汉字，。  \n"
BLOCKS = st.lists(
    st.builds(
        lambda text, kind: Block(text.strip(), kind=kind),
        st.text(ALPHABET, max_size=30).filter(lambda text: any(map(str.isalnum, text))),
        st.sampled_from(["text", "text", "list_item", "row", "quote", "code"]),
    ),
    min_size=1,
    max_size=3,
)


@given(BLOCKS)
def test_reading_it_again_gives_the_same_words(blocks: list[Block]) -> None:
    read = read_body("x", as_markdown(document(*blocks)))
    assert _words(read.blocks) == _words(blocks)


def _words(blocks: object) -> str:
    # Two stars side by side are taken for stray bold marks when Markdown is read; blanks are the reader's.
    return re.sub(r"\s+|\*\*", "", "".join(block.text for block in blocks))  # type: ignore[attr-defined]
