"""A given document as a tree: its own headings, or stretches of about equal size, named by their terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from assistant.given_pieces import GivenPiece
from assistant.writing.context import Desk
from assistant.writing.documents.central import stretches
from assistant.writing.documents.terms import frequent
from knowledge.domain.words import Words
from knowledge.reading.headings import without_number

STRETCHES = 6
"""Parts of a document without headings of its own."""

_OPENING = Words(zh="开篇", en="Opening")


@dataclass(slots=True)
class Branch:
    """A chapter with what stands below it: its sections, or pieces where it has none."""

    heading: str
    pieces: list[GivenPiece] = field(default_factory=list)
    sections: list[Branch] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(len(piece.evidence.text) for piece in self.pieces)


def tree(pieces: Sequence[GivenPiece], desk: Desk) -> list[Branch]:
    """The chapters of a document with their sections; stretches named by their terms where it has no headings."""
    if sum(bool(piece.headings) for piece in pieces) * 2 < len(pieces):
        return _by_topic(pieces, desk)
    chapters = []
    for path, group in groupby(pieces, key=lambda piece: piece.headings[:1]):
        chapter = Branch(without_number(path[0]) if path else _OPENING.of(desk.language), list(group))
        for below, run in groupby(chapter.pieces, key=lambda piece: piece.headings[1:2]):
            chapter.sections.append(Branch(without_number(below[0]) if below else "", list(run)))
        chapters.append(chapter)
    return chapters


def _by_topic(pieces: Sequence[GivenPiece], desk: Desk) -> list[Branch]:
    runs = stretches(pieces, STRETCHES)
    texts = ["\n".join(piece.evidence.text for piece in run) for run in runs]
    everywhere = {f.term for f in frequent(texts, desk.language, least=len(runs) + 1)}
    return [
        Branch(_named(text, everywhere, n, desk), run) for n, (run, text) in enumerate(zip(runs, texts, strict=True))
    ]


def _named(text: str, everywhere: set[str], number: int, desk: Desk) -> str:
    """What a stretch is about, by the terms that it has more than the others; else its place."""
    terms = [f.term for least in (2, 1) for f in frequent([text], desk.language, least=least)]
    own = list(dict.fromkeys([*(t for t in terms if t not in everywhere), *terms]))[:2]
    joint = "、" if desk.language == "zh" else ", "
    return joint.join(own) or Words(zh=f"第 {number + 1} 部分", en=f"Part {number + 1}").of(desk.language)


def at_most(branches: Sequence[Branch], count: int) -> list[Branch]:
    """At most `count` of the branches, the largest of each run of neighbours: they stay spread over the whole."""
    if len(branches) <= count:
        return list(branches)
    edges = [round(n * len(branches) / count) for n in range(count + 1)]
    return [max(branches[a:b], key=lambda branch: branch.size) for a, b in pairwise(edges)]
