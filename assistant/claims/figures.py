"""Figures and dates: every quantity of a text, with the evidence span that carries it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.claims.examiner import (
    NOT_CHECKED,
    QUALIFIER_CHANGED,
    SUPPORTED,
    UNSUPPORTED,
    Examiner,
    Found,
    Grounds,
    Source,
)
from assistant.claims.quantities import match_of, quantities
from assistant.claims.reading import Reading
from assistant.draft import Evidence
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Kind, Match, Quantity
from prompts.template import Words

KINDS = {Kind.MONEY: "money", Kind.PERCENT: "percent", Kind.PERCENTAGE_POINT: "percent", Kind.DATE: "date"}

NOTES = {
    SUPPORTED: Words(zh="出处有同一数值", en="the source has the same value"),
    QUALIFIER_CHANGED: Words(zh="数值相同，限定词变了", en="same value, another qualifier"),
    UNSUPPORTED: Words(zh="所引出处没有这个数值", en="the cited sources do not have this value"),
    NOT_CHECKED: Words(zh="没有引用出处", en="nothing is cited"),
}


class FigureExaminer(Examiner):
    """Quantities by value, unit and qualifier."""

    kinds = ("quantity", "money", "percent", "date")

    def examine(self, said: Reading, locale: Locale, grounds: Grounds) -> Iterator[Found]:
        for quantity in said.quantities:
            yield _examined(quantity, grounds)


def _examined(quantity: Quantity, grounds: Grounds) -> Found:
    kind = KINDS.get(quantity.kind, "quantity")
    if not grounds.cited and not grounds.complete:
        return Found(quantity.span, kind, NOT_CHECKED, note=NOTES[NOT_CHECKED])
    weaker: tuple[Source, Quantity] | None = None
    for source in grounds.cited:
        for candidate in source.reading.quantities:
            match = match_of(quantity, candidate)
            if match is Match.SAME:
                return Found(quantity.span, kind, SUPPORTED, (source.at(candidate.span),), note=NOTES[SUPPORTED])
            if match is Match.QUALIFIER_CHANGED and weaker is None:
                weaker = source, candidate
    if weaker:
        where, candidate = weaker
        return Found(
            quantity.span, kind, QUALIFIER_CHANGED, (where.at(candidate.span),), note=NOTES[QUALIFIER_CHANGED],
            fix=candidate.text,
        )  # fmt: skip
    return Found(quantity.span, kind, UNSUPPORTED, note=NOTES[UNSUPPORTED])


def holds(evidence: Evidence, quantity: Quantity) -> bool:
    """True when the evidence has the quantity with its qualifier."""
    return any(match_of(quantity, candidate) is Match.SAME for candidate in quantities(evidence.text))
