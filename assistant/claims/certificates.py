"""Certificates, marks, official titles and awards that a text says somebody has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

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
from knowledge.domain.locale import Locale
from knowledge.lexicon import Lexicon
from prompts.template import Words

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
    """What is said to be held: standards and marks by their code, titles and awards by their words."""

    kinds = ("certificate",)

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        for mention in mentions(said.text):
            if mention.standing is Standing.HELD:
                yield _examined(mention, said, grounds)


def _examined(mention: Mention, said: Reading, grounds: Grounds) -> Found:
    weaker: tuple[Source, Mention] | None = None
    for source in (*grounds.cited, *grounds.others):
        for other in _mentions(source.evidence.text):
            if mention.is_carried_by(other):
                if other.standing in (Standing.HELD, Standing.MENTIONED):
                    return _found(mention, SUPPORTED, "", source, other)
                weaker = weaker or (source, other)
        if mention.in_words and mention.key[1] in loose(source.evidence.text + source.evidence.title):
            return _found(mention, SUPPORTED, "")
    if _is_proved(mention, grounds.lexicon):
        return _found(mention, SUPPORTED, "library")
    if weaker:
        reason = "denied" if weaker[1].standing is Standing.DENIED else "planned"
        return _found(mention, CONTRADICTED, reason, *weaker)
    if not grounds.cited and not grounds.complete:
        return _found(mention, NOT_CHECKED, "")
    if mention.in_words and grounds.cited and all(s.reading.language != said.language for s in grounds.cited):
        return _found(mention, NOT_CHECKED, "language")
    return _found(mention, UNSUPPORTED, "")


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
