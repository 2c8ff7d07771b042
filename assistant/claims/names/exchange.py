"""What two nearly equal sentences have in each other's place: the stretch or the words that were exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assistant.claims.names.han import cut, names_something
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold

_ALIKE = 0.6
_LONGEST = 6
"""Words of a name."""
Cut = tuple[tuple[str, str, int], ...]
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"(?:总|董|工|先生|女士|老师|教授|主任)$")


def exchanged_words(said: str, source: str) -> Iterator[tuple[Span, Span]]:
    """Words that name something, in the place of other ones that do, in Chinese sentences that are else much alike."""
    mine, theirs = cut(fold(said)), cut(fold(source))
    if not _has_own(mine, theirs) or not _has_own(theirs, mine):
        return
    matcher = SequenceMatcher(None, [word for word, _, _ in mine], [word for word, _, _ in theirs], autojunk=False)
    codes = matcher.get_opcodes()
    same = sum(len(word) for tag, i, j, _, _ in codes if tag == "equal" for word, _, _ in mine[i:j])
    if same < _ALIKE * len(said):
        return
    for tag, i, j, k, m in codes:
        if tag == "replace" and j - i <= _LONGEST and m - k <= _LONGEST:
            a, b = _naming(mine[i:j]), _naming(theirs[k:m])
            if a and b and not _may_be_same(a.of(said), b.of(source)):
                yield a, b


def _has_own(words: Cut, others: Cut) -> bool:
    """True when something is named that the other sentence does not name."""
    there = {word for word, _, _ in others}
    return any(len(word) > 1 and word not in there and names_something(word, tag) for word, tag, _ in words)


def _naming(words: Cut) -> Span | None:
    """The stretch of some words, when one of them names something and none counts."""
    if any(_DIGIT.search(word) or tag in ("x", "m") for word, tag, _ in words):
        return None
    if not any(len(word) > 1 and names_something(word, tag) for word, tag, _ in words):
        return None
    return Span(words[0][2], words[-1][2] + len(words[-1][0]))


def _may_be_same(a: str, b: str) -> bool:
    """顾总 for 顾言舟, 汀石 for 汀石工联."""
    return a[0] == b[0] and (a in b or b in a or bool(_ADDRESS.search(a) or _ADDRESS.search(b)))


def exchanged_stretch(said: str, source: str) -> Iterator[tuple[Span, Span]]:
    """The one stretch in which two sentences differ, when two thirds of the longer one are the same."""
    a, b = fold(said), fold(source)
    least = min(len(a), len(b))
    start = next((n for n in range(least) if a[n] != b[n]), least)
    end = next((n for n in range(least - start) if a[-1 - n] != b[-1 - n]), least - start)
    first, second = Span(start, len(a) - end), Span(start, len(b) - end)
    changed = max(first.end - first.start, second.end - second.start)
    if min(first.end - first.start, second.end - second.start) < 1 or changed * 3 > max(len(a), len(b)):
        return
    if not _DIGIT.search(first.of(a)) and not _DIGIT.search(second.of(b)):
        yield first, second
