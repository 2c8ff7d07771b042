"""Documents cut into passages."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading import Block, Document, PassageText, count_tokens, split

SENTENCE = "Our customers cut the time of a deployment from three days to four hours. "


def document(*blocks: Block) -> Document:
    return Document("text", "T", {}, blocks, "0" * 64)


def words(text: str) -> int:
    return len(text.split())


def test_blocks_under_one_heading_are_joined() -> None:
    passages = split(
        document(
            Block("Prices", (), "line 1", "heading"),
            Block("One.", ("Prices",), "line 3"),
            Block("Two.", ("Prices",), "line 5", "list_item"),
            Block("Sub", ("Prices",), "line 7", "heading"),
            Block("Three.", ("Prices", "Sub"), "line 9"),
        )
    )
    assert passages == [
        PassageText("One.\nTwo.", ("Prices",), "Prices · line 3", 0),
        PassageText("Three.", ("Prices", "Sub"), "Prices › Sub · line 9", 1),
    ]


def test_a_locator_without_headings_is_the_place() -> None:
    assert split(document(Block("One.", (), "page 3")))[0].locator == "page 3"


@pytest.mark.parametrize("kind", ["page", "slide"])
def test_pages_and_slides_are_not_mixed(kind: str) -> None:
    passages = split(document(Block("One.", (), f"{kind} 1"), Block("Two.", (), f"{kind} 2")))
    assert [passage.locator for passage in passages] == [f"{kind} 1", f"{kind} 2"]


def test_notes_stand_apart() -> None:
    passages = split(document(Block("On the slide.", (), "slide 1"), Block("Said.", (), "slide 1", "notes")))
    assert [passage.text for passage in passages] == ["On the slide.", "Said."]


def test_rows_are_grouped_within_their_table_or_alone() -> None:
    long = "Plan: " + "word " * 45
    rows = [Block("Plan: Pro; Price: $99", (), f"table 1 row {n}", "row") for n in (2, 3)]
    passages = split(
        document(*rows, Block(long, (), "table 1 row 4", "row"), Block("A: b", (), "table 2 row 2", "row"))
    )
    assert [(passage.locator, passage.text[:10]) for passage in passages] == [
        ("table 1 row 2", "Plan: Pro;"),
        ("table 1 row 4", "Plan: word"),
        ("table 2 row 2", "A: b"),
    ]


def test_row_groups_keep_to_half_the_budget() -> None:
    rows = [Block("one two three", (), f"row {n}", "row") for n in range(2, 12)]
    assert max(words(passage.text) for passage in split(document(*rows), max_tokens=20, count=words)) <= 10


def test_long_blocks_are_cut_at_sentences() -> None:
    passages = split(document(Block((SENTENCE * 60).strip(), (), "line 1")), max_tokens=100)
    assert len(passages) > 5
    assert all(passage.text.endswith("hours.") and passage.text.startswith("Our") for passage in passages)
    assert all(40 < count_tokens(passage.text) <= 100 for passage in passages)


@pytest.mark.parametrize("text", ["我们把部署时间从三天缩短到四小时，" * 60, "word, " * 500, "key: value; " * 300])
def test_long_sentences_are_cut_at_commas(text: str) -> None:
    passages = split(document(Block(text.strip(), (), "line 1")), max_tokens=100)
    assert all(passage.text[-1] in "，,;" for passage in passages[:-1])
    assert all(count_tokens(passage.text) <= 100 for passage in passages)


def test_numbers_are_not_cut() -> None:
    text = "1,234,567.89" * 1 + "字" * 50 + "2026.05.01" + "字" * 50
    pieces = split(document(Block(text, (), "line 1")), max_tokens=13, count=len)
    assert "".join(piece.text for piece in pieces) == text
    assert any("1,234,567.89" in piece.text for piece in pieces)
    assert any("2026.05.01" in piece.text for piece in pieces)


def test_a_small_rest_joins_its_neighbour() -> None:
    blocks = [Block(SENTENCE.strip(), (), f"line {n}") for n in range(1, 7)] + [Block("Thanks.", (), "line 9")]
    passages = split(document(*blocks), max_tokens=95)
    assert all(count_tokens(passage.text) >= 20 for passage in passages)
    assert passages[-1].text.endswith("Thanks.")


def test_a_heading_with_nothing_beneath_is_a_passage_when_it_says_something() -> None:
    passages = split(
        document(
            Block("Revenue grew by 40 % to 5 million", (), "slide 1", "heading"), Block("End", (), "slide 2", "heading")
        )
    )
    assert [passage.locator for passage in passages] == ["slide 1"]


def test_special_tokens_and_long_texts_are_counted() -> None:
    assert count_tokens("") == 0
    assert count_tokens("<|endoftext|>") > 1
    assert count_tokens("部署" * 100_000) >= 200_000


COUNTS: list[Callable[[str], int]] = [len, count_tokens]
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["我们", "。", "，", "word ", "3.5", "1,000", ". ", "\n", "é", "👩‍💻", "x" * 30]), max_size=80
    ).map("".join),
)
BLOCKS = st.lists(
    st.builds(
        Block,
        TEXT.filter(lambda text: bool(text.strip())),
        st.sampled_from([(), ("A",), ("A", "B")]),
        st.sampled_from(["line 1", "page 1", "page 2", "table 1 row 2"]),
        st.sampled_from(["text", "heading", "row", "notes", "list_item"]),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(BLOCKS, st.integers(40, 120), st.sampled_from(COUNTS))
def test_lossless_within_budget_and_deterministic(
    blocks: list[Block], budget: int, count: Callable[[str], int]
) -> None:
    passages = split(document(*blocks), max_tokens=budget, count=count)
    assert passages == split(document(*blocks), max_tokens=budget, count=count)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert all(count(passage.text) <= budget for passage in passages)
    kept = [block for block in blocks if block.kind != "heading"]
    said = "".join("".join(passage.text.split()) for passage in passages)
    for block in kept:
        assert "".join(block.text.split())[:20] in said
    if len(kept) == len(blocks):
        assert said == "".join("".join(block.text.split()) for block in blocks)


@settings(deadline=None)
@given(TEXT, st.integers(1, 10))
def test_a_tiny_budget_never_loses_text(text: str, budget: int) -> None:
    passages = split(document(Block(text, (), "line 1")), max_tokens=budget, count=len)
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split())
