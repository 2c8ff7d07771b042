"""Certificates, marks, official titles and awards that a text says somebody has, and their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.claims.certified import NUMBER, Ruling, rulings
from assistant.claims.examiner import (
    CONTRADICTED,
    NOT_CHECKED,
    SUPPORTED,
    UNSUPPORTED,
    Examiner,
    Found,
    Grounds,
    Source,
)
from assistant.claims.reading import Reading
from knowledge.certifications import Mention, Standing, loose, mentions, proves
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold
from knowledge.domain.locale import Locale
from knowledge.domain.words import Words
from knowledge.lexicon import Lexicon, NameKind

_OF_OTHERS = frozenset({"case", "competitor", "person", "view", "policy", "medium"})
"""Kinds of entries that tell of the certificates of others, too."""
_OURS = re.compile(r"我们|我司|我公司|本公司|\b(?:we|our|us)\b", re.IGNORECASE)

NOTES = {
    (SUPPORTED, ""): Words(zh="出处里有", en="the source has it"),
    (SUPPORTED, "library"): Words(zh="口径库里有凭证", en="the library has it"),
    (CONTRADICTED, "denied"): Words(zh="出处说没有取得", en="the source says that it is not held"),
    (CONTRADICTED, "planned"): Words(zh="出处说的是计划或正在申请", en="the source has it as planned or applied for"),
    (UNSUPPORTED, ""): Words(
        zh="资料和口径库里没有这项认证、资质或奖项", en="neither the sources nor the library have it"
    ),
    (NOT_CHECKED, ""): Words(zh="没有引用出处", en="nothing is cited"),
    (NOT_CHECKED, "language"): Words(
        zh="资料是另一种语言，名称无法比对", en="the sources are in another language, names do not compare"
    ),
}


class CertificateExaminer(Examiner):
    """What is said to be held: standards and marks by their code, titles and awards by their words.

    What the library has on record as a certificate is proved by that record alone, whatever a source says; but a
    source about somebody else may tell of that one's certificates.
    """

    kinds = ("certificate",)

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        ruled = rulings(said, grounds.lexicon)
        for mention in mentions(said.text):
            if mention.standing is Standing.HELD:
                yield _examined(mention, said, grounds, ruled.pop(mention.span, None))
        for span, ruling in ruled.items():
            if not any(span.of(said.text) in source.evidence.text for source in _of_others(span, said, grounds)):
                yield _refused(span, ruling, grounds)


def _examined(mention: Mention, said: Reading, grounds: Grounds, ruling: Ruling | None) -> Found:
    sources: tuple[Source, ...] = (*grounds.cited, *grounds.others)
    if ruling and ruling.reason:
        told = _of_others(mention.span, said, grounds)
        if not any(_carries(source, mention) for source in told):
            more = _more_exact(mention, sources, grounds.lexicon)
            return _found(mention, SUPPORTED, "", *more) if more else _refused(mention.span, ruling, grounds)
        sources = told
    weaker: tuple[Source, Mention] | None = None
    for source in sources:
        for other in _mentions(source.evidence.text):
            if mention.is_carried_by(other):
                if other.standing in (Standing.HELD, Standing.MENTIONED):
                    return _found(mention, SUPPORTED, "", source, other)
                weaker = weaker or (source, other)
        if mention.in_words and mention.key[1] in loose(source.evidence.text + source.evidence.title):
            return _found(mention, SUPPORTED, "")
    if (ruling and not ruling.reason) or _is_proved(mention, grounds.lexicon):
        return _found(mention, SUPPORTED, "library")
    if weaker:
        reason = "denied" if weaker[1].standing is Standing.DENIED else "planned"
        return _found(mention, CONTRADICTED, reason, *weaker)
    if not grounds.cited and not grounds.complete:
        return _found(mention, NOT_CHECKED, "")
    if mention.in_words and grounds.cited and all(s.reading.language != said.language for s in grounds.cited):
        return _found(mention, NOT_CHECKED, "language")
    return _found(mention, UNSUPPORTED, "")


def _refused(span: Span, ruling: Ruling, grounds: Grounds) -> Found:
    """What the record does not prove. Its own words stand as evidence where they were offered."""
    entry = ruling.record.entry_id
    source = next((s for s in (*grounds.cited, *grounds.others) if s.evidence.entry_id == entry), None)
    evidence = (source.at(Span(0, len(source.evidence.text))),) if source else ()
    verdict = CONTRADICTED if ruling.reason == NUMBER else UNSUPPORTED
    return Found(span, "certificate", verdict, evidence, ruling.reason, ruling.note, ruling.fix)


def _of_others(span: Span, said: Reading, grounds: Grounds) -> tuple[Source, ...]:
    """The sources about others; none when the sentence speaks of the company or of one of its products."""
    sentence = said.sentence_at(span.start).text
    known = [found.name for found in grounds.lexicon.spellings.find(fold(sentence))]
    if _OURS.search(sentence) or any(name.own or name.kind is NameKind.PRODUCT for name in known):
        return ()
    return tuple(s for s in (*grounds.cited, *grounds.others) if s.evidence.kind in _OF_OTHERS)


def _carries(source: Source, mention: Mention) -> bool:
    held = (Standing.HELD, Standing.MENTIONED)
    if mention.in_words and mention.key[1] in loose(source.evidence.text):
        return True
    return any(mention.is_carried_by(m) and m.standing in held for m in _mentions(source.evidence.text))


def _more_exact(mention: Mention, sources: tuple[Source, ...], lexicon: Lexicon) -> tuple[Source, Mention] | None:
    """A part of the standard that is held and not on record: IEC 62443-4-2 carries IEC 62443 when only -4-1 ran out."""
    for source in sources:
        for other in _mentions(source.evidence.text):
            exact = len(other.key) > len(mention.key) and mention.is_carried_by(other)
            if exact and other.standing is Standing.HELD and not any(r.speaks_of(other) for r in lexicon.on_record):
                return source, other
    return None


def _is_proved(mention: Mention, lexicon: Lexicon) -> bool:
    """By a certificate of the library; those were valid on the day the lexicon was made."""
    for certificate in lexicon.certificates:
        for name in certificate.names:
            if mention.in_words and (mention.key[1] in loose(name) or proves(name, mention.key[1])):
                return True
            if not mention.in_words and any(mention.is_carried_by(other) for other in _mentions(name)):
                return True
    return False


@lru_cache(maxsize=2048)
def _mentions(text: str) -> tuple[Mention, ...]:
    return tuple(mentions(text))


def _found(
    mention: Mention, verdict: str, reason: str, source: Source | None = None, at: Mention | None = None
) -> Found:
    evidence = (source.at(at.span),) if source and at else ()
    return Found(mention.span, "certificate", verdict, evidence, reason, NOTES[(verdict, reason)])
