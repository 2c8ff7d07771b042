"""Whether a sentence in other words still says what its source says, as far as a program can tell.

Figures, dates and qualifiers on both sides; names and product codes; negation; and the direction of a change. What
passes may still be clumsy; what fails is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.ledger import claims_of
from assistant.claims.quantities import match_of, quantities
from assistant.claims.words import content_words
from assistant.draft import Evidence, Paragraph
from knowledge.domain.locale import Locale, detect_language
from knowledge.domain.quantity import Match, Quantity
from knowledge.domain.text import length

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9\-]*\d[A-Za-z0-9\-]*|[A-Z][a-z]+[A-Z]\w*|\b[A-Z]{2,}\b")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NEGATION = {
    "zh": re.compile(r"[不没未无非]|别"),
    "en": re.compile(r"\b(?:no|not|never|without|none|nobody|nothing|cannot)\b|n't\b", re.IGNORECASE),
}
_DOWN = {
    "zh": re.compile(r"降|减|缩短|少|下滑|跌|精简"),
    "en": re.compile(
        r"\b(?:f[ae]ll(?:en|s|ing)?|dropp?(?:ed|s|ing)?|decreas|reduc|cut|down|lower|less|fewer|shr[aiu]nk|short)",
        re.IGNORECASE,
    ),
}
_UP = {
    "zh": re.compile(r"升|增|提高|涨|扩大|翻"),
    "en": re.compile(
        r"\b(?:r[io]se(?:n|s)?|rising|increas|gr[eo]wn?|grow|improv|up|higher|more|rais|climb)", re.IGNORECASE
    ),
}

_MARKS = {
    "zh": ("截至", "计划", "预计", "目标", "试点", "平均", "累计", "折合|年化", "承诺", "部分", "首批|首次", "之一"),
    "en": (
        r"\bas of\b|\bby\b|\bsince\b|\buntil\b",
        r"\bplan",
        r"\bexpect",
        r"\btarget|\bgoal|\baim",
        r"\bpilot",
        r"\baverage|\bmean\b",
        r"\bannuali[sz]ed",
        r"\bcommit|\bpromis|\bundertak",
        r"\bsome\b|\bpart(?:s|ly)? of",
        r"\bone of\b",
    ),
}
"""Words that say how a fact is meant: as of a day, planned, a target, a pilot, an average. They stay or the claim is
another; each line is one meaning."""

SHARED = 0.4
"""The share of the source's content words that must come back: less, and it is about something else."""


def faithful(source: str, said: str, locale: Locale) -> bool:
    """True when `said` carries the figures, codes, negation and direction of `source` and adds none, and the ledger
    finds nothing wrong in it.

    `source` may be in another language; then directions and words are not compared.
    """
    if not said or _figures_differ(source, said, locale) or _codes_differ(source, said, locale):
        return False
    language = locale.language
    if detect_language(source) not in (None, language):
        return True
    for pattern in (_NEGATION.get(language), _DOWN.get(language), _UP.get(language)):
        if pattern and bool(pattern.search(said)) and not pattern.search(source):
            return False
    if _marks(source, language) != _marks(said, language):
        return False
    negation = _NEGATION.get(language)
    if negation and negation.search(source) and not negation.search(said):
        return False
    if _refuted(source, said, locale):
        return False
    words = content_words(source)
    carried = len(words & content_words(said)) / len(words) if words else 1.0
    return carried >= SHARED and 0.4 <= length(said, locale) / max(length(source, locale), 1) <= 1.8


def safe_to_reword(source: str, locale: Locale) -> bool:
    """False for a sentence with a negation: "old machines without a port" comes back as "no old machines", and no
    program notices. Such a sentence stands as it is."""
    negation = _NEGATION.get(locale.language)
    return not (negation and negation.search(source))


def within(source: str, said: str, locale: Locale) -> bool:
    """True when `said` has no figure and no code that `source` has not: for a headline, which may leave things out."""
    said_figures, there = quantities(said, locale.language), quantities(source)
    return bool(said) and all(_found(q, there) for q in said_figures) and not (_codes(said) - _codes(source))


def _refuted(source: str, said: str, locale: Locale) -> bool:
    """True when the ledger finds something in `said` that `source` contradicts or does not have."""
    evidence = Evidence("S1", source, locale.tag)
    claims = claims_of(Paragraph("p1", said, ("S1",)), [evidence], locale)
    return any(claim.verdict in ("contradicted", "unsupported", "qualifier_changed") for claim in claims)


def _figures_differ(source: str, said: str, locale: Locale) -> bool:
    there, here = quantities(source), quantities(said, locale.language)
    return not (all(_found(q, there) for q in here) and all(_found(q, here) for q in there))


def _found(quantity: Quantity, among: Sequence[Quantity]) -> bool:
    return any(match_of(quantity, other) is Match.SAME for other in among)


def _codes_differ(source: str, said: str, locale: Locale) -> bool:
    """Product names and abbreviations come back; in a Chinese sentence no new Latin word comes in."""
    if not _codes(source) <= _codes(said):
        return True
    if not locale.counts_characters:
        return bool(_codes(said) - _codes(source))
    known = {word.casefold() for word in _LATIN.findall(source)}
    return any(word.casefold() not in known for word in _LATIN.findall(said))


def _marks(text: str, language: str) -> set[int]:
    """Which of the meanings in `_MARKS` a text has."""
    return {n for n, mark in enumerate(_MARKS.get(language, ())) if re.search(mark, text, re.IGNORECASE)}


def _codes(text: str) -> set[str]:
    return {code.casefold() for code in _CODE.findall(text)}
