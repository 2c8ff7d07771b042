"""Tags that a model lost, and where their words stand in the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content

_EDGES = " \t.,;:!?。，；：！？、"


@dataclass(frozen=True, slots=True)
class TagPair:
    """A pair of tags with nothing but words between them."""

    first: Code
    words: str
    last: Code


def lost_pairs(source: Content, target: Content) -> Iterator[TagPair]:
    """The pairs of `source` of which `target` has neither tag."""
    there = {piece.id for piece in target.pieces if isinstance(piece, Code)}
    given = source.pieces
    for first, inner, last in zip(given, given[1:], given[2:], strict=False):
        if not (isinstance(first, Code) and isinstance(last, Code) and isinstance(inner, str)):
            continue
        if first.kind is CodeKind.OPEN and last.id == f"/{first.id}" and not {first.id, last.id} & there:
            yield TagPair(first, inner.strip(), last)


def wrapped(target: Content, pair: TagPair, words: str) -> Content:
    """`target` with the pair around `words` where these stand in it letter by letter, once; else as it was."""
    words = words.strip(_EDGES)
    found = [number for number, piece in enumerate(target.pieces) if isinstance(piece, str) and words in piece]
    if not words or len(found) != 1 or str(target).count(words) != 1:
        return target
    at = found[0]
    before, _, after = str(target.pieces[at]).partition(words)
    return Content.of(*target.pieces[:at], before, pair.first, words, pair.last, after, *target.pieces[at + 1 :])
