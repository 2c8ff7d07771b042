"""Where a meeting turns from one topic to the next: by its words alone, in at most a fixed number of topics.

Lexical cohesion (Hearst 1997) with the best cut found by dynamic programming instead of by depths: the parts whose
turns are most alike in their words. No model reads the whole, so a long meeting costs no more context than a short one.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.claims.words import plain_words
from assistant.writing.minutes.transcript import Turn

MOST = 12
"""Topics of a meeting of any length."""

SIZE = {"zh": 900, "en": 2400}
"""Characters of talk for one topic, as long as there are no more than `MOST`."""

LEAST_TURNS = 4
"""Turns of a topic in a short meeting."""

_BLOCKS, _BUCKETS = 150, 1024

Matrix = NDArray[np.float64]


def topics(turns: Sequence[Turn], language: str) -> list[list[Turn]]:
    """The turns in topics, in order; none without a turn."""
    if not turns:
        return []
    size = sum(len(turn.said) for turn in turns)
    by_turns = min(3, len(turns) // LEAST_TURNS)
    count = max(1, min(MOST, max(by_turns, round(size / SIZE[language]))))
    blocks = _blocks(turns, size)
    vectors = _vectors([" ".join(turn.said for turn in block) for block in blocks])
    sizes = [sum(len(turn.said) for turn in block) for block in blocks]
    ends = _cut(vectors, sizes, min(count, len(blocks)))
    return [[t for block in blocks[a:b] for t in block] for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def word_weights(texts: Sequence[str]) -> dict[str, float]:
    """How much each word of some texts says: it is in few of them, and in more than one."""
    counts = Counter(word for text in texts for word in plain_words(text))
    return {
        word: float(np.log(1 + len(texts) / count)) * (0.3 if count == 1 else 1.0) for word, count in counts.items()
    }


def _blocks(turns: Sequence[Turn], size: int) -> list[list[Turn]]:
    """Neighbouring turns together, so that there are no more than `_BLOCKS`."""
    room = size / _BLOCKS
    blocks: list[list[Turn]] = []
    held = room
    for turn in turns:
        if held >= room:
            blocks.append([])
            held = 0.0
        blocks[-1].append(turn)
        held += len(turn.said)
    return blocks


def _vectors(texts: Sequence[str]) -> Matrix:
    weights = word_weights(texts)
    vectors = np.zeros((len(texts), _BUCKETS))
    for row, text in enumerate(texts):
        for word in plain_words(text):
            vectors[row, zlib.crc32(word.encode()) % _BUCKETS] += weights[word]
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(norms == 0, 1, norms)


def _cut(vectors: Matrix, sizes: Sequence[int], count: int) -> list[int]:
    """Ends of the `count` stretches whose vectors are most alike; none of less than a third of its even share."""
    n = len(vectors)
    sums = np.vstack([np.zeros(vectors.shape[1]), np.cumsum(vectors, axis=0)])
    squares = np.concatenate([[0.0], np.cumsum((vectors**2).sum(axis=1))])
    lengths = np.concatenate([[0], np.cumsum(sizes)])
    least = lengths[-1] / count / 3
    best = np.full((count + 1, n + 1), np.inf)
    back = np.zeros((count + 1, n + 1), dtype=int)
    best[0, 0] = 0.0
    for end in range(1, n + 1):
        starts = np.arange(end)
        within = squares[end] - squares[:end] - ((sums[end] - sums[:end]) ** 2).sum(axis=1) / (end - starts)
        within = np.where(lengths[end] - lengths[:end] < least, within + 10.0, within)
        for part in range(1, count + 1):
            costs = best[part - 1, :end] + within
            chosen = int(np.argmin(costs))
            best[part, end], back[part, end] = costs[chosen], chosen
    ends, end = [n], n
    for part in range(count, 1, -1):
        end = int(back[part, end])
        ends.append(end)
    return [e for e in reversed(ends) if e]
