"""How the stand-in model puts pieces together: whole sentences of the sources, within a length, each used once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.domain.locale import Locale
from knowledge.domain.text import length, sentences

_HAN = re.compile(r"[㐀-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
_CLAUSE = re.compile(r"[^，；：,;:]+(?:[，；：]|[,;:](?=\s)|$)")
_FIGURE = re.compile(r"\d")
_SPOKEN = re.compile(r"^[^\W\d_][^:：，,。]{0,30}[:：]|[?？]$")
"""What somebody says, and what somebody asks: no headline."""
_ENDS = '。！？；.!?;”"」'
_MOST_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Room:
    """The length a piece must have, in characters (zh) or words; `short` for a line that stands by itself, `figures`
    when a sentence that has one goes before others."""

    least: int
    most: int
    short: bool
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and the ids of the sources it was taken from."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: int
    source: str
    text: str


class Pool:
    """The sentences of a prompt's sources: those in the language of the prompt, or all when there are none."""

    def __init__(self, sources: Mapping[str, str], chinese: bool, facts: Sequence[str]) -> None:
        own = {number: text for number, text in sources.items() if is_chinese(text) is chinese}
        found = [(number, said) for number, text in (own or sources).items() for said in _sentences(text)]
        self._sentences = [_Sentence(place, number, said) for place, (number, said) in enumerate(found)]
        self._used: set[int] = set()
        self._facts = list(facts)
        self._chinese = chinese

    @property
    def open_facts(self) -> list[str]:
        """Figures not said yet that a sentence left over would say."""
        left = [s.text for s in self._sentences if s.place not in self._used]
        return [fact for fact in self._facts if any(fact in text for text in left)]

    def running(self, room: Room, *, again: bool = True) -> Piece | None:
        """Sentences up to the least length, and further ones that carry figures; None when none is left, unless it
        may say something `again`."""
        free = [s for s in self._sentences if s.place not in self._used] or (self._sentences if again else [])
        taken: list[_Sentence] = []
        while candidates := [s for s in free if s not in taken and self._fits([*taken, s], room)]:
            best = min(candidates, key=lambda s: (-self._telling(s.text, room), s.place))
            if taken and self._size(taken) >= room.least and not any(fact in best.text for fact in self._facts):
                break
            taken.append(best)
            self._facts = [fact for fact in self._facts if fact not in best.text]
        if not taken:
            return self._cut(free, room)
        self._used |= {s.place for s in taken}
        return self._piece(taken)

    def short(self, room: Room) -> Piece | None:
        """A line: a sentence that fits whole, else the beginning of one; without its end mark."""
        whole = [s for s in self._sentences if room.least <= self._size([s]) <= room.most]
        whole = [s for s in whole if not _SPOKEN.search(s.text)] or whole
        chosen = next((s for s in whole if s.place not in self._used), whole[0] if whole else None)
        if chosen is None:
            return self._cut(self._sentences, room)
        return Piece(_bare(chosen.text), (chosen.source,))

    def _telling(self, text: str, room: Room) -> float:
        """How many of the figures asked for it says; where none is asked for, whether it says any."""
        return sum(fact in text for fact in self._facts) + 0.5 * (room.figures and bool(_FIGURE.search(text)))

    def _cut(self, free: Sequence[_Sentence], room: Room) -> Piece | None:
        """The beginning of a sentence that is too long as a whole."""
        for sentence in free:
            text = clipped(sentence.text, room, self._chinese)
            if text:
                return Piece(_bare(text) if room.short else text, (sentence.source,))
        return None

    def _fits(self, some: Sequence[_Sentence], room: Room) -> bool:
        return self._size(some) <= room.most and len({s.source for s in some}) <= _MOST_SOURCES

    def _piece(self, some: Sequence[_Sentence]) -> Piece:
        ordered = sorted(some, key=lambda s: s.place)
        text = ("" if self._chinese else " ").join(s.text for s in ordered)
        return Piece(
            re.sub(r"[；;]$", "。" if self._chinese else ".", text), tuple(dict.fromkeys(s.source for s in ordered))
        )

    def _size(self, some: Sequence[_Sentence]) -> int:
        return length(self._piece(some).text, _locale(self._chinese))


def is_chinese(text: str) -> bool:
    """True when at least a fifth of the letters are Chinese: a word of the other language changes nothing."""
    return 5 * len(_HAN.findall(text)) >= max(1, len(_LETTER.findall(text)))


def clipped(text: str, room: Room, chinese: bool) -> str:
    """As many whole clauses from the beginning as fit; else whole words; else nothing that is long enough."""
    kept = ""
    for clause in _CLAUSE.findall(text):
        if length(kept + clause, _locale(chinese)) > room.most:
            break
        kept += clause
    if not kept:
        words = list(text) if chinese else text.split()
        kept = ("" if chinese else " ").join(words[: room.most])
    return kept.strip().rstrip("，；：,;:")


def _locale(chinese: bool) -> Locale:
    return Locale("zh-CN" if chinese else "en")


def _sentences(text: str) -> list[str]:
    """Whole sentences; headings, lines of tables and fragments only where there is nothing else."""
    found = [span.of(text).strip() for span in sentences(text)]
    found = [said for said in found if len(said) > 3]
    whole = [said for said in found if said[-1] in _ENDS and not said.startswith(("#", "|")) and _closed(said)]
    return [" ".join(said.split()) for said in whole or found]


def _closed(text: str) -> bool:
    """False for a sentence from the middle of a quotation."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _bare(text: str) -> str:
    return text.strip().rstrip("。.！!；;，,")
