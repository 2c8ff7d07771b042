"""Word: a unit per paragraph of the body, tables, text boxes, charts' titles, diagrams, headers,
footers and notes, and the document's title.

Left as they are: comments, contents lists and other fields, hidden text, what styles call code, tracked deletions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.localization.formats.base import Reading
from assistant.localization.formats.docx_paragraph import DocxParagraph, Fields
from assistant.localization.formats.docx_styles import Styles
from assistant.localization.formats.drawing import drawings_of
from assistant.localization.formats.office_file import OfficeFile, Paragraph, Part, core_title
from assistant.localization.formats.ooxml import FALLBACK, Package
from knowledge.reading.docx_text import W

_SUFFIX = ".docx"
_MAIN = "document.main+xml"
_PARTS = (
    ("wordprocessingml.header+xml", "header"),
    ("wordprocessingml.footer+xml", "footer"),
    ("wordprocessingml.footnotes+xml", "footnotes"),
    ("wordprocessingml.endnotes+xml", "endnotes"),
)


class Docx:
    """`.docx`: places are `paragraph N`, `table N row M`, `text box`, and the part where it is not the body."""

    id = "docx"
    suffixes = (_SUFFIX,)

    def recognises(self, name: str, data: bytes) -> bool:
        """Any file with the suffix: what is wrong with another one is told when it is read."""
        return True

    def read(self, data: bytes, reading: Reading) -> OfficeFile:
        """Raises `UnreadableFile`."""
        package = Package(data, reading.name, _SUFFIX)
        main = package.of_type(_MAIN)
        if not main:
            raise package.damaged("has no main document")
        return OfficeFile(package, list(_parts(package, main[0])), reading)


def _parts(package: Package, main: str) -> Iterator[Part]:
    found = package.of_type("wordprocessingml.styles+xml")
    styles = Styles(package.tree(found[0]) if found else None)
    yield Part(main, lambda root: _paragraphs(root, styles, ""))
    yield from drawings_of(package, main)
    for ending, place in _PARTS:
        for part in package.of_type(ending):
            yield Part(part, _reader(styles, place))
    yield from core_title(package)


def _reader(styles: Styles, place: str) -> Callable[[Any], Iterator[Paragraph]]:
    return lambda root: _paragraphs(root, styles, place)


def _paragraphs(root: Any, styles: Styles, part: str) -> Iterator[Paragraph]:
    # Fields may run over paragraphs; the second copy for old programs must not be counted twice.
    fields, old = Fields(), Fields()
    places = _Places(root)
    for number, element in enumerate(root.iter(f"{W}p"), start=1):
        copied = any(parent.tag == FALLBACK for parent in element.iterancestors())
        paragraph = DocxParagraph(element, styles, old if copied else fields)
        place = ", ".join(filter(None, (part, places.of(element))))
        if not _is_deleted(element):
            yield Paragraph(f"p{number}", paragraph.content, place, paragraph.rewrite, copied=copied)


def _is_deleted(paragraph: Any) -> bool:
    rows = paragraph.iterancestors(f"{W}tr")
    return any(row.find(f"{W}trPr/{W}del") is not None for row in rows)


@dataclass(slots=True)
class _Places:
    """Where a person finds a paragraph: paragraphs of the body count only when they hold words, as readers count."""

    root: Any
    paragraphs: int = 0

    def of(self, paragraph: Any) -> str:
        if any(parent.tag == f"{W}txbxContent" for parent in paragraph.iterancestors()):
            return "text box"
        rows = list(paragraph.iterancestors(f"{W}tr"))
        if rows:
            row = rows[-1]
            table = next(row.iterancestors(f"{W}tbl"))
            return f"table {1 + self._before(table, f'{W}tbl')} row {1 + self._before(row, f'{W}tr')}"
        self.paragraphs += any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))
        return f"paragraph {self.paragraphs}"

    def _before(self, element: Any, tag: str) -> int:
        return sum(1 for _ in element.itersiblings(tag, preceding=True))
