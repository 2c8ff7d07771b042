"""What of a passage is indexed."""

from __future__ import annotations

from knowledge.index.passage_text import LONGEST_HEADING, index_text


def test_title_and_headings_stand_above_the_text_each_once() -> None:
    assert index_text(" Repairs ", ("Repairs", "Results", " "), "38 minutes.") == "Repairs › Results\n38 minutes."
    assert index_text("", (), "38 minutes.") == "38 minutes."


def test_a_title_without_end_does_not_drown_the_passage() -> None:
    head, text = index_text("标题" * 250_000, (), "38 minutes.").split("\n")
    assert (len(head), text) == (LONGEST_HEADING, "38 minutes.")
