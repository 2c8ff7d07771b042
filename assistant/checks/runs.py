"""Runs of text that stand in two places: letters one by one where a script has no spaces, words elsewhere."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale

_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]{1,40}(?:['-][^\W_]{1,40}){0,6}")
_QUOTED = re.compile(
    r"“[^”\n]{1,400}”|「[^」\n]{1,400}」|『[^』\n]{1,400}』|«[^»\n]{1,400}»|„[^“”\n]{1,400}[“”]|\"[^\"\n]{1,400}\""
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The letters or words of a text, folded, without white space and punctuation, and where each stands in it."""

    texts: str | tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.spans)

    def windows(self, size: int) -> Iterator[Hashable]:
        """Every run of `size` pieces, as something that can be looked up."""
        texts = self.texts
        return (texts[at : at + size] for at in range(len(texts) - size + 1))

    def shared(self, known: AbstractSet[Hashable], size: int) -> list[Span]:
        """The stretches whose every run of `size` pieces is among the known ones, in order."""
        found: list[Span] = []
        for at, window in enumerate(self.windows(size)):
            if window in known:
                start, end = self.spans[at][0], self.spans[at + size - 1][1]
                if found and start <= found[-1].end:
                    found[-1] = Span(found[-1].start, end)
                else:
                    found.append(Span(start, end))
        return found


def pieces_of(text: str, locale: Locale) -> Pieces:
    """The letters (zh, ja) or words of a text."""
    return _pieces(text, locale.counts_characters)


@lru_cache(maxsize=512)
def _pieces(text: str, by_letter: bool) -> Pieces:
    found = list((_LETTER if by_letter else _WORD).finditer(fold(text)))
    texts = tuple(m.group() for m in found)
    return Pieces("".join(texts) if by_letter else texts, tuple(m.span() for m in found))


def without_quotes(text: str) -> str:
    """The text with quotations blanked, every other place kept: what somebody said is to be repeated as it is."""
    return _QUOTED.sub(lambda found: "\n" * len(found.group()), text)
