"""The cells of one sheet as text, row by row, before anybody asks what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.domain.text import clean

MAX_ROWS = 50_000
"""A register of more rows is split by people, too."""
MAX_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell has no value that could be taken; `cell` is the cell or the merged range."""

    message: str
    remedy: str
    cell: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the number the spreadsheet gives it. A cell with a fault is empty here; columns count from 0."""

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, Fault] = field(default_factory=dict)

    def at(self, column: int) -> str:
        """The text of a cell; empty beyond the last."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        """True when there is neither text nor a fault in it."""
        return not self.faults and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns count from 1, each end is part of it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """`A5:B7`."""
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(slots=True)
class Grid:
    """One sheet. `name` is empty for CSV; `notes` say what was left out."""

    name: str
    rows: list[Row]
    merges: tuple[Merge, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    notes: list[str] = field(default_factory=list)


class Book(Protocol):
    """A file with one or more sheets."""

    @property
    def visible(self) -> tuple[str, ...]:
        """The sheets that people see, in their order."""

    @property
    def hidden(self) -> tuple[str, ...]:
        """The sheets they do not see."""

    def grid(self, name: str) -> Grid:
        """The sheet of that name. Raises `UnreadableFile`."""


def cell_text(text: str) -> str:
    """The text of a cell without what no reader sees, nor space at its ends."""
    return clean(text).strip()


def letters(column: int) -> str:
    """The name of a column that counts from 1: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
