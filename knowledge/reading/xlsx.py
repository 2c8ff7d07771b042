"""Excel: a block per row of each visible sheet, values as they are shown."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from knowledge.reading.cell_format import shown
from knowledge.reading.document import Block, Parts
from knowledge.reading.ooxml import package
from knowledge.reading.sheet_facts import SheetFacts
from knowledge.reading.source import Source
from knowledge.reading.table import Row, rows_to_blocks

_MAX_COLUMNS = 500


class Xlsx:
    """`.xlsx`: the place is `SHEET row N`; hidden sheets, rows and columns and covered merged cells are left out."""

    name = "Excel"
    suffixes = (".xlsx",)

    def read(self, source: Source) -> Parts:
        from openpyxl import load_workbook

        data = package(source, ".xlsx")
        with warnings.catch_warnings():
            # openpyxl tells what it would not write back; nothing is written here.
            warnings.simplefilter("ignore")
            book = load_workbook(data, read_only=True, data_only=True, keep_links=False)
        blocks: list[Block] = []
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    source.warn(f"{sheet.title}: hidden sheet, left out")
                    continue
                # The path of the sheet's part is private in openpyxl; there is no public way to it in read-only mode.
                facts = SheetFacts.of(archive, str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
                blocks += _sheet(source, sheet, facts)
        properties = book.properties
        meta = {"title": properties.title, "author": properties.creator, "subject": properties.subject}
        meta = {key: value for key, value in meta.items() if value}
        return Parts(blocks, meta.get("title") or "", meta)


def _sheet(source: Source, sheet: Any, facts: SheetFacts) -> Iterator[Block]:
    title = sheet.title

    def place(number: int) -> str:
        return f"{title} row {number}"

    for message in facts.warnings():
        source.warn(f"{title}: {message}")
    for cell in facts.uncalculated:
        source.warn(f"{place(cell.row)}: formula without a calculated value in {cell.name}")
    yield from rows_to_blocks(_rows(source, sheet, facts, place), place, (title,))


def _rows(source: Source, sheet: Any, facts: SheetFacts, place: Any) -> Iterator[Row]:
    # The size a file claims for itself is often wrong.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number in facts.hidden_rows:
            continue
        texts = []
        for column, cell in enumerate(cells[:_MAX_COLUMNS], start=1):
            if column in facts.hidden_columns:
                continue
            value = None if facts.is_covered(number, column) else cell.value
            if value is not None and cell.data_type == "e":
                source.warn(f"{place(number)}: {cell.coordinate} holds the error {value}")
                value = None
            texts.append("" if value is None else shown(value, cell.number_format))
        if any(text.strip() for text in texts):
            yield number, texts
