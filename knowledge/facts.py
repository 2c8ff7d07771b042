"""What a text says that can become false: its figures, dates and quotes, as one hash.

Two versions of an entry with the same hash say the same facts; a text that used one may rest on the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.domain.quantity import find


def facts_of(text: str, fields: Mapping[str, Any]) -> str:
    """A SHA-256 over every figure and date of text and fields by value, unit and qualifier, and every quote with
    whether it is approved. Other words, their order and the way a number is written do not count."""
    said = {text, *texts_in(fields)}
    facts = {fact for piece in said for fact in _figures(piece)}
    facts |= {f"quote {quote.get('text')} {quote.get('approved')}" for quote in _quotes(fields)}
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()


def _figures(text: str) -> Iterator[str]:
    for quantity in find(text):
        yield " ".join(
            str(part)
            for part in (
                quantity.kind,
                quantity.value,
                quantity.high,
                quantity.unit,
                quantity.qualifier,
                quantity.date,
            )
        )


def _quotes(fields: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = fields.get("quotes")
    yield from (quote for quote in found if isinstance(quote, Mapping)) if isinstance(found, list) else ()


def texts_in(value: Any) -> Iterator[str]:
    """Every text and number in a field's value, however deep; a yes or no says nothing."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
