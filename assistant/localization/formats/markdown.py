"""Markdown pages: CommonMark with tables, front matter and the marks of static site generators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from assistant.localization.formats.base import Reading
from assistant.localization.formats.front_matter import front_matter
from assistant.localization.formats.html import html_slots
from assistant.localization.formats.html_events import events
from assistant.localization.formats.html_units import texts
from assistant.localization.formats.markdown_blocks import markdown_parser
from assistant.localization.formats.markdown_inline import Inside, running, unescaped, words_of
from assistant.localization.formats.markdown_lines import Stretch, cells, stretch_of
from assistant.localization.formats.markdown_writing import Place, in_attribute, in_brackets
from assistant.localization.formats.spliced import Lines, Slot, SplicedFile, decoded
from assistant.localization.unit import Unit

_LINE_END = re.compile(r"\r\n|\r|\n")
_DEFINITION = re.compile(
    r"[ >]*\[[^\]]+\]:\s*\S+\s+"
    r"""(?:"(?P<double>(?:\\.|[^"\\])+)"|'(?P<single>(?:\\.|[^'\\])+)'|\((?P<round>(?:\\.|[^()\\])+)\))\s*"""
)
_CLOSING = {"double": '"', "single": "'", "round": ")"}
_KINDS = {"heading_open": "heading", "th_open": "cell", "td_open": "cell", "title_open": "title"}


class Markdown:
    """`.md`, `.mdx`. Code, formulas, comments, shortcodes and addresses stay; wrapped lines are one running text and
    stay as they are unless the text changes; HTML blocks are read as HTML."""

    id = "markdown"
    suffixes = (".md", ".markdown", ".mdx", ".mkd")

    def recognises(self, name: str, data: bytes) -> bool:
        """Every text is Markdown."""
        return True

    def read(self, data: bytes, reading: Reading) -> SplicedFile:
        """Read it. Raises `UnreadableFile` when it is no text or its front matter cannot be read."""
        source = decoded(data, reading.name)
        begin, slots = front_matter(source.text, reading)
        return SplicedFile(reading.name, source, [*slots, *_Page(source.text, begin).slots()])


@dataclass(slots=True)
class _Page:
    text: str
    begin: int
    lines: Lines = field(init=False)
    starts: list[int] = field(init=False)
    env: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = Lines(self.text)
        ends = [found.end() for found in _LINE_END.finditer(self.text, self.begin)]
        self.starts = [self.begin, *ends, len(self.text)]

    def slots(self) -> list[Slot]:
        tokens = markdown_parser().parse(self.text[self.begin :], self.env)
        slots: list[Slot] = []
        row: list[Stretch | None] = []
        taken: set[int] = set()
        for number, token in enumerate(tokens):
            if token.map:
                taken.update(range(*token.map) if not token.nesting else ())
            if token.type == "tr_open":
                row = self._row(tokens, number)
            elif token.type == "inline":
                kind = _KINDS.get(tokens[number - 1].type, "paragraph")
                stretch = row.pop(0) if kind == "cell" and row else self._stretch(token, tokens[number - 1])
                if stretch is not None:
                    slots += self._running(stretch, kind, f"b{number}")
            elif token.type == "html_block":
                stretch = self._stretch(token, token)
                if stretch is not None:
                    found = texts(events(stretch.text))
                    slots += html_slots(found, f"b{number}.h", stretch.place, self.lines)
        return sorted([*slots, *self._definitions(taken)], key=lambda slot: slot.start)

    def line(self, number: int) -> str:
        return _LINE_END.sub("", self.text[self.starts[number] : self.starts[number + 1]])

    def _stretch(self, token: Token, opening: Token) -> Stretch | None:
        if not token.map or not token.content:
            return None
        first = token.map[0]
        lines = [(self.starts[n], self.line(n)) for n in range(first, min(token.map[1], len(self.starts) - 1))]
        return stretch_of(token.content, lines, opening.markup if opening.type == "heading_open" else "")

    def _row(self, tokens: Sequence[Token], at: int) -> list[Stretch | None]:
        """The cells of a table's row in the file."""
        last = next(n for n in range(at, len(tokens)) if tokens[n].type == "tr_close")
        contents = [token.content for token in tokens[at:last] if token.type == "inline"]
        opening = tokens[at].map
        if not opening:
            return []
        return cells(contents, self.starts[opening[0]], self.line(opening[0]))

    def _running(self, stretch: Stretch, kind: str, id_: str) -> Iterator[Slot]:
        found = running(stretch.text, self.env)
        if found.main is not None:
            main = found.main
            start, end = stretch.place(main.start), stretch.place(main.end)
            unit = Unit(id_, main.content, place=self.lines.place(start), prose=True)
            known = frozenset(main.ids.values())
            around = stretch.text[: main.start], stretch.text[main.end :]
            write = Place(*around, kind, stretch.next_line, known, self.env)
            yield Slot(unit, start, end, write.written)
        for number, text in enumerate(found.inside, start=1):
            yield self._inside(stretch, text, id_, f"{id_}.{number}")

    def _inside(self, stretch: Stretch, text: Inside, parent: str, id_: str) -> Slot:
        start, end = stretch.place(text.start), stretch.place(text.end)
        unit = Unit(id_, text.content, place=self.lines.place(start))
        write = in_attribute(text.closing) if text.is_attribute else in_brackets(text.closing)
        return Slot(unit, start, end, write, parent if text.code else "", text.code, text.offset)

    def _definitions(self, taken: set[int]) -> Iterator[Slot]:
        """The titles in reference definitions, which belong to no block."""
        for number in range(len(self.starts) - 1):
            found = None if number in taken else _DEFINITION.fullmatch(self.line(number))
            if found and self.env.get("references"):
                group = found.lastgroup or ""
                content = words_of(unescaped(found[group]))
                if content.says_something:
                    start, end = (self.starts[number] + at for at in found.span(group))
                    unit = Unit(f"d{number}", content, place=self.lines.place(start))
                    yield Slot(unit, start, end, in_brackets(_CLOSING[group]))
