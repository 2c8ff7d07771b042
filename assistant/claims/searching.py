"""Finds phrases in texts, where they are meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from assistant.claims.cues import Cues
from assistant.claims.phrases import MOST_REPEATS, Phrase, Surroundings, Vocabulary, phrasebook
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Span

REACH = 120
"""How far around a phrase its surroundings are looked at, within its sentence."""
MOST_HITS = 200
"""How often a phrase is looked for in one text: who has not changed it by then will not read on."""
NEAR = 60
"""How far from its cue a match may begin or end."""

_STOP = re.compile(r"[。！？；!?\n]|\.(?=\s)")
_MARK = re.compile(r"[。！？；\n]|(?<=[a-z]{2})[.!?](?= [a-z])")
"""Where no phrase goes on; `no. 1` does."""
_GAP = " \u3000\u00a0\u200b"
_ONE = r"[\u4e00-\u9fffA-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a.]"
_APART = re.compile(
    rf"(?<![^\s\W])(?=.[{_GAP}]){_ONE}(?:[{_GAP}]{_ONE}){{2,{MOST_REPEATS}}}(?![^\W_])"
    rf"|(?<=[最第唯独首顶绝])[{_GAP}](?=[\u4e00-\u9fff])"
)
"""Three or more single characters with a gap between them; a gap behind the first half of a superlative."""
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
        missing = [name for name in (*phrase.unless, *phrase.only) if name not in vocabulary.settings]
        if missing:
            raise InputError(f"'{phrase.id}': no setting is called '{missing[0]}'")

    def find(self, folded: str, cues: Sequence[Span] | None = None) -> Iterator[Hit]:
        """Where the phrase stands and is meant. `cues` says where its cues stand, if that is known already."""
        if cues is None:
            cues = Cues([self.phrase]).of(folded).get(0, ())
        for span in islice(self._spans(folded, cues), MOST_HITS):
            if not self._is_within(folded, span) and self.meant(folded, span):
                yield Hit(self.phrase, span)

    def _spans(self, folded: str, cues: Sequence[Span]) -> Iterator[Span]:
        for start, end in _places(folded, cues):
            for found in self._pattern.finditer(folded, start, end):
                yield Span(*found.span())

    def _is_within(self, folded: str, span: Span) -> bool:
        """True when the first or the last character belongs to a longer expression that is something else."""
        if not self.phrase.within:
            return False
        around = self._within.finditer(folded, max(0, span.start - NEAR), span.end + NEAR)
        return any(m.start() <= span.start < m.end() or m.start() < span.end <= m.end() for m in around)

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


def _places(folded: str, cues: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches around the cues, within their sentences and without overlap; nowhere else can a phrase stand."""
    places: list[tuple[int, int]] = []
    ends = _ends(folded)
    for cue in cues:
        following = bisect_right(ends, cue.start)
        start, end = max(cue.start - NEAR, ends[following - 1]), min(cue.end + NEAR, ends[following])
        if not places or start > places[-1][1]:
            places.append((start, end))
        elif end > places[-1][1]:
            places[-1] = places[-1][0], end
    return places


@lru_cache(maxsize=2048)
def _ends(folded: str) -> tuple[int, ...]:
    """Where its sentences end, each behind its mark; first its beginning, last its end."""
    return (0, *(mark.end() for mark in _MARK.finditer(folded)), len(folded) + 1)


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


@dataclass(frozen=True, slots=True)
class Closed:
    """A text without the gaps that take a word apart (最 先进, N o . 1), and where its characters stood."""

    text: str
    places: tuple[int, ...]

    def opened(self, span: Span) -> Span:
        """The stretch in the text as it was written."""
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


@lru_cache(maxsize=2048)
def closed(text: str) -> Closed | None:
    """The text without its gaps; None where there are none, as in nearly every text."""
    gaps = {at for run in _APART.finditer(text) for at in range(*run.span()) if text[at] in _GAP}
    if not gaps:
        return None
    places = tuple(at for at in range(len(text)) if at not in gaps)
    return Closed("".join(text[at] for at in places), places)


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
def _searchers(language: str) -> tuple[Sequence[Searcher], Cues]:
    book = phrasebook(language)
    return ([Searcher(phrase, book) for phrase in book.phrases], Cues(book.phrases)) if book else ([], Cues(()))


@lru_cache(maxsize=2048)
def superlatives(text: str, language: str) -> tuple[Hit, ...]:
    """The superlatives and comparisons of a text in order; of two that overlap the longer one."""
    if shut := closed(text):
        return tuple(replace(hit, span=shut.opened(hit.span)) for hit in superlatives(shut.text, language))
    folded = lowered(text)
    searchers, cues = _searchers(language)
    return apart([hit for number, spans in cues.of(folded).items() for hit in searchers[number].find(folded, spans)])


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
