"""A spreadsheet value as its number format shows it: percent, currency, grouping, thousands, ISO dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

_TOKEN = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.|(?P<number>[#0?][#0?,.]*)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_LITERALS = "$€£¥￥%()+- /:万亿元千百"


def shown(value: Any, number_format: str) -> str:
    """The text of a cell. Dates are ISO; a format that is not plainly a number's leaves the value as it is."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, (int, float)):
        return _number(value, number_format or "General")
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    try:
        plain = Decimal(f"{value:.15g}" if isinstance(value, float) else value)
    except (InvalidOperation, ValueError):
        return str(value)
    sections = number_format.split(";")
    negative = plain < 0 and len(sections) > 1
    formatted = _apply(abs(plain) if negative else plain, sections[1 if negative else 0])
    if formatted is None:
        return _bare(plain)
    # Accountants show loss in brackets or red; a reader of text needs the sign.
    return f"-{formatted.strip('()- ')}" if negative else formatted


def _apply(value: Decimal, section: str) -> str | None:
    """`value` in one section of a format, or None when the section is no plain number format."""
    before, after, pattern = "", "", ""
    for token in _TOKEN.finditer(section):
        literal = token["quoted"] or token["escaped"] or token["currency"] or ""
        if token["number"]:
            if pattern:
                return None
            pattern = token["number"]
        elif token["other"]:
            if token["other"] not in _LITERALS:
                return None
            literal = token["other"]
        before, after = (before, after + literal) if pattern else (before + literal, after)
    if not pattern:
        return None
    scaled = value * 100 if "%" in before + after else value
    digits = pattern.rstrip(",")
    scaled /= Decimal(1000) ** (len(pattern) - len(digits))
    fraction = digits.partition(".")[2]
    places = Decimal(1).scaleb(-len(fraction))
    try:
        rounded = scaled.quantize(places, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return None
    text = f"{rounded:,f}" if "," in digits else f"{rounded:f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    if optional and "." in text:
        cut = len(text) - optional
        text = (text[:cut] + text[cut:].rstrip("0")).rstrip(".")
    return f"{before.lstrip()}{text}{after.rstrip()}"


def _bare(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
