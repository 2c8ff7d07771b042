"""PowerPoint: slides with their titles, texts, tables and speaker notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from knowledge.reading.document import Block, Parts
from knowledge.reading.flow import HARD_BREAK, flow
from knowledge.reading.ooxml import package
from knowledge.reading.source import Source
from knowledge.reading.table import Row, rows_to_blocks


class Pptx:
    """`.pptx`: the title of a slide is the heading of what stands on it; hidden slides and shapes are left out."""

    name = "PowerPoint"
    suffixes = (".pptx",)

    def read(self, source: Source) -> Parts:
        from pptx import Presentation

        deck = Presentation(package(source, ".pptx"))
        blocks: list[Block] = []
        for number, slide in enumerate(deck.slides, start=1):
            if slide.element.get("show") in ("0", "false"):
                source.warn(f"slide {number}: hidden, left out")
            else:
                blocks += _slide(source, slide, f"slide {number}")
        properties = deck.core_properties
        meta = {"title": properties.title, "author": properties.author, "subject": properties.subject}
        meta = {key: value for key, value in meta.items() if value}
        first = next((block.text for block in blocks if block.kind == "heading"), "")
        # "PowerPoint Presentation" is what the program writes when nobody gave a title.
        named = "" if meta.get("title", "").startswith("PowerPoint") else meta.get("title", "")
        return Parts(blocks, named or first, meta)


def _slide(source: Source, slide: Any, place: str) -> Iterator[Block]:
    title = slide.shapes.title
    heading = flow(_text(title.text_frame)).replace("\n", " ") if title is not None and _is_shown(title) else ""
    headings = (heading,) if heading else ()
    if heading:
        yield Block(heading, (), place, "heading")
    skipped = title.shape_id if title is not None else None
    for shape in slide.shapes:
        if shape.shape_id != skipped:
            yield from _shape(source, shape, headings, place)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            text = flow(_line(paragraph))
            if text:
                yield Block(text, headings, place, "notes")


def _shape(source: Source, shape: Any, headings: tuple[str, ...], place: str) -> Iterator[Block]:
    if not _is_shown(shape):
        source.warn(f"{place}: a hidden shape was left out")
        return
    if hasattr(shape, "shapes"):
        for part in shape.shapes:
            yield from _shape(source, part, headings, place)
    elif getattr(shape, "has_table", False):
        rows: list[Row] = [
            (index, ["" if cell.is_spanned else flow(_text(cell.text_frame)) for cell in row.cells])
            for index, row in enumerate(shape.table.rows, start=1)
        ]
        header = bool(shape.table.first_row) and len(rows) > 1
        yield from rows_to_blocks(rows, lambda _: place, headings, header=header)
    elif getattr(shape, "has_chart", False):
        source.warn(f"{place}: a chart was not read; put its figures into the text or the notes")
    elif shape.has_text_frame:
        paragraphs = [(paragraph.level, flow(_line(paragraph))) for paragraph in shape.text_frame.paragraphs]
        shown = [(level, text) for level, text in paragraphs if text]
        for level, text in shown:
            listed = (shape.is_placeholder and len(shown) > 1) or level > 0
            yield Block(text, headings, place, "list_item" if listed else "text")
    elif "diagram" in str(getattr(shape.element, "graphicData_uri", "")):
        source.warn(f"{place}: a diagram (SmartArt) was not read; put its words into the text or the notes")


def _is_shown(shape: Any) -> bool:
    properties = next(iter(shape.element.xpath(".//p:cNvPr")), None)
    return properties is None or properties.get("hidden") not in ("1", "true")


def _text(frame: Any) -> str:
    return HARD_BREAK.join(_line(paragraph) for paragraph in frame.paragraphs)


def _line(paragraph: Any) -> str:
    """A paragraph; the vertical tab stands for a line break inside it."""
    return str(paragraph.text).replace("\x0b", HARD_BREAK)
