"""A line of a megabyte is read to its end whatever it is made of: what grew with a square would take hours.

`koujing bench claims` measures how long it takes.
"""

from __future__ import annotations

import random

import pytest
from endless import ends

from knowledge.domain.quantity import find

MEGABYTE = 1_000_000
_DICE = random.Random(7)
LINES = {
    "prose, zh": "服务超过3.2万台电梯，融资230多万美元，故障率降低27%，比去年同期好了很多，客户都很满意。",
    "prose, en": "The team cut repair time from 95 to 38 minutes for more than 100 customers in 2024. ",
    **{
        piece: piece
        for piece in (
            "7", "1,", "1,234,", "1 ", "1.", "1-", "1:", "1/", "(1", "5% ", "一二三", "三百二十万", "百分之", "第", "半", "万",
            "two hundred and ", "three ", "zwei ", "half ", "](", "<a{", "a@", " ", '"', "a", "2026年", "3-5 days to ",
            "&nbsp;", "\n",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_any_line(name: str) -> None:
    piece = LINES[name]
    _read(piece * (MEGABYTE // len(piece)))


def test_random_characters() -> None:
    _read(
        "".join(
            chr(_DICE.choice((_DICE.randrange(32, 0xD800), _DICE.randrange(0xE000, 0x2FFFF)))) for _ in range(MEGABYTE)
        )
    )


def test_sentences_that_never_come_again() -> None:
    """Four figures in a hundred characters are dense; a real text of a megabyte has far fewer."""
    sentences = (
        f"The plant in hall {letter} cut its costs by {_DICE.randrange(2, 99)}% within {_DICE.randrange(2, 40)} months. "
        f"Everybody in the team was happy with what the new platform did for the people who work there, said the manager. "
        for letter in (chr(65 + n % 26) for n in range(MEGABYTE // 160))
    )
    _read("".join(sentences)[:MEGABYTE])


def _read(text: str) -> None:
    with ends():
        quantities = find(text)
    assert all(quantity.span.of(text) == quantity.text for quantity in quantities)
