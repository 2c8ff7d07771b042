"""What reading a file yields: blocks of text with the place where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row, slide paragraph.

    `headings` is the path of headings above it, `place` where it stands in the file in stable English words:
    `line 12`, `paragraph 3`, `table 2 row 4`, `page 3`, `slide 4`, `Sheet1 row 7`, `row 7`, `pointer /a/0/b`.
    Lines, rows, pages, slides, paragraphs and tables count from 1. `kind` is text, heading, row, quote, list_item,
    code or notes. `cells` are the filled cells of a row, each with its column's name, in the text one by one; `links`
    the words of links with the addresses they lead to, which are not in the text.
    """

    text: str
    headings: tuple[str, ...] = ()
    place: str = ""
    kind: str = "text"
    cells: tuple[str, ...] = field(default=(), compare=False)
    links: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. `meta` holds front matter or core properties as plain data, never executed.

    `body` is the Markdown below the front matter as it was written; empty for every other format.
    """

    format: str
    title: str
    meta: Mapping[str, Any]
    blocks: tuple[Block, ...]
    content_hash: str
    warnings: tuple[str, ...] = ()
    body: str = ""


@dataclass(slots=True)
class Parts:
    """What one format reads; `read` makes a `Document` of it. Warnings are given to the source."""

    blocks: list[Block]
    title: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""


class HeadingPath:
    """The path of headings while a document is walked from top to bottom."""

    def __init__(self) -> None:
        self._levels: list[tuple[int, str]] = []

    def enter(self, level: int, text: str) -> tuple[str, ...]:
        """Put the heading in place and return the path above it."""
        while self._levels and self._levels[-1][0] >= level:
            self._levels.pop()
        above = self.path
        self._levels.append((level, text))
        return above

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._levels)
