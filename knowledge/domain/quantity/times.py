"""Times of day. The value is minutes since midnight."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.finding import Span
from knowledge.domain.quantity.model import Kind, Quantity
from knowledge.domain.quantity.page import Page

_CLOCK = re.compile(
    r"(?<![0-9:.])(?P<h>[01]?[0-9]|2[0-3]):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?(?![0-9:])"
    r"(?:[ ]?(?P<p>[ap])\.?m\.?(?![a-z]))?"
)
_HOUR = re.compile(r"(?<![0-9:.])(?P<h>1[0-2]|[1-9])[ ]?(?P<p>[ap])\.?m\.?(?![A-Za-z])")
_EAST = re.compile(
    r"(?P<h>[01]?[0-9]|2[0-3])(?:[ ]?[点时時시]|:(?=[0-5]))(?:[ ]?(?P<m>[0-5]?[0-9])(?:[ ]?[分분])?|(?P<half>半))?"
)
_EAST_ALONE = re.compile(
    r"(?<![0-9:.])(?P<h>[01]?[0-9]|2[0-3])(?:时(?![间代候刻期段常空差效长])|点(?=[ ]?[0-5]?[0-9]分))"
    r"(?:[ ]?(?P<m>[0-5]?[0-9])分(?!钟))?"
)
_HALF_DAY = re.compile(r"(?:上午|下午|早上|晚上|凌晨|中午|午前|午後|오전|오후)(?=[ ]?\Z)")
_AFTERNOON = frozenset({"下午", "晚上", "午後", "오후", "p"})


def read_time(page: Page, start: int, end: int) -> int:
    """The time of day that a run of digits begins."""
    if end - start > 2:
        return 0
    text, after = page.text, page.text[end : end + 1]
    if start and text[start - 1] in "午上晨中前後전후 " and (part := _HALF_DAY.search(text, max(0, start - 3), start)):
        match = _EAST.match(text, start)
        if match:
            return _add(page, part.start(), match, part.group())
    if after == ":" and (match := _CLOCK.match(text, start)):
        return _add(page, start, match, match["p"] or "")
    if after and after in " ap" and (match := _HOUR.match(text, start)):
        return _add(page, start, match, match["p"])
    if after and after in "时点" and (match := _EAST_ALONE.match(text, start)):
        return _add(page, start, match, "")
    return 0


def _add(page: Page, start: int, match: re.Match[str], half_day: str) -> int:
    groups = match.groupdict()
    hour, minute = int(groups["h"]), 30 if groups.get("half") else int(groups.get("m") or 0)
    if half_day in _AFTERNOON and hour < 12:
        hour += 12
    elif half_day == "a" and hour == 12:
        hour = 0
    span = Span(start, match.end())
    value = Fraction(hour * 60 + minute) + Fraction(int(groups.get("s") or 0), 60)
    page.dates.append(Quantity(span, span.of(page.text), Kind.TIME, value))
    return span.end
