"""What an import would do, before it does anything: new, changed, unchanged, refused, each by its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.domain.text import snippet
from knowledge.reading.document import Document
from knowledge.records import Customer, EntryVersion
from knowledge.sheets.changes import FieldChange
from knowledge.sheets.kind_fields import ENTRY
from knowledge.sheets.problem import Problem
from knowledge.sheets.table import Table

_FIRST = 5
_EXAMPLE = 60


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """A row that can be imported. `after` is the version it changes; None for a new entry."""

    row: int
    version: EntryVersion
    document: Document
    after: int | None = None
    changes: tuple[FieldChange, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "entry_id": self.version.entry_id,
            "title": self.version.title,
            "locale": self.version.locale,
            "customer": self.version.customer,
            "after": self.after,
            "changes": [change.to_json() for change in self.changes],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row that says what its entry says already."""

    row: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be imported, with everything that is wrong with it."""

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of every row. `blocked` when the sheet as a whole cannot be taken: then nothing is planned."""

    kind: str
    table: Table
    new: tuple[PlannedEntry, ...] = ()
    changed: tuple[PlannedEntry, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    refused: tuple[Refused, ...] = ()
    customers: tuple[Customer, ...] = ()

    @property
    def blocked(self) -> bool:
        return any(problem.fatal for problem in self.table.problems)

    @property
    def planned(self) -> tuple[PlannedEntry, ...]:
        """New and changed entries in the order of their rows."""
        return tuple(sorted((*self.new, *self.changed), key=lambda item: item.row))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong, the sheet's first, then row by row."""
        return (*self.table.problems, *(problem for refused in self.refused for problem in refused.problems))

    def mapping(self) -> list[dict[str, Any]]:
        """Which column goes where, with an example of its values."""
        return list(mapping_of(self.table))

    def counts(self) -> dict[str, int]:
        """How many rows there are, and what becomes of them."""
        return {
            "rows": len(self.table.rows),
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "refused": len(self.refused),
            "new_customers": len(self.customers),
        }

    def preview(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "file": self.table.name,
            "sheet": self.table.sheet,
            "kind": self.kind,
            "heading_row": self.table.heading_row,
            "blocked": self.blocked,
            "mapping": self.mapping(),
            "counts": self.counts(),
            "first": [item.to_json() for item in self.planned[:_FIRST]],
            "new_customers": [{"id": c.id, "names": dict(c.names)} for c in self.customers],
            "problems": [problem.to_json() for problem in self.problems],
            "notes": [note.to_json() for note in self.table.notes],
        }


def mapping_of(table: Table) -> Iterator[dict[str, Any]]:
    """For each column its heading, the field it goes to (None: not taken over), the nearest known one, an example."""
    for column in table.columns:
        example = next((row.at(column.index) for row in table.rows if row.at(column.index)), "")
        yield {
            "column": column.name,
            "field": column.field.removeprefix(ENTRY) if column.field else None,
            "of": None if not column.field else "entry" if column.field.startswith(ENTRY) else "fields",
            "nearest": column.nearest,
            "example": snippet(example, _EXAMPLE),
        }
