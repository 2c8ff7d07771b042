"""A sentence in clauses: the last resort for a model that loses something in a long one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from knowledge.domain.locale import Locale

_CUT = {"zh": re.compile(r"\n|[，；]\s*"), "ja": re.compile(r"\n|[、。；]\s*")}
_LATIN_CUT = re.compile(r"\n|[,;] ")
_LEAST = {"zh": 6, "ja": 8}
_LEAST_LATIN = 25
"""Letters of a clause: shorter ones stay with the next."""

_ENDS = " \t.,;:。，；：、"
_STOPS = ("。", ".", "！", "!", "？", "?")
_ADDRESS_MARK = re.compile(r"\s*[，,：:、]\s*(?=\S)")
_LABEL_MARK = re.compile(r"\s*[：:]\s*(?=\S)|\s+[—–-]+\s+(?=\S)|\s*——\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, and the mark that stood behind it (empty for the last). `lead` and `tail` are the tags
    around the whole of it, which need not be shown to a model, and a full stop behind them."""

    content: Content
    mark: str
    lead: tuple[Piece, ...] = ()
    tail: tuple[Piece, ...] = ()

    @property
    def peeled(self) -> bool:
        return bool(self.lead)


def _peeled(content: Content, mark: str) -> Clause:
    """The part without the tags that go around all of it."""
    pieces, lead, tail = list(content.pieces), list[Piece](), list[Piece]()
    if len(pieces) > 2 and isinstance(pieces[-1], str) and pieces[-1].strip() in _STOPS and pieces[-1].strip():
        tail.append(str(pieces.pop()).strip())
    while len(pieces) > 2 and _are_pair(pieces[0], pieces[-1]):
        lead.append(pieces.pop(0))
        tail.insert(0, pieces.pop())
    return Clause(Content.of(*pieces), mark, tuple(lead), tuple(tail)) if lead else Clause(content, mark)


def _are_pair(first: Piece, last: Piece) -> bool:
    return (
        isinstance(first, Code) and isinstance(last, Code) and first.kind is CodeKind.OPEN and last.id == f"/{first.id}"
    )


def _after_label(sentence: Content) -> tuple[Content, str, Content] | None:
    """A marked beginning, the mark behind it, and the rest: `**Gateway**: keeps data for 30 days`, `{name}, hello`."""
    pieces = sentence.pieces
    first = pieces[0] if pieces else ""
    alone = isinstance(first, Code) and first.kind is CodeKind.PLACEHOLDER
    close = 0 if alone else next((at for at, piece in enumerate(pieces) if _are_pair(first, piece)), None)
    rest = pieces[close + 1] if close is not None and close + 1 < len(pieces) else None
    match = (_ADDRESS_MARK if alone else _LABEL_MARK).match(rest) if isinstance(rest, str) else None
    if close is None or match is None or not isinstance(rest, str):
        return None
    behind = Content.of(rest[match.end() :], *pieces[close + 2 :])
    return Content.of(*pieces[: close + 1]), match.group().strip(), behind


def clauses(sentence: Content, locale: Locale) -> list[Clause]:
    """The clauses of a sentence; one when there is no place to cut. Tags that belong together stay together; those
    around a whole clause are peeled off. A marked label at the beginning is a clause."""
    label = _after_label(sentence)
    if label is not None:
        head, mark, rest = label
        return [_peeled(head, mark), *_cut_at_commas(rest, locale)]
    return _cut_at_commas(sentence, locale)


def _cut_at_commas(sentence: Content, locale: Locale) -> list[Clause]:
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
            line = match.group() == "\n"
            if line or (len(whole.words.strip()) >= least and len(piece) - match.end() >= least):
                found.append(_peeled(whole, match.group().strip() or "\n"))
                pieces, at = [], match.end()
        pieces.append(piece[at:])
    return [*found, _peeled(Content.of(*pieces), "")]


def joined(translated: Sequence[Content], parts: Sequence[Clause], target: Locale) -> Content:
    """The translations of the clauses as one sentence, with the marks of the target's script between them."""
    wide = target.counts_characters
    pieces: list[Piece] = []
    for content, part in zip(translated, parts, strict=True):
        inner = list(content.pieces)
        if (part.mark.strip() or part.tail) and inner and isinstance(inner[-1], str):
            inner[-1] = inner[-1].rstrip(_ENDS)
        goes_on = bool(pieces) and pieces[-1] != "\n" and not part.lead
        if goes_on and inner and isinstance(inner[0], str) and not wide:
            inner[0] = _small(inner[0])
        pieces += [*part.lead, *inner, *(_stop(piece, wide) for piece in part.tail)]
        if part.mark:
            pieces.append(_mark(part.mark, target))
    return Content.of(*pieces)


def _mark(mark: str, target: Locale) -> str:
    """The mark between two clauses as the target writes it."""
    wide = target.counts_characters
    if mark == "\n":
        return mark
    if mark in ":：":
        return "：" if wide else "\u00a0: " if target.language == "fr" else ": "
    if mark in ";；":
        return "；" if wide else "; "
    if mark[0] in "—–-":
        return "——" if target.language == "zh" else " — " if target.language != "de" else " – "
    return "、" if target.language == "ja" else "，" if wide else ", "


_WIDE_STOPS = {".": "。", "!": "！", "?": "？"}


def _stop(piece: Piece, wide: bool) -> Piece:
    """A full stop as the target writes it; a tag stays."""
    if isinstance(piece, Code):
        return piece
    latin = {east: west for west, east in _WIDE_STOPS.items()}
    return _WIDE_STOPS.get(piece, piece) if wide else latin.get(piece, piece)


_COMMON = re.compile(r"(?:The|A|An|This|That|These|It|Its|We|Our|They|Their|In|At|By|With|For|To|And|But|While)\b")


def _small(text: str) -> str:
    """Without the capital that a clause on its own was given: only where the first word is a common one."""
    return text[0].lower() + text[1:] if _COMMON.match(text) else text
