"""Sources that are nearly the same: found among all of a locale pair by edit distance, figures left aside."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

ALIKE = 0.7
"""From this share of equal characters on a translation helps. Below, two sentences of a company share their names and
little else, and an example about something else leads a small model to say it."""
LONGEST = 2000
"""A longer text has no fuzzy match: nobody wants two pages as an example, and the distance grows with the square."""
CANDIDATES = 100_000
"""So many sources of a locale pair are kept in memory, the newest."""
COMPARED = 1000
"""So many of them are compared with a text: those that share its rarest words. Two texts that are alike share one."""

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_MARK = "#"
_EAST = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"(?P<east>[{_EAST}]+)|[^\W_{_EAST}]+")


class Alike(NamedTuple):
    """A source that is like the one asked for: its digest, and how much of both is the same (0 … 1)."""

    digest: str
    score: float


def masked(text: str) -> str:
    """`text` with one mark for each figure: `18% in 2025` and `20% in 2026` become the same."""
    return _FIGURE.sub(_MARK, " ".join(text.split()))


class Candidates:
    """The sources of one locale pair in memory, each once, by the words in them."""

    def __init__(self, sources: Iterable[tuple[str, str]] = ()) -> None:
        """`sources` are digests with their texts, the oldest first."""
        self._texts: list[str] = []
        self._digests: list[str] = []
        self._known: set[str] = set()
        self._with: dict[str, array[int]] = {}
        for digest, text in sources:
            self.add(digest, text)

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, digest: str, text: str) -> None:
        """One more; beyond `CANDIDATES` there is no room."""
        if digest in self._known or len(self._texts) >= CANDIDATES or len(text) > LONGEST:
            return
        plain, number = masked(text), len(self._texts)
        self._known.add(digest)
        self._texts.append(plain)
        self._digests.append(digest)
        for word in _words(plain):
            self._with.setdefault(word, array("I")).append(number)

    def like(self, text: str, most: int) -> list[Alike]:
        """Up to `most` sources that are at least `ALIKE`, the best first."""
        if len(text) > LONGEST:
            return []
        asked = masked(text)
        choices = {number: self._texts[number] for number in self._compared(asked)}
        found = process.extract(
            asked, choices, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE, limit=most
        )
        return [Alike(self._digests[number], score) for _, score, number in found]

    def _compared(self, asked: str) -> Iterator[int]:
        """Those that share the rarest words, newest first, when their length allows it: each character that one text
        has more is an edit."""
        least, longest = math.ceil(len(asked) * ALIKE), math.floor(len(asked) / ALIKE)
        seen: set[int] = set()
        for numbers in sorted((self._with[word] for word in _words(asked) if word in self._with), key=len):
            for number in reversed(numbers):
                if number not in seen and least <= len(self._texts[number]) <= longest:
                    seen.add(number)
                    yield number
                    if len(seen) >= COMPARED:
                        return


def _words(text: str) -> set[str]:
    """Words without capitals; where a script has no spaces, pairs of letters."""
    found: set[str] = set()
    for run in _WORD.finditer(text.lower()):
        said = run.group()
        if run["east"] and len(said) > 1:
            found.update(a + b for a, b in pairwise(said))
        else:
            found.add(said)
    return found
