"""A sheet with its headings understood: which row has them, which column is which field, what is not taken over."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge.domain.errors import InputError
from knowledge.kinds.folded import folded_heading
from knowledge.reading.source import Source, load
from knowledge.sheets.book_csv import CsvBook
from knowledge.sheets.book_xlsx import XlsxBook
from knowledge.sheets.grid import MAX_COLUMNS, Book, Fault, Grid, Merge, Row, letters
from knowledge.sheets.headings import LEAVE_OUT, Headings
from knowledge.sheets.problem import Problem

LOOK_FOR_HEADINGS = 10
"""A title and remarks stand above the headings of many sheets; further down there are only rows."""

SUFFIXES = (".xlsx", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading; `index` counts from 0. `field` is None where its values are not taken over."""

    index: int
    heading: str
    field: str | None
    nearest: str | None = None

    @property
    def name(self) -> str:
        """The heading, or the letter where there is none."""
        return self.heading or f"column {letters(self.index + 1)}"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `rows` are those below the headings that hold anything; `problems` speak of the sheet as a whole,
    `notes` of what was left out. Faults of cells stand with their rows."""

    name: str
    path: Path
    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as the sheet has them."""
        return tuple(column.heading for column in self.columns)

    def column(self, field_name: str) -> Column | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == field_name), None)

    def without(self, column: Column, why: str) -> Table:
        """The table with a column that is not taken over after all, which is noted."""
        columns = tuple(replace(one, field=None) if one is column else one for one in self.columns)
        note = Problem(self.name, self.sheet, why, "", None, column.name, letters(column.index + 1))
        return replace(self, columns=columns, notes=(*self.notes, note))

    def place(self, row: Row) -> str:
        """`Sheet1 row 7`; `row 7` where the sheet has no name."""
        return f"{self.sheet} row {row.number}".strip()

    def problem(self, row: Row, column: Column | None, message: str, remedy: str) -> Problem:
        """A problem of one row, of one of its cells when `column` is given."""
        cell = f"{letters(column.index + 1)}{row.number}" if column else ""
        return Problem(self.name, self.sheet, message, remedy, row.number, column.name if column else "", cell)

    def faults(self, row: Row) -> Iterator[Problem]:
        """The faults of a row's cells in columns that are taken over, each merged range once."""
        seen: set[Fault] = set()
        for column in self.columns:
            fault = row.faults.get(column.index) if column.field else None
            if fault and fault not in seen:
                seen.add(fault)
                cell = fault.cell or f"{letters(column.index + 1)}{row.number}"
                yield Problem(self.name, self.sheet, fault.message, fault.remedy, row.number, column.name, cell)


def read_table(
    path: Path, headings: Headings, *, sheet: str | None = None, mapping: Mapping[str, str] | None = None
) -> Table:
    """The sheet of `path` whose headings are known: the one named, else the first visible one that has any.

    `mapping` says what columns of other names are (`{"我们的列": "result"}`; `-` leaves a column out). Raises
    `UnreadableFile` for what is no readable XLSX, CSV or TSV, `InputError` when there is no such sheet, no row of known
    headings within the first ten, or a mapping that fits nothing.
    """
    source = load(path)
    book = _book(source)
    asked = headings.asked(mapping or {})
    finder = _Finder(path, headings, asked)
    if sheet is not None:
        return finder.table(book, _named(path, book, sheet))
    for name in book.visible:
        grid = book.grid(name)
        if finder.heading_index(grid) is not None:
            return finder.table(book, grid)
    known = ", ".join(list(headings.names)[:12])
    raise InputError(
        f"{path.name}: no row with known headings within the first {LOOK_FOR_HEADINGS} rows; known are {known} …"
    )


def _book(source: Source) -> Book:
    if source.suffix == ".xlsx":
        return XlsxBook(source)
    if source.suffix in SUFFIXES:
        return CsvBook(source)
    remedy = "save it as .xlsx or as CSV in UTF-8"
    raise source.unreadable(f"is no sheet that is read here ({source.suffix or 'no suffix'})", remedy)


def _named(path: Path, book: Book, sheet: str) -> Grid:
    if sheet in book.hidden:
        raise InputError(f"{path.name}: the sheet '{sheet}' is hidden; show it in Excel, or name another")
    if sheet not in book.visible:
        raise InputError(f"{path.name}: no sheet '{sheet}'; it has {', '.join(book.visible) or 'none'}")
    return book.grid(sheet)


