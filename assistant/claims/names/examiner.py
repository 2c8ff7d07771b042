"""Names: of organisations, people, products and places; those that the library knows, and those that look like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from assistant.claims.examiner import (
    CONTRADICTED,
    NOT_CHECKED,
    SUPPORTED,
    UNSUPPORTED,
    Examiner,
    Found,
    Grounds,
)
from assistant.claims.names.exchange import exchanged_stretch, exchanged_words
from assistant.claims.names.han import cut, han_names
from assistant.claims.names.latin import latin_names
from assistant.claims.names.misspelt import misspelt
from assistant.claims.names.name import Name
from assistant.claims.names.places import known_places
from assistant.claims.names.slots import Beside, all_names, beside, rival
from assistant.claims.names.stock import Stock, stock_of
from assistant.claims.names.support import begins_unknown, stands_in
from assistant.claims.reading import Reading, Sentence
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.lexicon import Lexicon

_NOTES = {
    (SUPPORTED, ""): Words(zh="出处有这个名称", en="the source has this name"),
    (SUPPORTED, "own"): Words(zh="是本公司的名称或所在地", en="it is the company's own name or site"),
    (UNSUPPORTED, "known"): Words(zh="所引出处没有提到它", en="the cited sources do not speak of it"),
    (UNSUPPORTED, "elsewhere"): Words(
        zh="所引出处没有提到它，另一条资料提到了", en="the cited sources do not speak of it, another one does"
    ),
    (UNSUPPORTED, "unknown"): Words(
        zh="所引出处没有这个名称，口径库里也没有", en="neither the cited sources nor the library have this name"
    ),
    (NOT_CHECKED, ""): Words(zh="没有引用出处", en="nothing is cited"),
}
_CASELESS = ("zh", "ja", "ko")
_NEIGHBOUR_BEFORE = re.compile(r"(?:[a-z0-9]{2,}|[㐀-鿿]{2})[^a-z0-9㐀-鿿]{0,3}$")
_NEIGHBOUR_AFTER = re.compile(r"(?:'s)?[^a-z0-9㐀-鿿]{0,3}(?:[a-z0-9]{2,}|[㐀-鿿]{2})")
_BRACKETED = re.compile(r"《[^《》]{1,60}》")


class NameExaminer(Examiner):
    """Names by their spellings: those of the lexicon in every language, others within the language of the sources."""

    kinds = ("organisation", "person", "product", "place")

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        yield from _Examination(said, grounds).found()


class _Examination:
    """One text beside its sources."""

    def __init__(self, said: Reading, grounds: Grounds) -> None:
        self.said, self.grounds = said, grounds
        self.stock: Stock = stock_of(grounds.cited)
        self.entries = {source.evidence.entry_id for source in grounds.cited}
        self.readings = tuple(source.reading for source in grounds.cited)
        alike = sum(reading.language == said.language for reading in self.readings)
        self.comparable = alike * 2 >= len(self.readings)

    def found(self) -> Iterator[Found]:
        if not self.grounds.cited:
            verdict = UNSUPPORTED if self.grounds.complete else NOT_CHECKED
            for name in _known_names(self.said.text, self.grounds.lexicon):
                own = verdict == UNSUPPORTED and name.known is not None and name.known.own
                yield self._claim(name, SUPPORTED if own else verdict, "own" if own else "known")
            return
        for sentence in self.said.sentences:
            yield from self._of(sentence)

    def _of(self, sentence: Sentence) -> Iterator[Found]:
        at = self.stock.folded.find(fold(sentence.text).rstrip(" .。!！?？;；"))
        if at >= 0:
            yield from self._verbatim(sentence, at)
            return
        names = [_moved(name, sentence.span.start) for name in self._names_in(sentence.text)]
        there = _Lazy(lambda: beside(sentence, names, self.readings) if self.comparable else [])
        wrong = list(self._misspelt(sentence, names)) if self.said.language == "zh" else []
        yield from wrong
        taken = [found.span for found in wrong]
        for name in names:
            if any(name.span.overlaps(other.span) for other in wrong):
                continue
            found = self._judged(name, sentence, there)
            if found is not None:
                taken.append(found.span)
                yield found
        if self.said.language in _CASELESS and there.value:
            yield from self._exchanged(sentence, there.value[0], taken)

    def _verbatim(self, sentence: Sentence, at: int) -> Iterator[Found]:
        """A sentence of the source: its names are right."""
        for name in _known_names(sentence.text, self.grounds.lexicon):
            where = Span(at + name.span.start, at + name.span.end)
            yield self._claim(_moved(name, sentence.span.start), SUPPORTED, "", where)

    def _judged(self, name: Name, sentence: Sentence, there: _Lazy) -> Found | None:
        where, holds = stands_in(name, self.stock, self.said.text)
        holds = holds or (name.known is not None and not self.entries.isdisjoint(name.known.entries))
        doubtful = not holds or begins_unknown(name, self.stock)
        if doubtful or ((name.known or name.place) and not self._in_its_place(name)):
            other = rival(name, sentence, there.value, self._names_in)
            if other is not None:
                return self._contradicted(name, *other)
        if holds:
            return None if name.is_weak and not name.known else self._claim(name, SUPPORTED, "", where)
        if name.known and name.known.own:
            return self._claim(name, SUPPORTED, "own")
        if name.is_weak or not (name.known or self.comparable):
            return None
        if self.grounds.others and stands_in(name, stock_of(self.grounds.others), self.said.text)[1]:
            return self._claim(name, UNSUPPORTED, "elsewhere")
        return self._claim(name, UNSUPPORTED, "known" if name.known else "unknown")

    def _in_its_place(self, name: Name) -> bool:
        """True when a source has the name with the same neighbours."""
        folded = fold(self.said.text)
        left = _NEIGHBOUR_BEFORE.search(folded, max(0, name.span.start - 30), name.span.start)
        right = _NEIGHBOUR_AFTER.match(folded, name.span.end)
        return left is not None and right is not None and folded[left.start() : right.end()] in self.stock.folded

    def _misspelt(self, sentence: Sentence, names: list[Name]) -> Iterator[Found]:
        """Where a person of the sources has another character in the name, and it is nobody that the library knows."""
        for mine, right in misspelt(sentence.text, self.readings, self.grounds.lexicon):
            span = Span(mine.start + sentence.span.start, mine.end + sentence.span.start)
            where = self.stock.find(fold(right))
            if where is None or any(name.known and span.overlaps(name.span) for name in names):
                continue
            yield Found(
                span,
                "person",
                CONTRADICTED,
                (self.stock.at(where, self.grounds.cited),),
                "other_name",
                Words(zh=f"出处在这里写的是“{right}”", en=f"the source has '{right}' here"),
                right,
            )

    def _exchanged(self, sentence: Sentence, there: Beside, taken: list[Span]) -> Iterator[Found]:
        """Where a script without capitals has a name that no pattern knows in the place of a source's name."""
        find_pairs = exchanged_words if self.said.language == "zh" else exchanged_stretch
        for mine, theirs in find_pairs(sentence.text, there.sentence.text):
            span = Span(mine.start + sentence.span.start, mine.end + sentence.span.start)
            folded = fold(mine.of(sentence.text))
            if any(span.overlaps(other) for other in taken) or self.stock.holds(folded):
                continue
            known = [name for name in self._names_in(there.sentence.text) if name.span.overlaps(theirs)]
            if self.said.language == "zh" or any(name.known for name in known):
                kind = known[0].kind if known else "organisation"
                yield self._contradicted(Name(span, folded, kind), there, theirs)

    def _names_in(self, text: str) -> tuple[Name, ...]:
        return names_of(text, self.said.language, self.grounds.lexicon)

    def _contradicted(self, name: Name, there: Beside, span: Span) -> Found:
        source = self.grounds.cited[there.number]
        right = span.of(there.sentence.text)
        by = there.sentence.span.start
        return Found(
            name.span,
            name.kind,
            CONTRADICTED,
            (source.at(Span(span.start + by, span.end + by)),),
            "other_name",
            Words(zh=f"出处在这里写的是“{right}”", en=f"the source has '{right}' here"),
            right,
        )

    def _claim(self, name: Name, verdict: str, reason: str, where: Span | None = None) -> Found:
        note = _NOTES.get((verdict, reason)) or _NOTES[(verdict, "")]
        evidence = (self.stock.at(where, self.grounds.cited),) if where else ()
        return Found(name.span, name.kind, verdict, evidence, reason if verdict != NOT_CHECKED else "", note)


