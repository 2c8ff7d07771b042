"""Which turns of a topic say most: what a small model gets to read of it, within a fixed number of characters."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from assistant.claims.words import plain_words
from assistant.writing.minutes.transcript import Turn

ROOM = {"zh": 620, "en": 1700}
"""Characters of a topic that a model reads: about 450 tokens."""

FEWEST_WORDS = 5
"""Content words below which a turn is small talk or mere assent."""

_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两][^\W\d_]?[万亿元天周月年个家台篇条次%]|percent", re.IGNORECASE)
_OUTCOME = re.compile(
    r"决定|同意|负责|建议|认为|希望|需要|问题|因为|所以|必须|应该|计划|目标|提出|结论|方案"
    r"|\b(?:decid|agree|propos|suggest|need|should|must|because|problem|issue|plan|want|think|idea|important|question)",
    re.IGNORECASE,
)


def worth(turn: Turn, weights: dict[str, float]) -> float:
    """How much a turn says of its topic: the weight of its words, more with figures and where somebody takes a stand;
    long turns count less than their length."""
    words = plain_words(turn.said)
    if len(words) < FEWEST_WORDS:
        return 0.0
    told: float = sum(weights.get(word, 0.0) for word in words)
    return (
        float(told / len(words) ** 0.35)
        * (1.3 if _FIGURE.search(turn.said) else 1)
        * (1.15 if _OUTCOME.search(turn.said) else 1)
    )


def telling(
    turns: Sequence[Turn], weights: dict[str, float], room: int, barred: Container[Turn] = frozenset()
) -> list[Turn]:
    """The turns worth most that fit into `room` characters, in the order spoken; none that is `barred`."""
    ranked = sorted((t for t in turns if t not in barred and worth(t, weights) > 0), key=lambda t: -worth(t, weights))
    chosen: set[Turn] = set()
    for turn in ranked:
        size = len(turn.said)
        if size <= room:
            chosen.add(turn)
            room -= size
    return [turn for turn in turns if turn in chosen]
