"""Finding quantities in a text: one pass finds where something numeric can begin, and only there is read.

Every look to the side is bounded, so the time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.domain.finding import Span
from knowledge.domain.locale import LANGUAGES, detect_language
from knowledge.domain.quantity.dates import inherit, latin_language
from knowledge.domain.quantity.fold import Blanks, fold, lower
from knowledge.domain.quantity.lexer import read
from knowledge.domain.quantity.model import Kind, Qualifier, Quantity
from knowledge.domain.quantity.numerals import decimal_comma
from knowledge.domain.quantity.page import Amount, Page
from knowledge.domain.quantity.ranges import merge
from knowledge.domain.quantity.scan import LONG, pieces

_HAN = re.compile(r"[一-鿿]")
_SENTENCE = 2_000
"""Letters of a text that is remembered."""


def find(text: str, language: str | None = None) -> list[Quantity]:
    """The quantities of `text` in order, without overlaps. Never raises.

    `language` is a language or a BCP 47 tag (es-MX, en-GB: the region decides separators and the order of day and
    month); None detects it, and reads as English what cannot be told. A blank may be written as an entity (&nbsp;).
    """
    tag, short = _language(text, language)
    if "&" in text and (blanks := Blanks.of(text)):
        return [_original(quantity, blanks, text) for quantity in _find(blanks.text, tag, short)]
    if len(text) < _SENTENCE:
        return list(_found(text, tag, short))
    return _find(text, tag, short) if len(text) < LONG else _find_long(text, tag, short)


@lru_cache(maxsize=2048)
def _found(text: str, tag: str, language: str) -> tuple[Quantity, ...]:
    """What `_find` gives: those who write a text, check it and mend it look at the same one in turn."""
    return tuple(_find(text, tag, language))


def _find(text: str, tag: str, language: str, offset: int = 0) -> list[Quantity]:
    """The quantities of `text`, whose first character is the one at `offset` of what the spans count in."""
    folded = fold(text, simplify=language == "zh")
    page = Page(folded, lower(folded), tag, language, decimal_comma(tag), latin_language(tag))
    read(page)
    if not page.amounts and not page.dates:
        return []
    kept = _apart(inherit(page.dates), merge(folded, _without_overlap(page.amounts)), text)
    return [_quantity(start, end, what, text, language, offset) for start, end, what in kept]


def _find_long(text: str, tag: str, language: str) -> list[Quantity]:
    """The quantities of a long text, stretch by stretch; one that comes again is not read again."""
    known: dict[str, tuple[int, list[Quantity]]] = {}
    found: list[Quantity] = []
    for start, end in pieces(text, language):
        piece = text[start:end]
        if piece in known:
            first, quantities = known[piece]
            found += [_moved(quantity, start - first) for quantity in quantities]
        else:
            quantities = _find(piece, tag, language, start)
            known[piece] = start, quantities
            found += quantities
    return found


def _moved(q: Quantity, by: int) -> Quantity:
    span = Span(q.span.start + by, q.span.end + by)
    return Quantity(span, q.text, q.kind, q.value, q.high, q.unit, q.qualifier, q.date, q.language)


def _original(quantity: Quantity, blanks: Blanks, text: str) -> Quantity:
    span = Span(blanks.origin(quantity.span.start), blanks.origin(quantity.span.end))
    return Quantity(
        span, span.of(text), quantity.kind, quantity.value, quantity.high, quantity.unit, quantity.qualifier,
        quantity.date, quantity.language,
    )  # fmt: skip


def _language(text: str, language: str | None) -> tuple[str, str]:
    """The tag and the language that the grammar follows."""
    tag = (language or detect_language(text) or ("zh" if _HAN.search(text) else "en")).replace("_", "-")
    short = tag.split("-", 1)[0].lower()
    return (tag, short) if short in LANGUAGES else ("en", "en")


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


def _apart(dates: list[Quantity], amounts: list[Amount], text: str) -> list[tuple[int, int, Quantity | Amount]]:
    """Dates and amounts in order; where two touch the same text the earlier stays, cut before a date."""
    items: list[tuple[int, int, Quantity | Amount]] = [(date.span.start, date.span.end, date) for date in dates]
    items += [(amount.start, amount.end, amount) for amount in amounts if not _is_single(amount, text)]
    if dates:
        items.sort(key=lambda item: (item[0], -item[1]))
    kept: list[tuple[int, int, Quantity | Amount]] = []
    for item in items:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
        elif isinstance(kept[-1][2], Amount) and not isinstance(item[2], Amount) and item[0] > kept[-1][0]:
            kept[-1] = (kept[-1][0], item[0], kept[-1][2])
            kept.append(item)
    return kept


_THING = re.compile(r"[ ]?(?:つ|か所|カ所|ヶ所|箇所|個|个|種類|种|项|件|方面|レベル|개|가지|곳)")


def _is_single(amount: Amount, text: str) -> bool:
    """True for the 1 of 1 つ and 1 个, which counts no more than "one" and "a" do."""
    if amount.unit or amount.high is not None or amount.value != 1 or amount.kind is not Kind.NUMBER:
        return False
    return amount.qualifier in (Qualifier.EXACT, Qualifier.AT_LEAST) and _THING.match(text, amount.core_end) is not None


def _quantity(start: int, end: int, what: Quantity | Amount, text: str, language: str, offset: int) -> Quantity:
    span, date = Span(start + offset, end + offset), what.date if isinstance(what, Quantity) else None
    return Quantity(span, text[start:end], what.kind, what.value, what.high, what.unit, what.qualifier, date, language)
