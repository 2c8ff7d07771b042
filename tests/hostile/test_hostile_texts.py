"""Texts that nobody writes, checked: a word without an end, figures without words. What grows with a square is felt here,
what grows with a cube never ends."""

from __future__ import annotations

import pytest
from endless import ends

from assistant.workspace import Workspace

LETTERS = 12_000
PUMPED = ("A", "中", "1,", "1.", "a-", "AA ", "of the ")


@pytest.mark.slow
@pytest.mark.parametrize("pump", PUMPED)
def test_a_check_ends(sample: Workspace, pump: str) -> None:
    with ends():
        sample.check(f"The gateway {pump * (LETTERS // len(pump))} saves 5%.", locale="en")
