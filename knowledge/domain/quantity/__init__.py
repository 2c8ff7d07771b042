"""Quantities in eight languages: find them in a text, compare them exactly, write them in another locale.

    find(text, language)        quantities with their spans
    same_value(a, b)            exact, in the same unit
    compare(a, b)               same, qualifier changed, different, incomparable
    find_support(q, candidates) the best match among candidates
    render(q, locale)           the quantity as the locale writes it, or None

Names that hold digits (R200, ISO 9001, GitLab 15, v2.1, 24/7) are no quantities; hundreds of and 数百 are magnitudes
(`Qualifier.SEVERAL`). Pure functions, no I/O, linear in the text.

How a text is read: `scan` finds where something numeric can begin, `lexer` asks the readers there (`dates`, `times`,
`names`, `fractions`, `multiples`, `several`, `ordinals`, then `amount` for a number with all that belongs to it),
`ranges` joins what is one, `parse` puts it in order.
"""

from knowledge.domain.quantity.compare import Match, Support, compare, find_support, same_value
from knowledge.domain.quantity.model import UNKNOWN_CURRENCY, DateValue, Kind, Qualifier, Quantity
from knowledge.domain.quantity.parse import find
from knowledge.domain.quantity.render import render

__all__ = [
    "UNKNOWN_CURRENCY",
    "DateValue",
    "Kind",
    "Match",
    "Qualifier",
    "Quantity",
    "Support",
    "compare",
    "find",
    "find_support",
    "render",
    "same_value",
]
