"""Rows of cells to blocks: `Header: value; Header: value`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from knowledge.reading.document import Block

Row = tuple[int, Sequence[str]]
"""The row's number as the reader of the file counts it, and its cells as text ("" for empty)."""

_NUMBER = re.compile(r"^[\s$€£¥￥+\-(]*\d[\d\s.,:/%)\-]*$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_LOOK_FOR_HEADER = 10


def rows_to_blocks(
    rows: Iterable[Row], place: Callable[[int], str], headings: tuple[str, ...] = (), *, header: bool | None = None
) -> Iterator[Block]:
    """Blocks of kind `row`, the header row worked into each.

    `header=True` says that the first row is the header, False that there is none, None looks for it: the first row
    among the top ten that fills the most columns with distinct words and no numbers. Rows above it are plain text.
    """
    pending = iter(rows)
    top = [row for _, row in zip(range(_LOOK_FOR_HEADER), pending, strict=False)]
    at = _header_index(top, header)
    names = [_one_line(cell) for cell in top[at][1]] if at is not None else []
    for index, (number, cells) in enumerate(top):
        if at is None or index > at:
            yield from _row(number, cells, names, place, headings)
        elif index < at:
            text = "; ".join(_one_line(cell) for cell in cells if cell.strip())
            yield from [Block(text, headings, place(number))] if text else []
    if at is not None and len(top) == at + 1:
        yield Block("; ".join(filter(None, names)), headings, place(top[at][0]), "row")
    for number, cells in pending:
        yield from _row(number, cells, names, place, headings)


def _row(
    number: int, cells: Sequence[str], names: list[str], place: Callable[[int], str], headings: tuple[str, ...]
) -> Iterator[Block]:
    parts = []
    for index, cell in enumerate(cells):
        value = _one_line(cell)
        name = names[index] if index < len(names) else ""
        if value:
            parts.append(f"{name.rstrip(':：')}: {value}" if name else value)
    if not parts:
        return
    pair = len(parts) == 2 and not names and len(parts[0]) <= 60 and not _NUMBER.match(parts[0])
    if pair:
        yield Block(": ".join(parts), headings, place(number), "row")
    else:
        yield Block("; ".join(parts), headings, place(number), "row", tuple(parts))


def _header_index(top: list[Row], header: bool | None) -> int | None:
    if header is not None or not top:
        return 0 if header and top else None
    widest = max(sum(bool(cell.strip()) for cell in cells) for _, cells in top)
    if widest < 2:
        return None
    for index, (_, cells) in enumerate(top):
        filled = [cell.strip() for cell in cells if cell.strip()]
        # The cell above the row names is often empty.
        if len(filled) == widest or (len(filled) == widest - 1 > 0 and not cells[0].strip()):
            return index if _are_names(filled) and len(top) > index + 1 else None
    return None


def _are_names(cells: list[str]) -> bool:
    """True for distinct short words; years are names too."""
    short = all(len(cell) <= 80 and (_YEAR.match(cell) or not _NUMBER.match(cell)) for cell in cells)
    return short and len(set(cells)) == len(cells)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
