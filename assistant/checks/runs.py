"""Runs of text that stand in two places: letters one by one where a script has no spaces, words elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale

_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile(
    r"“[^”\n]{1,400}”|「[^」\n]{1,400}」|『[^』\n]{1,400}』|«[^»\n]{1,400}»|„[^“”\n]{1,400}[“”]|\"[^\"\n]{1,400}\""
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter or a word, folded, and where it stands."""

    text: str
    start: int
    end: int


def pieces_of(text: str, locale: Locale) -> tuple[Piece, ...]:
    """The letters (zh, ja) or words of a text in order, without white space and punctuation."""
    return _pieces(text, locale.counts_characters)


@lru_cache(maxsize=512)
def _pieces(text: str, by_letter: bool) -> tuple[Piece, ...]:
    pattern = _LETTER if by_letter else _WORD
    return tuple(Piece(m.group(), m.start(), m.end()) for m in pattern.finditer(fold(text)))


def windows(pieces: Sequence[Piece], size: int) -> Iterator[tuple[str, ...]]:
    """Every run of `size` pieces."""
    texts = [piece.text for piece in pieces]
    return (tuple(texts[at : at + size]) for at in range(len(texts) - size + 1))


def shared(pieces: Sequence[Piece], known: Iterable[tuple[str, ...]], size: int) -> list[Span]:
    """The stretches of a text whose every run of `size` pieces is among the known ones; none overlap."""
    among = known if isinstance(known, (set, frozenset, dict)) else set(known)
    spans: list[Span] = []
    for at, window in enumerate(windows(pieces, size)):
        if window not in among:
            continue
        start, end = pieces[at].start, pieces[at + size - 1].end
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def without_quotes(text: str) -> str:
    """The text with quotations blanked, every other place kept: what somebody said is to be repeated as it is."""
    return _QUOTED.sub(lambda found: "\n" * len(found.group()), text)
