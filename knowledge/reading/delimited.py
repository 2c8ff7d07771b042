"""CSV and TSV: a block per row, the header worked in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from knowledge.reading.document import Parts
from knowledge.reading.source import Source
from knowledge.reading.table import Row, rows_to_blocks

_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
_LONGEST_CELL = 10_000_000
_SAMPLE_ROWS = 30


class Delimited:
    """`.csv`, `.tsv`: the place is the row as a spreadsheet counts it, the header row being row 1."""

    name = "CSV"
    suffixes = (".csv", ".tsv")

    def read(self, source: Source) -> Parts:
        return Parts(list(rows_to_blocks(delimited_rows(source), lambda number: f"row {number}")))


def delimited_rows(source: Source, *, strict: bool = False) -> Iterator[Row]:
    """The rows that hold anything, as a spreadsheet counts them. Raises `UnreadableFile`.

    `strict` refuses quotation marks that are not closed, which otherwise swallow the rows that follow.
    """
    text = source.text()
    told = _SEPARATOR_LINE.match(text)
    first = 2 if told else 1
    delimiter = told[1] if told else delimiter_of(text, source.suffix)
    text = text[told.end() :] if told else text
    # The limit of the csv module is one for the whole process; ours is the size of a file.
    csv.field_size_limit(_LONGEST_CELL)
    number = first - 1
    try:
        for number, row in _rows(text, delimiter, first, strict):
            yield number, row
    except csv.Error as error:
        where = f" after row {number}" if strict else ""
        remedy = "close or double the quotation marks there" if strict else "export it again as CSV in UTF-8"
        raise source.unreadable(f"is not valid CSV{where} ({error})", remedy) from error


def _rows(text: str, delimiter: str, first: int, strict: bool = False) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    for number, row in enumerate(reader, start=first):
        if any(cell.strip() for cell in row):
            yield number, row


def delimiter_of(text: str, suffix: str) -> str:
    """The candidate that cuts most of the first rows into the same number of cells, more than one."""
    if suffix == ".tsv":
        return "\t"
    sample = text[:200_000]
    best, best_score = ",", 0.0
    for candidate in _DELIMITERS:
        try:
            widths = [len(row) for _, row in zip(range(_SAMPLE_ROWS), _rows_only(sample, candidate), strict=False)]
        except csv.Error:
            continue
        wide = [count for count in widths if count > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = wide.count(usual) / len(widths) + min(usual, 50) / 1000
            if score > best_score:
                best, best_score = candidate, score
    return best


def _rows_only(text: str, delimiter: str) -> Iterator[list[str]]:
    return (list(cells) for _, cells in _rows(text, delimiter, 1))
