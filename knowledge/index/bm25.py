"""BM25 as both lexical indexes count it, and which words of a query are looked up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

K1 = 1.2
"""Saturation of repeated words, FTS5's own; a word adds at most idf · (K1 + 1)."""

B = 0.75
"""How much a long passage is marked down, FTS5's own."""

POSTINGS = 3000
"""Rows that one query may touch: its rarest words are taken until they are spent. Bounds the time of a search."""

FEWEST = 3
"""Words that are looked up also when they are common."""

MOST = 30_000
"""Rows that common words may add up to: with a million passages a word can stand in every third of them."""


def idf(count: int, total: int) -> float:
    """How telling a word of `count` among `total` passages is, as FTS5's bm25() counts it."""
    return max(1e-6, math.log((total - count + 0.5) / (count + 0.5)))


def most(words: Iterable[str], counts: Mapping[str, int], total: int) -> float:
    """The most that a passage could reach with all of `words`."""
    return (K1 + 1) * sum(idf(counts.get(word, 0), total) for word in words)


def rarest(terms: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    """The known ones of `terms`, the rarest first, as many as a query may look up."""
    chosen: list[str] = []
    spent = 0
    for term in sorted((t for t in terms if t in counts), key=lambda t: (counts[t], t)):
        spent += counts[term]
        if chosen and spent > (POSTINGS if len(chosen) >= FEWEST else MOST):
            break
        chosen.append(term)
    return chosen
