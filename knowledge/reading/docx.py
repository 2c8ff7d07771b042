"""Word: paragraphs, lists, tables and footnotes as a reader sees them; tracked deletions and hidden text stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.reading.document import Block, HeadingPath, Parts
from knowledge.reading.docx_text import W, WordText, on
from knowledge.reading.flow import flow
from knowledge.reading.ooxml import package
from knowledge.reading.source import Source
from knowledge.reading.table import Row, rows_to_blocks

_HEADING = re.compile(r"^(?:heading|标题|überschrift|titre|título|見出し|제목)\s*(\d)$")
_LIST = re.compile(r"^list\b|列表|^liste|^lista")
_QUOTE = re.compile(r"quote|引用|zitat|citation|cita")
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}


class Docx:
    """`.docx`: places are `paragraph N` and `table N row M`; only paragraphs with text count, footnotes come last."""

    name = "Word"
    suffixes = (".docx",)

    def read(self, source: Source) -> Parts:
        import docx

        document = docx.Document(package(source, ".docx"))
        walk = _Walk(document)
        walk.body(document.element.body)
        blocks = [*walk.blocks, *_footnotes(document, walk.words)]
        if walk.words.dropped:
            source.warn(f"hidden text was left out ({walk.words.dropped} places)")
        properties = document.core_properties
        created = properties.modified or properties.created
        meta = {
            "title": properties.title,
            "author": properties.author,
            "subject": properties.subject,
            "keywords": properties.keywords,
            "modified": created.isoformat() if created else "",
        }
        meta = {key: value for key, value in meta.items() if value}
        return Parts(blocks, walk.title or meta.get("title", "") or walk.first_heading, meta)


class _Walk:
    """Walks the body from top to bottom."""

    def __init__(self, document: Any) -> None:
        self.blocks: list[Block] = []
        self.title = ""
        self.words = WordText(document)
        self._headings = HeadingPath()
        self._paragraphs = 0
        self._tables = 0

    @property
    def first_heading(self) -> str:
        return next((block.text for block in self.blocks if block.kind == "heading"), "")

    def body(self, element: Any) -> None:
        """Paragraphs and tables in their order, also those inside content controls."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                self.body(child)

    def _paragraph(self, paragraph: Any) -> None:
        text = flow(self.words.of(paragraph))
        if text:
            self._paragraphs += 1
            place = f"paragraph {self._paragraphs}"
            style = self.words.style_of(paragraph)
            level = self._level(paragraph, style)
            if level is None:
                kind, links = self._kind(paragraph, style), self.words.links(paragraph)
                self.blocks.append(Block(text, self._headings.path, place, kind, links=links))
            else:
                text = text.replace("\n", " ")
                self.title = self.title or (text if level == 0 else "")
                self.blocks.append(Block(text, self._headings.enter(level, text), place, "heading"))
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
                self.body(box)

    def _level(self, paragraph: Any, style: str) -> int | None:
        """0 for a title, 1 to 9 for headings by style name or outline level, None for text."""
        if style in ("title", "标题", "titel", "titre", "título"):
            return 0
        named = _HEADING.match(style)
        if named:
            return int(named[1])
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        value = outline.get(f"{W}val", "9") if outline is not None else "9"
        return int(value) + 1 if value.isdigit() and int(value) < 9 else None

    def _kind(self, paragraph: Any, style: str) -> str:
        if paragraph.find(f"{W}pPr/{W}numPr") is not None or _LIST.search(style):
            return "list_item"
        return "quote" if _QUOTE.search(style) else "text"

    def _table(self, table: Any) -> None:
        self._tables += 1
        number = self._tables
        rows: list[Row] = []
        marked = False
        for index, row in enumerate(table.iterchildren(f"{W}tr"), start=1):
            if not on(row.find(f"{W}trPr/{W}hidden")) and row.find(f"{W}trPr/{W}del") is None:
                marked = marked or (not rows and on(row.find(f"{W}trPr/{W}tblHeader")))
                rows.append((index, [text for cell in self._cells(row) for text in self._cell(cell)]))
        header = True if marked else None if max((len(cells) for _, cells in rows), default=0) > 2 else False
        self.blocks.extend(
            rows_to_blocks(rows, lambda row: f"table {number} row {row}", self._headings.path, header=header)
        )

    def _cells(self, row: Any) -> Iterator[Any]:
        for child in row:
            if child.tag == f"{W}tc":
                yield child
            elif child.tag in _WRAPPERS:
                yield from self._cells(child)

    def _cell(self, cell: Any) -> list[str]:
        """The cell's text, and empty texts for the other columns it spans; a vertically merged cell is empty."""
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        columns = int(span.get(f"{W}val", "1")) if span is not None else 1
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(f"{W}val") != "restart"
        lines = [] if continued else [flow(self.words.of(paragraph)) for paragraph in cell.iter(f"{W}p")]
        return [" ".join(filter(None, lines)), *[""] * (min(columns, 50) - 1)]


def _footnotes(document: Any, words: WordText) -> Iterator[Block]:
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        name = relation.reltype.rpartition("/")[2].removesuffix("s")
        notes = [note for note in parse_xml(relation.target_part.blob) if note.get(f"{W}type") is None]
        for number, note in enumerate(notes, start=1):
            text = " ".join(filter(None, (flow(words.of(paragraph)) for paragraph in note.iter(f"{W}p"))))
            if text:
                yield Block(text, (), f"{name} {number}", "notes")
