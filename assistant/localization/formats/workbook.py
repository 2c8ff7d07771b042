"""Excel: a unit per cell with words on the visible sheets, and per paragraph of what is drawn on them; only these
texts are written anew.

Formulas, figures, dates, hidden sheets, rows and columns stay as they are. Formatting inside a cell is codes. The name
of a table's column follows its header cell; where formulas use such names, the header cells stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.localization.content import Content
from assistant.localization.formats import table_columns as columns
from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.drawing import drawing_part, drawings_of
from assistant.localization.formats.office_file import OfficeFile, Part, core_title
from assistant.localization.formats.ooxml import RELATIONSHIPS, Package, serialized
from assistant.localization.formats.workbook_tables import Tables
from assistant.localization.formats.workbook_text import CellText, S, SharedStrings
from assistant.localization.unit import Unit

_MAIN = "sheet.main+xml"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with a text: the number of its shared string, or None where the text stands in the cell itself."""

    sheet: str
    reference: str
    row: int
    column: int
    shared: int | None
    content: Content
    visible: bool


class Workbook:
    """An Excel file that was read. Raises `UnreadableFile`, for an unknown column too."""

    def __init__(self, data: bytes, reading: Reading) -> None:
        self._package = Package(data, reading.name, ".xlsx")
        main = self._package.of_type(_MAIN)
        if not main:
            raise self._package.damaged("has no workbook")
        strings = [r.part for r in self._package.related(main[0]) if r.kind == "sharedStrings"]
        self._strings = strings[0] if strings else ""
        self._shared = SharedStrings(self._tree_of_strings()).contents()
        self._titles = dict(self._sheets(main[0]))
        self._tables = Tables(self._package, self._titles)
        self._cells = [cell for sheet in self._titles for cell in self._read(sheet)]
        self._units = {unit.id: unit for unit in _units(self._cells, self._titles, self._tables, reading)}
        # Who names columns wants these and nothing else.
        self._drawn = OfficeFile(self._package, [] if reading.columns else list(self._drawings()), reading)

    @property
    def units(self) -> Sequence[Unit]:
        return [*self._units.values(), *self._drawn.units]

    def write(self, written: Written) -> bytes:
        """The package with new texts where a target differs from the source; else the same bytes."""
        new = {
            id_: written.targets[id_]
            for id_, unit in self._units.items()
            if id_ in written.targets and written.targets[id_] != unit.source
        }
        changed = self._drawn.changed_parts(written)
        return self._package.with_parts(changed | self._changed_cells(new) if new else changed)

    def _changed_cells(self, new: dict[str, Content]) -> dict[str, bytes]:
        for id_ in self._tables.clashing({id_: target.words for id_, target in new.items()}):
            del new[id_]
        strings = SharedStrings(self._tree_of_strings())
        users: dict[int, list[str]] = defaultdict(list)
        for cell in self._cells:
            if cell.shared is not None:
                users[cell.shared].append(_id(cell))
        changed: dict[str, bytes] = {}
        for sheet in self._titles:
            root = self._package.tree(sheet)
            cells = ((f"{sheet}!{cell.get('r')}", cell) for cell in root.iter(f"{S}c"))
            moved = [_put(cell, new, id_, strings, users) for id_, cell in cells if id_ in new]
            if any(moved):
                changed[sheet] = serialized(root)
        if strings.changed:
            changed[self._strings] = serialized(strings.root)
        return changed | self._tables.renamed({id_: target.words for id_, target in new.items()})

    def _drawings(self) -> Iterator[Part]:
        """The text boxes, chart titles and diagrams of the visible sheets, and the workbook's title."""
        for sheet, title in self._titles.items():
            for related in self._package.related(sheet) if title else ():
                if related.kind == "drawing":
                    yield drawing_part(related.part, f"{title}, text box")
                    yield from drawings_of(self._package, related.part, title)
        yield from core_title(self._package)

    def _tree_of_strings(self) -> Any:
        return self._package.tree(self._strings) if self._strings else None

    def _sheets(self, main: str) -> Iterator[tuple[str, str]]:
        """Part and title of each sheet that holds cells; the title of a hidden one is empty."""
        parts = {related.id: related.part for related in self._package.related(main) if related.kind == "worksheet"}
        for sheet in self._package.tree(main).iterfind(f"{S}sheets/{S}sheet"):
            part = parts.get(sheet.get(f"{RELATIONSHIPS}id", ""))
            if part is not None:
                yield part, sheet.get("name", "") if sheet.get("state", "visible") == "visible" else ""

    def _read(self, sheet: str) -> Iterator[_Cell]:
        root = self._package.tree(sheet)
        hidden = [
            range(int(column.get("min", "1")) - 1, int(column.get("max", "1")))
            for column in root.iterfind(f"{S}cols/{S}col")
            if _on(column, "hidden")
        ]
        for row in root.iterfind(f"{S}sheetData/{S}row"):
            for cell in row.iterfind(f"{S}c"):
                reference = cell.get("r", "")
                letters = reference.rstrip("0123456789")
                if not letters or reference == letters:
                    continue
                column = columns.number_of(letters)
                visible = not _on(row, "hidden") and not any(column in stretch for stretch in hidden)
                text = self._text(cell)
                if text is not None:
                    yield _Cell(sheet, reference, int(reference[len(letters) :]), column, *text, visible)

    def _text(self, cell: Any) -> tuple[int | None, Content] | None:
        if cell.find(f"{S}f") is not None:
            return None
        if cell.get("t") == "inlineStr" and (inline := cell.find(f"{S}is")) is not None:
            return None, CellText(inline).content
        value = cell.findtext(f"{S}v", "")
        if cell.get("t") != "s" or not value.isdigit() or int(value) >= len(self._shared):
            return None
        return int(value), self._shared[int(value)]


