"""Numerals: digits with the separators of a language, and Chinese numerals."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

MAX_DIGITS = 18

# Languages with a decimal comma; a region may differ (Mexico writes 1,234.5).
_COMMA = frozenset({"de", "fr", "es", "pt"})
_POINT_REGIONS = frozenset({"es-MX", "es-US", "es-419", "es-GT", "es-HN", "es-NI", "es-PA", "es-PR", "es-SV", "es-DO"})

_SPACED = r"[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3}){1,6}(?![0-9])"
_POINT_DIGITS = re.compile(rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}(?![0-9])|{_SPACED}|[0-9]+)(?:\.[0-9]+)?")
_COMMA_DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,6}\.[0-9]+"  # 1,234.5 can only be the foreign way
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,6}(?![0-9])"
    r"|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})(?![0-9.])"
    r"|(?:[0-9]{1,3}(?:\.[0-9]{3}){1,6}(?![0-9])"
    r"|[0-9]{1,3}(?:[ '’\u00a0\u202f\u2009][0-9]{3}){1,6}(?![0-9])"
    r"|[0-9]+)(?:,[0-9]+)?"
)

# Nobody writes three zeros behind a decimal comma: 42,000 is the English way.
_FOREIGN_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},000")

HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
HAN_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[百千万亿]{0,2})?")


def decimal_comma(language: str) -> bool:
    """True when `language` (a tag) writes 1.234,5."""
    return language.split("-", 1)[0] in _COMMA and language not in _POINT_REGIONS


def digits_at(text: str, start: int, comma: bool) -> tuple[int, Fraction | None]:
    """Where the number in digits that begins at `start` ends, and its value; None for an identifier such as 007."""
    match = (_COMMA_DIGITS if comma else _POINT_DIGITS).match(text, start)
    if match is None:
        return start + 1, None
    end = match.end()
    return end, read_digits(match.group(), comma) if end - start <= 3 * MAX_DIGITS else None


@lru_cache(maxsize=4096)
def read_digits(token: str, comma: bool) -> Fraction | None:
    """The value of `token` written with a decimal comma or point; None for an identifier such as 007."""
    if token.isdigit() and len(token) <= MAX_DIGITS:
        return None if len(token) > 1 and token[0] == "0" else Fraction(int(token))
    if comma and _FOREIGN_THOUSANDS.fullmatch(token):
        return Fraction(int(token.replace(",", "")))
    plain = re.sub(r"[ '’\u00a0\u202f\u2009]", "", token)
    if comma and not re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}", plain):
        if not re.fullmatch(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})", plain):
            plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", "")
    whole, _, decimals = plain.partition(".")
    if len(whole) > MAX_DIGITS or len(decimals) > MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        return None
    return Fraction(int(whole + decimals), 10 ** len(decimals))


@lru_cache(maxsize=4096)
def read_han(token: str) -> Fraction | None:
    """The value of a Chinese numeral, or None where it is no well-formed number.

    Strict on purpose: 十四五 (a plan), 三五 (a few), 万一 (in case) are not numbers. A scale alone (百, 千万) is none.
    """
    if not token or len(token) > 24:
        return None
    whole, point, rest = token.partition("点")
    if point:
        decimals = rest.rstrip("百千万亿")
        factor = _factor(rest[len(decimals) :])
        head = read_han(whole) if whole not in HAN_DIGITS else Fraction(HAN_DIGITS[whole])
        if head is None or factor is None or not decimals:
            return None
        digits_text = "".join(str(HAN_DIGITS[char]) for char in decimals)
        return (head + Fraction(int(digits_text), 10 ** len(digits_text))) * factor
    return _read_whole(token)


def _factor(scales: str) -> int | None:
    """The product of trailing scale characters: 千万 is 10⁷."""
    product, last = 1, 0
    for char in scales:
        step = _SMALL.get(char) or _LARGE[char]
        if step < last:
            return None
        product, last = product * step, step
    return product


def _read_whole(token: str) -> Fraction | None:
    total, section, digit = 0, 0, -1
    last_small, last_large = 10**5, 10**13
    scaled = False
    for index, char in enumerate(token):
        if char in HAN_DIGITS:
            value = HAN_DIGITS[char]
            if digit > 0 or (digit == 0 and value == 0):
                return None
            if value == 0 and index == 0 and len(token) > 1:
                return None
            digit = value
        elif char in _SMALL:
            step = _SMALL[char]
            if step >= last_small or (digit <= 0 and not (char == "十" and _opens_ten(token, index))):
                return None
            section += (digit if digit > 0 else 1) * step
            last_small, digit, scaled = step, -1, True
        else:
            step = _LARGE[char]
            section += max(digit, 0)
            if section == 0 or step >= last_large:
                if step != 10**8 or not total or token[index - 1] != "万":
                    return None
                total *= step  # 三万亿
                last_large = step
                continue
            total += section * step
            section, digit, scaled = 0, -1, True
            last_small, last_large = 10**5, step
    if digit == 0 and scaled:
        return None
    if digit > 0 and scaled and token[-2] in "百千万亿":
        # 三百五 is 350 in speech, 三万五 is 35,000: written text that is to be exact does not use it.
        return None
    return Fraction(total + section + max(digit, 0))


def _opens_ten(token: str, index: int) -> bool:
    """True for 十 at the start of a section: 十五, 一百万十 is none."""
    return index == 0 or token[index - 1] in "万亿零〇"
