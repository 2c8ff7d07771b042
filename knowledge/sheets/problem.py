"""What is wrong with a sheet, one line each: where it stands, what it is, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `row` counts as the spreadsheet does; None speaks of the whole sheet.

    `column` is the heading as the sheet has it, `cell` the cell or range (`C7`). `fatal` problems let no row through.
    """

    file: str
    sheet: str
    message: str
    remedy: str
    row: int | None = None
    column: str = ""
    cell: str = ""
    fatal: bool = False

    @property
    def place(self) -> str:
        """`cases.xlsx, Sheet1 row 7, 项目效果 (C7)`."""
        row = f"row {self.row}" if self.row else ""
        at = f"{self.column} ({self.cell})" if self.column and self.cell else self.column or self.cell
        return ", ".join(filter(None, (self.file, f"{self.sheet} {row}".strip(), at)))

    @property
    def line(self) -> str:
        """The whole on one line."""
        said = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return " ".join(f"{self.place}: {said}".split())

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "message": self.message,
            "remedy": self.remedy,
            "fatal": self.fatal,
            "line": self.line,
        }
