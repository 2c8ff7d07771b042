"""The cited texts as one stock of spellings: what is in it, where, in which passage. Made once for a set of texts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from assistant.claims.examiner import Source
from assistant.draft import EvidenceSpan
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.spellings import is_whole

WORD = re.compile(r"[a-z0-9]+")
_GAP = re.compile(r"[\s\-_.·']+")


class Stock:
    """Folded texts one after the other. `find` and `holds` take folded spellings."""

    def __init__(self, texts: Sequence[str], titles: Sequence[str]) -> None:
        self.texts = texts
        self.folded = "\n".join(map(fold, texts))
        self.titles = fold("\n".join(titles))
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def find(self, spelling: str) -> Span | None:
        """The first place where the spelling stands as whole words; spans count in `folded`."""
        return next(self.places(spelling), None)

    def places(self, spelling: str, folded: str | None = None) -> Iterator[Span]:
        """Every place of a spelling, at most 50."""
        text = self.folded if folded is None else folded
        at, tries = text.find(spelling), 0
        latin = spelling[:1].isascii() and spelling[:1].isalnum()
        while spelling and at >= 0 and tries < 50:
            end = at + len(spelling)
            starts = not latin or at == 0 or not (text[at - 1].isascii() and text[at - 1].isalnum())
            if starts and is_whole(text, end):
                yield Span(at, end)
            at, tries = text.find(spelling, at + 1), tries + 1

    def holds(self, spelling: str) -> bool:
        """True when a text or a title has the spelling; blanks, hyphens and dots inside it may differ."""
        if self.find(spelling) or next(self.places(spelling, self.titles), None):
            return True
        tight = _GAP.sub("", spelling)
        return (
            len(tight) > 3 and (len(tight) < len(spelling) or any(c.isdigit() for c in tight)) and tight in self.tight
        )

    def at(self, span: Span, sources: Sequence[Source]) -> EvidenceSpan:
        """A place as a claim names it; `sources` are those that the stock was made of."""
        number = bisect_right(self._starts, span.start) - 1
        by = self._starts[number]
        return sources[number].at(Span(span.start - by, span.end - by))

    @cached_property
    def tight(self) -> str:
        """All of it without blanks, hyphens and dots."""
        return _GAP.sub("", self.folded) + "\n" + _GAP.sub("", self.titles)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its Latin words and runs of digits."""
        return frozenset(WORD.findall(self.folded)) | frozenset(WORD.findall(self.titles))

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """Its longer words by their first five letters."""
        stems: dict[str, list[str]] = {}
        for word in self.words:
            if len(word) > 4:
                stems.setdefault(word[:5], []).append(word)
        return stems

    @cached_property
    def initials(self) -> str:
        """The first letters of its words in a row: an acronym of neighbouring words stands in it."""
        return "".join(word[0] for word in WORD.findall(self.folded))


def stock_of(sources: Sequence[Source]) -> Stock:
    """The stock of these sources; the same texts make it once."""
    return _stock(tuple(source.evidence.text for source in sources), tuple(source.evidence.title for source in sources))


@lru_cache(maxsize=64)
def _stock(texts: tuple[str, ...], titles: tuple[str, ...]) -> Stock:
    return Stock(texts, titles)
