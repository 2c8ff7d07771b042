"""Where the running text of a block stands in the file: markdown-it gives its lines, not its columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block's text without what marks the block. `begins` are the offsets of its lines, here and in the file;
    `next_line` is what stands before each line but the first (`> `)."""

    text: str
    begins: tuple[tuple[int, int], ...]
    next_line: str = ""

    def place(self, offset: int) -> int:
        """The offset in the file."""
        here, there = self.begins[bisect_right(self.begins, (offset, len(self.text) + 2**62)) - 1]
        return there + offset - here


def stretch_of(content: str, lines: Sequence[tuple[int, str]], heading: str = "") -> Stretch | None:
    """`content` found in the lines of its block, given with their offsets. None when it is not there as it is (a line
    whose indentation is a part of a tab)."""
    parts = content.rstrip("\n").split("\n")
    if len(parts) > len(lines):
        return None
    begins: list[tuple[int, int]] = []
    here, next_line = 0, ""
    for number, (part, (start, line)) in enumerate(zip(parts, lines, strict=False)):
        column = _column(part, line, heading if not number else "")
        if column is None:
            return None
        if number == 1:
            next_line = line[:column]
        begins.append((here, start + column))
        here += len(part) + 1
    return Stretch(content.rstrip("\n"), tuple(begins), next_line)


def _column(part: str, line: str, heading: str) -> int | None:
    if heading.startswith("#"):
        opening = _HEADING.search(line)
        found = line.find(part, opening.end()) if opening else -1
        return found if found >= 0 else None
    bare, whole = part.rstrip(), line.rstrip()
    if whole.endswith(bare):
        return len(whole) - len(bare)
    found = line.rfind(bare)
    return found if found >= 0 else None


def cells(contents: Sequence[str], start: int, line: str) -> list[Stretch | None]:
    """The cells of a table's row, as the file has them (a pipe keeps its backslash)."""
    pieces: list[tuple[int, str]] = []
    at = 0
    for end in [*(found.start() for found in _CELL_END.finditer(line)), len(line)]:
        pieces.append((at, line[at:end]))
        at = end + 1
    for skipped in range(len(pieces)):
        found = [_cell(content, pieces, skipped + n, start) for n, content in enumerate(contents)]
        if all(cell is not None or not content for cell, content in zip(found, contents, strict=True)):
            return found
    return [None] * len(contents)


def _cell(content: str, pieces: Sequence[tuple[int, str]], number: int, start: int) -> Stretch | None:
    if number >= len(pieces) or not content:
        return None
    at, piece = pieces[number]
    raw = piece.strip()
    plain = raw.replace("\\|", "|")
    if not plain.endswith(content) or (plain != content and number > 0):
        return None
    raw = raw[len(plain) - len(content) :] if plain != content else raw
    return Stretch(raw, ((0, start + at + piece.rindex(raw)),))
