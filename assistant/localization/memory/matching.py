"""What makes two sources the same, and how the codes of a remembered target become those of the segment at hand."""

from __future__ import annotations

import hashlib
from collections import Counter

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.protection.codes import with_codes
from assistant.localization.segment import Segment

_TOLD = frozenset({CodeKind.PLACEHOLDER, CodeKind.LITERAL})
"""Codes that are part of what a source says: `{file}` and `{folder}` may want another article around them."""
_WITHOUT_NUMBER = frozenset({"zero", "one", "two"})
"""Plural categories whose form may leave the number out ("a file")."""


KEPT = "koujing-memory:"
"""Begins a context that is a digest already: of a translation that left the memory and comes back."""


def digest_of(source: Content, plural: str = "") -> str:
    """SHA-256 of a source: its words, its codes by kind and (placeholders, literals) by text, the plural category it is
    translated for. Two sources with the same one are the same for the memory, whatever tags the file has.

    Whether a format gave a placeholder as a code or as letters does not count.
    """
    parts = [plural, *(_told(piece) for piece in with_codes(source).pieces)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def context_of(segment: Segment) -> str:
    """SHA-256 of the text before a segment and of its own context; empty when it has neither."""
    if not segment.before and not segment.context:
        return ""
    if not segment.before and segment.context.startswith(KEPT):
        return segment.context.removeprefix(KEPT)
    return hashlib.sha256(f"{segment.before}\0{segment.context}".encode("utf-8", "surrogatepass")).hexdigest()


def fitted(source: Content, target: Content, segment: Segment) -> Content | None:
    """`target`, the translation of `source`, with the codes of `segment`; None when they do not fit.

    The n-th code of `source` is the n-th of the segment's source. Each code of the target must be one of `source`, and
    each of `source` must stand in the target as often; the number alone may be missing from a singular.
    """
    source, target, here = with_codes(source), with_codes(target), with_codes(segment.source).codes
    if [code.kind for code in source.codes] != [code.kind for code in here]:
        return None
    left = list(zip(source.codes, here, strict=True))
    pieces: list[Piece] = []
    for piece in target.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        pair = _taken(piece, left)
        if pair is None:
            return None
        left.remove(pair)
        pieces.append(pair[1])
    missing = Counter(code.kind for code, _ in left)
    if segment.plural in _WITHOUT_NUMBER and missing.total() == 1:
        missing.pop(CodeKind.PLACEHOLDER, None)
    return None if missing else Content.of(*pieces)


def _taken(code: Code, left: list[tuple[Code, Code]]) -> tuple[Code, Code] | None:
    """The code of the source that a code of the target is: of those with its text, the one with its id first."""
    alike = [pair for pair in left if pair[0].kind is code.kind and pair[0].text == code.text]
    return next((pair for pair in alike if pair[0].id == code.id), next(iter(alike), None))


def _told(piece: Piece) -> str:
    if isinstance(piece, str):
        return f"={piece}"
    return f"{piece.kind}:{piece.text}" if piece.kind in _TOLD else str(piece.kind)
