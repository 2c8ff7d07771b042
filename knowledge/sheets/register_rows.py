"""What the registers (customers, permissions, glossary) share: a table read row by row into records, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from knowledge.domain.errors import InputError
from knowledge.sheets.cells import JSON, parse_json
from knowledge.sheets.grid import Row
from knowledge.sheets.plan import mapping_of
from knowledge.sheets.problem import Problem
from knowledge.sheets.table import Column, Table

Record = TypeVar("Record")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class RegisterPlan(Generic[Record]):
    """The records of a sheet, each with its row, and what is wrong. `blocked`: the sheet as a whole cannot be taken."""

    table: Table
    records: tuple[Record, ...]
    refused: int
    problems: tuple[Problem, ...]

    @property
    def blocked(self) -> bool:
        return any(problem.fatal for problem in self.problems)

    @property
    def notes(self) -> tuple[Problem, ...]:
        return self.table.notes

    def raise_first(self) -> None:
        """Raise `InputError` with the first problem and how many more there are; for callers that take all or none."""
        if self.problems:
            more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
            raise InputError(self.problems[0].line + more)

    def preview(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "file": self.table.name,
            "sheet": self.table.sheet,
            "heading_row": self.table.heading_row,
            "blocked": self.blocked,
            "mapping": list(mapping_of(self.table)),
            "counts": {"rows": len(self.table.rows), "taken": len(self.records), "refused": self.refused},
            "problems": [problem.to_json() for problem in self.problems],
            "notes": [note.to_json() for note in self.table.notes],
        }


@dataclass(slots=True)
class Cells:
    """The cells of one row by field. A cell that says nothing useful is a problem, and the others are read all the
    same."""

    table: Table
    row: Row
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.problems += self.table.faults(self.row)

    def text(self, name: str) -> str:
        """The text of a cell; empty without the column."""
        return self.parsed(name, _plain, "")

    def parsed(self, name: str, parse: Callable[[str], _Value], empty: _Value) -> _Value:
        """The value of a filled cell, `empty` for any other."""
        column = self.table.column(name)
        text = self.row.at(column.index) if column else ""
        if not text:
            return empty
        try:
            return parse(text)
        except (ValueError, InputError) as error:
            self.say(column, str(error))
            return empty

    def required(self, name: str, parse: Callable[[str], _Value], empty: _Value, remedy: str) -> _Value:
        """The value of a cell that must be filled."""
        column = self.table.column(name)
        faulty = column is not None and column.index in self.row.faults
        if not faulty and (column is None or not self.row.at(column.index)):
            self.say(column, f"{name} is missing; {remedy}")
            return empty
        return self.parsed(name, parse, empty)

    def say(self, column: Column | None, said: str) -> None:
        """A problem of the row; what to do stands behind the last semicolon."""
        message, _, remedy = said.rpartition("; ")
        self.problems.append(self.table.problem(self.row, column, message or remedy, remedy if message else ""))


def _plain(text: str) -> str:
    value = parse_json(text) if text.startswith(JSON) else text
    if not isinstance(value, str):
        raise ValueError("is no text in JSON; write the text itself")
    return value


def planned(table: Table, take: Callable[[Cells], Record]) -> RegisterPlan[Record]:
    """Every row through `take`; a row with a problem gives no record, and none is given when the sheet is blocked."""
    records: list[Record] = []
    problems = list(table.problems)
    refused = 0
    for row in table.rows:
        cells = Cells(table, row)
        record = take(cells)
        problems += cells.problems
        refused += bool(cells.problems)
        if not cells.problems:
            records.append(record)
    blocked = any(problem.fatal for problem in table.problems)
    return RegisterPlan(table, () if blocked else tuple(records), refused, tuple(problems))
