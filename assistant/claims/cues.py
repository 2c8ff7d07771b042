"""Finds the cues of many phrases in one pass over a text, so that only phrases which can stand in it are tried."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.claims.phrases import Phrase
from knowledge.domain.finding import Span

_Tree = dict[str, Any]
_END = ""


class Cues:
    """The cues of some phrases. Texts are searched as `lowered` makes them."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        owners: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            for cue in dict.fromkeys((*phrase.cues, *phrase.words)):
                owners.setdefault(cue, []).append(number)
        begun: dict[str, list[tuple[int, int]]] = {}
        for longest in owners:
            shorter = (longest[:length] for length in range(1, len(longest) + 1))
            begun[longest] = [(number, len(cue)) for cue in shorter for number in owners.get(cue, ())]
        self._begun: Mapping[str, Sequence[tuple[int, int]]] = begun
        firsts = "".join(re.escape(first) for first in dict.fromkeys(cue[0] for cue in owners))
        self._longest = re.compile(f"(?=[{firsts}])(?=({_written(_tree(owners))}))" if owners else "(?!)()")

    def of(self, folded: str) -> Mapping[int, Sequence[Span]]:
        """Where the cues of each phrase stand, by its number, in order; phrases without any are left out."""
        found: dict[int, list[Span]] = {}
        for at in self._longest.finditer(folded):
            for number, length in self._begun[at[1]]:
                found.setdefault(number, []).append(Span(at.start(), at.start() + length))
        return found


def _tree(words: Mapping[str, object]) -> _Tree:
    """Words by their letters; words that begin alike share a branch."""
    root: _Tree = {}
    for word in words:
        branch = root
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return root


def _written(branch: _Tree) -> str:
    """A pattern that matches the longest word of the branch."""
    ways = [re.escape(letter) + _written(further) for letter, further in branch.items() if letter != _END]
    if not ways:
        return ""
    joined = ways[0] if len(ways) == 1 and _END not in branch else f"(?:{'|'.join(ways)})"
    return f"{joined}?" if _END in branch else joined
