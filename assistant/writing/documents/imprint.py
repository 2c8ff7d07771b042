"""What a document says of itself: its title and its author, where they are stated and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.given_pieces import GivenPiece

_LABELLED = re.compile(
    r"^\s*(?:作者|撰文|撰稿|执笔|编写|文\s*[/／|｜]|文字|署名|Author(?:s|\(s\))?|Written by|Text by|By line|Byline)"
    r"\s*(?:[:：]|(?<=[/／|｜])|(?<=by))\s*(?P<name>\S.{0,79})$",
    re.IGNORECASE | re.MULTILINE,
)
_BY = re.compile(
    r"^\s*[Bb]y (?P<name>[A-ZÀ-Þ][\w.'’-]+(?:(?: and |, (?:and )?| )(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|la)){0,8})"
    r"(?=\s*(?:[|,·–—(]|$))",
    re.MULTILINE,
)
_PLACES = 3
"""Pieces at the beginning (and the last one) in which an author is named as such."""
_ENDS = "。.!！;；"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document states of itself, and where."""

    text: str
    piece: GivenPiece


def title_of(pieces: Sequence[GivenPiece]) -> Stated | None:
    """The heading of the whole document, else its first line where that is short and no sentence."""
    if not pieces:
        return None
    first = pieces[0]
    if first.evidence.title and first.evidence.title != first.evidence.source:
        return Stated(first.evidence.title, first)
    line = first.evidence.text.split("\n", 1)[0].lstrip("# ").strip()
    return Stated(line, first) if 2 <= len(line) <= 120 and line[-1] not in _ENDS else None


def author_of(pieces: Sequence[GivenPiece]) -> Stated | None:
    """Who the document says wrote it, at its beginning or its end; None when it does not say."""
    for piece in [*pieces[:_PLACES], *pieces[_PLACES:][-1:]]:
        for pattern in (_LABELLED, _BY):
            if found := pattern.search(piece.evidence.text):
                return Stated(found["name"].strip().rstrip("。."), piece)
    return None
