"""The words of a source that a quotation comes nearest to: what was said, where only something like it is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from assistant.claims.quotes.quotations import Quotation, quotations
from assistant.claims.quotes.text import plain
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.text import sentences

Text = TypeVar("Text")
LIKE = 0.55
"""From this likeness on (0 … 1, twice the shared words by all words of both) a quotation is an altered one."""
FEW = 4
"""How many texts are looked at closely."""
SLACK = 3
"""How many words more than its own an altered quotation may take in to end where a sentence does."""
_CJK = re.compile(r"[㐀-䶿一-鿿぀-ヿ]")
_WORD = re.compile(r"[㐀-䶿一-鿿぀-ヿ가-힯]|[^\W_]+(?:'[^\W_]+)?")
_END = re.compile(r"[.!?。！？…]+[\"'”’»」』]*$|[\s\"'“”‘’«»「」『』,，;；:：、—–-]+$")
_LAST_PAUSE = re.compile(r"[,，.。;；:：!?！？…]{1,6}[\s_*]{0,4}$")
_EDGES = " \t\n\"'“”‘’«»„‹›「」『』*_>"
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nor|cannot|without|hardly|nicht|kein\w*|nie|pas|jamais|aucun\w*|nunca|não|sin|ni)\b|n['’]t\b|不|没|未|无|非|莫|勿|ない|ません|않|못|없",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,，.。;；:：!?！？…\n“”‘\"「」『』«»—]|\s[–-]\s")


@dataclass(frozen=True, slots=True)
class Nearest:
    """A stretch of a text and how like it is to the quotation (0 … 1)."""

    span: Span
    likeness: float


def likeliest(said: str, texts: Sequence[Text], text_of: Callable[[Text], str]) -> list[Text]:
    """The few of many texts that have most of the short runs of words of a quotation; none that has none of them."""
    runs = _runs(said)
    counted = [(sum(run in plain(text_of(text)) for run in runs), n) for n, text in enumerate(texts)]
    best = sorted(((-count, n) for count, n in counted if count), key=lambda pair: pair)[:FEW]
    return [texts[n] for _, n in best]


def _runs(said: str) -> list[str]:
    """Pairs of words; where words are not parted, three characters."""
    words = plain(said)
    if _CJK.search(words):
        return [words[n : n + 3] for n in range(0, max(1, len(words) - 2), 2)]
    parts = words.split()
    return [f"{a} {b}" for a, b in pairwise(parts)]


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((match.group(), *match.span()) for match in _WORD.finditer(fold(text)))


@lru_cache(maxsize=512)
def _quoted(text: str) -> tuple[Quotation, ...]:
    return tuple(quotations(text))


def nearest(said: str, text: str) -> Nearest | None:
    """The stretch of `text` that is most like `said`; None below `LIKE`.

    Never beyond a quotation of `text` when it lies in one.
    """
    mine = [word for word, _, _ in _words(said)]
    theirs = _words(text)
    known = set(mine)
    if len(mine) < 3 or sum(word in known for word, _, _ in theirs) < LIKE / 2 * len(mine):
        return None
    first, last = _densest([word in known for word, _, _ in theirs], len(mine))
    window = theirs[first:last]
    matcher = SequenceMatcher(None, mine, [word for word, _, _ in window], autojunk=False)
    blocks = _held_together([block for block in matcher.get_matching_blocks() if block.size])
    if not blocks:
        return None
    before = blocks[0].a
    after = len(mine) - (blocks[-1].a + blocks[-1].size)
    begin, end = first + blocks[0].b, first + blocks[-1].b + blocks[-1].size
    shared = sum(block.size for block in blocks)
    likeness = 2 * shared / (len(mine) + end - begin)
    if likeness < LIKE:
        return None
    low, high = _bounds(text, theirs[begin][1], theirs[end - 1][2])
    # What is quoted begins or ends with other words: take in about as many of the source, within its sentence.
    left = sum(low <= start for _, start, _ in theirs[max(0, begin - before - SLACK) : begin])
    right = sum(stop <= high for _, _, stop in theirs[end : end + after + SLACK])
    begin -= left if before and left < before + SLACK else min(left, before)
    end += right if after and right < after + SLACK else min(right, after)
    return Nearest(Span(theirs[begin][1], theirs[end - 1][2]), likeness)


def _held_together(blocks: list[Match]) -> list[Match]:
    """Without words at either end that stand farther off in the text than they are many: they are there by chance."""
    while len(blocks) > 1 and blocks[1].b - blocks[0].b - blocks[0].size > blocks[0].size + _slack(*blocks[:2]):
        del blocks[0]
    while len(blocks) > 1 and blocks[-1].b - blocks[-2].b - blocks[-2].size > blocks[-1].size + _slack(*blocks[-2:]):
        del blocks[-1]
    return blocks


def _slack(first: Match, second: Match) -> int:
    """As many words as the quotation has there."""
    return second.a - first.a - first.size


def _densest(hits: Sequence[bool], size: int) -> tuple[int, int]:
    """The window of about the size of the quotation with the most of its words, with half as much around it."""
    width = min(len(hits), size)
    count = best = sum(hits[:width])
    at = 0
    for n in range(1, len(hits) - width + 1):
        count += hits[n + width - 1] - hits[n - 1]
        if count > best:
            best, at = count, n
    return max(0, at - size // 2 - 2), min(len(hits), at + width + size // 2 + 2)


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that the stretch touches, within the quotation that holds it."""
    touched = [span for span in sentences(text) if span.start < end and start < span.end]
    low, high = (touched[0].start, touched[-1].end) if touched else (start, end)
    for quotation in _quoted(text):
        if quotation.span.start <= start and end <= quotation.span.end:
            return max(low, quotation.span.start), min(high, quotation.span.end)
    return low, high


def quotation_at(text: str, span: Span) -> Quotation | None:
    """The quotation of `text` that overlaps the stretch."""
    return next((quotation for quotation in _quoted(text) if quotation.outer.overlaps(span)), None)


def denial_cut(text: str, span: Span) -> Span | None:
    """The whole clause, when a stretch leaves out the denial that stands in its clause; else None."""
    cuts = [match.end() for match in _CLAUSE.finditer(text, max(0, span.start - 120), span.start)]
    left = cuts[-1] if cuts else max(0, span.start - 120)
    if span.start - left > 119 or not _DENIAL.search(text, left, span.start):
        return None
    while left < span.start and text[left] in _EDGES:
        left += 1
    return Span(left, span.end)


def exact(text: str, span: Span, said: str) -> str:
    """The words of a stretch with the pause that closes the quotation."""
    words = span.of(text).strip(_EDGES)
    pause = _LAST_PAUSE.search(said)
    return words.rstrip(".,。，;；:：") + pause.group().strip() if pause else words
