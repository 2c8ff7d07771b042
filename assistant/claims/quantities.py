"""The quantities of a text, read once, and how one that is said compares with one of a source."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from assistant.draft import Evidence
from knowledge.domain.locale import detect_language
from knowledge.domain.quantity import Kind, Match, Quantity, compare, find


def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text; the same text is read once. Without a language it is told from the text.

    In "from 74 to an annualised 46 hours" the first has its unit from the second.
    """
    return _quantities(text, language or detect_language(text))


@lru_cache(maxsize=4096)
def _quantities(text: str, language: str | None) -> tuple[Quantity, ...]:
    found = find(text, language)
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], found[n + 1]
        between = text[first.span.end : second.span.start]
        if _bare(first) and not _bare(second) and second.date is None and _FROM_TO.fullmatch(between):
            found[n] = replace(first, kind=second.kind, unit=second.unit)
    return tuple(found)


_FROM_TO = re.compile(r"[^，。；,.;\n]{0,16}(?:\bto\b|[至到为]|→)[^，。；,.;\n]{0,16}")


def _bare(quantity: Quantity) -> bool:
    return quantity.kind is Kind.NUMBER and not quantity.unit


def match_of(said: Quantity, source: Quantity) -> Match:
    """How a quantity that is said compares with one of a source.

    A date may be said less precisely than the source has it, never more. A share is the same in percent and as a
    fraction: one in five and 20%.
    """
    if said.date is not None and source.date is not None and said.date != source.date:
        stated = [(getattr(said.date, part), getattr(source.date, part)) for part in _DATE_PARTS]
        within = all(a is None or a == b for a, b in stated) and said.date.fiscal == source.date.fiscal
        return Match.SAME if within else Match.DIFFERENT
    if is_share(said) and source.kind is Kind.PERCENT:
        said = _in_percent(said)
    elif is_share(source) and said.kind is Kind.PERCENT:
        source = _in_percent(source)
    return compare(said, source)


def is_share(quantity: Quantity) -> bool:
    """True for a bare fraction below one: half, 三分之一, one in five."""
    value = quantity.value
    return quantity.kind is Kind.NUMBER and not quantity.unit and value is not None and 0 < value < 1


def _in_percent(share: Quantity) -> Quantity:
    assert share.value is not None
    high = None if share.high is None else share.high * 100
    return replace(share, kind=Kind.PERCENT, unit="%", value=share.value * 100, high=high)


_DATE_PARTS = ("year", "month", "day", "quarter", "half")


def holds(evidence: Evidence, quantity: Quantity) -> bool:
    """True when the evidence has the quantity with its qualifier."""
    return any(match_of(quantity, candidate) is Match.SAME for candidate in quantities(evidence.text))
