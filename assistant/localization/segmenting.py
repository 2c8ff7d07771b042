"""Units cut into segments, sentence by sentence, and put together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.segment import Segment
from assistant.localization.unit import Unit
from knowledge.domain.locale import Locale
from knowledge.domain.text import sentences

_PAIRED = (CodeKind.OPEN, CodeKind.CLOSE)
_UNSPACED = frozenset("zh ja th lo km my".split())
_STANDS_FOR_CODE = "Xx"
"""A code that stands alone is read as a name when sentences are looked for (one letter would be an initial)."""


def segments_of(units: Sequence[Unit]) -> list[Segment]:
    """What there is to translate, in order, with ids `UNIT#1`, `UNIT#2` …

    A unit of prose is cut into sentences; those that share a pair of codes stay together. What says nothing (marks,
    codes) is no segment and comes back by `joined`.
    """
    segments: list[Segment] = []
    before = ""
    for unit in units:
        parts = [(number, part) for number, part in enumerate(_parts(unit), start=1) if part.core.says_something]
        for number, part in parts:
            segment = Segment(
                id=f"{unit.id}#{number}",
                unit=unit.id,
                source=part.core,
                lead=str(part.lead),
                tail=str(part.tail),
                context=unit.context,
                note=unit.note,
                place=unit.place,
                before=before,
                max_length=unit.max_length if len(parts) == 1 else None,
                plural=unit.plural,
            )
            segments.append(segment)
            before = str(segment.source)
    return segments


def joined(
    unit: Unit, segments: Sequence[Segment], targets: Mapping[str, Content], source: Locale, target: Locale
) -> Content | None:
    """The unit's target from those of its segments (by segment id), or None when one of them has none.

    Between sentences stands what stood there; a space is added for a language that writes one where the source's does
    not, and left out for one that does not.
    """
    parts = _parts(unit)
    given = {segment.id for segment in segments}
    whole: list[Content] = []
    for number, part in enumerate(parts, start=1):
        id_ = f"{unit.id}#{number}"
        if id_ in given and id_ not in targets:
            return None
        core = _trimmed(targets[id_]) if id_ in given else part.core
        whole += [part.lead, core, part.tail]
    if (source.language in _UNSPACED) != (target.language in _UNSPACED):
        whole = _spaced(whole, target.language not in _UNSPACED)
    return Content.of(*(piece for content in whole for piece in content.pieces))


# --- cutting ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence (or several) without what stands around its words."""

    lead: Content
    core: Content
    tail: Content


def _parts(unit: Unit) -> list[_Part]:
    """The unit in parts; together they are its source exactly."""
    pieces = unit.source.pieces
    if not unit.prose or unit.max_length is not None:
        return [_part(pieces)]
    return [_part(stretch) for stretch in _balanced(_cut(pieces, _ends(pieces)))]


def _ends(pieces: Sequence[Piece]) -> list[int]:
    """Where each sentence but the last ends, counted in letters of the text with stand-ins."""
    flat = "".join(piece if isinstance(piece, str) else _stand_in(piece) for piece in pieces)
    return [span.end for span in sentences(flat)][:-1]


def _stand_in(code: Code) -> str:
    if code.kind in _PAIRED:
        return ""
    breaks = code.kind is CodeKind.SINGLE and ("\n" in code.text or code.text[:3].lower() == "<br")
    return "\n" if breaks else _STANDS_FOR_CODE


def _cut(pieces: Sequence[Piece], ends: Sequence[int]) -> Iterator[list[Piece]]:
    """The pieces between the ends. White space goes to the sentence after it, a closing code to the one before."""
    left = list(ends)
    stretch: list[Piece] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, Code):
            if left and left[0] == at and piece.kind is not CodeKind.CLOSE:
                left.pop(0)
                yield stretch
                stretch = []
            stretch.append(piece)
            at += len(_stand_in(piece))
            continue
        begun = 0
        while left and left[0] < at + len(piece):
            end = left.pop(0) - at
            yield [*stretch, piece[begun:end]]
            stretch, begun = [], end
        stretch.append(piece[begun:])
        at += len(piece)
    yield stretch


