"""Finding quantities in a text: dates first, then names to leave alone, then numbers with all that belongs to them.

Every look to the side is bounded, so the time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.domain.finding import Span
from knowledge.domain.locale import LANGUAGES, detect_language
from knowledge.domain.quantity.amount import Amount, build, qualified
from knowledge.domain.quantity.dates import find_dates
from knowledge.domain.quantity.fold import fold
from knowledge.domain.quantity.han import han_numerals
from knowledge.domain.quantity.model import Quantity
from knowledge.domain.quantity.names import Taken, link_spans, name_spans
from knowledge.domain.quantity.numerals import Numeral, decimal_comma, digits
from knowledge.domain.quantity.ranges import merge
from knowledge.domain.quantity.special import special_amounts
from knowledge.domain.quantity.spelled import words

_HAN = re.compile(r"[一-鿿]")


def find(text: str, language: str | None = None) -> list[Quantity]:
    """The quantities of `text` in order, without overlaps. Never raises.

    `language` is a language or a BCP 47 tag (es-MX, en-GB: the region decides separators and the order of day and
    month); None detects it, and reads as English what cannot be told.
    """
    tag, short = _language(text, language)
    folded = fold(text, simplify=short == "zh")
    links = link_spans(folded)
    closed = Taken(links)
    dates = [date for date in find_dates(folded, tag) if not closed.touches(date.span.start, date.span.end)]
    held = links + [date.span for date in dates]
    taken = Taken(held)
    names = [span for span in name_spans(folded, decimal_comma(tag)) if not taken.touches(span.start, span.end)]
    amounts = _amounts(folded, tag, short, Taken(held + names))
    found = _apart([*dates, *(amount.quantity(folded) for amount in amounts)])
    return [replace(quantity, text=quantity.span.of(text)) for quantity in found]


def _language(text: str, language: str | None) -> tuple[str, str]:
    """The tag and the language that the grammar follows."""
    tag = (language or detect_language(text) or ("zh" if _HAN.search(text) else "en")).replace("_", "-")
    short = tag.split("-", 1)[0].lower()
    return (tag, short) if short in LANGUAGES else ("en", "en")


def _amounts(text: str, tag: str, language: str, taken: Taken) -> list[Amount]:
    """The amounts of `text` outside what is `taken`, ranges merged."""
    specials = [
        amount for amount in special_amounts(text, language) if not taken.touches(amount.core.start, amount.core.end)
    ]
    special_cores = Taken([amount.core for amount in specials])
    amounts = [qualified(text, amount, language) for amount in specials]
    previous_end = -1
    for numeral in _numerals(text, tag, language):
        if taken.touches(numeral.start, numeral.end) or special_cores.touches(numeral.start, numeral.end):
            continue
        if numeral.start < previous_end:
            continue  # inside the amount before (the 2000 of 1亿2000万)
        amount = build(text, numeral, language, previous_end)
        if amount is not None:
            amounts.append(amount)
            previous_end = amount.core.end
    amounts.sort(key=lambda amount: (amount.core.start, -amount.core.end))
    return merge(text, _without_overlap(amounts))


def _numerals(text: str, tag: str, language: str) -> list[Numeral]:
    """Numbers in digits and in words, in order; of two that overlap, the first and longer."""
    sources: list[Iterable[Numeral]] = [digits(text, tag), words(text, language)]
    if language not in ("ja", "ko"):
        sources.append(han_numerals(text, language))
    numerals = sorted((n for source in sources for n in source), key=lambda n: (n.start, -n.end))
    kept: list[Numeral] = []
    for numeral in numerals:
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


def _without_overlap(amounts: list[Amount]) -> list[Amount]:
    kept: list[Amount] = []
    for amount in amounts:
        if kept and amount.core.start < kept[-1].core.end:
            continue
        if kept and amount.start < kept[-1].end:
            # A qualifier between two numbers belongs to the first when it follows it, else to the second.
            last = kept[-1]
            if amount.start >= last.core.end and last.end <= amount.core.start:
                kept[-1] = replace(last, end=max(last.core.end, min(last.end, amount.start)))
            amount = replace(amount, start=max(amount.start, kept[-1].end))
        kept.append(amount)
    return kept


def _apart(quantities: list[Quantity]) -> list[Quantity]:
    """`quantities` in order; where two touch the same text the earlier stays."""
    kept: list[Quantity] = []
    for quantity in sorted(quantities, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or quantity.span.start >= kept[-1].span.end:
            kept.append(quantity)
        elif kept[-1].date is None and quantity.date is not None:
            end = quantity.span.start
            if end > kept[-1].span.start:
                kept[-1] = replace(kept[-1], span=Span(kept[-1].span.start, end))
                kept.append(quantity)
    return kept
