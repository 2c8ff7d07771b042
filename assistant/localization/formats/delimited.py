"""CSV and TSV: a unit per cell, written anew only where a target differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.localization.content import Content
from assistant.localization.formats import table_columns as columns
from assistant.localization.formats.base import Reading
from assistant.localization.formats.spliced import Lines, Slot, SplicedFile, decoded
from assistant.localization.unit import Unit
from knowledge.domain.errors import UnreadableFile
from knowledge.reading.delimited import delimiter_of
from knowledge.reading.signature import kind_of

_SEPARATOR_LINE = re.compile(r"\Asep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
_END = ("\r", "\n")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the text, quotation marks and all."""

    row: int
    column: int
    start: int
    end: int
    text: str
    quoted: bool


def read_delimited(data: bytes, reading: Reading, suffix: str) -> SplicedFile:
    """The file's cells that are to be translated. Raises `UnreadableFile`, for an unknown column too."""
    if kind_of(data):
        raise UnreadableFile(reading.name, "is no text", "export it again as CSV in UTF-8")
    source = decoded(data, reading.name)
    told = _SEPARATOR_LINE.match(source.text)
    delimiter = told[1] if told else delimiter_of(source.text, suffix)
    cells = list(_cells(source.text, told.end() if told else 0, delimiter, reading.name))
    rows: list[dict[int, str]] = [{} for _ in range(cells[-1].row + 1 if cells else 0)]
    for cell in cells:
        if cell.text.strip():
            rows[cell.row][cell.column] = cell.text
    header = columns.header_of(rows)
    chosen = _chosen(rows, header, reading)
    lines = Lines(source.text)
    slots = [
        Slot(_unit(cell, header, lines), cell.start, cell.end, _writer(cell, delimiter))
        for cell in cells
        if _is_unit(cell, header, chosen, bool(reading.columns))
    ]
    return SplicedFile(reading.name, source, slots)


def _chosen(rows: list[dict[int, str]], header: columns.Header, reading: Reading) -> set[int]:
    if not reading.columns:
        return columns.columns_of_words(rows, header)
    width = max((max(row) + 1 for row in rows if row), default=1)
    found = columns.columns_wanted(header, width, reading.columns)
    missing = [name for name in reading.columns if name not in found]
    if missing:
        raise columns.refused(reading.name, missing, [header], width)
    return set(found.values())


def _is_unit(cell: Cell, header: columns.Header, chosen: set[int], asked: bool) -> bool:
    if cell.row == header.row:
        # People read the names above figures too.
        beside = not asked and columns.is_heading(cell.text)
        return not header.keys and (beside or (cell.column in chosen and columns.is_words(cell.text)))
    return cell.column in chosen and columns.is_words(cell.text, asked=asked)


def _unit(cell: Cell, header: columns.Header, lines: Lines) -> Unit:
    name = header.names.get(cell.column, "") if cell.row != header.row else ""
    place = f"{lines.place(cell.start)}, column {columns.letter_of(cell.column)}" + (f" ({name})" if name else "")
    id_ = f"{columns.letter_of(cell.column)}{cell.row + 1}"
    return Unit(id_, Content.of(cell.text), place=place, note=name, prose=True)


def _writer(cell: Cell, delimiter: str) -> Callable[[Content], str]:
    def written(target: Content) -> str:
        text = str(target)
        if cell.quoted or any(letter in text for letter in (delimiter, '"', *_END)):
            return '"' + text.replace('"', '""') + '"'
        return text

    return written


def _cells(text: str, at: int, delimiter: str, name: str) -> Iterator[Cell]:
    """Every cell in order. A quotation mark counts only at a cell's beginning; what follows a closing one up to the
    next delimiter belongs to the cell, as spreadsheets read it."""
    row = column = 0
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    while at < len(text):
        start = at
        quoted = text[at] == '"'
        value = ""
        if quoted:
            at, value = _quoted(text, at, name)
        rest = plain.match(text, at)
        at = rest.end() if rest else at
        yield Cell(row, column, start, at, value + (rest[0] if rest else ""), quoted)
        if at < len(text) and text[at] == delimiter:
            at += 1
            column += 1
            if at == len(text) or text[at] in _END:
                yield Cell(row, column, at, at, "", False)
                at, row, column = _next_line(text, at), row + 1, 0
        else:
            at, row, column = _next_line(text, at), row + 1, 0


def _next_line(text: str, at: int) -> int:
    return at + (2 if text.startswith("\r\n", at) else 1)


def _quoted(text: str, start: int, name: str) -> tuple[int, str]:
    """Where the cell's quotation ends, and what it holds."""
    at = start + 1
    while True:
        end = text.find('"', at)
        if end < 0:
            line = Lines(text).place(start)
            raise UnreadableFile(name, f"a quotation mark on {line} is not closed", "close or double it")
        if text.startswith('""', end):
            at = end + 2
            continue
        return end + 1, text[start + 1 : end].replace('""', '"')
