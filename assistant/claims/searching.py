"""Finds phrases in texts, where they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from assistant.claims.phrases import Phrase, Surroundings, Vocabulary, phrasebook
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Span

REACH = 120
"""How far around a phrase its surroundings are looked at, within its sentence."""
MOST_HITS = 200
"""How often a phrase is looked for in one text: who has not changed it by then will not read on."""
NEAR = 60
"""How far from its cue a match may begin or end."""

_STOP = re.compile(r"[。！？；!?\n]|\.(?=\s)")
_WIDTH = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDTH |= {ord(wide): ord(narrow) for wide, narrow in ("％%", "＃#", "．.", "’'")}


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found, and where."""

    phrase: Phrase
    span: Span


class Searcher:
    """A phrase made ready to search with. `folded` is always a text as `lowered` makes it."""

    def __init__(self, phrase: Phrase, vocabulary: Vocabulary) -> None:
        self.phrase = phrase
        self._vocabulary = vocabulary
        self._cue = re.compile(
            "|".join(re.escape(cue) for cue in dict.fromkeys((*phrase.cues, *phrase.words))) or r"(?!)"
        )
        missing = [name for name in (*phrase.unless, *phrase.only) if name not in vocabulary.settings]
        if missing:
            raise InputError(f"'{phrase.id}': no setting is called '{missing[0]}'")

    def find(self, folded: str) -> Iterator[Hit]:
        """Where the phrase stands and is meant."""
        for span in islice(self._spans(folded), MOST_HITS):
            if not self._is_within(folded, span) and self.meant(folded, span):
                yield Hit(self.phrase, span)

    def _spans(self, folded: str) -> Iterator[Span]:
        for start, end in self._places(folded):
            for found in self._pattern.finditer(folded, start, end):
                yield Span(*found.span())

    def _is_within(self, folded: str, span: Span) -> bool:
        """True when the first or the last character belongs to a longer expression that is something else."""
        if not self.phrase.within:
            return False
        around = self._within.finditer(folded, max(0, span.start - NEAR), span.end + NEAR)
        return any(m.start() <= span.start < m.end() or m.start() < span.end <= m.end() for m in around)

    def _places(self, folded: str) -> list[tuple[int, int]]:
        """The stretches around the cues, without overlap; nowhere else can the phrase stand."""
        places: list[tuple[int, int]] = []
        for cue in self._cue.finditer(folded):
            start, end = max(0, cue.start() - NEAR), cue.end() + NEAR
            if places and start <= places[-1][1]:
                places[-1] = places[-1][0], end
            else:
                places.append((start, end))
        return places

    def meant(self, folded: str, span: Span) -> bool:
        """False where a setting takes the meaning from the phrase at `span`."""
        sentence = sentence_around(folded, span)
        if self._only and not any(_holds(s, folded, span, sentence) for s in self._only):
            return False
        return not any(_holds(s, folded, span, sentence) for s in self._unless)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = [_bounded(word) for word in sorted(self.phrase.words, key=len, reverse=True)]
        return re.compile("|".join([*(self._vocabulary.filled(p) for p in self.phrase.patterns), *words]))

    @cached_property
    def _within(self) -> re.Pattern[str]:
        return re.compile("|".join(self._vocabulary.filled(p) for p in self.phrase.within))

    @cached_property
    def _unless(self) -> tuple[_Setting, ...]:
        return self._made(self.phrase.unless)

    @cached_property
    def _only(self) -> tuple[_Setting, ...]:
        return self._made(self.phrase.only)

    def _made(self, names: Sequence[str]) -> tuple[_Setting, ...]:
        return tuple(_Setting.of(said, self._vocabulary) for name in names for said in self._vocabulary.settings[name])


@dataclass(frozen=True, slots=True)
class _Setting:
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    around: re.Pattern[str] | None
    sentence: re.Pattern[str] | None

    @classmethod
    def of(cls, said: Surroundings, vocabulary: Vocabulary) -> _Setting:
        def made(pattern: str, end: str = "") -> re.Pattern[str] | None:
            return re.compile(f"(?:{vocabulary.filled(pattern)}){end}") if pattern else None

        return cls(made(said.before, r"\Z"), made(said.after), made(said.around), made(said.sentence))


def _holds(setting: _Setting, folded: str, span: Span, sentence: Span) -> bool:
    if setting.before and not setting.before.search(folded[sentence.start : span.start]):
        return False
    if setting.after and not setting.after.match(folded[span.end : sentence.end]):
        return False
    if setting.sentence and not setting.sentence.search(sentence.of(folded)):
        return False
    if setting.around is None:
        return True
    start, end = span.start - sentence.start, span.end - sentence.start
    return any(m.start() <= start and end <= m.end() for m in setting.around.finditer(sentence.of(folded)))


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds `span` with its final mark, at most `REACH` to each side."""
    start, end = max(0, span.start - REACH), min(len(text), span.end + REACH)
    for stop in _STOP.finditer(text, start, span.start):
        start = stop.end()
    closing = _STOP.search(text, span.end, end)
    return Span(start, closing.end() if closing else end)


@lru_cache(maxsize=2048)
def lowered(text: str) -> str:
    """Lower case and half-width letters and digits; as long as the text, so that spans hold."""
    narrow = text.translate(_WIDTH)
    lower = narrow.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in narrow)


def _bounded(word: str) -> str:
    """The word as a pattern: Latin letters and digits do not go on at its ends."""
    left = r"(?<![a-z0-9])" if word[:1].isascii() and word[:1].isalnum() else ""
    right = r"(?![a-z0-9])" if word[-1:].isascii() and word[-1:].isalnum() else ""
    return f"{left}{re.escape(word)}{right}"


@lru_cache(maxsize=16)
def _searchers(language: str) -> Sequence[Searcher]:
    book = phrasebook(language)
    return [Searcher(phrase, book) for phrase in book.phrases] if book else []


@lru_cache(maxsize=2048)
def superlatives(text: str, language: str) -> tuple[Hit, ...]:
    """The superlatives and comparisons of a text in order; of two that overlap the longer one."""
    return apart([hit for searcher in _searchers(language) for hit in searcher.find(lowered(text))])


def apart(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in order without those that overlap a longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start - h.span.end, h.span.start)):
        if not any(hit.span.overlaps(other.span) for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.span))


def is_in_setting(name: str, text: str, span: Span, language: str) -> bool:
    """True when the words at `span` stand in a setting of the language's book; False where the book has none."""
    return any(_holds(s, lowered(text), span, sentence_around(lowered(text), span)) for s in _settings(name, language))


@lru_cache(maxsize=64)
def _settings(name: str, language: str) -> tuple[_Setting, ...]:
    book = phrasebook(language)
    return tuple(_Setting.of(said, book) for said in book.settings.get(name, ())) if book else ()
