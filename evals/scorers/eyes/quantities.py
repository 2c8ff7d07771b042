"""Figures with their units: what a judged text says, and everything that a source could mean by its own.

A source is read generously (numerals in words, fractions, ends of ranges), a judged text strictly: a figure with a
scale word is only the scaled value. Not judged: times of the day, ordinals (第 3 版) other than numbered days and
weeks, figures inside names (R200). What would have to be calculated (a difference, a sum, what is left of a third)
does not stand in a source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from evals.scorers.eyes.dates import dates
from evals.scorers.eyes.figures import Figure, figures, han, values_of
from evals.scorers.eyes.numerals import Worded, counted, shares, small, worded
from evals.scorers.eyes.units import Unit, unit_at
from evals.scorers.eyes.words import SCALES

_CODE_BEFORE = re.compile(r"(?:[A-Za-z_/#@+~^](?<!\bx)|[A-Za-z][-‑]|№ ?|[nN]o\. ?)\Z")
_MONEY_BEFORE = re.compile(r"(?:RMB|CNY|USD|EUR|GBP|JPY|HKD) ?\Z")
_ORDINAL = re.compile(r"(?:第|\bday) ?\Z")
_DAY = re.compile(
    r"第 ?([0-9]{1,3}|[二三四五六七八九十百]{1,5}) ?(?:天|周(?!年)|个月)|\b[Dd]ay ([0-9]{1,3})(?=[,.;:!?]|$)"
)
_ALWAYS = re.compile(
    r"(?<![0-9])(?:7 ?[×xX*/] ?24|24 ?[×xX*/] ?7)(?![0-9])|(?<![0-9:])[0-2]?[0-9]:[0-5][0-9](?![0-9:])"
)
_LIST_MARK = re.compile(r"(?:^|\n)[ \t#*(（]*\Z")
_CODE_AFTER = re.compile(r"[A-Za-z_]")
_RANGE = re.compile(r"[ %]*(?:[-–—~〜～至到或和、]|to|and|or)[ ]*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at `start`–`end`, every value that it may have, and its unit when one stands beside it."""

    start: int
    end: int
    text: str
    values: frozenset[Decimal]
    unit: Unit | None = None

    def same(self, other: Quantity) -> bool:
        """True when both may say the same. Without a unit on one side the values decide."""
        if self.unit is None or other.unit is None:
            return bool(self.values & other.values)
        if self.unit.dimension != other.unit.dimension:
            return False
        return bool({v * self.unit.factor for v in self.values} & {v * other.unit.factor for v in other.values})


def said(text: str, language: str) -> list[Quantity]:
    """The figures that a judged text states, in order; parts of dates are none."""
    text = _plus_behind(text)
    taken = [(date.start, date.end) for date in dates(text, language)]
    taken += [match.span() for match in _ALWAYS.finditer(text)]
    parts = list(shares(text))
    taken += [(start, end) for start, end, _, _ in parts]
    digits = (each for each in _in_digits(text, language, taken) if not _ORDINAL.search(text[: each.start]))
    found = [*digits, *(_in_words(text, item) for item in parts)]
    found += _numbered_days(text)
    taken += [(quantity.start, quantity.end) for quantity in found]
    found += [_in_words(text, item) for item in counted(text) if not _inside(item[0], taken)]
    return sorted(found, key=lambda quantity: quantity.start)


@lru_cache(maxsize=2048)
def known(text: str, language: str) -> tuple[Quantity, ...]:
    """Every figure that a source could mean. A bare year may be a figure as well."""
    text = _plus_behind(text)
    taken = [(date.start, date.end) for date in dates(text, language) if not date.bare]
    numerals = (*worded(text), *small(text, language), *_ordinal_days(text), *_numbered_names(text))
    spelled = [_in_words(text, item) for item in numerals if not _inside(item[0], taken)]
    return (*_in_digits(text, language, taken), *spelled)


def _plus_behind(text: str) -> str:
    """$150+ billion is $150 billion+: the scale goes with its figure. As long as before."""
    return re.sub(r"(\d)\+( ?(?:thousand|million|billion|trillion)\b)", r"\1\2+", text)


def stands(quantity: Quantity, among: Collection[Quantity]) -> bool:
    """True when one of these says the same."""
    return any(quantity.same(other) for other in among)


def _numbered_days(text: str) -> Iterator[Quantity]:
    """第三十天, day 30, from the third on: 第一天 and 第二天 are words of order more often than figures."""
    for match in _DAY.finditer(text):
        digits = match[1] or match[2]
        value = Decimal(digits) if digits.isascii() else Decimal(han(digits))
        if value > 2:
            yield Quantity(match.start(), match.end(), match.group(), frozenset({value}))


