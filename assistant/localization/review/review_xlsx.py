"""A workbook for linguists: source and target side by side, out and back.

Every cell is text (so nothing that begins with = + - @ is a formula), the target and the column OK can be edited, all
else is locked without a password. A hidden column knows the segment.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.localization.content import Content, read_back
from assistant.localization.review.records import (
    Returns,
    Review,
    ReviewRow,
    as_shown,
    in_order,
    restored,
    shorter,
    shown,
)
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.words import Words
from knowledge.reading.ooxml import package
from knowledge.reading.source import Source
from knowledge.sheets.writing import LONGEST_CELL

COLUMNS: Mapping[str, tuple[Words, int]] = {
    "key": (Words(zh="编号（勿改）", en="Key (do not change)"), 4),
    "state": (Words(zh="状态", en="State"), 14),
    "why": (Words(zh="原因", en="Reason"), 36),
    "source": (Words(zh="原文", en="Source"), 60),
    "target": (Words(zh="译文（可改）", en="Target (edit here)"), 60),
    "ok": (Words(zh="确认（填 x）", en="OK (put x)"), 12),
    "locale": (Words(zh="语言", en="Locale"), 10),
    "file": (Words(zh="文件", en="File"), 24),
    "place": (Words(zh="位置", en="Place"), 24),
    "note": (Words(zh="备注", en="Note"), 36),
}
"""Column: heading, width in characters."""

STATES: Mapping[str, Words] = {
    "pending": Words(zh="未译", en="pending"),
    "reused": Words(zh="沿用", en="reused"),
    "translated": Words(zh="已译", en="translated"),
    "needs_review": Words(zh="待审", en="needs review"),
    "failed": Words(zh="失败", en="failed"),
}
_LENGTH = Words(zh="最多 {} 个字符", en="at most {} characters")
_PLURAL = Words(zh="复数形式：{}", en="plural form: {}")
_EDITABLE = frozenset({"target", "ok"})
_YES = frozenset("x ok y yes 1 true 是 对 好 确认 √ ✓ ✔".split())
_GREY, _YELLOW = "FFF2F2F2", "FFFFF2CC"
_SHEET = Words(zh="审校", en="Review")


def write_xlsx(rows: Iterable[ReviewRow], language: str = "en") -> bytes:
    """The workbook, with headings in Chinese (`zh`) or English, quarantined rows first.

    Raises `InputError` for a text that is longer than a cell.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    lines = [(_texts(row, language), not row.state.released) for row in in_order(rows)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET.of(language))
    sheet.freeze_panes = "A2"
    _protect(sheet)
    for index, (name, (_, width)) in enumerate(COLUMNS.items(), 1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width, dimension.hidden = width, name == "key"
    wrapped, bold, open_ = Alignment(vertical="top", wrap_text=True), Font(bold=True), Protection(locked=False)
    grey, yellow = (PatternFill("solid", start_color=colour) for colour in (_GREY, _YELLOW))

    def cell(name: str, text: str, *, head: bool = False, held: bool = False) -> Any:
        made = WriteOnlyCell(sheet, text)
        # Set after the value, which openpyxl would take for a formula by its first letter.
        made.data_type, made.number_format, made.alignment = "s", "@", wrapped
        if head:
            made.font = bold
        elif name in _EDITABLE:
            made.protection = open_
        if head or name not in _EDITABLE:
            made.fill = yellow if held and name == "state" else grey
        return made

    sheet.append([cell(name, heading.of(language), head=True) for name, (heading, _) in COLUMNS.items()])
    for texts, held in lines:
        sheet.append([cell(name, texts[name], held=held) for name in COLUMNS])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _protect(sheet: Any) -> None:
    """Locked, but with filters, widths and heights free; in this library False means free."""
    sheet.protection.sheet = True
    for free in ("autoFilter", "sort", "formatColumns", "formatRows", "formatCells"):
        setattr(sheet.protection, free, False)


def _texts(row: ReviewRow, language: str) -> dict[str, str]:
    texts = {
        "key": row.key,
        "state": STATES[str(row.state)].of(language),
        "why": row.why,
        "source": str(row.source),
        "target": str(row.target) if row.target else "",
        "ok": "",
        "locale": row.locale,
        "file": row.file,
        "place": row.place,
        "note": note_of(row, language),
    }
    for name, text in texts.items():
        if len(text) > LONGEST_CELL:
            raise InputError(
                f"segment {row.number} ({row.file}, {row.place}): its {name} has {len(text):,} characters, more than a "
                f"cell holds ({LONGEST_CELL:,}); export XLIFF"
            )
    return {name: shown(text) for name, text in texts.items()}


def note_of(row: ReviewRow, language: str) -> str:
    """What a linguist should know: the note of the file, the plural form, the room there is."""
    parts = [row.note]
    if row.plural:
        parts.append(_PLURAL.of(language).format(row.plural))
    if row.max_length is not None:
        parts.append(_LENGTH.of(language).format(row.max_length))
    return "\n".join(part for part in parts if part)


def read_xlsx(data: bytes, rows: Iterable[ReviewRow], name: str = "review.xlsx") -> Review:
    """What came back, held against `rows`, the segments of the job as they are now. Rows that were taken out of the
    file are left as they are. Raises `UnreadableFile` for what is no workbook of ours."""
    returns = Returns.of(rows)
    found = False
    for title, lines in _sheets(data, name):
        heading = next(lines, (0, ()))[1]
        columns = _columns(heading)
        if "key" not in columns or "target" not in columns:
            continue
        found = True
        for number, cells in lines:
            if any(value is not None for value, _ in cells):
                _take(returns, f"{title}, row {number}", {name: _at(cells, at) for name, at in columns.items()})
    if not found:
        headings = ", ".join(f"'{COLUMNS[column][0].en}'" for column in ("key", "target"))
        raise UnreadableFile(name, f"no sheet has the columns {headings}", "export the review again")
    return returns.review()


_Cell = tuple[Any, str]


def _sheets(data: bytes, name: str) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[_Cell]]]]]:
    from openpyxl import load_workbook

    source = Source(Path(name), data)
    stream = package(source, ".xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, keep_links=False)
            sheets = [(sheet.title, _lines(sheet)) for sheet in book.worksheets]
    # A damaged part raises whatever the parser met there.
    except Exception as error:
        raise source.unreadable(f"is damaged ({type(error).__name__})", "open it in Excel and save it again") from error
    for title, lines in sheets:
        yield title, iter(lines)


def _lines(sheet: Any) -> list[tuple[int, Sequence[_Cell]]]:
    if not hasattr(sheet, "iter_rows"):
        return []
    sheet.reset_dimensions()
    width = 4 * len(COLUMNS)
    return [
        (number, [(cell.value, str(cell.data_type)) for cell in cells[:width]])
        for number, cells in enumerate(sheet.iter_rows(), start=1)
    ]


def _columns(heading: Sequence[_Cell]) -> dict[str, int]:
    """Where each column stands, by its heading in either language: columns may have been moved."""
    known = {words.of(language): name for name, (words, _) in COLUMNS.items() for language in ("zh", "en")}
    return {known[text]: at for at, (text, _) in enumerate(heading) if isinstance(text, str) and text in known}


def _at(cells: Sequence[_Cell], at: int) -> _Cell:
    return cells[at] if at < len(cells) else (None, "n")


def _take(returns: Returns, where: str, cells: Mapping[str, _Cell]) -> None:
    row = returns.row(where, str(cells["key"][0] or ""))
    if row is None:
        return
    value, kind = cells["target"]
    if value is not None and not isinstance(value, str):
        what = f"the target of segment {row.number} is a {type(value).__name__}, not text"
        returns.problem(where, f"{what}; give the cell the format Text and write it again")
        return
    if kind == "f":
        returns.problem(where, f"the target of segment {row.number} is a formula; put an apostrophe before it")
        return
    answer = str(cells.get("ok", (None, ""))[0] or "").strip()
    if answer and answer.casefold() not in _YES:
        returns.problem(where, f"'{shorter(answer)}' in the column OK says neither x nor nothing; put one of them")
        return
    source = cells.get("source", (None, ""))[0]
    if isinstance(source, str) and shown(source) != shown(str(row.source)):
        returns.problem(where, f"the source of segment {row.number} was edited here; only targets are taken back")
    returns.take(where, row, _content(value or "", row), confirmed=bool(answer))


def _content(text: str, row: ReviewRow) -> Content | None:
    return restored(read_back(shown(text), as_shown(row.source.codes)), row.source) or None
