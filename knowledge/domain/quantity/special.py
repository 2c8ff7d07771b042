"""Amounts with a shape of their own: 百分之三十, 三分之二, 1/3, 一半, half a year, 第3, twofold."""

from __future__ import annotations

import re
from fractions import Fraction

from knowledge.domain.quantity.amount import qualify
from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.numerals import read_digits, read_han
from knowledge.domain.quantity.page import Amount, Page
from knowledge.domain.quantity.spelled import ENGLISH_ONES

_NUM = r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?|[零一二两三四五六七八九十百千]{1,8}(?:点[零一二三四五六七八九]{1,6})?)"
_PARTS = re.compile(rf"(?P<d>百|千|万)分之(?P<n>{_NUM})|(?P<all>百分百)")
_FRACTION = re.compile(rf"(?P<d>{_NUM})[分](?:之|の|의)[ ]?(?P<n>{_NUM})")
_KO_FRACTION = re.compile(r"(?<![0-9])(?P<d>[0-9]{1,2})분의 ?(?P<n>[0-9]{1,2})(?![0-9])")
_SLASH = re.compile(r"(?<![0-9./A-Za-z\-])(?P<n>[1-9])/(?P<d>[2-9]|10)(?![0-9/A-Za-z]|\.[0-9])")
_HALF = re.compile(r"半数|(?<=[过近减])半(?![年月天小个日径导])|(?<![前後夜])半分|(?<=절)반")
_HALF_TIME = re.compile(
    r"(?<![一二两三四五六七八九十多前后上下大小每])半(?:个(?P<more>多)?)?"
    r"(?P<u>年(?!报|度)|月(?!刊|板|形)|天|小时|分钟(?!多)|星期)"
)
_HALF_UNITS = {"年": "year", "月": "month", "天": "day", "小时": "hour", "分钟": "minute", "星期": "week"}
_ORDINAL = re.compile(
    r"第[ ]?(?P<n>[0-9]{1,4}|[三四五六七八九十百二]{1,4})"
    r"(?![0-9一二三四五六七八九十百千方天三季节章条部页号.~～]|-[0-9]|[ ]?[0-9]|产业|季度|四半期|[ ]?世纪)"
)

_EN_PARTS = {
    word: rank for rank, word in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), start=3)
}
_EN_PARTS_ALL = _EN_PARTS | {"half": 2, "quarter": 4}
_EN_FRACTION = re.compile(
    rf"(?<![\w-])(?P<n>an?|one|two|three|four|five|six|seven|eight|nine)[ -]"
    rf"(?P<p>half|halves|(?:quarter|{'|'.join(_EN_PARTS)})s?)(?![\w-])"
)
_EN_ARTICLE = re.compile(r"(?<![\w-])an?[ -]\Z")
_EN_HALF = re.compile(
    r"(?<![\w-])(?:(?<=by )|(?<=in )|(?<=to )|(?<=than )|(?<=about )|(?<=nearly )|(?<=almost )|(?<=over )|(?<=around ))"
    r"half(?![\w-])|(?<![\w-])half(?= (?:of|the|our|its|their|all|as)\b)|\Ahalf\Z"
)
_EN_NOT_HALF = re.compile(r"(?:first|second|other|latter|last|next|1st|2nd) \Z")
_EN_HALF_TIME = re.compile(r"(?<![\w-])half(?: an? |-an?-|-)(?P<e>second|minute|hour|day|week|month|year)(?!\w)")
_EN_ORDINAL = re.compile(rf"(?<![\w-])(?:{'|'.join(_EN_PARTS)})(?![\w-]| (?:part(?:y|ies)|quarter|of all|century))")
_EN_FOLD = {f"{word}{joint}fold": value for word, value in ENGLISH_ONES.items() for joint in ("", "-")}
_EN_FOLD |= {
    f"{word}{joint}fold": value
    for word, value in (("twenty", 20), ("thirty", 30), ("fifty", 50), ("hundred", 100))
    for joint in ("", "-")
}
_TWICE = re.compile(r"twice(?= (?:as|the)\b)")
_DEPTHS = {"百": Fraction(1), "千": Fraction(1, 10), "万": Fraction(1, 100)}


def special_words(language: str) -> list[str]:
    """The words that `read_special_word` begins at."""
    words = ["half"]
    if language in ("en", "zh"):
        words += [*_EN_FOLD, "twice"]
    if language == "en":
        words += [*_EN_PARTS, "quarter"]
    return words


