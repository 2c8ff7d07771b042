"""Folding keeps every place, for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.domain.folding import fold


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_width_case_accents_quotes_and_dashes_do_not_count() -> None:
    assert fold("Ｒ２００　São “a”–b") == 'r200 sao "a"-b'
    assert len(fold("İSTANBUL")) == 8
