"""`write: table` — a comparison, cell by cell. A cell is cited or says that it is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft import Cell, Paragraph
from assistant.writing.context import Desk
from assistant.writing.prose import compose
from knowledge.records import EntryVersion, Passage
from prompts.section import Column, Row, TemplateSection


@dataclass(frozen=True, slots=True)
class _Place:
    """One column as it appears: its name, and the entries it is about; none where it is about all of its kinds."""

    column: Column
    name: str
    entries: tuple[str, ...] = ()


class TableSection:
    """One small call for each cell with its own evidence; no evidence, no call.

    With an `input`, the rows that it names; where it names none, those in which two columns have something to say:
    a single one compares nothing.
    """

    def write(self, section: TemplateSection, desk: Desk) -> list[Paragraph]:
        places = [place for column in section.columns for place in _places(column, section, desk)]
        found = {row: [_passages(row, place, desk) for place in places] for row in _rows(section, desk)}
        if section.input and not desk.values[section.input]:
            least = min(2, len(places))
            found = {row: cells for row, cells in found.items() if sum(map(bool, cells)) >= least}
        written = [
            self._cell(section, desk, row, place, passages)
            for row, cells in found.items()
            for place, passages in zip(places, cells, strict=True)
        ]
        return written or [desk.gap(section)]

    def _cell(
        self, section: TemplateSection, desk: Desk, row: Row, place: _Place, passages: Sequence[Passage]
    ) -> Paragraph:
        cell = Cell(row.name.of(desk.language), place.name)
        evidence = [desk.book.keep_passage(passage) for passage in passages]
        instruction = section.instruction.of(desk.language).replace("{row}", cell.row)
        heading = f"{place.name} · {cell.row}"
        written = compose(section, desk, evidence, instruction=instruction, heading=heading) if evidence else []
        return replace(written[0], cell=cell) if written else desk.gap(section, role="cell", cell=cell)


def _rows(section: TemplateSection, desk: Desk) -> Sequence[Row]:
    """The rows that the section's input names by their ids; all where it has none or names none."""
    declared = desk.template.input(section.input) if section.input else None
    chosen = declared.values_of(desk.values[declared.name]) if declared else ()
    return [row for row in section.rows if not chosen or row.id in chosen]


def _passages(row: Row, place: _Place, desk: Desk) -> list[Passage]:
    return desk.book.of_column(place.column, desk.words(row.query), row.headings, place.entries)


def _places(column: Column, section: TemplateSection, desk: Desk) -> Sequence[_Place]:
    name = column.name.of(desk.language)
    if not column.each:
        return [_Place(column, name)]
    query = " ".join(desk.words(row.query) for row in section.rows[:2])
    found: dict[str, list[str]] = {}
    for entry in desk.book.entries_of(column, query):  # a rival may have several: a page of facts, a brochure
        found.setdefault(_short(entry), []).append(entry.entry_id)
    return [_Place(column, company, tuple(ids)) for company, ids in list(found.items())[: column.most]]


def _short(entry: EntryVersion) -> str:
    """The company that the entry is about, as its fields say, without remarks in brackets; else its title."""
    name = str(entry.fields.get("company") or entry.title)
    return re.split(r"[（(]", name, maxsplit=1)[0].strip()