def _ordinal_days(text: str) -> Iterator[Worded]:
    """On the 30th day, by the 2nd week."""
    for match in re.finditer(r"\b([0-9]{1,3})(?:st|nd|rd|th)[ -](?=days?\b|weeks?\b|months?\b)", text):
        yield match.start(1), match.end(1), frozenset({Decimal(match[1])}), None


def _numbered_names(text: str) -> Iterator[Worded]:
    """Step6 may become step 6."""
    for match in re.finditer(r"(?<=[A-Za-z])[0-9]{1,4}(?![0-9A-Za-z.])", text):
        yield *match.span(), frozenset({Decimal(match.group())}), None


def _inside(at: int, spans: Collection[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _in_words(text: str, item: Worded) -> Quantity:
    start, end, values, unit = item
    return Quantity(start, end, text[start:end], values, unit or unit_at(text, start, end))


def _in_digits(text: str, language: str, taken: Collection[tuple[int, int]]) -> Iterator[Quantity]:
    found = [f for f in _all_figures(text, language) if not _inside(f.start, taken) and not _is_code(text, f)]
    at = 0
    while at < len(found):
        figure, values = found[at], _values(text, found[at], language)
        tail, at = figure.tail, at + 1
        # 12 亿 4,000 万, 1 万 8 千: one figure in parts
        while at < len(found) and figure.scale and found[at].scale and _continues(text, tail, found[at - 1], found[at]):
            values = frozenset(v + w for v in values for w in _values(text, found[at], language))
            tail, at = found[at].tail, at + 1
        quantity = Quantity(figure.start, tail, text[figure.start : tail], values, unit_at(text, figure.start, tail))
        if at < len(found) and not figure.scale and found[at].scale:
            quantity = _in_range(text, quantity, found[at])
        yield quantity


def _all_figures(text: str, language: str) -> list[Figure]:
    """By the scale words of its language, of Chinese and of English; the longest reading of each."""
    best: dict[int, Figure] = {}
    for tongue in dict.fromkeys((language if language in SCALES else "en", "zh", "en")):
        for figure in figures(text, tongue):
            if figure.start not in best or figure.tail > best[figure.start].tail:
                best[figure.start] = figure
    return [best[start] for start in sorted(best)]


def _is_code(text: str, figure: Figure) -> bool:
    """Part of a name or an address, or the number of a list."""
    before, after = text[: figure.start], text[figure.tail :]
    if before[-1:] in ("x", "X") and figure.digits in ("86", "64"):
        return True  # a kind of processor
    if _CODE_BEFORE.search(before[-8:]) and not _MONEY_BEFORE.search(before[-5:]):
        return True
    if _LIST_MARK.search(before[-8:]) and re.match(r"[.)、）．](?!\d)", after):
        return True
    # 5G and 3D are names, 38min is a figure; 2.3m is money when a currency stands before it
    if not _CODE_AFTER.match(after) or unit_at(text, figure.start, figure.tail):
        return False
    return not figure.scale


def _values(text: str, figure: Figure, language: str) -> frozenset[Decimal]:
    """The scaled value. Where point and comma have one meaning (zh, en, ja, ko), only that one."""
    digits = figure.digits
    if language in ("zh", "en", "ja", "ko"):
        grouped = re.fullmatch(r"[0-9]{1,3}(?:[,'’ ][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?", digits)
        bare = frozenset({Decimal(re.sub(r"[,'’ ]", "", digits))}) if grouped else values_of(digits, "", language)
    else:
        bare = values_of(digits, "", language)
    factor = next((SCALES[t][figure.scale] for t in (language, "zh", "en") if figure.scale in SCALES.get(t, {})), None)
    values = bare if factor is None else frozenset(value * factor for value in bare)
    if factor is None and re.match(r" ?m\b", text[figure.tail :]) and re.search(r"[$€£¥] ?$", text[: figure.start]):
        return frozenset(value * 1_000_000 for value in values)
    return values


def _continues(text: str, tail: int, before: Figure, figure: Figure) -> bool:
    scales = SCALES["zh"]
    smaller = scales.get(figure.scale, Decimal(0)) < scales.get(before.scale, Decimal(0))
    return smaller and not text[tail : figure.start].strip() and figure.start - tail <= 1


def _in_range(text: str, quantity: Quantity, following: Figure) -> Quantity:
    """The first end of `3 至 5 万` may share the scale of the second."""
    if not _RANGE.fullmatch(text[quantity.end : following.start]):
        return quantity
    factor = next(SCALES[t][following.scale] for t in ("zh", "en", *SCALES) if following.scale in SCALES[t])
    return replace(quantity, values=quantity.values | {value * factor for value in quantity.values})