def read_special_number(page: Page, start: int, end: int) -> int:
    """百分之三十, 三分之二, 3分の2, 1/3, 一半: what begins with digits or Chinese numerals."""
    text, after = page.text, page.text[end : end + 1]
    if after in ("分", "분", "点", "."):
        if match := _PARTS.match(text, end - 1):
            value = Fraction(100) if match["all"] else _value(match["n"])
            if value is not None:
                depth = Fraction(1) if match["all"] else _DEPTHS[match["d"]]
                return _add(page, end - 1, match.end(), value * depth, Kind.PERCENT, "%")
        match = _FRACTION.match(text, start) or _KO_FRACTION.match(text, start)
        return _add_fraction(page, match) if match else 0
    if after == "/" and end - start == 1 and (match := _SLASH.match(text, start)):
        return _add_fraction(page, match)
    if after == "半" and text[end - 1] == "一" and (match := re.compile("(?<!第)(?<!另)一半").match(text, end - 1)):
        return _add(page, end - 1, match.end(), Fraction(1, 2))
    return 0


def read_half(page: Page, start: int, end: int) -> int:
    """半数, 过半, 半年, 절반."""
    text = page.text
    if match := _HALF.match(text, start):
        return _add(page, start - (text[start] == "반"), match.end(), Fraction(1, 2))
    if match := _HALF_TIME.match(text, start):
        qualifier = Qualifier.OVER if match["more"] else Qualifier.EXACT
        unit = _HALF_UNITS[match["u"]]
        return _add(page, start, match.end(), Fraction(1, 2), Kind.DURATION, unit, qualifier)
    return 0


def read_ordinal(page: Page, start: int, end: int) -> int:
    """第3, 第三; 第一 and 第二 are words of order more often than ranks."""
    match = _ORDINAL.match(page.text, start)
    if match is None:
        return 0
    token = match["n"]
    rank = Fraction(int(token)) if token.isascii() else read_han(token)
    if rank is None or not (token.isascii() or rank > 2):
        return 0
    page.amounts.append(Amount(start, match.end(), rank, Kind.ORDINAL))
    return match.end()


def read_special_word(page: Page, start: int, end: int) -> int:
    """A third of, half of, half an hour, twice as, twofold; third as a rank."""
    low = page.low
    word = low[start:end]
    if word == "half":
        if match := _EN_HALF_TIME.match(low, start):
            return _add(page, start, match.end(), Fraction(1, 2), Kind.DURATION, match["e"])
        if page.language == "en" and _EN_HALF.match(low, start):
            if not _EN_NOT_HALF.search(low, max(0, start - 8), start):
                return _add(page, start, end, Fraction(1, 2))
        return 0
    if word == "twice":
        return _add(page, start, end, Fraction(2), Kind.MULTIPLE, "x") if _TWICE.match(low, start) else 0
    if word in _EN_FOLD:
        return _add(page, start, end, Fraction(_EN_FOLD[word]), Kind.MULTIPLE, "x")
    if article := _EN_ARTICLE.search(low, max(0, start - 4), start):
        if found := read_fraction(page, article.start(), end):
            return found
    if word in _EN_PARTS and _EN_ORDINAL.match(low, start):
        page.amounts.append(Amount(start, end, Fraction(_EN_PARTS[word]), Kind.ORDINAL))
        return end
    return 0


def read_fraction(page: Page, start: int, end: int) -> int:
    """Two-thirds, a third of, one half."""
    match = _EN_FRACTION.match(page.low, start)
    if match is None:
        return 0
    part = "half" if match["p"] == "halves" else match["p"].rstrip("s")
    article = match["n"] in ("a", "an")
    if article and part == "half":
        return 0
    needs_of = article or (part == "quarter" and "-" not in match.group())
    top = 1 if article else ENGLISH_ONES[match["n"]]
    if (needs_of and not page.low.startswith(" of ", match.end())) or top >= _EN_PARTS_ALL[part]:
        return 0
    return _add(page, start, match.end(), Fraction(top, _EN_PARTS_ALL[part]))


def _add_fraction(page: Page, match: re.Match[str]) -> int:
    top, bottom = _value(match["n"]), _value(match["d"])
    if top and bottom and bottom > top and match["d"] not in ("百", "千"):
        return _add(page, match.start(), match.end(), top / bottom)
    return 0


def _value(token: str) -> Fraction | None:
    if token.isascii():
        return read_digits(token, False)
    return Fraction({"百": 100, "千": 1000}[token]) if token in ("百", "千") else read_han(token)


def _add(
    page: Page,
    start: int,
    end: int,
    value: Fraction,
    kind: Kind = Kind.NUMBER,
    unit: str = "",
    qualifier: Qualifier = Qualifier.EXACT,
) -> int:
    amount = Amount(start, end, value, kind, unit, 1, qualifier)
    qualify(page, amount)
    page.amounts.append(amount)
    return end
