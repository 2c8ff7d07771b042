"""Tables: CSV, TSV and Excel; the columns that hold words, or those that were asked for."""

from __future__ import annotations

from pathlib import PurePath

from assistant.localization.formats.base import LocalizableFile, Reading
from assistant.localization.formats.delimited import read_delimited
from assistant.localization.formats.workbook import Workbook


class Table:
    """`.csv`, `.tsv`, `.xlsx`. `Reading.columns` are names or letters; empty: the columns that hold words and not ids,
    addresses or figures. A header row is translated unless its names are keys of a program (`unit_price`)."""

    id = "table"
    suffixes = (".csv", ".tsv", ".xlsx")

    def recognises(self, name: str, data: bytes) -> bool:
        """Any file with one of the suffixes: what is wrong with another one is told when it is read."""
        return True

    def read(self, data: bytes, reading: Reading) -> LocalizableFile:
        """Raises `UnreadableFile`; for a column that is not there, with those that are."""
        suffix = PurePath(reading.name).suffix.lower()
        if suffix == ".xlsx":
            return Workbook(data, reading)
        return read_delimited(data, reading, suffix)
