"""A segment as the model gets it: what has a form in the target locale already stands in it in that form.

A small model told to keep every number keeps most of them; one that finds the number already written in the target
locale copies it. So figures, dates, names and terms are put in place by program, and grammar is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, Quantity, find, render
from knowledge.domain.quantity.numerals import decimal_comma

_HOLE = "\ufffc"
"""Stands for a code that stands alone: nothing is read across it."""

_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?\s?[%％]?")

_GAP = "\ue000"
"""A space that is put beside a form."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Something put in place: what stood in the source, and the form it has now. `kind`: figure, name or term."""

    kind: str
    was: str
    form: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source with its placed forms."""

    content: Content
    placed: tuple[Placed, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(one.form for one in self.placed if one.kind == "figure")


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    placed: Placed


def prepare(
    source: Content, source_locale: Locale, target: Locale, names: Mapping[str, str], terms: Mapping[str, str]
) -> Prepared:
    """`source` with figures, names and terms in the form of `target`.

    `names` and `terms` give the target form by the form that stands in the text; an empty form leaves it as it is. A
    tag that stands inside a figure (`**230** 万`) goes around it. Longer pieces go before shorter ones, names and terms
    before figures: the 360 of a product's name is no figure.
    """
    flat, marks = _flattened(source)
    taken: list[_Change] = []
    for kind, forms in (("name", names), ("term", terms)):
        for was, form in sorted(forms.items(), key=lambda pair: -len(pair[0])):
            taken += _free(_places(flat, was, Placed(kind, was, form or was)), taken)
    for quantity in find(flat, source_locale.tag):
        if _HOLE in quantity.text or _reads_alike(quantity, target):
            continue
        written = None if _COUNTED_OUT.search(quantity.text) else render(quantity, target)
        if written is not None:
            span = quantity.span
            taken += _free([_Change(span.start, span.end, Placed("figure", quantity.text, written))], taken)
    taken.sort(key=lambda change: change.start)
    return Prepared(
        _rebuilt(flat, marks, taken, source_locale, target),
        tuple(change.placed for change in taken if change.placed.form != change.placed.was),
    )


_COUNTED_OUT = re.compile(r"\d ?[一-鿿]+(?:有|中|里)[一-鿿]* ?\d")
"""每 10 家门店有 7 家 covers what is counted, which a form of the figure alone would lose."""


def _reads_alike(quantity: Quantity, target: Locale) -> bool:
    """Whether the figure as it stands is read as the same in the target's language: 18% need not be touched.

    `9 times` may be how often or how much: it is left to the model, which reads the sentence. A year has its own form
    (`in 2025`: 2025年).
    """
    if quantity.kind is Kind.DATE:
        return False
    if quantity.kind is Kind.MULTIPLE and quantity.text[:1].isdigit():
        return True
    separators = quantity.text.strip("0123456789%％ ")
    return _DIGITS.fullmatch(quantity.text) is not None and (not separators or not decimal_comma(target.tag))


def _flattened(source: Content) -> tuple[str, list[tuple[int, Code]]]:
    """The text without its codes, and where each code stands in it. A code that stands alone is a hole."""
    flat, marks = "", []
    for piece in source.pieces:
        if isinstance(piece, str):
            flat += piece
            continue
        marks.append((len(flat), piece))
        flat += "" if piece.kind in (CodeKind.OPEN, CodeKind.CLOSE) else _HOLE
    return flat, marks


def _places(flat: str, was: str, placed: Placed) -> Iterable[_Change]:
    at = flat.find(was)
    while was and at >= 0:
        end = at + len(was)
        if not (_joins(flat, at, was[0], -1) or _joins(flat, end, was[-1], 0)):
            yield _Change(at, end, placed)
        at = flat.find(was, end)


def _joins(flat: str, at: int, edge: str, step: int) -> bool:
    """Whether a Latin word goes on beyond the edge: `pod` of `podium`."""
    beside = flat[at + step] if 0 <= at + step < len(flat) else " "
    return edge.isascii() and edge.isalnum() and beside.isascii() and beside.isalnum()


def _free(changes: Iterable[_Change], taken: Sequence[_Change]) -> list[_Change]:
    return [one for one in changes if not any(one.start < other.end and other.start < one.end for other in taken)]


def _rebuilt(
    flat: str, marks: Sequence[tuple[int, Code]], changes: Sequence[_Change], source: Locale, target: Locale
) -> Content:
    pieces: list[Piece] = []
    left = list(marks)
    at = 0
    for change in changes:
        if change.placed.form == change.placed.was:
            continue
        pieces += _stretch(flat, at, change.start, left)
        inside = [code for place, code in left if place < change.end]
        del left[: len(inside)]
        pieces += [code for code in inside if code.kind is CodeKind.OPEN]
        pieces.append(_apart(flat, change, source, target))
        pieces += [code for code in inside if code.kind is not CodeKind.OPEN]
        at = change.end
    pieces += _stretch(flat, at, len(flat), left)
    return _outward(Content.of(*pieces))


def _outward(content: Content) -> Content:
    """The gaps that were put around forms stand outside of tags."""
    pieces: list[Piece] = []
    for piece in content.pieces:
        if isinstance(piece, str) and piece.startswith(_GAP):
            at = len(pieces)
            while at and isinstance(code := pieces[at - 1], Code) and code.kind is CodeKind.OPEN:
                at -= 1
            pieces.insert(at, _GAP)
            piece = piece[1:]
        if isinstance(piece, Code) and piece.kind is CodeKind.CLOSE:
            before = pieces[-1] if pieces else ""
            if isinstance(before, str) and before.endswith(_GAP):
                pieces[-1:] = [before[:-1], piece, _GAP]
                continue
        pieces.append(piece)
    return Content.of(*(p.replace(_GAP, " ") if isinstance(p, str) else p for p in pieces))


def _stretch(flat: str, at: int, end: int, left: list[tuple[int, Code]]) -> list[Piece]:
    """The pieces between two places, with the codes that stand there; they are taken from `left`."""
    pieces: list[Piece] = []
    while left and left[0][0] <= end and not (left[0][0] == end and flat[end : end + 1] == _HOLE):
        place, code = left.pop(0)
        pieces += [flat[at:place], code]
        at = place + (code.kind not in (CodeKind.OPEN, CodeKind.CLOSE))
    pieces.append(flat[at:end])
    return pieces


def _apart(flat: str, change: _Change, source: Locale, target: Locale) -> str:
    """A form in Latin letters or digits stands apart from the Chinese or Japanese words around it."""
    form = change.placed.form
    if not source.counts_characters or target.counts_characters:
        return form
    before, after = flat[change.start - 1 : change.start], flat[change.end : change.end + 1]
    return f"{_GAP if before.isalnum() else ''}{form}{_GAP if after.isalnum() else ''}"