class _Lazy:
    """The sentences beside one, looked for when they are asked for."""

    def __init__(self, find: Callable[[], list[Beside]]) -> None:
        self._find = find

    @cached_property
    def value(self) -> list[Beside]:
        return self._find()


@lru_cache(maxsize=1024)
def names_of(text: str, language: str, lexicon: Lexicon) -> tuple[Name, ...]:
    """Every name of a text: those of the lexicon first, then by pattern, then places."""
    return tuple(all_names([iter(_known_names(text, lexicon)), iter(_patterns(text, language))]))


def _patterns(text: str, language: str) -> tuple[Name, ...]:
    titles = [Span(*match.span()) for match in _BRACKETED.finditer(text)]
    places = list(_places(text))
    spots = {name.span for name in places}
    if language == "zh":
        begins = {at for _, _, at in cut(text)}
        # 中国 is where a Chinese text stands anyway; 欧美国家 does not speak of 美国.
        places = [name for name in places if name.folded != "中国" and name.span.start in begins]
    finders = [(name for name in latin_names(text, language) if name.span not in spots), iter(places)]
    if language == "zh":
        finders.insert(0, (name for name in han_names(text) if name.span not in spots))
    return tuple(name for name in all_names(finders) if not any(name.span.overlaps(title) for title in titles))


def _known_names(text: str, lexicon: Lexicon) -> list[Name]:
    if not lexicon.names:
        return []
    folded = fold(text)
    found = []
    for occurrence in lexicon.spellings.find(folded):
        span = occurrence.span
        spelled = span.of(text)
        if _as_written(spelled, span.of(folded), occurrence.name.spellings):
            found.append(Name(span, span.of(folded), str(occurrence.name.kind), known=occurrence.name))
    return found


def _as_written(said: str, folded: str, spellings: tuple[str, ...]) -> bool:
    """A capitalised name is none in small letters: `windows` are no product."""
    if not folded[0].isascii() or any(c.isupper() for c in said):
        return True
    return any(fold(spelling) == folded and spelling == spelling.lower() for spelling in spellings)


def _places(text: str) -> Iterator[Name]:
    spellings, table = known_places()
    folded = fold(text)
    for occurrence in spellings.find(folded):
        span = occurrence.span
        if not folded[span.start].isascii() or text[span.start].isupper():
            yield Name(span, span.of(folded), "place", place=table[occurrence.name.spellings[0]])


def _moved(name: Name, by: int) -> Name:
    span = Span(name.span.start + by, name.span.end + by)
    return Name(span, name.folded, name.kind, name.known, name.place, name.weak)
