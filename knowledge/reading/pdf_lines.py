"""The lines of a PDF page with their boxes, and how lines become paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from knowledge.domain.text import clean
from knowledge.reading.flow import flow, width

_ITEM = re.compile(r"^\s*(?:[•·●▪■◆–—*-]\s|\d{1,2}[.)、]\s*\D|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、)")
_ENDS = re.compile(r"[。！？；.!?:：][”’」』）)\"']*$")
_HYPHENS = "\x02\ufffe\u00ad"
_FIRST_WORD = re.compile(r"[⺀-鿿！-￯]|[^\s⺀-鿿！-￯]+")
_AROUND = 60
_SPLIT_WORD = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, its box in points (y grows upwards), and the height of its letters."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    split_word: bool = False


def page_lines(page: Any) -> list[Line]:
    """The lines of a page in reading order, as PDFium orders them."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        lines: list[Line] = []
        units: list[int] = []
        first = 0
        for index in range(text_page.count_chars() + 1):
            unit = pdfium.FPDFText_GetUnicode(text_page, index) if index < text_page.count_chars() else 10
            if unit in (10, 13):
                lines += _line(text_page, pdfium, units, first)
                units, first = [], index + 1
            else:
                units.append(unit)
        return lines
    finally:
        text_page.close()


def _line(text_page: Any, pdfium: Any, units: list[int], first: int) -> list[Line]:
    raw = "".join(map(chr, units)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    split_word = raw.rstrip()[-1:] in tuple(_HYPHENS)
    text = clean(raw).strip()
    if not text:
        return []
    # Spaces may be generated and then have no box; letters have one.
    inked = [first + offset for offset, unit in enumerate(units) if unit > 32]
    boxes = [text_page.get_charbox(index, loose=True) for index in (inked[0], inked[len(inked) // 2], inked[-1])]
    size = round(pdfium.FPDFText_GetFontSize(text_page, inked[len(inked) // 2]), 1)
    return [
        Line(
            text,
            left=min(box[0] for box in boxes),
            right=max(box[2] for box in boxes),
            bottom=min(box[1] for box in boxes),
            top=max(box[3] for box in boxes),
            size=size or round(boxes[0][3] - boxes[0][1], 1),
            split_word=split_word,
        )
    ]


def paragraphs(lines: list[Line]) -> list[str]:
    """Lines joined where one runs into the next; words split at a line's end made whole."""
    if not lines:
        return []
    pitches = [a.bottom - b.bottom for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 60]
    # A few lines do not tell how far apart the lines of one paragraph stand.
    pitch = median(pitches) if len(pitches) >= 5 else 1.3 * lines[0].size
    groups: list[list[Line]] = [[lines[0]]]
    for index, (before, line) in enumerate(pairwise(lines)):
        if _begins_paragraph(before, line, pitch, _edge(lines, index)):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_join(group) for group in groups]


def _edge(lines: list[Line], index: int) -> float:
    """The right edge of the column of a line: the furthest of the lines around it in letters of the same size."""
    own = lines[index]
    first, last = index, index
    # Where a line stands above the one before it, another column begins.
    while first > max(0, index - _AROUND) and lines[first - 1].bottom >= lines[first].bottom - 1:
        first -= 1
    while last < min(len(lines) - 1, index + _AROUND) and lines[last].bottom >= lines[last + 1].bottom - 1:
        last += 1
    around = lines[first : last + 1]
    return max(line.right for line in around if line.left < own.right and _same_size(line, own))


def _same_size(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.12 * max(a.size, b.size)


def _same_row(a: Line, b: Line) -> bool:
    return abs(a.bottom - b.bottom) < 0.3 * a.size and b.left > a.right


def _begins_paragraph(before: Line, line: Line, pitch: float, edge: float) -> bool:
    if before.split_word or _same_row(before, line):
        return False
    if _ITEM.match(line.text) or not _same_size(before, line):
        return True
    drop = before.bottom - line.bottom
    if drop < -1 or drop > 1.35 * max(pitch, line.size):
        return True
    # Had the paragraph gone on, the first word of the next line would have stood on this one.
    word = _FIRST_WORD.match(line.text)
    room = edge - before.right - 2 * line.size
    if word and room > width(word.group()) * line.size / 2:
        return True
    return bool(_ENDS.search(before.text)) and line.left > before.left + 0.8 * line.size


def _join(lines: list[Line]) -> str:
    text = lines[0].text
    for before, line in pairwise(lines):
        broken = before.split_word or (_SPLIT_WORD.search(before.text) and line.text[:1].islower())
        between = " " if _same_row(before, line) else "\n"
        # A hyphen at the end of a line before a small letter nearly always splits one word.
        text = text.removesuffix("-") + line.text if broken else f"{text}{between}{line.text}"
    return flow(text)
