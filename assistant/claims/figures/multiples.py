"""提升 3 倍: three times as much, or three times more? Writers differ, so the words of the source stay."""

from __future__ import annotations

import re

from assistant.claims.figures.contexts import Context
from knowledge.domain.quantity import Kind

# By so many times: the increase alone. To so many times: the whole.
_BY_BEFORE = re.compile(
    r"(?:增[加长多大]|提[高升]|上升|上涨|扩大|多|快|高|大)了?(?:近|约|超过?|超)?\s*$|"
    r"\b(?:increas\w{0,3}|grew|grown|ros?e|rising|up|improv\w{0,3}|rais\w{0,3}) (?:by )?"
    r"(?:about |nearly |more than |over )?$",
    re.IGNORECASE,
)
_TO_BEFORE = re.compile(
    r"(?:[至到成为是]|相当于)了?(?:原来的?|此前的?|去年的?)?(?:近|约|超过?)?\s*$|\bto (?:about |nearly )?$",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(r"的\s*$")
_AS_AFTER = re.compile(
    r"\s?(?:as (?:many|much|fast|high|large|long)|the (?:number|amount|size|volume|rate))\b", re.IGNORECASE
)
_MORE_AFTER = re.compile(r"\s?(?:more|faster|higher|larger|greater|longer)\b", re.IGNORECASE)


def differently_meant(said: Context, there: Context) -> bool:
    """True when both have the same multiple, one as the increase and one as the whole."""
    if said.quantity.kind is not Kind.MULTIPLE or there.quantity.kind is not Kind.MULTIPLE:
        return False
    one, other = _meaning(said), _meaning(there)
    return bool(one and other and one != other)


def _meaning(context: Context) -> str:
    text, offset = context.sentence.text, context.sentence.span.start
    start, end = context.quantity.span.start - offset, context.quantity.span.end - offset
    left = text[max(0, start - 16) : start]
    if _TO_BEFORE.search(left) or _OF_BEFORE.search(left) or _AS_AFTER.match(text, end):
        return "whole"
    if _BY_BEFORE.search(left) or _MORE_AFTER.match(text, end):
        return "increase"
    return ""
