"""Finds codes in the strings of a content: placeholders, tags, addresses, code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from itertools import count

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.protection.code_patterns import KINDS, SIGNS, VARIANTS, pattern

_TAG = re.compile(r"[<\[](/?)([\w:.*-]+)")
_EMPTY_TAGS = frozenset("area br col embed hr img input link meta source track wbr".split())
_HTML_TAGS = _EMPTY_TAGS | frozenset(
    "a abbr b bdi bdo big blockquote button cite code del dfn div em font h1 h2 h3 h4 h5 h6 i ins kbd label li mark ol "
    "p pre q s samp small span strike strong sub sup table tbody td th thead time tr tt u ul var video".split()
)
# What a translator replaces by the target's own: signs that differ by language, and blanks.
_LANGUAGE_SIGNS = frozenset(
    "amp quot apos nbsp ensp emsp thinsp shy mdash ndash hellip lsquo rsquo sbquo ldquo rdquo bdquo laquo raquo "
    "lsaquo rsaquo".split()
)
_NUMBER = re.compile(r"\d+")


def with_codes(content: Content, style: str = "") -> Content:
    """`content` in which what must come out as it went in is a code, as far as its strings show it.

    Ids are numbers, on from the highest there is. `style` narrows the placeholders to those of one kind of message:
    `printf`, `brace`, `icu`, `i18next`, `html`; empty looks for all. The text stays the same, a second call finds
    nothing new, and a message with variants (ICU plural and select) is left to its format. Raises `ValueError` for
    another style.
    """
    families = pattern(style)
    while True:
        found = _once(content, families)
        if found == content:
            return content
        content = found


@dataclass(slots=True)
class _Hit:
    """A code that was found in the piece `piece`, or may be one: a tag whose partner is not known yet has no kind."""

    piece: int
    start: int
    end: int
    text: str
    kind: CodeKind | None
    partner: _Hit | None = None
    id: str = ""


def _once(content: Content, families: re.Pattern[str]) -> Content:
    hits = [hit for number, piece in enumerate(content.pieces) for hit in _hits(piece, number, families)]
    _pair(hits)
    taken = [hit for hit in hits if hit.kind is not None]
    if not taken:
        return content
    _number(taken, 1 + max((int(n) for c in content.codes for n in _NUMBER.findall(c.id)), default=0))
    by_piece: dict[int, list[_Hit]] = {}
    for hit in taken:
        by_piece.setdefault(hit.piece, []).append(hit)
    pieces: list[Piece] = []
    for number, piece in enumerate(content.pieces):
        pieces.extend(_cut(piece, by_piece[number]) if number in by_piece and isinstance(piece, str) else [piece])
    return Content.of(*pieces)


def _cut(text: str, hits: list[_Hit]) -> Iterator[Piece]:
    at = 0
    for hit in hits:
        assert hit.kind is not None
        yield text[at : hit.start]
        yield Code(hit.id, hit.text, hit.kind)
        at = hit.end
    yield text[at:]


def _hits(piece: Piece, number: int, families: re.Pattern[str]) -> Iterator[_Hit]:
    if not isinstance(piece, str) or not SIGNS.search(piece):
        return
    for start, end in _outside_variants(piece):
        for match in families.finditer(piece, start, end):
            kind = _kind(match)
            if kind is not None or match.lastgroup in ("tag", "bbcode"):
                text, until = match.group(), match.end()
                if kind is CodeKind.LINK and (shorter := _without_closing(text)) != text:
                    until, text = until - (len(text) - len(shorter)), shorter
                yield _Hit(number, match.start(), until, text, kind)


def _kind(match: re.Match[str]) -> CodeKind | None:
    """The kind; None for what is no code after all, and for tags, which their partners decide."""
    family, text = match.lastgroup or "", match.group()
    if family == "entity":
        name = text[1:-1]
        if name in _LANGUAGE_SIGNS or not (name.startswith("#") or text[1:] in html5 or len(name) > 5):
            return None
    if family == "tag":
        found = _TAG.match(text)
        name = found.group(2).casefold() if found else ""
        return CodeKind.SINGLE if text.endswith("/>") or name in _EMPTY_TAGS else None
    return None if family == "bbcode" else KINDS[family]


def _without_closing(address: str) -> str:
    """An address without the brackets and stops that belong to the sentence around it."""
    more = address.count(")") - address.count("(")
    while more > 0 and address.endswith(")"):
        address, more = address[:-1].rstrip(".,;:!?'"), more - 1
    return address


def _pair(hits: list[_Hit]) -> None:
    """Gives tags their kinds: the two of a pair, and what is a tag of HTML or a number without a partner."""
    waiting: dict[tuple[str, str], list[_Hit]] = {}
    for hit in hits:
        tag = _TAG.match(hit.text) if hit.kind is None else None
        if tag is None:
            continue
        key = hit.text[0], tag.group(2)
        if not tag.group(1):
            waiting.setdefault(key, []).append(hit)
        elif waiting.get(key):
            hit.partner = waiting[key].pop()
            hit.partner.kind, hit.kind = CodeKind.OPEN, CodeKind.CLOSE
        if hit.kind is None and hit.text[0] == "<" and (tag.group(2).casefold() in _HTML_TAGS or key[1].isdigit()):
            hit.kind = CodeKind.SINGLE


def _number(hits: list[_Hit], first: int) -> None:
    numbers = count(first)
    for hit in hits:
        hit.id = f"/{hit.partner.id}" if hit.partner else str(next(numbers))


def _outside_variants(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that are not part of a message with variants."""
    at = 0
    while found := VARIANTS.search(text, at):
        yield at, found.start()
        at = _closing(text, found.start())
    yield at, len(text)


def _closing(text: str, opening: int) -> int:
    """Where the brace that opens at `opening` is closed; the end of the text when it is not."""
    depth = 0
    for brace in re.compile(r"[{}]").finditer(text, opening):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.end()
    return len(text)
