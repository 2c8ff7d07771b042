"""What the inputs of a brief mean: a day, a whole number, shares of a whole. None where a text is none of that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from knowledge.domain.quantity import find

_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\s*(?:[^\W\d_]|[㐀-鿿]){1,12})?")
_PERCENT = r"(?<![\d.])(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*%"
_SHARE = re.compile(rf"(?P<name>[^%]*?[^\s%])\s*[:=(–—-]?\s*{_PERCENT}\s*\)?")
_SHARE_FIRST = re.compile(rf"{_PERCENT}\s*(?:for |on |to |of |用于|给)?\s*(?P<name>[^%]*[^\s%])")
_BETWEEN = re.compile(r"[,;、\n]|\s+(?:and|&)\s+|[和与及](?=\D)")
_BEHIND_PERCENT = re.compile(r"(?<=%)\s*[,;、\n和与]?\s*(?=[^\s\W])")
WHOLE = 100
"""What shares add up to."""


def day_of(text: str) -> date | None:
    """The day that a text names: an ISO day that exists, or the first full date in any words."""
    text = text.strip()
    if _ISO_DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    for quantity in find(text):
        said = quantity.date
        if said is not None and said.year and said.month and said.day:
            try:
                return date(said.year, said.month, said.day)
            except ValueError:
                return None
    return None


def has_day(text: str) -> bool:
    """True when a text names a day; a year need not be said ("20 October") where it is no ISO day."""
    return day_of(text) is not None or (
        not _ISO_DAY.match(text.strip()) and any(q.date is not None and q.date.day is not None for q in find(text))
    )


def number_of(text: str) -> int | None:
    """A whole number above nothing, with its unit behind it or not: `60`, `1,200`, `60 秒`."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (int(found[1].replace(",", "")) or None) if found else None


def shares_of(text: str) -> list[tuple[str, float]] | None:
    """Names with their percentages, in the order given (`website 40%, events 60%`); None when a part is no share or two
    have the same name. They need not add up to `WHOLE`."""
    folded = unicodedata.normalize("NFKC", text)
    return _shares(_BETWEEN.split(folded)) or _shares(_BEHIND_PERCENT.split(folded))


def _shares(parts: Sequence[str]) -> list[tuple[str, float]] | None:
    found = [_SHARE.fullmatch(part) or _SHARE_FIRST.fullmatch(part) for part in map(str.strip, parts) if part]
    shares = [(match["name"].strip(" :=(–—-"), float(match["percent"])) for match in found if match]
    return shares if shares and len({name.casefold() for name, _ in shares}) == len(found) else None
