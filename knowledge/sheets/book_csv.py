"""CSV and TSV as a book of one sheet without a name."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reading.delimited import delimited_rows
from knowledge.reading.source import Source
from knowledge.sheets.grid import MAX_ROWS, Fault, Grid, Row, cell_text

ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
"""What a spreadsheet writes where a formula failed."""


class CsvBook:
    """Text in any encoding that `Source.text` can tell. Bytes that are lost make the file unreadable: a name may be in
    them."""

    visible = ("",)
    hidden = ()

    def __init__(self, source: Source) -> None:
        self._source = source

    def grid(self, name: str) -> Grid:
        rows = []
        for number, cells in delimited_rows(self._source, strict=True):
            rows.append(_row(number, cells))
            if len(rows) > MAX_ROWS:
                raise self._source.unreadable(f"has more than {MAX_ROWS:,} rows", "split it")
        if self._source.warnings:
            raise self._source.unreadable("holds bytes that are not valid UTF-8", "save it as CSV in UTF-8 again")
        return Grid("", rows)


def _row(number: int, cells: Sequence[str]) -> Row:
    texts = tuple(map(cell_text, cells))
    faults = {
        column: Fault(f"holds the error {text}", "put the value there or empty the cell", "")
        for column, text in enumerate(texts)
        if text in ERRORS
    }
    return Row(number, tuple("" if column in faults else text for column, text in enumerate(texts)), faults)
