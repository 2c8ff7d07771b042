"""Running text as pieces with their places: shared by the markup formats."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.protection.codes import with_codes

_WIDE = re.compile(r"[⺀-〿぀-ヿ㐀-鿿豈-﫿！-／：-￯]")
_BLANKS = re.compile(r"[ \t\r\f]*\n[ \t\r\f]*")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PAIRED = (CodeKind.OPEN, CodeKind.CLOSE)
_ACROSS = 20
"""So many tags may stand between two letters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of running text: a string as a reader has it, or a code as the file has it (`kind`). `name` pairs what
    opens with what closes."""

    start: int
    end: int
    text: str
    kind: CodeKind | None = None
    name: str = ""
    movable: bool = True


@dataclass(frozen=True, slots=True)
class Scanned:
    """Running text without what stands around its words: its content, the place of it, and the id of the code that
    begins at a place."""

    content: Content
    start: int
    end: int
    ids: dict[int, str]


def scanned(marks: Sequence[Mark], escape: Callable[[str], str] | None = None) -> Scanned | None:
    """The content of `marks`, or None when it says nothing.

    White space, single codes and pairs around the whole are left in the file. Codes that only the words show
    (addresses, `{{name}}`) are found; `escape` gives such a code as the file has it.
    """
    partners = _partners(marks)
    kept = _trimmed(marks, partners)
    known: set[str] = set()
    pieces: list[Piece] = []
    ids: dict[int, str] = {}
    given: dict[int, str] = {}
    count = 0
    for at, mark in kept:
        if mark.kind is None:
            pieces.append(mark.text)
            continue
        opening = partners.get(at, at)
        count += opening >= at
        given[at] = f"/{given[opening]}" if opening < at else str(count)
        kind = CodeKind.SINGLE if mark.kind in _PAIRED and at not in partners else mark.kind
        ids[mark.start] = given[at]
        known.add(given[at])
        pieces.append(Code(given[at], mark.text, kind, mark.movable))
    content = _flowing(Content.of(*pieces))
    if not content.says_something:
        return None
    found = with_codes(content, "html")
    if escape is not None:
        found = Content.of(*(_as_in_file(piece, known, escape) for piece in found.pieces))
    return Scanned(found, kept[0][1].start, kept[-1][1].end, ids)


def _as_in_file(piece: Piece, known: set[str], escape: Callable[[str], str]) -> Piece:
    if isinstance(piece, str) or piece.id in known:
        return piece
    return Code(piece.id, escape(piece.text), piece.kind, piece.movable)


def _partners(marks: Sequence[Mark]) -> dict[int, int]:
    """Each code of a pair with the other one. What opens and never closes, or the other way round, has none."""
    partners: dict[int, int] = {}
    open_: dict[str, list[int]] = defaultdict(list)
    for at, mark in enumerate(marks):
        if mark.kind is CodeKind.OPEN:
            open_[mark.name].append(at)
        elif mark.kind is CodeKind.CLOSE and open_[mark.name]:
            partner = open_[mark.name].pop()
            partners |= {at: partner, partner: at}
    return partners


def _trimmed(marks: Sequence[Mark], partners: Mapping[int, int]) -> list[tuple[int, Mark]]:
    """The marks, with their numbers, between what stands around the words."""
    first, last = 0, len(marks) - 1
    while first <= last:
        if _is_around(marks[first], first in partners):
            first += 1
        elif _is_around(marks[last], last in partners):
            last -= 1
        elif partners.get(first) == last:
            first, last = first + 1, last - 1
        else:
            break
    kept = list(enumerate(marks))[first : last + 1]
    if kept:
        kept[0] = (first, _cut(kept[0][1], left=True))
        kept[-1] = (last, _cut(kept[-1][1], left=False))
    return kept


def _is_around(mark: Mark, paired: bool) -> bool:
    if mark.kind is None:
        return not mark.text.strip(" \t\r\n\f")
    return mark.kind is CodeKind.SINGLE or (mark.kind in _PAIRED and not paired)


def _cut(mark: Mark, left: bool) -> Mark:
    """A string without white space at its outer end. An entity is a mark of its own and stays whole."""
    if mark.kind is not None or mark.end - mark.start != len(mark.text):
        return mark
    bare = mark.text.lstrip(" \t\r\n\f") if left else mark.text.rstrip(" \t\r\n\f")
    gone = len(mark.text) - len(bare)
    return Mark(mark.start + gone * left, mark.end - gone * (not left), bare)


def _flowing(content: Content) -> Content:
    """Lines joined: no space between Chinese letters, one between words."""
    pieces = content.pieces
    new: list[Piece] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Code):
            new.append(piece)
            continue
        text = piece
        before, after = _beside(pieces, at, -1), _beside(pieces, at, 1)
        parts = _BLANKS.split(text)
        joined = parts[0]
        for number, part in enumerate(parts[1:], start=1):
            left = joined[-1:] or before
            right = part[:1] or (after if number == len(parts) - 1 else "\n")
            joined += ("" if _WIDE.match(left) and _WIDE.match(right) else " ") + part
        new.append(_SPACES.sub(" ", joined))
    return Content.of(*new)


def _beside(pieces: Sequence[Piece], at: int, step: int) -> str:
    """The letter of the next string, looked for across codes that take no room."""
    for away in range(1, _ACROSS):
        beside = pieces[at + away * step] if 0 <= at + away * step < len(pieces) else None
        if isinstance(beside, str):
            return beside[0] if step > 0 else beside[-1]
        if beside is None or beside.kind not in _PAIRED:
            break
    return ""
