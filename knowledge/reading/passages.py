"""A document cut into passages: joined under one heading, split where sentences end, each within the budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from knowledge.domain.text import sentences
from knowledge.reading.cutting import Count, cut
from knowledge.reading.document import Block, Document
from knowledge.reading.tokens import count_tokens

ROW_ALONE = 40
"""A table row of more tokens is a passage by itself."""
SMALL = 20
"""A passage of fewer tokens is joined to its neighbour under the same heading."""
_STATEMENT = 8
"""A heading with nothing beneath it is a passage from this many tokens on: a slide is often a title alone."""

_SHEET = re.compile(r"^(?:page|slide) \d+$")
_TRAILING_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage; `locator` is for people (`Prices › Discounts · line 12`), `ordinal` counts from 0 in the document."""

    text: str
    headings: tuple[str, ...]
    locator: str
    ordinal: int


@dataclass(slots=True)
class _Piece:
    text: str
    place: str


def split(
    document: Document, *, max_tokens: int = 320, count: Callable[[str], int] = count_tokens
) -> list[PassageText]:
    """The passages of `document` in order, each at most `max_tokens` by `count`.

    Blocks under the same headings are joined with a newline; pages, slides, tables and speaker notes are not mixed.
    Only an indivisible piece (one number, one character) can be longer than the budget.
    """
    passages: list[PassageText] = []
    for (headings, _, rows), group in groupby(_with_text(document, count), key=_group):
        pack = _pack_rows if rows else _pack
        pieces = pack(group, max_tokens, count)
        for piece in pieces:
            passages.append(PassageText(piece.text, headings, locator(headings, piece.place), len(passages)))
    return passages


def locator(headings: tuple[str, ...], place: str) -> str:
    """`Prices › Discounts · line 12`; the place alone where there are no headings."""
    path = " › ".join(headings)
    return f"{path} · {place}" if path and place else path or place


def _group(block: Block) -> tuple[tuple[str, ...], str, bool]:
    """What blocks must share to stand in one passage."""
    if block.kind == "row":
        return block.headings, _TRAILING_NUMBER.sub("", block.place), True
    sheet = block.place if _SHEET.match(block.place) else ""
    return block.headings, f"{sheet} {'notes' if block.kind == 'notes' else ''}", False


def _with_text(document: Document, count: Count) -> Iterator[Block]:
    """Blocks that make passages: all but headings, and headings that say something and have nothing beneath."""
    blocks = document.blocks
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind != "heading":
            yield block
            continue
        path = (*block.headings, block.text)
        bare = following is None or following.headings[: len(path)] != path
        if bare and count(block.text) >= _STATEMENT:
            yield block


def _pack(blocks: Iterator[Block], budget: int, count: Count) -> list[_Piece]:
    pieces: list[_Piece] = []
    for block in blocks:
        for text in _within(block.text, budget, count):
            if not (pieces and _join(pieces[-1], text, budget, count)):
                pieces.append(_Piece(text, block.place))
    return _without_small(pieces, budget, count)


def _pack_rows(blocks: Iterator[Block], budget: int, count: Count) -> list[_Piece]:
    """Long rows alone, short ones in groups of half the budget."""
    pieces: list[_Piece] = []
    open_group = False
    for block in blocks:
        texts = _within(block.text, budget, count)
        short = len(texts) == 1 and count(texts[0]) <= ROW_ALONE
        for text in texts:
            if not (short and open_group and _join(pieces[-1], text, budget // 2, count)):
                pieces.append(_Piece(text, block.place))
        open_group = short
    return pieces


def _join(piece: _Piece, text: str, budget: int, count: Count) -> bool:
    joined = f"{piece.text}\n{text}"
    if count(joined) > budget:
        return False
    piece.text = joined
    return True


def _without_small(pieces: list[_Piece], budget: int, count: Count) -> list[_Piece]:
    """The last piece, when small, takes the last sentences of the one before it, if the whole does not fit."""
    if len(pieces) < 2 or count(pieces[-1].text) >= SMALL:
        return pieces
    before, last = pieces[-2], pieces[-1]
    if _join(before, last.text, budget, count):
        return pieces[:-1]
    spans = sentences(before.text)
    for span in reversed(spans[1:]):
        moved = f"{before.text[span.start :]}\n{last.text}"
        if count(moved) > budget:
            break
        if count(moved) >= SMALL:
            last.text, before.text = moved, before.text[: span.start].rstrip()
            break
    return pieces


def _within(text: str, budget: int, count: Count) -> list[str]:
    return [text] if count(text) <= budget else cut(text, budget, count)
