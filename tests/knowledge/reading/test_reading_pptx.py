"""PowerPoint files."""

from pathlib import Path

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from knowledge.domain.errors import UnreadableFile
from knowledge.reading import Block, read, split

BOX = (Inches(1), Inches(1), Inches(4), Inches(1))


def test_structure_and_places(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Results"
    first.placeholders[1].text = "Cost down 40 %\nTime down 90 %"
    first.notes_slide.notes_text_frame.text = "Say it slowly."
    table = first.shapes.add_table(2, 2, *BOX).table
    for cell, text in zip(table.iter_cells(), ["Plan", "Price", "Pro", "$99"], strict=True):
        cell.text = text
    hidden = deck.slides.add_slide(deck.slide_layouts[1])
    hidden.shapes.title.text = "Secret"
    hidden.element.set("show", "0")
    third = deck.slides.add_slide(deck.slide_layouts[6])
    group = third.shapes.add_group_shape()
    group.shapes.add_textbox(*BOX).text_frame.text = "line\vbreak"
    ghost = third.shapes.add_textbox(*BOX)
    ghost.text_frame.text = "ghost"
    ghost.element.xpath(".//p:cNvPr")[0].set("hidden", "1")
    data = CategoryChartData()
    data.categories = ["A"]
    data.add_series("S", (1,))
    third.shapes.add_chart(XL_CHART_TYPE.PIE, *BOX, data)
    path = tmp_path / "deck.pptx"
    deck.save(str(path))

    document = read(path)
    assert document.title == "Results"
    above = ("Results",)
    assert document.blocks == (
        Block("Results", (), "slide 1", "heading"),
        Block("Cost down 40 %", above, "slide 1", "list_item"),
        Block("Time down 90 %", above, "slide 1", "list_item"),
        Block("Plan: Pro; Price: $99", above, "slide 1", "row"),
        Block("Say it slowly.", above, "slide 1", "notes"),
        Block("line\nbreak", (), "slide 3"),
    )
    assert document.warnings[0] == "slide 2: hidden, left out"
    assert any("hidden shape" in warning for warning in document.warnings)
    assert any("chart was not read" in warning for warning in document.warnings)
    assert [passage.locator for passage in split(document)] == [
        "Results · slide 1",
        "Results · slide 1",
        "Results · slide 1",
        "slide 3",
    ]


def test_slides_of_titles_alone_make_passages(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for title in ("Revenue grew by 40 % to 5 million euros", "Churn fell to less than two percent in 2025"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = title
    path = tmp_path / "deck.pptx"
    deck.save(str(path))
    passages = split(read(path))
    assert [(passage.text[:7], passage.locator) for passage in passages] == [
        ("Revenue", "slide 1"),
        ("Churn f", "slide 2"),
    ]


def test_an_empty_deck_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    pptx.Presentation().save(str(path))
    with pytest.raises(UnreadableFile, match="no text"):
        read(path)
