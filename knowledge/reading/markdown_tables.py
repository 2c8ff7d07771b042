"""Markdown tables as people write them, made such as CommonMark parsers take them; the rows keep their lines."""

from __future__ import annotations

import re

from knowledge.reading.template_tags import outside_fences

_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_NAME = 40


def mend_tables(text: str) -> str:
    """A delimiter row gets as many cells as the header row; a missing one is put in where a blank line leaves room."""
    return outside_fences(text, _mended)


def _mended(text: str) -> str:
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].lstrip().startswith("|"):
            end += 1
        if end - start >= 2:
            _mend(lines, start, end)
        start = max(end, start + 1)
    return "\n".join(lines)


def _mend(lines: list[str], start: int, end: int) -> None:
    delimiter = "|" + " --- |" * len(_cells(lines[start]))
    if "-" in lines[start + 1] and set(lines[start + 1]) <= set("|-: \t\r"):
        lines[start + 1] = delimiter
    elif end - start >= 3 and start > 0 and not lines[start - 1].strip() and _are_names(_cells(lines[start])):
        # Only the header moves up by a line.
        lines[start - 1], lines[start] = lines[start], delimiter


def _cells(row: str) -> list[str]:
    return _PIPE.split(row.strip().removeprefix("|").removesuffix("|"))


def _are_names(cells: list[str]) -> bool:
    named = any(cell.strip() for cell in cells)
    return named and all(len(cell.strip()) <= _LONGEST_NAME and "](" not in cell for cell in cells)
