"""The text of an XML element as content: inline elements are codes, with their tags as the file has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.formats.xml_splice import Element, XmlDocument, escape, unescape, well_formed
from knowledge.domain.errors import InputError

_APART = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>|&(?!(?:#|amp;|lt;|gt;|quot;|apos;))[^;]*;", re.S)


@dataclass(frozen=True, slots=True)
class Inline:
    """What an inline element is. `nested`: its two tags are `OPEN` and `CLOSE` and what is between them is text; else
    the whole of it is one code of that kind. An `OPEN` and a `CLOSE` with the same `pair` belong together."""

    kind: CodeKind
    pair: str = ""
    nested: bool = False
    movable: bool = True


NESTED = Inline(CodeKind.OPEN, nested=True)
Rule = Callable[[Element], Inline]


@dataclass(frozen=True, slots=True)
class Found:
    """A code before it has an id; `pair` is what an opening and a closing one have in common. One that is `alone` is
    opening or closing although its partner is in another text."""

    text: str
    kind: CodeKind
    pair: object = None
    movable: bool = True
    alone: bool = False


def content_of(document: XmlDocument, element: Element, rule: Rule) -> Content:
    """What stands between the tags of `element`; ids are numbers in the order of the codes."""
    return numbered(_found(document, element, rule))


def _found(document: XmlDocument, element: Element, rule: Rule) -> Iterator[str | Found]:
    at, text = element.inner, document.text
    for child in element.children:
        yield from _strings(text[at : child.start])
        inline = rule(child)
        if inline.nested and not child.empty_tag:
            yield Found(text[child.start : child.inner], CodeKind.OPEN, child, inline.movable)
            yield from _found(document, child, rule)
            yield Found(text[child.inner_end : child.end], CodeKind.CLOSE, child, inline.movable)
        else:
            kind = CodeKind.SINGLE if inline.nested else inline.kind
            yield Found(text[child.start : child.end], kind, inline.pair or None, inline.movable)
        at = child.end
    yield from _strings(text[at : element.inner_end])


def _strings(raw: str) -> Iterator[str | Found]:
    """Text between elements; comments, instructions and references of a document type are codes."""
    at = 0
    for found in _APART.finditer(raw):
        yield unescape(raw[at : found.start()])
        if found[1] is not None:
            yield found[1].replace("\r\n", "\n")
        else:
            yield Found(found.group(), CodeKind.PLACEHOLDER if raw[found.start()] == "&" else CodeKind.SINGLE)
        at = found.end()
    yield unescape(raw[at:])


def plain(raw: str) -> str:
    """Raw text without elements as letters; comments and instructions are left out."""
    return "".join(piece for piece in _strings(raw) if isinstance(piece, str))


def numbered(found: Iterable[str | Found]) -> Content:
    """Codes with ids: `1` and `/1` for two that belong together; one whose partner is elsewhere stands alone."""
    pieces: list[Piece] = []
    waiting: dict[object, int] = {}
    single: dict[int, Code] = {}
    number = 0
    for piece in found:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        if piece.kind is CodeKind.CLOSE and piece.pair in waiting:
            opening = waiting.pop(piece.pair)
            opened = single.pop(opening)
            pieces[opening] = replace(opened, kind=CodeKind.OPEN)
            pieces.append(Code(f"/{opened.id}", piece.text, CodeKind.CLOSE, piece.movable))
            continue
        number += 1
        if piece.alone:
            id_ = f"/{number}" if piece.kind is CodeKind.CLOSE else str(number)
            code = Code(id_, piece.text, piece.kind, piece.movable)
        elif piece.kind in (CodeKind.OPEN, CodeKind.CLOSE):
            code = Code(str(number), piece.text, CodeKind.SINGLE, piece.movable)
            if piece.kind is CodeKind.OPEN:
                waiting[piece.pair] = len(pieces)
                single[len(pieces)] = code
        else:
            code = Code(str(number), piece.text, piece.kind, piece.movable)
        pieces.append(code)
    return Content.of(*pieces)


def named_like(content: Content, source: Content) -> Content:
    """`content` with the ids that `source` gives to the same codes; others are counted on."""
    left = list(source.codes)
    number = max((int(code.id.strip("/")) for code in left), default=0)
    given: dict[str, str] = {}
    pieces: list[Piece] = []
    for piece in content.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        partner = given.get(piece.id.strip("/"))
        if piece.kind is CodeKind.CLOSE and partner is not None:
            pieces.append(replace(piece, id=f"/{partner}"))
            continue
        same = next((code for code in left if code.text == piece.text and code.kind is piece.kind), None)
        if same is not None:
            left.remove(same)
            given[piece.id] = same.id
        else:
            number += 1
            given[piece.id] = str(number)
        pieces.append(replace(piece, id=given[piece.id]))
    return Content.of(*pieces)


@dataclass(frozen=True, slots=True)
class FileCodes:
    """Which codes of a unit are elements of the file, and which were found in its text and are text there."""

    elements: frozenset[str]
    found: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, elements: Iterable[Code], source: Content) -> FileCodes:
        """`elements` as they were read; the other codes of `source` were found."""
        known = tuple(elements)
        ids = {(code.id, code.text) for code in known}
        others = frozenset((code.id, code.text) for code in source.codes if (code.id, code.text) not in ids)
        return cls(frozenset(code.text for code in known), others)

    def apart(self, content: Content) -> Content:
        """`content` with the elements alone as codes; all else is text."""
        return Content.of(*(piece if self._is_element(piece) else str(Content((piece,))) for piece in content.pieces))

    def _is_element(self, piece: Piece) -> bool:
        return isinstance(piece, Code) and piece.text in self.elements and (piece.id, piece.text) not in self.found


def raw_of(content: Content, codes: FileCodes, where: str, render: Callable[[Content], str]) -> str:
    """Content as it stands in the file; `render` gets it with elements alone as codes.

    Raises `InputError`, with `where`, when the tags do not nest or a letter cannot stand in XML.
    """
    try:
        raw = render(codes.apart(content))
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    if codes.elements and not well_formed(raw):
        raise InputError(f"{where}: the tags of the target do not nest; put each closing tag after its opening one")
    return raw


def escaped(content: Content, line_end: str = "\n") -> str:
    """Text escaped as XML asks, codes as they are."""
    return "".join(
        piece.text if isinstance(piece, Code) else escape(piece).replace("\n", line_end) for piece in content.pieces
    )
