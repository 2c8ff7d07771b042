"""The tables of a workbook whose columns are named by header cells: name and cell must stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.localization.formats.ooxml import Package, serialized
from assistant.localization.formats.table_columns import letter_of, number_of
from assistant.localization.formats.workbook_text import S


class Tables:
    """The tables of the sheets. Raises `UnreadableFile`."""

    def __init__(self, package: Package, sheets: Iterable[str]) -> None:
        self._package = package
        self._cells: dict[str, tuple[str, int]] = {}
        """Header cell (`part!B1`): the table's part and the column's number in it."""
        self._names: dict[str, list[str]] = {}
        self._named = False
        for sheet in sheets:
            tables = [related.part for related in package.related(sheet) if related.kind == "table"]
            for part in tables:
                self._take(sheet, part, package.tree(part))
            if tables or self._cells:
                self._named |= any("[" in (formula.text or "") for formula in package.tree(sheet).iter(f"{S}f"))

    def leaves(self, cell: str) -> bool:
        """Whether a header cell must stay as it is, because formulas call its column by name."""
        return self._named and cell in self._cells

    def clashing(self, texts: Mapping[str, str]) -> set[str]:
        """The header cells whose new texts would name two columns of a table alike, which no table may have."""
        taken: dict[tuple[str, str], list[str]] = {}
        for cell, (part, number) in self._cells.items():
            taken.setdefault((part, texts.get(cell, self._names[part][number]).casefold()), []).append(cell)
        return {cell for cells in taken.values() if len(cells) > 1 for cell in cells if cell in texts}

    def renamed(self, texts: Mapping[str, str]) -> dict[str, bytes]:
        """The parts of the tables whose header cells have these new texts."""
        roots: dict[str, Any] = {}
        for cell, text in texts.items():
            if cell in self._cells:
                part, number = self._cells[cell]
                root = roots.setdefault(part, self._package.tree(part))
                root.findall(f"{S}tableColumns/{S}tableColumn")[number].set("name", text.replace("\n", "_x000a_"))
        return {part: serialized(root) for part, root in roots.items()}

    def _take(self, sheet: str, part: str, root: Any) -> None:
        if root.find(f".//{S}calculatedColumnFormula") is not None:
            self._named = True
        first = root.get("ref", "").partition(":")[0]
        letters = first.rstrip("0123456789")
        if root.get("headerRowCount") == "0" or not letters or first == letters:
            return
        self._names[part] = [column.get("name", "") for column in root.iterfind(f"{S}tableColumns/{S}tableColumn")]
        for number in range(len(self._names[part])):
            column = letter_of(number_of(letters) + number)
            self._cells[f"{sheet}!{column}{first[len(letters) :]}"] = (part, number)
