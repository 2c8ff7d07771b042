"""Which approved entries a source text states, and whether they still say so.

A translation whose source states a fact is as good as the fact: when the entry says another figure today, has expired
or was retired, the translation is looked at before it is used again. As with drafts, nothing has to run for that; it
follows from the library as it stands and from the day.

What is seen: a sentence that an entry has word for word, and a figure that an entry has in a sentence with at least
half of the same words, both in the language of the source. What is not: a fact without a figure in other words, or in
an entry of another language only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock

from assistant.staleness import Staleness, why_entry
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import find
from knowledge.domain.text import sentences
from knowledge.domain.words import Words
from knowledge.index.tokens import query_terms
from knowledge.library import Library
from knowledge.store.workspaces import revision

Used = tuple[str, int]
"""An entry and the version that was the approved one."""

SHARED = 0.5
"""Of the words of a sentence with a figure so many stand in the entry's sentence when both speak of the same."""
SHORTEST = 6
"""A sentence of fewer letters (`Contact`, `About us`) states nothing."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_END = " .。!！?？;；:："


class SourceFacts:
    """What the texts of one library state; read anew when the library has changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._staleness = Staleness(library)
        self._lock = Lock()
        self._stated: tuple[int | None, _Stated] | None = None

    def of(self, texts: Iterable[str], locale: Locale) -> list[tuple[Used, ...]]:
        """For each text the entry versions that it states, by id."""
        stated = self._read()
        return [stated.by(text, locale.language) for text in texts]

    def stale(self, used: Iterable[Used]) -> dict[Used, Words]:
        """Why each of these no longer holds; those that hold are left out."""
        asked = set(used)
        if not asked:
            return {}
        today = self._library.now().date()
        reasons = {one: why_entry(one, now, today) for one, now in self._staleness.entries_now(asked).items()}
        return {one: reason.words for one, reason in reasons.items() if reason is not None}

    def _read(self) -> _Stated:
        state = revision(self._library.database, self._library.workspace)
        with self._lock:
            if self._stated is None or self._stated[0] != state:
                today = self._library.now().date()
                self._stated = (state, _Stated(
                    (entry.text, entry.locale.split("-", 1)[0], (entry.entry_id, entry.version))
                    for entry in self._library.entries.line()
                    if not entry.expired(today)
                ))  # fmt: skip
            return self._stated[1]


class _Stated:
    """The sentences of all approved entries, by their words and by the figures in them."""

    def __init__(self, entries: Iterable[tuple[str, str, Used]]) -> None:
        self._sentences: dict[tuple[str, str], set[Used]] = defaultdict(set)
        self._figures: dict[tuple[str, str], list[tuple[str, Used]]] = defaultdict(list)
        for text, language, used in entries:
            for sentence in _sentences(text):
                self._sentences[language, _plain(sentence)].add(used)
                for figure in _figures(sentence):
                    self._figures[language, figure].append((sentence, used))

    def by(self, text: str, language: str) -> tuple[Used, ...]:
        found: set[Used] = set()
        for sentence in _sentences(text):
            found |= self._sentences.get((language, _plain(sentence)), set())
            told = {
                (said, used)
                for figure in _figures(sentence)
                for said, used in self._figures.get((language, figure), ())
            }
            found |= {used for said, used in told if used not in found and _states(sentence, said, language)}
        return tuple(sorted(found))


def _states(sentence: str, said: str, language: str) -> bool:
    """True when two sentences share a figure with its unit, and the words around it."""
    words = _words(sentence)
    if not words or len(words & _words(said)) < SHARED * len(words):
        return False
    return not _quantities(sentence, language).isdisjoint(_quantities(said, language))


@lru_cache(maxsize=4096)
def _words(sentence: str) -> frozenset[str]:
    return frozenset(word for word in query_terms(sentence).all if not word[0].isdigit())


@lru_cache(maxsize=4096)
def _quantities(sentence: str, language: str) -> frozenset[object]:
    return frozenset((q.kind, q.value, q.high, q.unit, q.date) for q in find(sentence, language))


def _sentences(text: str) -> Iterator[str]:
    for span in sentences(text):
        sentence = span.of(text)
        if len(sentence) >= SHORTEST:
            yield sentence


def _plain(sentence: str) -> str:
    return " ".join(fold(sentence).split()).rstrip(_END)


def _figures(sentence: str) -> Sequence[str]:
    """The figures as they are written, thousands separators aside."""
    return list(dict.fromkeys(figure.replace(",", "") for figure in _FIGURE.findall(sentence)))