def _put(
    cell: Any, new: Mapping[str, Content], id_: str, strings: SharedStrings, users: Mapping[int, list[str]]
) -> bool:
    """Write one cell's target; True when its sheet was changed. A text that several cells share is changed where it
    stands when it changes alike for all of them; else the cell gets a text of its own."""
    if cell.get("t") == "inlineStr":
        CellText(cell.find(f"{S}is")).rewrite(new[id_])
        return True
    value = cell.find(f"{S}v")
    number = int(value.text)
    if all(new.get(user) == new[id_] for user in users[number]):
        strings.change(number, new[id_])
        return False
    value.text = str(strings.added(number, new[id_]))
    return True


def _on(element: Any, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _id(cell: _Cell) -> str:
    return f"{cell.sheet}!{cell.reference}"


def _units(cells: Sequence[_Cell], titles: Mapping[str, str], tables: Tables, reading: Reading) -> Iterator[Unit]:
    by_sheet: dict[str, list[_Cell]] = defaultdict(list)
    for cell in cells:
        if cell.visible and titles[cell.sheet]:
            by_sheet[cell.sheet].append(cell)
    grids = {sheet: _rows(found) for sheet, found in by_sheet.items()}
    headers = {sheet: columns.header_of(rows) for sheet, rows in grids.items()}
    width = max((cell.column + 1 for found in by_sheet.values() for cell in found), default=1)
    wanted = {sheet: columns.columns_wanted(headers[sheet], width, reading.columns) for sheet in grids}
    missing = [name for name in reading.columns if not any(name in found for found in wanted.values())]
    if missing:
        raise columns.refused(reading.name, missing, list(headers.values()), width)
    asked = bool(reading.columns)
    for sheet, found in by_sheet.items():
        header = headers[sheet]
        chosen = set(wanted[sheet].values()) if asked else columns.columns_of_words(grids[sheet], header)
        top = min(cell.row for cell in found)
        for cell in found:
            text = cell.content.words
            if header.row is not None and cell.row == top:
                beside = not asked and columns.is_heading(text)
                if header.keys or tables.leaves(_id(cell)) or not (beside or cell.column in chosen):
                    continue
                if columns.is_words(text):
                    yield Unit(_id(cell), cell.content, place=f"{titles[sheet]} {cell.reference}", prose=True)
            elif cell.column in chosen and columns.is_words(text, asked=asked):
                name = header.names.get(cell.column, "")
                yield Unit(_id(cell), cell.content, place=f"{titles[sheet]} {cell.reference}", note=name, prose=True)


def _rows(cells: Sequence[_Cell]) -> list[dict[int, str]]:
    """The rows that hold text, the first one first."""
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        if cell.content.words.strip():
            rows.setdefault(cell.row, {})[cell.column] = cell.content.words
    return list(rows.values())
