"""An original and its translation, figure by figure: the two sequences are laid beside each other by value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.claims.quantities import is_share, match_of
from assistant.lint.comparing import agree
from assistant.lint.figures import Figure
from knowledge.domain.quantity import Match, Qualifier

Pair = tuple[Figure, Figure, Match]

_FROM = re.compile(r"\b(?:from|start\w{0,3}(?: at| from)?|as low as|at least|begin\w{0,4}(?: at)?)\s$", re.IGNORECASE)
_WITH_OVER = re.compile(r"\b(?:chang|turn|hand|tak|took|carr|switch|roll)\w*\s$", re.IGNORECASE)
_LOWER = frozenset({Qualifier.AT_LEAST, Qualifier.OVER})


def pairs_at_odds(original: Sequence[Figure], translation: Sequence[Figure]) -> Iterator[Pair]:
    """Figures that stand between the same neighbours and are not the same.

    A figure that one side leaves out or adds is none: texts for two markets tell different things.
    """
    one, other = _numbered(original, translation)
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _qualified(original[a1:a2], translation[b1:b2])
        elif tag == "replace" and a2 - a1 == b2 - b1 and _anchored(one, other, (a1, a2), (b1, b2)):
            yield from _replaced(original[a1:a2], translation[b1:b2], original, translation)


def _numbered(original: Sequence[Figure], translation: Sequence[Figure]) -> tuple[list[int], list[int]]:
    """Both sequences with one number for each value; units that only one language spells out do not matter."""
    numbers: dict[object, int] = {}

    def number(figure: Figure) -> int:
        q = figure.quantity
        return numbers.setdefault((q.value, q.high, q.date), len(numbers))

    return [number(f) for f in original], [number(f) for f in translation]


def _anchored(one: list[int], other: list[int], a: tuple[int, int], b: tuple[int, int]) -> bool:
    """True when the neighbours agree on both sides, or on one where a text begins or ends."""
    before = a[0] > 0 and b[0] > 0 and one[a[0] - 1] == other[b[0] - 1]
    after = a[1] < len(one) and b[1] < len(other) and one[a[1]] == other[b[1]]
    edges = (a[0] == 0 and b[0] == 0, a[1] == len(one) and b[1] == len(other))
    return (before or edges[0]) and (after or edges[1]) and (before or after or len(one) == len(other) == 1)


def _qualified(one: Sequence[Figure], other: Sequence[Figure]) -> Iterator[Pair]:
    for a, b in zip(one, other, strict=True):
        changed = a.quantity.date is None and match_of(a.quantity, b.quantity) is Match.QUALIFIER_CHANGED
        if changed and not _says_from(a, b) and not _says_from(b, a):
            yield a, b, Match.QUALIFIER_CHANGED


def _says_from(plain: Figure, qualified: Figure) -> bool:
    """True when the plain figure has its qualifier in words before it (starts at RMB 120 is 120 元起), or the other one
    has none (changed over nine times)."""
    left = plain.entry.text[max(0, plain.quantity.span.start - 20) : plain.quantity.span.start]
    before = qualified.entry.text[max(0, qualified.quantity.span.start - 20) : qualified.quantity.span.start]
    return qualified.quantity.qualifier in _LOWER and bool(_FROM.search(left) or _WITH_OVER.search(before))


def _replaced(
    one: Sequence[Figure], other: Sequence[Figure], original: Sequence[Figure], translation: Sequence[Figure]
) -> Iterator[Pair]:
    """Pairs of one measure that differ; none when either value stands elsewhere on the other side."""
    here = {f.quantity.value for f in original}
    there = {f.quantity.value for f in translation}
    for a, b in zip(one, other, strict=True):
        moved = a.quantity.value in there or b.quantity.value in here
        loose = agree(a.quantity, b.quantity) or agree(b.quantity, a.quantity)
        shares = is_share(a.quantity) or is_share(b.quantity)  # down to a third: cut by two thirds
        if not moved and not loose and not shares and match_of(a.quantity, b.quantity) is Match.DIFFERENT:
            yield a, b, Match.DIFFERENT
