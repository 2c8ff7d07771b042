"""A text too long for its budget, cut at sentences, then at commas, then at words, never inside a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from knowledge.domain.finding import Span
from knowledge.domain.text import sentences

Count = Callable[[str], int]

_CLAUSE = re.compile(r"[，、；,;](?!\d)[”’\"')\]）】]*\s*")
_LONGEST_NUMBER = 40
# Digits and the marks between them; then marks that attach to the character before: accents, joiners, selectors.
_NUMERIC = frozenset("0123456789.,:/%’'０１２３４５６７８９．，％")
_ATTACHED = re.compile("[\u0300-\u036f\u200d\ufe0e\ufe0f\u3099\u309a\U0001f3fb-\U0001f3ff]")


def cut(text: str, budget: int, count: Count) -> list[str]:
    """`text` in pieces of at most `budget`, in order; together they hold all of it but white space at the cuts."""
    parts = [part for sentence in sentences(text) for part in _fitting(text, sentence, budget, count)]
    return [text[span.start : span.end] for span in _packed(text, parts, budget, count)]


def _fitting(text: str, span: Span, budget: int, count: Count) -> Iterator[Span]:
    """The sentence itself when it fits, else its clauses, packed, and what is still too long hard cut."""
    if count(span.of(text)) <= budget:
        yield span
        return
    clauses = [
        part
        for clause in _clauses(text, span)
        for part in ([clause] if count(clause.of(text)) <= budget else _hard(text, clause, budget, count))
    ]
    yield from _packed(text, clauses, budget, count)


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for mark in _CLAUSE.finditer(text, span.start, span.end):
        yield Span(start, mark.end())
        start = mark.end()
    if start < span.end:
        yield Span(start, span.end)


def _packed(text: str, parts: list[Span], budget: int, count: Count) -> list[Span]:
    """Neighbours joined up to the budget, in pieces of about the same size so that no crumb is left at the end."""
    sizes = [count(part.of(text)) for part in parts]
    total = sum(sizes)
    # Room of a tenth: pieces cannot be cut to measure.
    goal = min(budget, int(total / max(1, -(-total // max(1, budget))) * 1.1) + 1)
    packed: list[Span] = []
    filled = 0
    for part, size in zip(parts, sizes, strict=True):
        grown = Span(packed[-1].start, part.end) if packed else part
        if packed and filled < goal and filled + size <= goal + size // 2 and count(grown.of(text)) <= budget:
            packed[-1] = grown
            filled += size
        else:
            packed.append(part)
            filled = size
    return [span for span in (_stripped(text, span) for span in packed) if span.start < span.end]


def _hard(text: str, span: Span, budget: int, count: Count) -> Iterator[Span]:
    """Cut between words where there are any, else between characters."""
    start = span.start
    while start < span.end:
        end = _longest(text, start, span.end, budget, count)
        if end < span.end:
            end = _boundary(text, start, end, span.end)
        yield Span(start, end)
        start = end


def _longest(text: str, start: int, end: int, budget: int, count: Count) -> int:
    """The furthest end, found by halving, at which the piece from `start` still fits; at least one character."""
    low, high = start + 1, min(end, start + max(16, budget * 8))
    if count(text[start:high]) <= budget:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if count(text[start:middle]) <= budget:
            low = middle
        else:
            high = middle - 1
    return low


def _boundary(text: str, start: int, end: int, limit: int) -> int:
    """The last good place at or before `end`: white space in the second half, else not inside a number or cluster."""
    for at in range(end, max(start, (start + end) // 2), -1):
        if text[at - 1].isspace() or text[at].isspace():
            return at
    for at in range(end, max(start, end - _LONGEST_NUMBER), -1):
        if not _inside(text, at):
            return at
    # A number begins at `start`: whole rather than within the budget, unless it is longer than numbers are.
    for at in range(end + 1, min(limit, start + _LONGEST_NUMBER)):
        if not _inside(text, at):
            return at
    return limit if limit - start <= _LONGEST_NUMBER else end


def _inside(text: str, at: int) -> bool:
    if _ATTACHED.match(text[at]) or text[at - 1] == "\u200d":
        return True
    return text[at - 1] in _NUMERIC and text[at] in _NUMERIC


def _stripped(text: str, span: Span) -> Span:
    piece = span.of(text)
    left = len(piece) - len(piece.lstrip())
    return Span(span.start + left, max(span.start + left, span.start + len(piece.rstrip())))
