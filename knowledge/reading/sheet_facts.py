"""What openpyxl's read-only mode does not tell: hidden rows and columns, merges, formulas never calculated."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_MAX_WARNINGS = 20
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by name (`C7`) and by row."""

    name: str
    row: int


@dataclass(slots=True)
class SheetFacts:
    """Rows and columns count from 1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[Cell] = field(default_factory=list)
    more_uncalculated: int = 0
    _merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    _covered: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: zipfile.ZipFile, part: str) -> SheetFacts:
        """Facts of one sheet's XML part, streamed."""
        from lxml import etree

        facts = cls()
        tags = [f"{_NS}{name}" for name in ("row", "c", "col", "mergeCell")]
        with archive.open(part) as stream:
            # No entities, no network: the package was searched for declarations before.
            for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True):
                facts._take(element)
                if element.tag == f"{_NS}row":
                    element.clear()
        facts._index_merges()
        return facts

    def is_covered(self, row: int, column: int) -> bool:
        """True for a cell of a merged range other than its first."""
        return any(
            left <= column <= right and (row, column) != (top, left) for top, left, right in self._covered.get(row, ())
        )

    @property
    def merges(self) -> tuple[tuple[int, int, int, int], ...]:
        """The merged ranges as top, left, bottom, right; each end is part of its range."""
        return tuple(self._merges)

    def warnings(self) -> Iterator[str]:
        """What was left out, in words."""
        if self.hidden_rows:
            yield f"{len(self.hidden_rows)} hidden rows were left out"
        if self.hidden_columns:
            yield f"{len(self.hidden_columns)} hidden columns were left out"
        if self.more_uncalculated:
            yield f"{self.more_uncalculated} more formulas without a calculated value"

    def _take(self, element: Any) -> None:
        name = element.tag.removeprefix(_NS)
        if name == "row" and _true(element.get("hidden")):
            self.hidden_rows.add(int(element.get("r", "0")))
        elif name == "c" and element.find(f"{_NS}f") is not None:
            self._formula(element)
        elif name == "col" and _true(element.get("hidden")):
            last = min(int(element.get("max", "0")), _LAST_COLUMN)
            self.hidden_columns.update(range(int(element.get("min", "1")), last + 1))
        elif name == "mergeCell":
            ends = [_CELL.match(end) for end in element.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                self._merges.append((int(ends[0][2]), _column(ends[0][1]), int(ends[1][2]), _column(ends[1][1])))

    def _formula(self, cell: Any) -> None:
        value = cell.find(f"{_NS}v")
        if value is not None and value.text:
            return
        # A text formula that yields "" has an empty value of type str: calculated, and nothing to show.
        if cell.get("t") == "str" and value is not None:
            return
        name = cell.get("r", "")
        found = _CELL.match(name)
        if found and len(self.uncalculated) < _MAX_WARNINGS:
            self.uncalculated.append(Cell(name, int(found[2])))
        else:
            self.more_uncalculated += 1

    def _index_merges(self) -> None:
        for top, left, bottom, right in self._merges[:10_000]:
            for row in range(top, min(bottom, top + 5000) + 1):
                self._covered.setdefault(row, []).append((top, left, right))


def _true(value: str | None) -> bool:
    return value in ("1", "true")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
