"""Amounts with a shape of their own: 百分之三十, 三分之二, 1/3, 一半, half a year, 第3, twofold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from knowledge.domain.finding import Span
from knowledge.domain.quantity.amount import Amount
from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.numerals import read_digits, read_han
from knowledge.domain.quantity.spelled import ENGLISH_ONES, fractions

_NUM = r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?|[零一二两三四五六七八九十百千]{1,8}(?:点[零一二三四五六七八九]{1,6})?)"
_PARTS = re.compile(rf"(?P<d>百|千|万)分之(?P<n>{_NUM})|(?P<all>百分百)")
_FRACTION = re.compile(rf"(?P<d>{_NUM})[分](?:之|の|의)[ ]?(?P<n>{_NUM})")
_KO_FRACTION = re.compile(r"(?<![0-9])(?P<d>[0-9]{1,2})분의 ?(?P<n>[0-9]{1,2})(?![0-9])")
_SLASH = re.compile(r"(?<![0-9./A-Za-z\-])(?P<n>[1-9])/(?P<d>[2-9]|10)(?![0-9/A-Za-z]|\.[0-9])")
_HALF = re.compile(
    r"(?P<q>[过近])?(?:(?<!第)(?<!另)一半|半数|(?<=[过近减])半(?![年月天小个日径导])|절반|(?<![前後夜])半分)"
)
_HALF_TIME = re.compile(
    r"(?<![一二两三四五六七八九十多前后上下大小每])半(?:个(?P<more>多)?)?(?P<u>年(?!报|度)|月(?!刊|板|形)|天|小时|分钟(?!多)|星期)"
    r"|(?<![\w-])half(?: an? |-an?-|-)(?P<e>second|minute|hour|day|week|month|year)(?!\w)",
    re.I,
)
_HALF_UNITS = {"年": "year", "月": "month", "天": "day", "小时": "hour", "分钟": "minute", "星期": "week"}
_ORDINAL = re.compile(
    r"第[ ]?(?P<n>[0-9]{1,4}|[三四五六七八九十百二]{1,4})"
    r"(?![0-9一二三四五六七八九十百千方天三季节章条部页.~～]|-[0-9]|[ ]?[0-9]|产业|季度|四半期|[ ]?世纪)"
)
_ORDINAL_WORDS = {
    word: rank
    for rank, word in enumerate(["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], start=3)
}
_ORDINAL_WORD = re.compile(
    rf"(?<![\w-])(?P<w>{'|'.join(_ORDINAL_WORDS)})(?![\w-]| (?:part(?:y|ies)|quarter|of all|century))", re.I
)
_FOLD = re.compile(rf"(?<![\w-])(?P<n>{'|'.join(ENGLISH_ONES)}|twenty|thirty|fifty|hundred)-?fold(?!\w)", re.I)
_TWICE = re.compile(r"(?<![\w-])twice(?= (?:as|the)\b)", re.I)
_DEPTHS = {"百": Fraction(1), "千": Fraction(1, 10), "万": Fraction(1, 100)}


def special_amounts(text: str, language: str) -> Iterator[Amount]:
    """Amounts that are not numeral plus unit, in no order; without their qualifiers."""
    yield from _percents(text)
    yield from _fractions(text, language)
    yield from _halves(text)
    yield from _ordinals(text, language)
    if language in ("en", "zh"):
        tens = {"twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}
        for match in _FOLD.finditer(text):
            word = match["n"].lower()
            yield _amount(
                match.start(), match.end(), Fraction(tens.get(word) or ENGLISH_ONES[word]), Kind.MULTIPLE, "x"
            )
        for match in _TWICE.finditer(text):
            yield _amount(match.start(), match.end(), Fraction(2), Kind.MULTIPLE, "x")


def _amount(start: int, end: int, value: Fraction, kind: Kind = Kind.NUMBER, unit: str = "") -> Amount:
    return Amount(start, end, Span(start, end), value, kind, unit)


def _value(token: str) -> Fraction | None:
    return read_digits(token, comma=False) if token.isascii() else _whole_or_scale(token)


def _whole_or_scale(token: str) -> Fraction | None:
    return Fraction({"百": 100, "千": 1000}[token]) if token in ("百", "千") else read_han(token)


def _percents(text: str) -> Iterator[Amount]:
    for match in _PARTS.finditer(text):
        value = Fraction(100) if match["all"] else _value(match["n"])
        if value is not None:
            depth = Fraction(1) if match["all"] else _DEPTHS[match["d"]]
            yield _amount(match.start(), match.end(), value * depth, Kind.PERCENT, "%")


def _fractions(text: str, language: str) -> Iterator[Amount]:
    for pattern in (_FRACTION, _KO_FRACTION, _SLASH):
        for match in pattern.finditer(text):
            top, bottom = _value(match["n"]), _value(match["d"])
            if top and bottom and bottom > top and match["d"] not in ("百", "千"):
                yield _amount(match.start(), match.end(), top / bottom)
    if language == "en":
        for numeral in fractions(text):
            yield _amount(numeral.start, numeral.end, numeral.value)


def _halves(text: str) -> Iterator[Amount]:
    for match in _HALF.finditer(text):
        yield _amount(match.start("q") + 1 if match["q"] else match.start(), match.end(), Fraction(1, 2))
    for match in _HALF_TIME.finditer(text):
        unit = _HALF_UNITS[match["u"]] if match["u"] else match["e"].lower()
        amount = _amount(match.start(), match.end(), Fraction(1, 2), Kind.DURATION, unit)
        if match["more"]:
            amount = Amount(amount.start, amount.end, amount.core, amount.value, amount.kind, unit, 1, Qualifier.OVER)
        yield amount


def _ordinals(text: str, language: str) -> Iterator[Amount]:
    for match in _ORDINAL.finditer(text):
        token = match["n"]
        rank = Fraction(int(token)) if token.isascii() else read_han(token)
        if rank is not None and (token.isascii() or rank > 2):
            yield _amount(match.start(), match.end(), rank, Kind.ORDINAL)
    if language == "en":
        for match in _ORDINAL_WORD.finditer(text):
            yield _amount(match.start(), match.end(), Fraction(_ORDINAL_WORDS[match["w"].lower()]), Kind.ORDINAL)
