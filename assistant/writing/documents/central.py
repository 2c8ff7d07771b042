"""Which sentences of a long text say what it is about: those whose words the text uses most, spread over all of it.

By words alone, without a model and without vectors: a hundred pages are read in about a second.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.words import plain_words
from assistant.given_pieces import GivenPiece
from assistant.writing.selection import Unit, units
from knowledge.domain.locale import Locale
from knowledge.domain.text import length
from prompts.section import Range

_FIGURE = re.compile(r"\d")
_ASKS = re.compile(r"[?？][\"”’」]?\s*$")
_ENDED = re.compile(r"[。.!！;；…][\"'”’)）\]】]*\s*$")
_POINTS = re.compile(
    r"表明|显示|发现|意味着|原因是|关键|结论|因此|建议|说明|由此"
    r"|\b(?:shows?|found|finds?|means?|because|therefore|conclu\w+|key|result|recommends?|suggests?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^\s*(?:注|来源|数据来源|资料来源|图|表|作者|[Nn]ote|[Ss]ource|[Ff]igure|[Tt]able|[Aa]uthor)s?\s*[\d.]*[:：]|^\s*\|"
)


_NEEDS_PREVIOUS = re.compile(
    r"^\s*(?:其中|同时|此外|另外|因此|例如|比如|第[二三四五六]|其次|最后|随后|结果"
    r"|(?:Of (?:these|them|those)|In the \d+ of them|For (?:example|instance)|However|Therefore|Second|Third|Fourth"
    r"|Fifth|Finally|In addition|Also|Then|When asked)\b)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A unit of the text with the piece it stands in and what it is worth."""

    unit: Unit
    piece: GivenPiece
    worth: float
    order: int


def sentences_of(pieces: Sequence[GivenPiece], locale: Locale, limits: Range, *, figures: bool) -> list[Sentence]:
    """The sentences within the limits that state something, in order, each with its worth among all of them.

    `figures` prefers those with figures.
    """
    found = [
        (piece, unit)
        for piece in pieces
        for unit in units([piece.evidence])
        if not _ASKS.search(unit.text) and not _ASIDE.match(unit.text)
    ]
    words = [plain_words(unit.text) for _, unit in found]
    counts = Counter(word for each in words for word in each)
    made = []
    for order, ((piece, unit), said) in enumerate(zip(found, words, strict=True)):
        size = length(unit.text, locale)
        label = not _ENDED.search(unit.text) and size < (20 if locale.counts_characters else 10)
        if not limits.least <= size <= limits.most or not said or label:
            continue
        common = sum(math.log(counts[word]) for word in said if counts[word] > 1) / math.sqrt(len(said))
        worth = common + 1.5 * bool(_POINTS.search(unit.text))
        worth += (3.0 if figures else 0.5) * bool(_FIGURE.search(unit.text))
        made.append(Sentence(unit, piece, worth, order))
    return made


def best_of(sentences: Sequence[Sentence], count: int) -> list[Sentence]:
    """The `count` sentences worth most, in their order, of which no two say nearly the same; the first of a stretch
    counts a little more than the rest."""
    opening = min((s.order for s in sentences), default=0)
    ranked = sorted(sentences, key=lambda s: -(s.worth + 1.0 * (s.order == opening)))
    kept: list[Sentence] = []
    for sentence in ranked:
        if len(kept) == count:
            break
        if all(_alike(sentence, other) < 0.6 for other in kept):
            kept.append(sentence)
    return sorted(kept, key=lambda s: s.order)


def alone(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those that can be understood without what stands before them."""
    return [sentence for sentence in sentences if not _NEEDS_PREVIOUS.match(sentence.unit.text)]


def stretches(pieces: Sequence[GivenPiece], count: int) -> list[list[GivenPiece]]:
    """The pieces in at most `count` runs of about equal size, cut near there where the topic changes most."""
    sizes = [len(piece.evidence.text) for piece in pieces]
    total, cuts = sum(sizes), [0]
    for number in range(1, min(count, len(pieces))):
        target, at, before = total * number / count, 0, 0
        while at < len(pieces) and before + sizes[at] / 2 < target:
            before += sizes[at]
            at += 1
        near = [n for n in (at - 1, at, at + 1) if cuts[-1] < n < len(pieces)]
        if near:
            cuts.append(min(near, key=lambda n: _shared(pieces[n - 1], pieces[n])))
    return [list(pieces[start:end]) for start, end in zip(cuts, [*cuts[1:], len(pieces)], strict=True) if start < end]


def shares(sizes: Sequence[int], count: int) -> list[int]:
    """How many of `count` each gets by its size, at least one each as long as there are enough; largest remainder."""
    if count <= len(sizes):
        largest = sorted(range(len(sizes)), key=lambda n: -sizes[n])[:count]
        return [int(n in largest) for n in range(len(sizes))]
    total = sum(sizes) or 1
    exact = [1 + (count - len(sizes)) * size / total for size in sizes]
    given = [int(share) for share in exact]
    for n in sorted(range(len(sizes)), key=lambda n: given[n] - exact[n])[: count - sum(given)]:
        given[n] += 1
    return given


def _alike(one: Sentence, other: Sentence) -> float:
    a, b = plain_words(one.unit.text), plain_words(other.unit.text)
    return len(a & b) / max(min(len(a), len(b)), 1)


def _shared(one: GivenPiece, other: GivenPiece) -> float:
    a, b = plain_words(one.evidence.text), plain_words(other.evidence.text)
    return len(a & b) / max(math.sqrt(len(a) * len(b)), 1)
