"""Rule packs: what a market's law says of words, as data (`packs/*.yaml`), and which packs a text is held to.

A rule has words or patterns of its own, or takes phrases of a phrasebook; its level says how strict it is. A pack is
validated when it is read: unknown keys, laws, phrases, settings and open repetitions are errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from assistant.claims.cues import Cues
from assistant.claims.phrases import Phrase, Phrasebook, Vocabulary, load, phrasebook
from assistant.claims.searching import Searcher, closed, lowered, superlatives
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import NOTHING, Record, Words
from prompts.inputs import Id

PACKS = Path(__file__).parent / "packs"
GENERIC = "generic"

LEVELS = ("forbidden", "needs_proof", "careful")
"""From the strictest: never; only with proof; think twice."""

MEMBERS = frozenset("AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
"""Members of the European Union, ISO 3166."""


class Law(Record):
    """The law a rule comes from, as a person cites it."""

    law: Words
    article: Words = NOTHING

    def named(self) -> Words:
        """Law and article in one."""
        return Words(zh=f"《{self.law.zh}》{self.article.zh}", en=f"{self.law.en} {self.article.en}".strip())


class Rule(Phrase):
    """One thing the law says of words. `phrases` are those of the language's phrasebook; `channels` those that the
    rule is for, empty for all; `rewrites` say what to write instead where that is exact, by the words in
    lower case."""

    language: str = ""
    level: Literal["forbidden", "needs_proof", "careful"]
    law: str
    phrases: tuple[Id, ...] = ()
    channels: tuple[str, ...] = ()
    advice: Words
    rewrites: Mapping[str, str] = Field(default_factory=dict)


class LabelRule(Record):
    """The label that a market's law asks for in a text which a machine wrote: `asks` is what the law says, in short.

    It is asked for in texts for these `audiences` from the day `since`, at the `place` named; with `unless_reviewed`
    not where a person has reviewed the text and answers for it. `text` and `reviewed` are its words by language (`en`
    is the fallback), the second for a text that a person has approved.
    """

    law: str
    asks: Words
    since: date
    audiences: tuple[Literal["public", "partner", "internal"], ...]
    place: Literal["start", "end"]
    unless_reviewed: bool = False
    text: Mapping[str, str]
    reviewed: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _speaks_english(self) -> Self:
        if "en" not in self.text or (self.reviewed and "en" not in self.reviewed):
            raise ValueError("the label needs its words in English ('en') for languages without words of their own")
        return self


class Pack(Vocabulary):
    """The rules of one market. `language` is that of rules which name none; `ai_label` is the label that its law asks
    for, None where it asks for none."""

    market: str
    title: Words
    language: str = "zh"
    laws: Mapping[Id, Law]
    rules: tuple[Rule, ...]
    ai_label: LabelRule | None = None

    @model_validator(mode="after")
    def _rules_are_whole(self) -> Self:
        if self.ai_label is not None and self.ai_label.law not in self.laws:
            raise ValueError(f"'ai_label': no law is called '{self.ai_label.law}'")
        for rule in self.rules:
            if rule.law not in self.laws:
                raise ValueError(f"'{rule.id}': no law is called '{rule.law}'")
            if not (rule.words or rule.patterns or rule.phrases):
                raise ValueError(f"'{rule.id}' has no words, patterns or phrases")
        if len({rule.id for rule in self.rules}) < len(self.rules):
            raise ValueError("two rules have the same id")
        return self


@dataclass(frozen=True, slots=True)
class Offence:
    """Words of a text that a rule is about."""

    rule: Rule
    law: Law
    span: Span


def packs_for(market: str | None, locale: Locale) -> tuple[str, ...]:
    """The packs a text is held to, the market's own before the generic one.

    The market says which. Without one the region of the locale does (`zh-CN`, `de-DE`, `en-US`), and Chinese without a
    region is held to the mainland's law: better one warning too many than a fine.
    """
    place = (market or _region(locale)).upper()
    if place == "CN" or (not place and locale.language == "zh"):
        return "cn", GENERIC
    if place == "EU" or place in MEMBERS:
        return "eu", GENERIC
    return ("us", GENERIC) if place in ("US", "USA") else (GENERIC,)


@lru_cache(maxsize=1024)
def offences(text: str, language: str, packs: tuple[str, ...]) -> tuple[Offence, ...]:
    """What the packs find in a text, in order; of two that overlap the stricter, then the longer."""
    if shut := closed(text):
        return tuple(replace(o, span=shut.opened(o.span)) for o in offences(shut.text, language, packs))
    found: list[Offence] = []
    for name in packs:
        rules, cues = _ready(name, language)
        where = cues.of(lowered(text))
        for number, rule in enumerate(rules):
            found += rule.find(text, where.get(number, ()))
    found.sort(key=lambda o: (LEVELS.index(o.rule.level), o.span.start - o.span.end, o.span.start))
    kept: list[Offence] = []
    for offence in found:
        if not any(offence.span.overlaps(other.span) for other in kept):
            kept.append(offence)
    return tuple(sorted(kept, key=lambda o: o.span))


@lru_cache(maxsize=16)
def pack(name: str) -> Pack:
    """A pack by its file name without suffix. Raises `InputError` naming file and place."""
    return load(PACKS / f"{name}.yaml", Pack)


class _Ready:
    """A rule made ready to search with."""

    def __init__(self, rule: Rule, law: Law, vocabulary: Vocabulary, book: Phrasebook | None) -> None:
        known = {phrase.id for phrase in book.phrases} if book else set()
        unknown = [phrase for phrase in rule.phrases if phrase not in known]
        if unknown:
            raise InputError(f"'{rule.id}': no phrase is called '{unknown[0]}'")
        self._rule, self._law = rule, law
        self._searcher = Searcher(rule, vocabulary)
        self._language = book.language if book else ""

    def find(self, text: str, cues: Sequence[Span]) -> Iterator[Offence]:
        for hit in self._searcher.find(lowered(text), cues) if cues else ():
            yield Offence(self._rule, self._law, hit.span)
        if self._rule.phrases:
            for hit in superlatives(text, self._language):
                if hit.phrase.id in self._rule.phrases and self._searcher.meant(lowered(text), hit.span):
                    yield Offence(self._rule, self._law, hit.span)


@lru_cache(maxsize=64)
def _ready(name: str, language: str) -> tuple[Sequence[_Ready], Cues]:
    """The rules of a pack for a language, and their cues."""
    found = pack(name)
    book = phrasebook(language)
    vocabulary = book.and_more(found) if book else found
    rules = [rule for rule in found.rules if (rule.language or found.language) == language]
    return [_Ready(rule, found.laws[rule.law], vocabulary, book) for rule in rules], Cues(rules)


def _region(locale: Locale) -> str:
    last = locale.tag.rsplit("-", 1)[-1]
    return last if "-" in locale.tag and len(last) == 2 else ""
