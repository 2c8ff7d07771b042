"""How figures are seen: digits with what stands beside them, every way they could be read. Crude on purpose: a
value that could be in the document in any reading is never planted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from evals.scorers.eyes.words import (
    HAN_DIGITS,
    HAN_PLACES,
    NATIVE_KOREAN,
    NO_UNIT_BEFORE,
    NUMERALS,
    SCALES,
)

_DIGITS = re.compile(r"[0-9](?:[0-9]|[.,'’ ](?=[0-9]))*")
GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'’ ])[0-9]{3})(?:\1[0-9]{3})*")
_HAN = re.compile("[零〇一二两三四五六七八九十百千万亿億]+")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """Digits at `start`–`end`, and with a scale word to `tail`. `values`: every reading, with and without the scale."""

    start: int
    end: int
    digits: str
    scale: str
    tail: int
    values: frozenset[Decimal]


def figures(text: str, language: str) -> list[Figure]:
    """The digits of a text, in order."""
    found = []
    for match in _DIGITS.finditer(text):
        for start, end in _pieces(match):
            found.append(_figure(text, start, end, language))
    return found


def _pieces(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Digits with spaces or commas in them are one figure only when they are grouped by thousands."""
    whole, at = match.group(), match.start()
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", whole) or re.fullmatch(rf"{GROUPED.pattern}(?:[.,][0-9]+)?", whole):
        yield match.span()
        return
    for part in re.finditer(r"[0-9]+(?:[.,][0-9]+)*", whole):
        yield at + part.start(), at + part.end()


def _figure(text: str, start: int, end: int, language: str) -> Figure:
    digits = text[start:end]
    scale, tail = "", end
    for word in sorted(SCALES[language], key=len, reverse=True):
        # 230 多万 is 2.3 million and a little more.
        more = "[多余]?" if language == "zh" else ""
        after = re.match(rf" ?{more}{re.escape(word)}", text[end:])
        if after and not (word[-1].isascii() and text[end + after.end() : end + after.end() + 1].isalpha()):
            if text.startswith(tuple(NO_UNIT_BEFORE.get(word, "")), end + after.end()):
                continue
            scale, tail = word, end + after.end()
            break
    return Figure(start, end, digits, scale, tail, values_of(digits, scale, language))


def values_of(digits: str, scale: str, language: str) -> frozenset[Decimal]:
    """Every value that the digits could have, with the scale and without it."""
    readings = set()
    bare = re.sub(r"[^0-9]", "", digits)
    marks = [c for c in digits if not c.isdigit()]
    if not marks or GROUPED.fullmatch(digits):
        readings.add(Decimal(bare))
    if marks and marks[-1] in ".,":
        head, _, tail = digits.rpartition(marks[-1])
        readings.add(Decimal(f"{re.sub(r'[^0-9]', '', head) or '0'}.{tail}"))
    factor = SCALES[language].get(scale, Decimal(1))
    return frozenset(readings | {reading * factor for reading in readings})


@lru_cache(maxsize=4096)
def values_in(text: str, language: str) -> frozenset[Decimal]:
    """Every value that a text could have anywhere, numerals in words included."""
    found: set[Decimal] = set()
    for figure in figures(text, language):
        found |= figure.values
    for word in _WORDS.findall(text.lower()):
        if word in NUMERALS.get(language, {}):
            found.add(Decimal(NUMERALS[language][word]))
    if language in ("zh", "ja"):
        found |= {Decimal(han(word)) for word in _HAN.findall(text)}
    if language == "ko":
        found |= {Decimal(value) for word, value in NATIVE_KOREAN.items() if word in text}
    return frozenset(found)


def han(word: str) -> int:
    """A plain Chinese numeral (三十二, 三万二); wrong for others, which only makes the mutators shyer."""
    total, part, digit = 0, 0, 0
    for character in word:
        if character in HAN_DIGITS:
            digit = HAN_DIGITS[character]
        elif character in HAN_PLACES:
            part += (digit or 1) * HAN_PLACES[character]
            digit = 0
        else:
            total += (part + digit) * (10_000 if character == "万" else 100_000_000)
            part = digit = 0
    return total + part + digit
