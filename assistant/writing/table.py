"""`write: table` — a comparison, cell by cell. A cell is cited or says that it is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft import Cell, Paragraph
from assistant.writing.context import Desk
from assistant.writing.prose import compose
from knowledge.records import EntryVersion
from prompts.template import Column, Row, TemplateSection


@dataclass(frozen=True, slots=True)
class _Place:
    """One column as it appears: its name, and the entry it is about."""

    column: Column
    name: str
    entry_id: str | None


class TableSection:
    """One small call for each cell with its own evidence; no evidence, no call."""

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        places = [place for column in section.columns for place in _places(column, section, desk)]
        if not places:
            return [desk.gap(section)]
        return [self._cell(section, desk, row, place) for row in section.rows for place in places]

    def _cell(self, section: TemplateSection, desk: Desk, row: Row, place: _Place) -> Paragraph:
        cell = Cell(row.name.of(desk.language), place.name)
        query = desk.words(row.query)
        evidence = desk.book.of_column(place.column, query, row.headings, place.entry_id)
        instruction = section.instruction.of(desk.language).replace("{row}", cell.row)
        heading = f"{place.name} · {cell.row}"
        written = compose(section, desk, evidence, instruction=instruction, heading=heading) if evidence else []
        return replace(written[0], cell=cell) if written else desk.gap(section, role="cell", cell=cell)


def _places(column: Column, section: TemplateSection, desk: Desk) -> Sequence[_Place]:
    name = column.name.of(desk.language)
    if not column.each:
        return [_Place(column, name, None)]
    query = " ".join(desk.words(row.query) for row in section.rows[:2])
    return [_Place(column, _short(entry), entry.entry_id) for entry in desk.book.entries_of(column, query)]


def _short(entry: EntryVersion) -> str:
    """The company that the entry is about, as its fields say, without remarks in brackets; else its title."""
    name = str(entry.fields.get("company") or entry.title)
    return re.split(r"[（(]", name, maxsplit=1)[0].strip()
