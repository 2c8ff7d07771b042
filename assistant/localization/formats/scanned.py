"""Running text as pieces with their places: shared by the markup formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.protection.codes import with_codes

_WIDE = re.compile(r"[⺀-〿぀-ヿ㐀-鿿豈-﫿！-／：-￯]")
_BLANKS = re.compile(r"[ \t\r\f]*\n[ \t\r\f]*")
_SPACES = re.compile(r"[ \t\r\n\f]+")


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
    kept = _trimmed(_paired(marks))
    known: set[str] = set()
    pieces: list[Piece] = []
    ids: dict[int, str] = {}
    open_: list[tuple[str, str]] = []
    count = 0
    for mark in kept:
        if mark.kind is None:
            pieces.append(mark.text)
            continue
        if mark.kind is CodeKind.CLOSE:
            at = max(number for number, (name, _) in enumerate(open_) if name == mark.name)
            id_ = "/" + open_.pop(at)[1]
        else:
            count += 1
            id_ = str(count)
        if mark.kind is CodeKind.OPEN:
            open_.append((mark.name, id_))
        ids[mark.start] = id_
        known.add(id_)
        pieces.append(Code(id_, mark.text, mark.kind, mark.movable))
    content = _flowing(Content.of(*pieces))
    if not content.says_something:
        return None
    found = with_codes(content, "html")
    if escape is not None:
        found = Content.of(*(_as_in_file(piece, known, escape) for piece in found.pieces))
    return Scanned(found, kept[0].start, kept[-1].end, ids)


def _as_in_file(piece: Piece, known: set[str], escape: Callable[[str], str]) -> Piece:
    if isinstance(piece, str) or piece.id in known:
        return piece
    return Code(piece.id, escape(piece.text), piece.kind, piece.movable)


def _paired(marks: Sequence[Mark]) -> list[Mark]:
    """What opens and never closes, or the other way round, stands alone."""
    paired: set[int] = set()
    open_: list[int] = []
    for at, mark in enumerate(marks):
        if mark.kind is CodeKind.OPEN:
            open_.append(at)
        elif mark.kind is CodeKind.CLOSE:
            partner = next((number for number in reversed(open_) if marks[number].name == mark.name), None)
            if partner is not None:
                open_.remove(partner)
                paired |= {partner, at}
    alone = (CodeKind.OPEN, CodeKind.CLOSE)
    return [
        Mark(mark.start, mark.end, mark.text, CodeKind.SINGLE, mark.name, mark.movable)
        if mark.kind in alone and at not in paired
        else mark
        for at, mark in enumerate(marks)
    ]


def _trimmed(marks: Sequence[Mark]) -> list[Mark]:
    kept = list(marks)
    while kept:
        first, last = kept[0], kept[-1]
        if _is_around(first):
            kept.pop(0)
        elif _is_around(last):
            kept.pop()
        elif first.kind is CodeKind.OPEN and last.kind is CodeKind.CLOSE and _partner(kept) == len(kept) - 1:
            kept = kept[1:-1]
        else:
            break
    if kept and kept[0].kind is None:
        kept[0] = _cut(kept[0], left=True)
    if kept and kept[-1].kind is None:
        kept[-1] = _cut(kept[-1], left=False)
    return kept


def _is_around(mark: Mark) -> bool:
    return mark.kind is CodeKind.SINGLE or (mark.kind is None and not mark.text.strip(" \t\r\n\f"))


def _partner(marks: Sequence[Mark]) -> int:
    """Where the code that opens first is closed."""
    depth = 0
    for at, mark in enumerate(marks):
        if mark.name == marks[0].name and mark.kind in (CodeKind.OPEN, CodeKind.CLOSE):
            depth += 1 if mark.kind is CodeKind.OPEN else -1
            if depth == 0:
                return at
    return -1


def _cut(mark: Mark, left: bool) -> Mark:
    """A string without white space at its outer end. An entity is a mark of its own and stays whole."""
    if mark.end - mark.start != len(mark.text):
        return mark
    bare = mark.text.lstrip(" \t\r\n\f") if left else mark.text.rstrip(" \t\r\n\f")
    gone = len(mark.text) - len(bare)
    return Mark(mark.start + gone * left, mark.end - gone * (not left), bare)


def _flowing(content: Content) -> Content:
    """Lines joined: no space between Chinese letters, one between words."""
    pieces = list(content.pieces)
    new: list[Piece] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, Code):
            new.append(piece)
            continue
        text, before, after = piece, _beside(reversed(pieces[:at])), _beside(pieces[at + 1 :], first=True)
        parts = _BLANKS.split(text)
        joined = parts[0]
        for number, part in enumerate(parts[1:], start=1):
            left = joined[-1:] or before
            right = part[:1] or (after if number == len(parts) - 1 else "\n")
            joined += ("" if _WIDE.match(left) and _WIDE.match(right) else " ") + part
        new.append(_SPACES.sub(" ", joined))
    return Content.of(*new)


def _beside(pieces: Iterable[Piece], first: bool = False) -> str:
    """The letter of the next string, looked for across codes that take no room."""
    for piece in pieces:
        if isinstance(piece, str):
            return piece[0] if first else piece[-1]
        if piece.kind not in (CodeKind.OPEN, CodeKind.CLOSE):
            break
    return ""
