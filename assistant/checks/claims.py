"""The claims of a paragraph: every figure and date, with the evidence span that carries it, decided by program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.draft import Claim, Evidence, EvidenceSpan, Paragraph
from knowledge.domain.locale import Locale, detect_language
from knowledge.domain.quantity import Kind, Match, Quantity, compare, find

KINDS = {Kind.MONEY: "money", Kind.PERCENT: "percent", Kind.PERCENTAGE_POINT: "percent", Kind.DATE: "date"}

_NOTES = {
    "supported": ("出处有同一数值", "the source has the same value"),
    "qualifier_changed": ("数值相同，限定词变了", "same value, another qualifier"),
    "unsupported": ("所引出处没有这个数值", "the cited sources do not have this value"),
    "not_checked": ("没有引用出处", "nothing is cited"),
}


@lru_cache(maxsize=4096)
def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of a text; the same text is read once.

    In "from 74 to an annualised 46 hours" the first has its unit from the second.
    """
    found = find(text, language or detect_language(text))
    for n in range(len(found) - 2, -1, -1):
        first, second = found[n], found[n + 1]
        between = text[first.span.end : second.span.start]
        if _bare(first) and not _bare(second) and second.date is None and _FROM_TO.fullmatch(between):
            found[n] = replace(first, kind=second.kind, unit=second.unit)
    return tuple(found)


_FROM_TO = re.compile(r"[^，。；,.;\n]{0,16}(?:\bto\b|[至到为]|→)[^，。；,.;\n]{0,16}")


def _bare(quantity: Quantity) -> bool:
    return quantity.kind is Kind.NUMBER and not quantity.unit


def claims_of(paragraph: Paragraph, cited: Sequence[Evidence], locale: Locale) -> list[Claim]:
    """The ledger of one paragraph. A gap makes no claims."""
    if paragraph.gap:
        return []
    if paragraph.by == "program" and any(paragraph.text == evidence.title for evidence in cited):
        return []  # an approved title as it stands: its own entry carries it
    return [
        _claim(paragraph, number, quantity, cited, locale)
        for number, quantity in enumerate(quantities(paragraph.text, locale.language), start=1)
    ]


def _claim(paragraph: Paragraph, number: int, quantity: Quantity, cited: Sequence[Evidence], locale: Locale) -> Claim:
    verdict, where = _verdict(quantity, cited)
    return Claim(
        id=f"{paragraph.id}.c{number}",
        paragraph=paragraph.id,
        span=quantity.span,
        text=quantity.text,
        kind=KINDS.get(quantity.kind, "quantity"),
        verdict=verdict,
        evidence=where,
        note=_NOTES[verdict][0 if locale.language == "zh" else 1],
    )


def _verdict(quantity: Quantity, cited: Sequence[Evidence]) -> tuple[str, tuple[EvidenceSpan, ...]]:
    if not cited:
        return "not_checked", ()
    weaker: EvidenceSpan | None = None
    for evidence, candidate in _candidates(cited):
        match = match_of(quantity, candidate)
        if match is Match.SAME:
            return "supported", (EvidenceSpan(evidence.id, candidate.span),)
        if match is Match.QUALIFIER_CHANGED and weaker is None:
            weaker = EvidenceSpan(evidence.id, candidate.span)
    return ("qualifier_changed", (weaker,)) if weaker else ("unsupported", ())


def _candidates(cited: Sequence[Evidence]) -> Iterator[tuple[Evidence, Quantity]]:
    for evidence in cited:
        for quantity in quantities(evidence.text):
            yield evidence, quantity


def holds(evidence: Evidence, quantity: Quantity) -> bool:
    """True when the evidence has the quantity with its qualifier."""
    return any(match_of(quantity, candidate) is Match.SAME for candidate in quantities(evidence.text))


def match_of(said: Quantity, source: Quantity) -> Match:
    """How a quantity that is said compares with one of a source.

    A date may be said less precisely than the source has it, never more.
    """
    if said.date is not None and source.date is not None and said.date != source.date:
        stated = [(getattr(said.date, part), getattr(source.date, part)) for part in _DATE_PARTS]
        within = all(a is None or a == b for a, b in stated) and said.date.fiscal == source.date.fiscal
        return Match.SAME if within else Match.DIFFERENT
    return compare(said, source)


_DATE_PARTS = ("year", "month", "day", "quarter", "half")