def _balanced(stretches: Iterator[list[Piece]]) -> Iterator[list[Piece]]:
    """Stretches joined until every code that opens is closed; what never closes does not join."""
    waiting: list[list[Piece]] = []
    all_ = list(stretches)
    closed = {piece.id for stretch in all_ for piece in stretch if isinstance(piece, Code)}
    open_: set[str] = set()
    for stretch in all_:
        waiting.append(stretch)
        for piece in stretch:
            if isinstance(piece, Code) and piece.kind is CodeKind.OPEN and f"/{piece.id}" in closed:
                open_.add(f"/{piece.id}")
            elif isinstance(piece, Code) and piece.kind is CodeKind.CLOSE:
                open_.discard(piece.id)
        if not open_:
            yield [piece for one in waiting for piece in one]
            waiting = []
    if waiting:
        yield [piece for one in waiting for piece in one]


def _is(piece: Piece, kind: CodeKind) -> bool:
    return isinstance(piece, Code) and piece.kind is kind


def _part(stretch: Sequence[Piece]) -> _Part:
    """White space, codes that stand alone and pairs around the whole go to lead and tail."""
    core = list(Content.of(*stretch).pieces)
    lead: list[Piece] = []
    tail: list[Piece] = []
    while core:
        first, last = core[0], core[-1]
        if isinstance(first, str) and first != (bare := first.lstrip()):
            lead.append(first[: len(first) - len(bare)])
            core[:1] = [bare] if bare else []
        elif isinstance(last, str) and last != (bare := last.rstrip()):
            tail.append(last[len(bare) :])
            core[-1:] = [bare] if bare else []
        elif _is(first, CodeKind.SINGLE):
            lead.append(core.pop(0))
        elif _is(last, CodeKind.SINGLE):
            tail.append(core.pop())
        elif isinstance(first, Code) and isinstance(last, Code) and last.id == f"/{first.id}":
            lead.append(core.pop(0))
            tail.append(core.pop())
        else:
            break
    return _Part(Content.of(*lead), Content.of(*core), Content.of(*reversed(tail)))


# --- putting together ------------------------------------------------------------------------------------------------


def _trimmed(target: Content) -> Content:
    """Without white space at the ends: that of the source stands around it."""
    pieces = list(target.pieces)
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return Content.of(*pieces)


def _spaced(whole: Sequence[Content], spaces: bool) -> list[Content]:
    """Leads, cores and tails in turn, with the space between two sentences as the target's language has it.

    Latin letters on both sides keep their space, Chinese ones on both sides get none: a target may be in part as the
    source was.
    """
    new = list(whole)
    for at in range(3, len(new), 3):
        before, after = _last_letter(new[at - 2]), _first_letter(new[at + 1])
        between = [new[at - 1], new[at]]
        blank = "".join(p for content in between for p in content.pieces if isinstance(p, str))
        broken = any(_is(piece, CodeKind.SINGLE) for content in between for piece in content.pieces)
        if not before or not after or broken or blank.strip(" "):
            continue
        wide = _is_wide(before) and _is_wide(after)
        if spaces and not blank and not wide:
            new[at] = Content.of(" ", *new[at].pieces)
        elif not spaces and blank and (_is_wide(before) or _is_wide(after)):
            for place in (at - 1, at):
                new[place] = Content.of(*(p for p in new[place].pieces if isinstance(p, Code)))
    return new


def _last_letter(content: Content) -> str:
    return content.words.rstrip()[-1:]


def _first_letter(content: Content) -> str:
    return content.words.lstrip()[:1]


def _is_wide(letter: str) -> bool:
    return "\u2e80" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or "\uff00" <= letter <= "\uffef"
