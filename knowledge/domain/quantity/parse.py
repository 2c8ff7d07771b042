"""Finding quantities in a text: one pass finds where something numeric can begin, and only there is read.

At each place the readers are asked in turn: dates first, then names to leave alone, then amounts of a shape of their
own, then numbers with all that belongs to them. Every look to the side is bounded, so the time grows with the length of
the text and with nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from knowledge.domain.finding import Span
from knowledge.domain.locale import LANGUAGES, detect_language
from knowledge.domain.quantity.amount import build
from knowledge.domain.quantity.dates import inherit, read_date, read_east_date
from knowledge.domain.quantity.dates_named import (
    month_words,
    ordinal_words,
    read_day_first,
    read_month,
    read_part_of_year,
)
from knowledge.domain.quantity.fold import fold, lower
from knowledge.domain.quantity.han import han_value
from knowledge.domain.quantity.model import Quantity
from knowledge.domain.quantity.names import link_spans, read_name
from knowledge.domain.quantity.numerals import HAN_NUMERAL, decimal_comma, digits_at
from knowledge.domain.quantity.page import Amount, Page, Reader
from knowledge.domain.quantity.ranges import merge
from knowledge.domain.quantity.scan import seeds
from knowledge.domain.quantity.special import (
    read_fraction,
    read_half,
    read_ordinal,
    read_special_number,
    read_special_word,
    special_words,
)
from knowledge.domain.quantity.spelled import number_words, spelled_at
from knowledge.domain.quantity.times import read_time

_HAN = re.compile(r"[一-鿿]")


def find(text: str, language: str | None = None) -> list[Quantity]:
    """The quantities of `text` in order, without overlaps. Never raises.

    `language` is a language or a BCP 47 tag (es-MX, en-GB: the region decides separators and the order of day and
    month); None detects it, and reads as English what cannot be told.
    """
    tag, short = _language(text, language)
    folded = fold(text, simplify=short == "zh")
    page = Page(folded, lower(folded), tag, short, decimal_comma(tag))
    _read(page)
    if not page.amounts and not page.dates:
        return []
    amounts = merge(folded, _without_overlap(page.amounts))
    quantities = [Quantity(Span(a.start, a.end), "", a.kind, a.value, a.high, a.unit, a.qualifier) for a in amounts]
    found = _apart([*inherit(page.dates), *quantities]) if page.dates else quantities
    return [replace(quantity, text=quantity.span.of(text)) for quantity in found]


def _language(text: str, language: str | None) -> tuple[str, str]:
    """The tag and the language that the grammar follows."""
    tag = (language or detect_language(text) or ("zh" if _HAN.search(text) else "en")).replace("_", "-")
    short = tag.split("-", 1)[0].lower()
    return (tag, short) if short in LANGUAGES else ("en", "en")


def _read(page: Page) -> None:
    """Read the page from seed to seed."""
    position = 0
    links: list[tuple[int, int]] | None = None
    link = 0
    readers = _word_readers(page.tag, page.language)
    for seed in seeds(page.tag, page.language).finditer(page.low):
        start = seed.start()
        if start < position:
            continue
        if links is None:
            links = link_spans(page.text)
        while link < len(links) and links[link][1] <= start:
            link += 1
        if link < len(links) and links[link][0] <= start:
            position = links[link][1]
            continue
        group, end = seed.lastgroup, seed.end()
        for read in readers[seed.group()] if group == "word" else _READERS[group or ""]:
            if stop := read(page, start, end):
                position = stop
                break


def _read_digits(page: Page, start: int, end: int) -> int:
    """A number in digits that is no date and no name."""
    stop, value = digits_at(page.text, start, page.comma)
    if value is None:
        return stop
    return build(page, start, stop, value, spelled=False) or stop


def _read_han(page: Page, start: int, end: int) -> int:
    """A Chinese numeral."""
    if page.language in ("ja", "ko"):
        return end
    match = HAN_NUMERAL.match(page.text, start)
    stop = match.end() if match else end
    value = han_value(page.text, start, stop, page.language)
    return build(page, start, stop, value, spelled=True) if value is not None else stop


def _read_spelled(page: Page, start: int, end: int) -> int:
    """A number in words."""
    first, stop, value = spelled_at(page, start)
    return build(page, first, stop, value, spelled=True) if value is not None else stop if stop > start else 0


_READERS: dict[str, tuple[Reader, ...]] = {
    "digits": (read_date, read_day_first, read_time, read_name, read_special_number, _read_digits),
    "han": (read_east_date, read_special_number, _read_han),
    "mark": (read_east_date, read_ordinal, read_half),
}


@lru_cache(maxsize=32)
def _word_readers(tag: str, language: str) -> dict[str, tuple[Reader, ...]]:
    """The readers for each word that a seed can be."""
    table: dict[str, tuple[Reader, ...]] = {}
    for words, read in (
        (month_words(tag), read_month),
        (ordinal_words(tag), read_part_of_year),
        (special_words(language), read_special_word),
        (number_words(language), read_fraction),
        (number_words(language), _read_spelled),
    ):
        for word in words:
            table[word] = (*table.get(word, ()), read)
    return table


def _without_overlap(amounts: list[Amount]) -> list[Amount]:
    """`amounts` in order, cores apart and qualifiers cut where they meet."""
    kept: list[Amount] = []
    for amount in amounts:
        if kept and amount.core_start < kept[-1].core_end:
            continue
        if kept and amount.start < kept[-1].end:
            # A qualifier between two numbers belongs to the first when it follows it, else to the second.
            last = kept[-1]
            if amount.start >= last.core_end and last.end <= amount.core_start:
                last.end = max(last.core_end, min(last.end, amount.start))
            amount.start = max(amount.start, last.end)
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
