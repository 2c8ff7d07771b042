"""The shape of a draft on a page, the same for every format: headline, sections, and blocks of paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from assistant.draft import Draft, Paragraph, Section
from assistant.export.labels import Labels


class Shape(StrEnum):
    """What a block looks like."""

    TEXT = "text"
    LINE = "line"
    SUBTITLE = "subtitle"
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"
    MAP = "map"


_SHAPES = {
    "title": Shape.LINE,
    "line": Shape.LINE,
    "subtitle": Shape.SUBTITLE,
    "quote": Shape.QUOTE,
    "map": Shape.MAP,
    **dict.fromkeys(("item", "proof", "action", "attendee", "question"), Shape.LIST),
    **dict.fromkeys(("keyword", "tag", "report", "book", "trait", "element", "plan", "review"), Shape.LIST),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name; each row has its name and one tuple of paragraphs a column, empty where nothing stands."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[Paragraph, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that belong together: one text, one list, one table. `paragraphs` are in reading order."""

    shape: Shape
    paragraphs: tuple[Paragraph, ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class LaidSection:
    """A section without what became the headline."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A draft ready to be written down."""

    headline: Paragraph
    sections: tuple[LaidSection, ...]


def lay_out(draft: Draft, labels: Labels) -> Layout:
    """The draft's layout. The title is printed once: where a paragraph says it too, that one is the headline."""
    headline = _headline(draft, labels)
    return Layout(headline, tuple(_sections(draft.sections, headline)))


def _headline(draft: Draft, labels: Labels) -> Paragraph:
    titles = [paragraph for _, paragraph in draft.paragraphs() if paragraph.role == "title"]
    wanted = draft.title.strip()
    for paragraph in titles:
        if not wanted or paragraph.text.strip() == wanted:
            return paragraph
    return Paragraph("", wanted or labels["untitled"], role="title", by="program")


def _sections(sections: Iterable[Section], headline: Paragraph) -> Iterator[LaidSection]:
    for section in sections:
        rest = tuple(p for p in section.paragraphs if not _is_headline(p, headline))
        if section.paragraphs and not rest:
            continue
        # Under a headline a subtitle needs no heading of its own.
        only_subtitles = bool(rest) and all(p.role == "subtitle" for p in rest)
        yield LaidSection(section.id, "" if only_subtitles else section.heading, tuple(_blocks(rest)))


def _is_headline(paragraph: Paragraph, headline: Paragraph) -> bool:
    return paragraph.role == "title" and paragraph.text.strip() == headline.text.strip()


def _shape(paragraph: Paragraph) -> Shape:
    return Shape.TABLE if paragraph.cell else _SHAPES.get(paragraph.role, Shape.TEXT)


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    for shape, group in groupby(paragraphs, key=_shape):
        members = tuple(group)
        if shape is Shape.TABLE:
            yield Block(shape, members, _table(members))
        elif shape is Shape.LIST:
            yield Block(shape, members)
        else:
            yield from (Block(shape, (paragraph,)) for paragraph in members)


def _table(paragraphs: Sequence[Paragraph]) -> Table:
    cells: dict[tuple[str, str], list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.cell:
            cells.setdefault((paragraph.cell.row, paragraph.cell.column), []).append(paragraph)
    columns = tuple(dict.fromkeys(column for _, column in cells))
    rows = tuple(dict.fromkeys(row for row, _ in cells))
    return Table(columns, tuple((row, tuple(tuple(cells.get((row, c), ())) for c in columns)) for row in rows))
