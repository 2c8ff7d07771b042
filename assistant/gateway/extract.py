"""Choosing whole sentences from sources: by the words they share with a query, then in the sources' order. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from assistant.gateway.port import Source, Task
from assistant.writing.shortening import for_readers
from knowledge.domain.locale import Locale, has_language
from knowledge.domain.text import length, sentences

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿]+")
_BULLET = re.compile(r"^(?:[-*•·>]|\d{1,2}[.)、])\s+")
_NO_PROSE = re.compile(r"^(?:#|\||[-=*_]{3,}$)")
_ENDS = re.compile(r"[。！？；…｡.!?][\"'”’»）」』)\]]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One or two neighbouring sentences of one source, word for word."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    source: str
    text: str
    score: float
    order: int


class Chooser:
    """Gives the sentences of a task's sources, best first, each once, never more than its length in all.

    Headings, table rows, notes to writers and sentences in another language than the task's are left out: there is
    nobody here who could translate them.
    """

    def __init__(self, task: Task) -> None:
        self._locale, self._left = Locale(task.locale), task.max_length
        wanted = Counter(terms(task.query))
        self._asked = bool(wanted)
        self._sentences = _in_order(task.sources, wanted, self._locale)
        self._waiting = sorted(self._sentences, key=lambda one: (-one.score, one.order))
        self._given: set[str] = set()

    def next_passage(self, max_characters: int | None = None) -> Passage | None:
        """The best passage left that fits, and its neighbour when that speaks of the query too; None: nothing left."""
        for first in self._waiting:
            if not self._fits(first, first.text, max_characters):
                continue
            text = first.text
            self._given.add(first.text)
            second = self._neighbour(first)
            if second is not None and (second.score or not self._asked):
                both = _joined(text, second.text)
                if self._fits(second, both, max_characters):
                    self._given.add(second.text)
                    text = both
            if self._left is not None:
                self._left -= length(text, self._locale)
            return Passage(first.source, text)
        return None

    def _neighbour(self, first: _Sentence) -> _Sentence | None:
        following = first.order + 1
        if following < len(self._sentences) and self._sentences[following].source == first.source:
            return self._sentences[following]
        return None

    def _fits(self, sentence: _Sentence, text: str, max_characters: int | None) -> bool:
        if sentence.text in self._given or (max_characters is not None and len(text) > max_characters):
            return False
        return self._left is None or length(text, self._locale) <= self._left


def terms(text: str) -> list[str]:
    """What two texts can share: pairs of neighbouring characters where words are not spaced, else words."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        runs = _UNSPACED.findall(word)
        for run in runs:
            found += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        found += [rest for rest in _UNSPACED.split(word) if rest]
    return found


def _in_order(sources: tuple[Source, ...], wanted: Counter[str], locale: Locale) -> list[_Sentence]:
    kept: list[_Sentence] = []
    for source in sources:
        for span in sentences(source.text):
            text = source.text[span.start : span.end]
            if _NO_PROSE.match(text):
                continue
            text = for_readers(_BULLET.sub("", text))
            if not text or not _ENDS.search(text) or not has_language(text, locale.language):
                continue
            kept.append(_Sentence(source.id, text, _score(text, wanted), len(kept)))
    return kept


def _score(text: str, wanted: Counter[str]) -> float:
    """How many of the wanted terms the text has, over the root of its length: long sentences must not always win."""
    own = set(terms(text))
    shared = sum(1 for term in wanted if term in own)
    return shared / math.sqrt(max(1, len(own)))


def _joined(first: str, second: str) -> str:
    """Two sentences in a row, with a space where the script has one."""
    return first + ("" if _UNSPACED.match(second[:1]) or first[-1:] in "。！？；…｡”」』）" else " ") + second
