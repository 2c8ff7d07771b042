"""A text given to be checked, line by line: paragraphs, headings and table cells are lines of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from knowledge.domain.finding import Span
from knowledge.reading import read
from knowledge.reading.document import Block, Document
from knowledge.reading.source import load

Wrap = tuple[int, str]
"""An offset in a line as read, and the place of the file's line that begins there."""

_BY_LINE = ("Markdown", "text", "HTML")
"""Formats whose places are lines of the file."""

_FILE_LINE = re.compile(r"line (\d{1,9})")
_TAG = re.compile(r"<[^<>]{0,500}>")
# The first words of a line of the file, up to where markup may begin.
_WORDS = re.compile(r"\w[\w ,，。、；;：:'’%$¥€-]{0,23}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something in it. `number` counts the lines of the text as read from 1, `start` its code points.

    `place` is where it stands in the file (see `Block.place`), empty for a text without one; `about` what evidence is
    looked up by: for a table's cell its whole row; `wraps` where further lines of the file begin in it; `links` the
    addresses its words lead to.
    """

    number: int
    start: int
    text: str
    place: str = ""
    kind: str = "text"
    about: str = ""
    wraps: tuple[Wrap, ...] = ()
    links: tuple[tuple[Span, str], ...] = ()

    @property
    def checked(self) -> bool:
        """False for code: it says nothing of the company."""
        return self.kind != "code"

    def place_at(self, position: int) -> str:
        """Where the words at a position of the whole text stand in the file."""
        places = [place for offset, place in self.wraps if offset <= position - self.start]
        return places[-1] if places else self.place

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class GivenText:
    """The text as read, and its lines in order."""

    text: str
    lines: tuple[Line, ...]

    def line_at(self, position: int) -> Line | None:
        """The line that holds a position; between two, the one before."""
        at = bisect_right(self.lines, position, key=lambda line: line.start)
        return self.lines[at - 1] if at else None


def given_text(text: str) -> GivenText:
    """A text as it was typed or sent."""
    return GivenText(text, tuple(_lines(text, 1, 0, Block(text))))


def given_file(path: Path) -> tuple[GivenText, tuple[str, ...]]:
    """A file as read, and what its reader warns of. Raises `UnreadableFile`."""
    document = read(path, keep_hiding=True)
    typed = load(path).text().splitlines() if document.format in _BY_LINE else ()
    return given_document(document, typed), document.warnings


def given_document(document: Document, typed: Sequence[str] = ()) -> GivenText:
    """A document as read. Front matter, markup and the targets of links are no part of it.

    `typed` are the lines of its file: they tell on which of them the lines of a wrapped paragraph stand.
    """
    pieces: list[str] = []
    lines: list[Line] = []
    number, start = 1, 0
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        wraps = _wraps(block, _first(following) if following else len(typed) + 1, typed)
        for piece in block.cells or (block.text,):
            lines += _lines(piece, number, start, block, wraps)
            pieces.append(piece)
            number += len(piece.splitlines())
            start += len(piece) + 1
    return GivenText("\n".join(pieces), tuple(lines))


def _lines(text: str, number: int, start: int, block: Block, wraps: Sequence[Wrap] = ()) -> Iterator[Line]:
    at = 0
    for n, whole in enumerate(text.splitlines(keepends=True)):
        line = whole.splitlines()[0]
        if line.strip():
            inside = tuple((offset - at, place) for offset, place in wraps if offset < at + len(line))
            about = block.text if block.cells else line
            yield Line(number + n, start + at, line, block.place, block.kind, about, inside, tuple(_links(line, block)))
        at += len(whole)


def _links(line: str, block: Block) -> Iterator[tuple[Span, str]]:
    """The links of a block that stand in a line, with their words, all of the line for a picture. Those that show
    where they lead are none: the address is in the text."""
    position = 0
    for words, target in block.links:
        start = line.find(words, position)
        if start >= 0 and not ("." in words and words.rstrip("/") in target):
            yield (Span(start, start + len(words)) if words else Span(0, len(line))), target
        position = max(position, start)


def _first(block: Block) -> int:
    """The line of the file on which a block begins; 0 when its place is no line."""
    found = _FILE_LINE.fullmatch(block.place)
    return int(found[1]) if found else 0


def _wraps(block: Block, end: int, typed: Sequence[str]) -> list[Wrap]:
    """Where the file's lines before line `end` begin in the text of a block, as far as their first words tell."""
    wraps: list[Wrap] = []
    first, position = _first(block), 0
    for number in range(first + 1, min(end, len(typed) + 1)) if first and not block.cells else ():
        words = _WORDS.search(_TAG.sub("", typed[number - 1]))
        at = block.text.find(words[0].rstrip(), position) if words else -1
        if at > 0:
            wraps.append((at, f"line {number}"))
            position = at + 1
    return wraps
