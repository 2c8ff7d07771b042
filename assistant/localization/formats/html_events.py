"""HTML as tags and texts with their places in the file, by Python's own tolerant parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from typing import Any

from knowledge.domain.errors import UnreadableFile


class Kind(StrEnum):
    """What an event is; `OTHER` are comments, declarations and processing instructions."""

    START = "start"
    EMPTY = "empty"
    END = "end"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a tag: its value as a reader has it, where it stands in the file (quotes left out), and its
    quote (empty: there is none)."""

    name: str
    value: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Event:
    """A tag or a text; `name` in small letters, `raw` as the file has it from `start` to `end`."""

    kind: Kind
    name: str
    start: int
    end: int
    raw: str

    def attributes(self) -> Iterator[Attribute]:
        """The attributes that have a value, in order."""
        for found in _ATTRIBUTE.finditer(self.raw, len(self.name) + 1):
            group = next((g for g in ("double", "single", "bare") if found[g] is not None), "")
            if group:
                quote = {"double": '"', "single": "'", "bare": ""}[group]
                start, end = (self.start + at for at in found.span(group))
                yield Attribute(found["name"].lower(), unescape(found[group]), start, end, quote)


_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+)))?"""
)
VOID = frozenset("area base basefont br col embed frame hr img input link meta param source track wbr".split())
"""Elements that have no end tag."""


def events(text: str, name: str = "") -> Sequence[Event]:
    """Every part of `text` in order, without gaps. Raises `UnreadableFile` for what no browser reads either."""
    parser = _Places(text)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError) as error:
        raise UnreadableFile(name, f"line {parser.getpos()[0]}: {error}", "mend the markup there") from error
    if text and (not parser.found or parser.found[0][2] > 0):
        parser.found.insert(0, (Kind.OTHER, "", 0))  # an end tag without a name is told by nobody
    if not text:
        return []
    ends = [start for _, _, start in parser.found[1:]] + [len(text)]
    return [
        Event(kind, tag, start, end, text[start:end])
        for (kind, tag, start), end in zip(parser.found, ends, strict=True)
        if end > start
    ]


class _Places(HTMLParser):
    """Notes where each part begins; it ends where the next begins."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[Kind, str, int]] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def _note(self, kind: Kind, tag: str = "") -> None:
        line, column = self.getpos()
        joins = kind is Kind.TEXT and self.found and self.found[-1][0] is Kind.TEXT
        if not joins:
            self.found.append((kind, tag, self._lines[line - 1] + column))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._note(Kind.EMPTY if tag in VOID else Kind.START, tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self._note(Kind.EMPTY, tag)

    def handle_endtag(self, tag: str) -> None:
        self._note(Kind.END, tag)

    def handle_data(self, data: str) -> None:
        self._note(Kind.TEXT)

    def handle_comment(self, data: str) -> None:
        self._note(Kind.OTHER)

    def handle_decl(self, decl: str) -> None:
        self._note(Kind.OTHER)

    def handle_pi(self, data: str) -> None:
        self._note(Kind.OTHER)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Told at once to be open when it is: the search for its end would be repeated for each one."""
        return super().parse_comment(i, report) if self.rawdata.find("-->", i) >= 0 else -1

    def check_for_whole_start_tag(self, i: int) -> int:
        """Likewise for a tag."""
        return super().check_for_whole_start_tag(i) if self.rawdata.find(">", i) >= 0 else -1

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """`<![…` of any kind, up to where browsers end it."""
        closing = "]]>" if self.rawdata.startswith("<![CDATA[", i) else ">"
        end = self.rawdata.find(closing, i)
        if end < 0:
            return -1
        self.unknown_decl("")
        return end + len(closing)

    def unknown_decl(self, data: str) -> None:
        self._note(Kind.OTHER)
