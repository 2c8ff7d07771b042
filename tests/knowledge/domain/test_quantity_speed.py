"""A line of a megabyte is read whatever it is made of, and time grows with its length, not faster.

`koujing bench claims` measures how long it takes.
"""

from __future__ import annotations

import random
import time

import pytest

from knowledge.domain.quantity import Quantity, find

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
    find(text[:2000])  # the grammar of a language is compiled once
    quantities, whole = _timed(text)
    _, part = _timed(text[: len(text) // 4])
    assert all(quantity.span.of(text) == quantity.text for quantity in quantities)
    if whole >= 12 * max(part, 0.05):  # a busy machine is no quadratic grammar: once more
        _, whole = _timed(text)
    assert whole < 12 * max(part, 0.05), "four times the text may take four times as long; sixteen times is quadratic"


def _timed(text: str) -> tuple[list[Quantity], float]:
    """The quantities, and the seconds of processor time: the better of two tries."""
    times = []
    for _ in range(2):
        start = time.process_time()
        quantities = find(text)
        times.append(time.process_time() - start)
    return quantities, min(times)
