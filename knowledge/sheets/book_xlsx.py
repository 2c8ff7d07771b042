"""Excel as a book: values as they are shown, formulas and errors as faults, merged ranges named, hidden parts left out.

Read as a stream: a sheet that expands to hundreds of megabytes never stands in memory as a tree.
"""

from __future__ import annotations

import warnings
import zipfile
from typing import Any

from knowledge.domain.errors import UnreadableFile
from knowledge.reading.cell_format import shown
from knowledge.reading.ooxml import package
from knowledge.reading.sheet_facts import SheetFacts
from knowledge.reading.source import Source
from knowledge.sheets.grid import MAX_COLUMNS, MAX_ROWS, Fault, Grid, Merge, Row, cell_text, letters

_LONGEST_FORMULA = 40


class XlsxBook:
    """One workbook. Raises `UnreadableFile` for what is encrypted, old, damaged or a bomb."""

    def __init__(self, source: Source) -> None:
        from openpyxl import load_workbook

        self._source = source
        self._data = package(source, ".xlsx")
        try:
            with warnings.catch_warnings():
                # openpyxl tells what it would not write back; nothing is written here.
                warnings.simplefilter("ignore")
                self._book = load_workbook(self._data, read_only=True, data_only=False, keep_links=False)
        except UnreadableFile:
            raise
        # A damaged part raises whatever the parser met there.
        except Exception as error:
            raise _damaged(source, error) from error
        self.visible = tuple(s.title for s in self._book.worksheets if s.sheet_state == "visible")
        self.hidden = tuple(s.title for s in self._book.worksheets if s.sheet_state != "visible")

    def grid(self, name: str) -> Grid:
        sheet = self._book[name]
        try:
            with zipfile.ZipFile(self._data) as archive:
                # The path of the sheet's part is private in openpyxl; read-only mode has no public way to it.
                facts = SheetFacts.of(archive, str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._read(name, sheet, facts)
        except UnreadableFile:
            raise
        except Exception as error:
            raise _damaged(self._source, error) from error

    def _read(self, name: str, sheet: Any, facts: SheetFacts) -> Grid:
        merges = tuple(Merge(*ends) for ends in facts.merges)
        grid = Grid(name, [], merges, frozenset(column - 1 for column in facts.hidden_columns))
        sheet.reset_dimensions()
        left_out: list[int] = []
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            row = _row(number, cells[:MAX_COLUMNS], grid.hidden_columns)
            if row.empty:
                continue
            if number in facts.hidden_rows:
                left_out.append(number)
                continue
            grid.rows.append(row)
            if len(grid.rows) > MAX_ROWS:
                raise self._source.unreadable(f"has more than {MAX_ROWS:,} rows", "split it")
        if left_out:
            grid.notes.append(f"{len(left_out)} hidden rows were left out: {_ranges(left_out)}")
        return grid


def _row(number: int, cells: Any, hidden: frozenset[int]) -> Row:
    texts: list[str] = []
    faults: dict[int, Fault] = {}
    for column, cell in enumerate(cells):
        value = None if column in hidden else cell.value
        fault = None if value is None else _fault(cell.data_type, value, f"{letters(column + 1)}{number}")
        if fault:
            faults[column] = fault
        texts.append("" if value is None or fault else cell_text(shown(value, cell.number_format)))
    return Row(number, tuple(texts), faults)


def _fault(data_type: str, value: Any, cell: str) -> Fault | None:
    if data_type == "f":
        formula = str(getattr(value, "text", None) or value)
        cut = formula if len(formula) <= _LONGEST_FORMULA else f"{formula[:_LONGEST_FORMULA]}…"
        return Fault(f"holds the formula {cut}", "paste its value in its place", cell)
    if data_type == "e":
        return Fault(f"holds the error {value}", "put the value there or empty the cell", cell)
    return None


def _ranges(numbers: list[int]) -> str:
    """`3, 7–9`; at most ten of them."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    named = ["–".join(map(str, run)) for run in runs[:10]]
    return ", ".join(named) + (" …" if len(runs) > 10 else "")


def _damaged(source: Source, error: Exception) -> UnreadableFile:
    cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return source.unreadable(f"is damaged or not a valid Excel file ({cause})", "open it in Excel and save it again")
