"""Superlatives and comparisons with rivals: what a text says nobody else is or does, and whether a source says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims.examiner import NOT_CHECKED, SUPPORTED, UNSUPPORTED, Examiner, Found, Grounds, Source
from assistant.claims.phrases import Superlative, phrasebook
from assistant.claims.reading import Reading
from assistant.claims.searching import lowered, sentence_around, superlatives
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.lexicon import Lexicon

NOTES = {
    (SUPPORTED, ""): Words(zh="出处也这样说", en="the source says so"),
    (UNSUPPORTED, ""): Words(zh="所引出处没有这样说", en="the cited sources do not say so"),
    (UNSUPPORTED, "wider"): Words(zh="出处说的范围比这里小", en="the source says it of a smaller field"),
    (UNSUPPORTED, "elsewhere"): Words(
        zh="所引出处没有，别处的资料有", en="not the cited source but another one says so"
    ),
    (NOT_CHECKED, ""): Words(zh="没有引用出处", en="nothing is cited"),
}

ALIKE = 0.15
"""The share of content words that two sentences about the same thing have in common, at least."""

_EMPTY = frozenset("the a an our your its most in on of is are than 最 的 是 也 了".split())
_REPORT = re.compile(r"报告|证明|鉴定|查新|统计|检测|测试|意见书|附件|(?i:reports?|surveys?|stud(?:y|ies)|tests?)")
_WORD = re.compile(r"[a-zà-ɏ]{2,}")
_HAN = re.compile(r"[㐀-䶿一-鿿]{2,}")


@dataclass(frozen=True, slots=True)
class Praise:
    """One superlative or comparison of a text. `sense` says what, `scopes` where, both alike in every language; `words`
    are its own, `about` the other content words of its sentence."""

    span: Span
    kind: str
    sense: str
    words: frozenset[str]
    scopes: frozenset[str]
    about: frozenset[str]


class SuperlativeExaminer(Examiner):
    """Supported when a cited sentence about the same says the same, of a field that is not smaller."""

    kinds = ("superlative", "comparison")

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        for praise in praises(said):
            if not is_name(praise.span, said.text, grounds.lexicon) and not is_reported(
                praise.span, said.text, grounds.lexicon
            ):
                yield _examined(praise, said.language, grounds)


def _examined(praise: Praise, language: str, grounds: Grounds) -> Found:
    if not grounds.cited and not grounds.complete:
        return Found(praise.span, praise.kind, NOT_CHECKED, note=NOTES[(NOT_CHECKED, "")])
    verdict, reason, evidence = UNSUPPORTED, "", None
    for cited, source in _each(grounds):
        for other in praises(source.reading):
            if not _same(praise, other, language == source.reading.language):
                continue
            if _is_wider(praise, other):
                reason, evidence = reason or "wider", evidence or source.at(other.span)
            elif cited:
                return Found(praise.span, praise.kind, SUPPORTED, (source.at(other.span),), "", NOTES[(SUPPORTED, "")])
            else:
                reason, evidence = reason or "elsewhere", evidence or source.at(other.span)
    return Found(praise.span, praise.kind, verdict, (evidence,) if evidence else (), reason, NOTES[(verdict, reason)])


def _each(grounds: Grounds) -> Iterable[tuple[bool, Source]]:
    yield from ((True, source) for source in grounds.cited)
    yield from ((False, source) for source in grounds.others)


def _same(said: Praise, other: Praise, same_language: bool) -> bool:
    """True when both say the same of the same; across languages the sense alone tells."""
    if said.kind != other.kind or said.sense != other.sense:
        return False
    if not same_language:
        return True
    if said.words and other.words and not said.words & other.words:
        return False
    fewer = min(len(said.about), len(other.about))
    return fewer == 0 or len(said.about & other.about) / fewer >= ALIKE


def _is_wider(said: Praise, other: Praise) -> bool:
    """True when the source names a field and the text another one, or a bigger one."""
    return bool(other.scopes) and bool(said.scopes) and not said.scopes & other.scopes


@lru_cache(maxsize=2048)
def praises(reading: Reading) -> tuple[Praise, ...]:
    """The superlatives and comparisons of a text, in order."""
    book = phrasebook(reading.language)
    found = []
    for hit in superlatives(reading.text, reading.language) if book else ():
        phrase = hit.phrase
        if book is None or not isinstance(phrase, Superlative):
            continue
        sentence = reading.sentence_at(hit.span.start)
        text, whole = lowered(hit.span.of(reading.text)), lowered(sentence.text)
        words = _parts(text)
        found.append(
            Praise(
                hit.span,
                phrase.kind,
                next((sense for sense, words in book.senses.items() if any(w in text for w in words)), phrase.sense),
                words,
                frozenset(name for name, words in book.scopes.items() if any(w in whole for w in words)),
                sentence.words - words,
            )
        )
    return tuple(found)


def is_reported(span: Span, text: str, lexicon: Lexicon) -> bool:
    """True when the sentence tells what a report of the library is about: half of the report's words stand in it."""
    reports = [name for certificate in lexicon.certificates for name in certificate.names if _REPORT.search(name)]
    if not reports:
        return False
    said = _parts(sentence_around(text, span).of(lowered(text)))
    return any(len(words) >= 4 and 2 * len(words & said) >= len(words) for words in map(_subject, reports))


def is_name(span: Span, text: str, lexicon: Lexicon) -> bool:
    """True when the words belong to a proved certificate or title, or to a name that the library knows."""
    said = span.of(text)
    names = (
        *(name for certificate in lexicon.certificates for name in certificate.names),
        *(spelling for known in lexicon.names for spelling in known.spellings),
    )
    for name in names:
        if said in name:
            start = text.find(name, max(0, span.end - len(name)))
            if 0 <= start <= span.start and span.end <= start + len(name):
                return True
    return False


def _subject(report: str) -> frozenset[str]:
    return _parts(_REPORT.sub(" ", lowered(report)))


def _parts(text: str) -> frozenset[str]:
    """What the words of a superlative are made of: Latin words, Han bigrams."""
    parts = set(_WORD.findall(text)) - _EMPTY
    for run in _HAN.findall(text):
        parts |= {run[i : i + 2] for i in range(len(run) - 1)}
    return frozenset(parts)
