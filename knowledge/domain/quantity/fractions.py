"""Parts of a whole: 百分之三十, 三分之二, 1/3, 一半, half a year, two-thirds, one in five, neuf sur dix."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity import fraction_words as words
from knowledge.domain.quantity.amount import add
from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.numerals import digits_at, read_digits, read_han
from knowledge.domain.quantity.page import Page
from knowledge.domain.quantity.scales import match_scale
from knowledge.domain.quantity.spelled import spelled_at
from knowledge.domain.quantity.suffixes import match_suffix
from knowledge.domain.quantity.trie import LATIN, Endings, one_of

_NUM = r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?|[零一二两三四五六七八九十百千]{1,8}(?:点[零一二三四五六七八九]{1,6})?)"
_PERCENT = re.compile(rf"(?P<d>百万|十万|百|千|万|亿)分之(?P<n>{_NUM})|(?P<all>百分百)")
_EAST = re.compile(
    rf"(?P<d>{_NUM})分(?:之|の)[ ]?(?P<n>{_NUM})|(?P<kd>[0-9]{{1,2}})분의 ?(?P<kn>[0-9]{{1,2}})(?![0-9])"
)
_SLASH = re.compile(r"(?<![0-9./A-Za-z\-])(?P<n>[1-9])[/⁄](?P<d>[2-9]|10)(?![0-9/A-Za-z]|\.[0-9])")
_EAST_RATIO = re.compile(
    r"(?P<d>[0-9]{1,7}|[二两三四五六七八九十百千万]{1,4})(?P<c>[人社件回台个家名次户位명개곳])"
    r"(?:に|中(?:就|便|约|大约)?有|里(?:就|便)?有| 중 (?:약 )?)(?P<n>[0-9]{1,6}|[一二两三四五六七八九十]{1,3})(?P=c)"
)
_HAN_HALF = re.compile(r"(?<!第)(?<!另)一半")
_HALF = re.compile(r"半数|(?<=[过近减])半(?![年月天小个日径导])|(?<![前後夜])半分|(?<=절)반")
_MORE_THAN = re.compile(r"(?<![不超])过\Z")
_HALF_TIME = re.compile(
    r"(?<![一二两三四五六七八九十多前后上下大小每])半(?:个(?P<more>多)?)?"
    r"(?P<u>年(?!报|度)|月(?!刊|板|形)|天|日|小时|分钟(?!多)|星期|周(?!年|期|刊|长|岁))"
)
_HALF_UNITS = dict(
    zip("年 月 天 日 小时 分钟 星期 周".split(), "year month day day hour minute week week".split(), strict=True)
)
_EVERY_RATIO = re.compile(
    r"(?P<d>[0-9]{1,7}|[二两三四五六七八九十百千万]{1,4})[ ]?(?P<c>[人台个家名次户位])[^，。；0-9\n]{0,12}?有[ ]?"
    r"(?P<n>[0-9]{1,6}|[一二两三四五六七八九十]{1,3})[ ]?(?P=c)"
)
_DEPTHS = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "亿": 10**8}
VULGAR_VALUES = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
VULGAR = "".join(VULGAR_VALUES)

# English half stands alone where a share or a measure is expected.
_EN_HALF = re.compile(
    r"(?<![\w-])(?:(?<=by )|(?<=in )|(?<=to )|(?<=than )|(?<=about )|(?<=nearly )|(?<=almost )|(?<=over )|(?<=around ))"
    r"half(?![\w-])(?! (?:a|an|past) )|(?<![\w-])half(?= (?:of|the|our|its|their|all|as)\b)|\Ahalf\Z"
)


# A year and a half, un an et demi.
_AND_HALF = {
    "en": re.compile(r"(?<!\w)(?P<article>an?|one) [a-z]{3,7}(?P<joint> and a )\Z"),
    "de": re.compile(r"(?!)"),
    "fr": re.compile(r"(?<!\w)(?P<article>une?) [a-zé]{2,8}(?P<joint> et )\Z"),
    "es": re.compile(r"(?<!\w)(?P<article>una?) [a-zñ]{3,8}(?P<joint> y )\Z"),
    "pt": re.compile(r"(?<!\w)(?P<article>uma?) [a-zê]{3,8}(?P<joint> e )\Z"),
}
RATIO_LANGUAGES = frozenset(words.RATIOS)


class _Grammar(NamedTuple):
    fraction: re.Pattern[str]
    articles: Endings
    half_time: re.Pattern[str]
    units: dict[str, str]
    not_half: Endings
    ratio: re.Pattern[str]


@lru_cache(maxsize=8)
def _grammar(language: str) -> _Grammar:
    heads, units = words.HALF_TIMES[language]
    tops = (*words.ARTICLES[language], *words.TOPS[language])
    return _Grammar(
        re.compile(
            rf"(?<![\w-])(?P<n>{one_of(tops)})[ \u00a0-](?P<p>{one_of(words.PARTS[language])})(?![{LATIN}0-9-])"
        ),
        Endings([f"{word}{gap}" for word in words.ARTICLES[language] for gap in " -"]),
        re.compile(rf"(?<![\w-]){one_of(heads.split('|'))}(?P<e>{one_of(units)})(?![{LATIN}])"),
        units,
        Endings(words.NOT_HALF[language]),
        re.compile(one_of(words.RATIOS[language].split("|"))),
    )


def fraction_words(language: str) -> list[str]:
    """The words that `read_fraction_word` begins at."""
    if language not in words.PARTS:
        return ["half"]  # half an hour, in English inside other text
    heads = [head.rstrip(" -").split(" ")[0] for head in words.HALF_TIMES[language][0].split("|")]
    nouns = [words.HALVES[language]] if language in words.HALVES else []
    parts = [part for part in words.PARTS[language] if part not in ("half", "halves")]
    halves = {"fr": ("demi", "demie"), "es": ("medio", "media"), "pt": ("meio", "meia")}.get(language, ())
    return [*dict.fromkeys([*heads, *nouns, *parts, *halves])]


def read_share(page: Page, start: int, end: int) -> int:
    """百分之三十, 三分之二, 3分の2, 1/3, 一半, 5人に1人: what begins with digits or Chinese numerals."""
    text, after = page.text, page.text[end : end + 1]
    if after in _SHARE_MARKS:
        if match := _PERCENT.match(text, start) or _PERCENT.match(text, end - 1):
            return _add_percent(page, match)
        match = _EAST.match(text, start)
        return (
            _add_fraction(page, match, *match.group("n", "d") if match["n"] else match.group("kn", "kd"))
            if match
            else 0
        )
    if after in ("/", "⁄") and end - start == 1 and (match := _SLASH.match(text, start)):
        return _add_fraction(page, match, *match.group("n", "d"))
    if after == "半" and text[end - 1] == "一" and _HAN_HALF.match(text, end - 1):
        return add(page, end - 1, end + 1, Fraction(1, 2))
    every = "每" in text[max(0, start - 2) : start] and _EVERY_RATIO.match(text, start)
    if after in _COUNTED and (match := every or _EAST_RATIO.match(text, start)):
        return _add_fraction(page, match, *match.group("n", "d"))
    return 0


_SHARE_MARKS = frozenset("分분点.")
_COUNTED = frozenset(" 人社件回台个家名次户位명개곳")


def read_half(page: Page, start: int, end: int) -> int:
    """半数, 过半, 半年, 절반, ½."""
    text = page.text
    if text[start] in VULGAR_VALUES:
        return add(page, start, end, VULGAR_VALUES[text[start]])
    if (match := _HALF.match(text, start)) and _MORE_THAN.search(text, max(0, start - 2), start):
        return add(page, start - 1, match.end(), Fraction(1, 2), qualifier=Qualifier.OVER)  # 过半
    if match:
        return add(page, start - (text[start] == "반"), match.end(), Fraction(1, 2))
    if text.startswith("반년", start):
        return add(page, start, start + 2, Fraction(1, 2), Kind.DURATION, "year")
    if match := _HALF_TIME.match(text, start):
        qualifier = Qualifier.OVER if match["more"] else Qualifier.EXACT
        return add(page, start, match.end(), Fraction(1, 2), Kind.DURATION, _HALF_UNITS[match["u"]], qualifier)
    return 0


def read_fraction(page: Page, start: int, end: int) -> int:
    """Two-thirds, drei Viertel, one in five: what begins with a number in words or in digits."""
    if page.language not in words.PARTS:
        return 0
    grammar = _grammar(page.language)
    match = grammar.fraction.match(page.low, start)
    if match and (found := _add_part(page, match)):
        return found
    return _read_ratio(page, start)


def read_ratio(page: Page, start: int, end: int) -> int:
    """9 out of 10: what begins with digits."""
    return _read_ratio(page, start) if _grammar(page.language).ratio.match(page.low, end) else 0


def read_fraction_word(page: Page, start: int, end: int) -> int:
    """A third of, half of, la moitié, half an hour: what is found by its second word, or has one only."""
    low, word = page.low, page.low[start:end]
    language = page.language if page.language in words.PARTS else "en"
    grammar = _grammar(language)
    if found := _one_and_half(page, start, end, language):
        return found
    if match := grammar.half_time.match(low, start):
        return add(page, start, match.end(), Fraction(1, 2), Kind.DURATION, grammar.units[match["e"]])
    if page.language not in words.PARTS:
        return 0
    if word == "half":
        if not _EN_HALF.match(low, start) or (start and grammar.not_half.at(low, start - 1)):
            return 0
        return add(page, start, end, Fraction(1, 2))
    if word == words.HALVES.get(language):
        return 0 if start and grammar.not_half.at(low, start - 1) else add(page, start, end, Fraction(1, 2))
    if (article := grammar.articles.at(low, start)) and (match := grammar.fraction.match(low, start - len(article))):
        return _add_part(page, match)
    return 0


def _one_and_half(page: Page, start: int, end: int, language: str) -> int:
    """A year and a half, un an et demi, found by its half."""
    whole = _AND_HALF[language].search(page.low, max(0, start - 24), start)
    suffix = match_suffix(page.text, page.low, whole.end("article"), language) if whole else None
    if whole is None or suffix is None or suffix.kind is not Kind.DURATION or suffix.end != whole.start("joint"):
        return 0
    return add(page, whole.start(), end, suffix.factor * Fraction(3, 2), Kind.DURATION, suffix.unit)


def _add_part(page: Page, match: re.Match[str]) -> int:
    """Record a fraction in words; after an article only what is surely one."""
    language, part = page.language, match["p"]
    article = match["n"] in words.ARTICLES[language]
    bottom = words.PARTS[language][part]
    if article and (bottom == 2 or not page.low.startswith(words.OF[language], match.end())):
        return 0
    if bottom == 4 and language == "en" and "-" not in match.group() and not page.low.startswith(" of ", match.end()):
        return 0  # two quarters: half a year
    top = 1 if article else words.TOPS[language].index(match["n"]) + 1
    return add(page, match.start(), match.end(), Fraction(top, bottom)) if top < bottom else 0


def _read_ratio(page: Page, start: int) -> int:
    """One in five, 9 out of 10, neuf sur dix."""
    grammar = _grammar(page.language)
    end, top = _small(page, start)
    joint = grammar.ratio.match(page.low, end) if top is not None else None
    if top is not None and joint is None:
        joint = grammar.ratio.search(page.low, end, end + 30)
        if joint and not (_NOUN.fullmatch(page.low, end, joint.start()) and _is_plain(joint.group(), top)):
            joint = None
    if top is None or joint is None:
        return 0
    end, bottom = _small(page, joint.end())
    if bottom is None or not 0 < top < bottom or top.denominator != 1 or bottom.denominator != 1:
        return 0
    plain = joint.group() in (" in ", " em ", " von ", " de ")
    if plain and ((bottom >= 1900 and bottom < 2100) or (top > 1 and page.language in ("en", "pt", "es"))):
        return 0
    if match_suffix(page.text, page.low, end, page.language):
        return 0
    return add(page, start, end, top / bottom)


_NOUN = re.compile(r" [^\W\d_]{2,24}")


def _is_plain(joint: str, top: Fraction) -> bool:
    """True where a noun may stand in between: one client out of five, un client sur cinq."""
    return joint in (" out of ", " out of every ", " in every ", " de cada ", " em cada ") or (
        joint == " sur " and top == 1
    )


def _small(page: Page, start: int) -> tuple[int, Fraction | None]:
    """A whole number at `start`, in digits or in words; "one" is one here."""
    if page.low[start : start + 1].isdecimal() and page.low[start].isascii():
        end, value = digits_at(page.text, start, page.comma)
        scale = match_scale(page.text, page.low, end, page.language, value, False) if value is not None else None
        return (scale.end, value * scale.factor) if scale and value is not None else (end, value)
    one = _ONE[page.language].match(page.low, start)
    if one:
        return one.end(), Fraction(1)
    if page.language == "fr" and page.low.startswith("neuf ", start):
        return start + 4, Fraction(9)
    if page.language == "en" and page.low.startswith("a ", start):
        start += 2
    _, end, value = spelled_at(page, start)
    return end, value


_ONE = {
    "en": re.compile(r"one(?![\w-])(?! (?:hundred|thousand|million|billion))"),
    "de": re.compile(r"ein(?:s|e|er)(?!\w)"),
    "fr": re.compile(r"une?(?!\w)"),
    "es": re.compile(r"un[ao](?!\w)"),
    "pt": re.compile(r"uma?(?!\w)"),
}


def _add_percent(page: Page, match: re.Match[str]) -> int:
    value = Fraction(100) if match["all"] else _value(match["n"])
    if value is None:
        return 0
    if not match["all"]:
        value *= Fraction(100, _DEPTHS[match["d"]])
    return add(page, match.start(), match.end(), value, Kind.PERCENT, "%")


def _add_fraction(page: Page, match: re.Match[str], top: str, bottom: str) -> int:
    above, below = _value(top), _value(bottom)
    if above and below and below > above and bottom not in ("百", "千"):
        return add(page, match.start(), match.end(), above / below)
    return 0


def _value(token: str) -> Fraction | None:
    if token.isascii():
        return read_digits(token, False)
    return Fraction({"百": 100, "千": 1000, "一": 1}[token]) if token in ("百", "千", "一") else read_han(token)
