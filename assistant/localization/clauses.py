"""A sentence in clauses: the last resort for a model that loses something in a long one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from knowledge.domain.locale import Locale

_CUT = {"zh": re.compile(r"[，；]\s*"), "ja": re.compile(r"[、。；]\s*")}
_LATIN_CUT = re.compile(r"[,;] ")
_LEAST = {"zh": 6, "ja": 8}
_LEAST_LATIN = 25
"""Letters of a clause: shorter ones stay with the next."""

_ENDS = " \t.,;:。，；：、"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, and the mark that stood behind it (empty for the last)."""

    content: Content
    mark: str


def clauses(sentence: Content, locale: Locale) -> list[Clause]:
    """The clauses of a sentence; one when there is no place to cut. Tags that belong together stay together."""
    cut = _CUT.get(locale.language, _LATIN_CUT)
    least = _LEAST.get(locale.language, _LEAST_LATIN)
    found: list[Clause] = []
    pieces: list[Piece] = []
    depth = 0
    for piece in sentence.pieces:
        if isinstance(piece, Code):
            depth += {CodeKind.OPEN: 1, CodeKind.CLOSE: -1}.get(piece.kind, 0)
            pieces.append(piece)
            continue
        at = 0
        for match in cut.finditer(piece) if depth == 0 else ():
            whole = Content.of(*pieces, piece[at : match.start()])
            if len(whole.words.strip()) >= least and len(piece) - match.end() >= least:
                found.append(Clause(whole, match.group().strip()))
                pieces, at = [], match.end()
        pieces.append(piece[at:])
    return [*found, Clause(Content.of(*pieces), "")]


def joined(translated: Sequence[Content], parts: Sequence[Clause], target: Locale) -> Content:
    """The translations of the clauses as one sentence, with the marks of the target's script between them."""
    wide = target.counts_characters
    pieces: list[Piece] = []
    for content, part in zip(translated, parts, strict=True):
        inner = list(content.pieces)
        if part.mark and inner and isinstance(inner[-1], str):
            inner[-1] = inner[-1].rstrip(_ENDS)
        if pieces and inner and isinstance(inner[0], str) and not wide:
            inner[0] = _small(inner[0])
        pieces += inner
        if part.mark:
            light = "、" if target.language == "ja" else "，" if wide else ", "
            heavy = "；" if wide else "; "
            pieces.append(heavy if part.mark in ";；" else light)
    return Content.of(*pieces)


_COMMON = re.compile(r"(?:The|A|An|This|That|These|It|Its|We|Our|They|Their|In|At|By|With|For|To|And|But|While)\b")


def _small(text: str) -> str:
    """Without the capital that a clause on its own was given: only where the first word is a common one."""
    return text[0].lower() + text[1:] if _COMMON.match(text) else text
