"""Where in a text something numeric can begin: one cheap pass that the readers work from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.domain.quantity import hangul
from knowledge.domain.quantity.fractions import VULGAR
from knowledge.domain.quantity.spelled_latin import GERMAN
from knowledge.domain.quantity.trie import LATIN, one_of

# A run of numbers with nothing but separators between them: data, not text.
BLOCK = 128
"""So many seeds are looked at together."""
_WORDY = re.compile(r"[^\W\d_]")


def pattern(words: frozenset[str], language: str) -> re.Pattern[str]:
    """The pattern of what can begin a quantity in lowered text; the group that matched says what it is: `digits`,
    `han` numerals, a `mark` (第, 半, 翻), a `word`, or a number in `hangul` or `german`."""
    groups = [
        r"(?P<digits>[0-9]+)",
        r"(?P<han>[零〇一二两三四五六七八九十百千万亿]+)",
        rf"(?P<mark>[第半反翻제반倍{VULGAR}])",
        rf"(?<![{LATIN}])(?P<word>{one_of(words)})(?![{LATIN}])",
    ]
    if language == "de":
        groups.insert(3, rf"(?<![{LATIN}])(?P<german>{GERMAN}[a-zäöüß]{{0,40}})(?![{LATIN}])")
    if language == "ko":
        groups.append(rf"(?<![가-힣])(?P<hangul>[{hangul.STARTS}수몇])")
    return re.compile("|".join(groups))


# Where a long text can be cut: behind a sentence, whose end German digits do not show (am 3. März).
LONG = 40_000
_LEAST, _PIECE = 1000, 4000
_CUT = re.compile(r"(?<=[。！？\n])|(?<=[a-zà-ÿ0-9)%”\"][.!?]) (?=[A-ZÀ-Ý][a-zà-ÿ])")
_CUT_GERMAN = re.compile(r"(?<=\n)|(?<=[a-zß)%”\"][.!?]) (?=[A-ZÄÖÜ][a-zäöü])")


def pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """A long text in stretches that begin and end with a sentence, or at a blank where one goes on and on."""
    start = 0
    for cut in (_CUT_GERMAN if language == "de" else _CUT).finditer(text):
        if cut.start() >= start + _LEAST:
            yield from _short(text, start, cut.start())
            start = cut.start()
    yield from _short(text, start, len(text))


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _PIECE:
        middle = max(text.rfind(" ", start + _PIECE // 2, start + _PIECE), text.rfind("，", start + 2, start + _PIECE))
        middle = middle if middle > start else start + _PIECE
        yield start, middle
        start = middle
    if end > start:
        yield start, end


def is_data(low: str, block: list[re.Match[str]]) -> bool:
    """True when a full block of seeds is no text: a place every third character, or no word between any two."""
    if len(block) < BLOCK:
        return False
    if block[-1].end() - block[0].start() < 3 * BLOCK:
        return True
    return not any(_WORDY.search(low, one.end(), other.start()) for one, other in pairwise(block))
