"""Rows into XLSX and CSV so that reading gives back what was written.

XLSX: every cell is a text cell in the format Text, so nothing in it is taken for a formula, a date or a number, neither
now nor when somebody edits it. CSV has no such mark. A text that begins with = + - or @ stands there as it is: an
apostrophe before it would be part of the text for every other reader. Whoever opens foreign content in a spreadsheet
takes the XLSX.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.domain.errors import InputError
from knowledge.sheets.book_csv import ERRORS
from knowledge.sheets.cells import json_cell

LONGEST_CELL = 32_767
"""What Excel can hold in a cell; it cuts the rest off without a word."""

_WIDE, _NARROW, _LONG_TEXT = 48, 16, 20


def write_rows(path: Path, sheet: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a sheet, by the suffix of `path`. Raises `InputError` for another suffix and for what does not fit."""
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise InputError(f"{path.name}: '{suffix or 'no suffix'}' is no format of sheets; write .xlsx or .csv")
    data = _xlsx(path, sheet, headings, rows) if suffix == ".xlsx" else _csv(headings, rows)
    path.write_bytes(data)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, by which Excel knows Chinese from Western text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    # Only an error value of a spreadsheet is read as such in CSV: the text needs to say that it is one.
    writer.writerows([json_cell(cell) if cell in ERRORS else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(path: Path, sheet: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    lines = [list(headings), *map(list, rows)]
    _refuse_long(path, lines)
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    wrapped, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for index in range(len(headings)):
        longest = max((len(line[index]) for line in lines[1:]), default=0)
        page.column_dimensions[get_column_letter(index + 1)].width = _WIDE if longest > _LONG_TEXT else _NARROW
    for number, line in enumerate(lines):
        cells = []
        for text in line:
            cell = WriteOnlyCell(page, text)
            # Set after the value, which openpyxl would take for a formula or an error by its look.
            cell.data_type, cell.number_format, cell.alignment = "s", "@", wrapped
            if number == 0:
                cell.font = bold
            cells.append(cell)
        page.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _refuse_long(path: Path, lines: Sequence[Sequence[str]]) -> None:
    for number, line in enumerate(lines, start=1):
        for heading, text in zip(lines[0], line, strict=True):
            if len(text) > LONGEST_CELL:
                raise InputError(
                    f"{path.name}, row {number}, {heading}: {len(text):,} characters are more than a cell of Excel "
                    f"holds ({LONGEST_CELL:,}); write .csv"
                )