@dataclass(slots=True)
class _Finder:
    """Reads one sheet's headings and collects what is to be said of it."""

    path: Path
    headings: Headings
    asked: Mapping[str, str]
    sheet: str = ""
    _notes: list[Problem] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)

    def field_of(self, heading: str) -> str | None:
        return self.asked.get(folded_heading(heading)) or self.headings.field_of(heading)

    def heading_index(self, grid: Grid) -> int | None:
        """The row with the most known headings within the first ten, the upper one of equals."""
        counts = [
            len({self.field_of(cell) for cell in row.cells if cell} - {None}) for row in grid.rows[:LOOK_FOR_HEADINGS]
        ]
        best = max(counts, default=0)
        return counts.index(best) if best else None

    def table(self, book: Book, grid: Grid) -> Table:
        at = self.heading_index(grid)
        if at is None:
            raise InputError(
                f"{self.path.name}, sheet '{grid.name}': no row with known headings within the first "
                f"{LOOK_FOR_HEADINGS} rows"
            )
        heading_row = grid.rows[at]
        reaching = [m for m in grid.merges if m.top <= heading_row.number <= m.bottom]
        last = max((m.bottom for m in reaching), default=heading_row.number)
        below = [row for row in grid.rows[at + 1 :] if row.number > last]
        if not below:
            raise InputError(f"{self.path.name}: no rows below the headings in row {heading_row.number}")
        self.sheet = grid.name
        self._refuse_unmet(heading_row)
        columns = self._columns(grid, heading_row, reaching, below)
        self._tell(book, grid, heading_row.number, below)
        rows = tuple(_with_merges(below, grid.merges, last))
        return Table(
            self.path.name,
            self.path,
            grid.name,
            heading_row.number,
            columns,
            rows,
            tuple(self._problems),
            tuple(self._notes),
        )

    def _columns(
        self, grid: Grid, heading_row: Row, reaching: Sequence[Merge], below: Sequence[Row]
    ) -> tuple[Column, ...]:
        width = max(len(row.cells) for row in (heading_row, *below))
        by_number = {row.number: row for row in grid.rows[:LOOK_FOR_HEADINGS]}
        columns: list[Column] = []
        for index in range(width):
            merge = next((m for m in reaching if m.left <= index + 1 <= m.right), None)
            heading = heading_row.at(index)
            if merge and not heading and merge.left == index + 1 and merge.top in by_number:
                heading = by_number[merge.top].at(index)
            if merge and merge.right > merge.left and heading:
                self._fatal(heading, merge.name, f"one heading over the columns of {merge.name}", "give each its own")
                columns.append(Column(index, heading, None))
            else:
                columns.append(self._column(index, heading, below))
        return self._without_doubles([c for c in columns if c.heading or _used(c, below)], columns)

    def _column(self, index: int, heading: str, below: Sequence[Row]) -> Column:
        found = self.field_of(heading) if heading else None
        if found == LEAVE_OUT:
            self._note(heading, letters(index + 1), "is left out, as asked", "")
            return Column(index, heading, None)
        nearest = self.headings.nearest(heading) if heading and not found else None
        column = Column(index, heading, found, nearest)
        if not found and _used(column, below):
            remedy = f"the nearest known heading is {nearest}; " if nearest else ""
            what = "is no known heading" if heading else "has no heading"
            self._note(column.name, "", f"{what}: its values are not taken over", f"{remedy}rename or map it")
        return column

    def _without_doubles(self, columns: Sequence[Column], every: Sequence[Column]) -> tuple[Column, ...]:
        """Two columns of one meaning: which is right is not ours to choose, therefore neither is read."""
        fields = [column.field for column in every if column.field]
        kept = []
        for column in columns:
            if column.field and fields.count(column.field) > 1:
                twins = [c for c in columns if c.field == column.field]
                if twins[0] is column:
                    named = " and ".join(f"{letters(c.index + 1)} ({c.heading})" for c in twins)
                    self._fatal(column.heading, "", f"the columns {named} both mean {column.field}",
                                "rename, remove or leave out one of them")  # fmt: skip
                kept.append(Column(column.index, column.heading, None))
            else:
                kept.append(column)
        return tuple(kept)

    def _refuse_unmet(self, row: Row) -> None:
        """A mapping for a column that the sheet does not have is a slip of the pen."""
        there = {folded_heading(cell) for cell in row.cells}
        unmet = next((heading for heading in self.asked if heading not in there), None)
        if unmet is not None:
            raise InputError(
                f"{self.path.name}: no column '{unmet}' to map in row {row.number}; name one that is there"
            )

    def _tell(self, book: Book, grid: Grid, heading_row: int, below: Sequence[Row]) -> None:
        self._note("", "", f"headings in row {heading_row}, {len(below)} rows below", "")
        for text in grid.notes:
            self._note("", "", text, "")
        hidden = sorted(grid.hidden_columns)
        if hidden:
            names = ", ".join(letters(column + 1) for column in hidden[:10])
            self._note("", "", f"{len(hidden)} hidden columns were left out: {names}", "show them to have them read")
        for name in book.hidden:
            self._note("", "", f"the sheet '{name}' is hidden and was left out", "")
        for name in book.visible:
            if name != grid.name:
                self._note("", "", f"the sheet '{name}' was not read", "name it to read it")

    def _note(self, column: str, cell: str, message: str, remedy: str) -> None:
        self._notes.append(Problem(self.path.name, self.sheet, message, remedy, None, column, cell))

    def _fatal(self, column: str, cell: str, message: str, remedy: str) -> None:
        self._problems.append(Problem(self.path.name, self.sheet, message, remedy, None, column, cell, fatal=True))


def _used(column: Column, rows: Sequence[Row]) -> bool:
    return any(row.at(column.index) or column.index in row.faults for row in rows)


def _with_merges(rows: Sequence[Row], merges: Sequence[Merge], last_heading: int) -> Iterator[Row]:
    """Rows with the cells of merged ranges as faults: whether a value speaks for one row or all is not told."""
    by_row: dict[int, list[Merge]] = {}
    numbers = [row.number for row in rows]
    for merge in merges:
        if merge.bottom > last_heading:
            for number in numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]:
                by_row.setdefault(number, []).append(merge)
    for row in rows:
        faults = dict(row.faults)
        for merge in by_row.get(row.number, ()):
            fault = Fault(f"is part of the merged cells {merge.name}", "unmerge them and fill each cell", merge.name)
            faults |= dict.fromkeys(range(merge.left - 1, min(merge.right, MAX_COLUMNS)), fault)
        cells = tuple("" if column in faults else text for column, text in enumerate(row.cells))
        yield Row(row.number, cells, faults) if faults else row
