"""Finds known names in a text: every spelling, the longest where several fit, whole words only, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.domain.finding import Span
from knowledge.domain.folding import fold

if TYPE_CHECKING:
    from knowledge.lexicon import KnownName

_FIRST = re.compile(r"[a-z0-9]+|[^\W\d_]")
_GOES_ON = re.compile(r"(?!s\b)[a-z0-9]|-\d")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A known name where it stands."""

    span: Span
    name: KnownName


class Spellings:
    """The spellings of many names, by their first word or, where a script has no spaces, their first letter."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        starts: dict[str, dict[str, KnownName]] = {}
        for name in names:
            for spelling in name.spellings:
                folded = fold(spelling).strip()
                first = _FIRST.match(folded)
                if first and len(folded) > 1:
                    starts.setdefault(first.group(), {}).setdefault(folded, name)
        self._starts = {key: sorted(spelled.items(), key=lambda item: -len(item[0])) for key, spelled in starts.items()}
        letters = "".join(re.escape(key) for key in starts if not key.isascii())
        self._start = re.compile(rf"[a-z0-9]+|[{letters}]" if letters else r"[a-z0-9]+")

    def find(self, folded: str) -> list[Occurrence]:
        """The names in a folded text, in order, none inside another. Linear in the length of the text."""
        found: list[Occurrence] = []
        starts = self._starts
        if not starts:
            return found
        end = 0
        for start in self._start.finditer(folded):
            word = start.group()
            spelled = starts.get(word) or (starts.get(word[:-1]) if word[-1] == "s" else None)
            at = start.start()
            if spelled is None or at < end:
                continue
            for spelling, name in spelled:
                if folded.startswith(spelling, at) and is_whole(folded, at + len(spelling)):
                    end = at + len(spelling)
                    found.append(Occurrence(Span(at, end), name))
                    break
        return found


def is_whole(folded: str, end: int) -> bool:
    """False when a word that ends at `end` goes on there; a plural `s` is no going on."""
    return not (folded[end - 1].isascii() and _GOES_ON.match(folded, end))
