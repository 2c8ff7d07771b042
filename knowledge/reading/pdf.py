"""PDF with a text layer: lines joined to paragraphs, running heads and page numbers left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from knowledge.domain.errors import UnreadableFile
from knowledge.domain.text import clean
from knowledge.reading.document import Block, Parts
from knowledge.reading.pdf_lines import Line, page_lines, paragraphs
from knowledge.reading.source import Source

_EDGE = 3
_DIGITS = re.compile(r"\d+")
# What programs write into the title when the author gave none.
_NO_TITLE = re.compile(r"^(?:untitled|about:blank|Microsoft (?:Word|PowerPoint) - .*)$|\.\w{2,5}$", re.IGNORECASE)
_GARBLED = re.compile("[\ufffd\ue000-\uf8ff]")


class Pdf:
    """`.pdf`: the place is the page, counted from 1 whatever number is printed on it."""

    name = "PDF"
    suffixes = (".pdf",)

    def read(self, source: Source) -> Parts:
        import pypdfium2

        if b"%PDF-" not in source.data[:1024]:
            raise source.unreadable("is not a PDF file", "give it the suffix it has by right")
        try:
            document = pypdfium2.PdfDocument(source.data)
        except pypdfium2.PdfiumError as error:
            raise _refused(source, error) from error
        try:
            pages = list(_pages(source, document))
            meta = {key.lower(): value for key, value in document.get_metadata_dict(skip_empty=True).items()}
        finally:
            document.close()
        if not any(pages):
            raise source.unreadable("has no text layer", "run OCR first and import the result")
        _warn(source, pages)
        running = _running_lines(pages)
        blocks = [
            Block(text, (), f"page {number}")
            for number, lines in enumerate(pages, start=1)
            for text in paragraphs([line for index, line in enumerate(lines) if not _is_running(lines, index, running)])
        ]
        kept = {key: clean(meta[key]) for key in ("title", "author", "subject", "keywords") if meta.get(key)}
        title = kept.get("title", "")
        return Parts(blocks, "" if _NO_TITLE.search(title) else title, kept)


def _pages(source: Source, document: Any) -> Iterator[list[Line]]:
    for number in range(len(document)):
        page = document[number]
        try:
            yield page_lines(page)
        finally:
            page.close()


def _refused(source: Source, error: Exception) -> UnreadableFile:
    if "password" in str(error).lower():
        return source.unreadable("is encrypted with a password", "save it without a password")
    return source.unreadable("is damaged or not a PDF", "open it in a PDF program and save it again")


def _warn(source: Source, pages: list[list[Line]]) -> None:
    empty = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    if empty:
        shown = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
        source.warn(f"no text on page {shown}: pictures are not read")
    text = "".join(line.text for lines in pages for line in lines)
    if len(_GARBLED.findall(text)) * 10 > len(text):
        source.warn("much of the text has no readable characters: the fonts lack a table; run OCR")


def _pattern(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()))


def _at_edge(lines: list[Line], index: int) -> bool:
    return index < _EDGE or index >= len(lines) - _EDGE


def _running_lines(pages: list[list[Line]]) -> frozenset[str]:
    """Heads and feet: lines at the edge of at least three pages and of more than half of them, numbers aside."""
    seen = Counter(
        pattern
        for lines in pages
        for pattern in {_pattern(line) for index, line in enumerate(lines) if _at_edge(lines, index)}
    )
    return frozenset(pattern for pattern, count in seen.items() if count >= 3 and count * 2 > len(pages))


def _is_running(lines: list[Line], index: int, running: frozenset[str]) -> bool:
    return _at_edge(lines, index) and _pattern(lines[index]) in running
