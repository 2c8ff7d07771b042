"""One of a unit of time, where a qualifier shows that it is measured: more than a year, 不到一秒, within an hour.

Without one "a year" mostly means "each" or "some", and is no quantity. A decade is ten years.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from knowledge.domain.quantity.amount import qualify
from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.page import Amount, Page
from knowledge.domain.quantity.suffixes import match_suffix
from knowledge.domain.quantity.trie import Endings

# The last word of a qualifier and the article behind it, as the seeds are searched.
_QUALIFIED: dict[str, tuple[str, str]] = {
    "en": ("than over under about nearly almost around within least roughly approximately inside most", "a an one"),
    "de": (
        "als fast knapp rund etwa mindestens höchstens innerhalb binnen über unter nahezu maximal",
        "ein eine einem einer einen eines",
    ),
    "fr": ("environ moins presque dans", "un une"),
    "es": ("de casi hasta aproximadamente menos", "un una"),
    "pt": ("de quase até aproximadamente menos", "um uma"),
}
_ELIDED = {"fr": ("d'un", "d'une", "d’un", "d’une")}
_DECADES: dict[str, tuple[str, tuple[str, ...]]] = {
    "en": ("decade", ("a", "past", "last", "next", "previous", "first", "whole", "full", "entire")),
    "de": ("jahrzehnt", ("ein", "einem", "eines", "letzten", "vergangenen", "nächsten", "kommenden")),
    "fr": ("décennie", ("une", "dernière", "prochaine", "d'une", "d’une")),
    "es": ("década", ("una", "última", "pasada", "próxima")),
    "pt": ("década", ("uma", "última", "passada", "próxima")),
}


_PLURALS = {"en": "decades", "de": "jahrzehnte", "fr": "décennies", "es": "décadas", "pt": "décadas"}


@lru_cache(maxsize=8)
def single_words(language: str) -> dict[str, int]:
    """The words that `read_single` begins at, with how far into them the article stands."""
    if language not in _QUALIFIED:
        return {}
    heads, articles = (part.split() for part in _QUALIFIED[language])
    table = {f"{head} {article}": len(head) + 1 for head in heads for article in articles}
    return table | dict.fromkeys(_ELIDED.get(language, ()), 2)


def read_single(page: Page, start: int, end: int) -> int:
    """More than a year, moins d’une heure: the article counts when a unit of time follows and a qualifier precedes."""
    article = start + single_words(page.language)[page.low[start:end]]
    suffix = match_suffix(page.text, page.low, end, page.language)
    if suffix is None or suffix.kind is not Kind.DURATION:
        return 0
    amount = Amount(article, suffix.end, suffix.factor, Kind.DURATION, suffix.unit, spelled=True)
    qualify(page, amount)
    if amount.qualifier is Qualifier.EXACT:
        return 0
    page.amounts.append(amount)
    return suffix.end


def read_han_single(page: Page, start: int, end: int) -> int:
    """不到一秒, 一周内, 近一年; 一年多 is read with its unit."""
    suffix = match_suffix(page.text, page.text, end, page.language)
    if suffix is None or suffix.kind is not Kind.DURATION or suffix.factor != 1:
        return 0
    amount = Amount(start, suffix.end, Fraction(1), Kind.DURATION, suffix.unit, spelled=True)
    qualify(page, amount)
    if amount.qualifier is Qualifier.EXACT:
        return 0
    page.amounts.append(amount)
    return suffix.end


def decade_words(language: str) -> list[str]:
    """The words that `read_decade` begins at."""
    return [_DECADES[language][0], _PLURALS[language]] if language in _DECADES else []


@lru_cache(maxsize=8)
def _before_decade(language: str) -> Endings:
    return Endings(_DECADES[language][1])


def read_decade(page: Page, start: int, end: int) -> int:
    """A decade, the past decade: ten years; decades: several times ten."""
    low = page.low
    if low[start:end] == _PLURALS[page.language]:
        amount = Amount(start, end, Fraction(10), Kind.DURATION, "year", qualifier=Qualifier.SEVERAL, spelled=True)
        page.amounts.append(amount)
        return end
    if low[start - 1 : start] != " " or not (article := _before_decade(page.language).at(low, start - 1)):
        return 0
    if low.startswith((" de ", " of the "), end) and low[end + 4 : end + 6].isdigit():
        return 0
    first = start - 1 - len(article) if article in ("a", "ein", "einem", "une", "una", "uma") else start
    amount = Amount(first, end, Fraction(10), Kind.DURATION, "year", spelled=True)
    qualify(page, amount)
    page.amounts.append(amount)
    return end
