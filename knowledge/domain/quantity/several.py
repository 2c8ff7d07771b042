"""Counts that name a magnitude only: hundreds of, 数百, 上千, 几十, Tausende, des dizaines de milliers.

The value is the magnitude with the qualifier SEVERAL: 数百 is "some hundreds", and never the number 100. Dozens and
scores are tens, as 几十 and 数十 are.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from knowledge.domain.quantity.amount import qualify
from knowledge.domain.quantity.model import Kind, Qualifier
from knowledge.domain.quantity.page import Amount, Page
from knowledge.domain.quantity.suffixes import match_suffix
from knowledge.domain.quantity.trie import LATIN, Endings, flat, one_of

# Plural nouns that say "some of this magnitude" by themselves.
_PLURALS: dict[str, dict[str, str]] = {
    "en": {
        "10": "tens|dozens|scores", "100": "hundreds", "1000": "thousands", "1000000": "millions",
        "1000000000": "billions", "1000000000000": "trillions",
    },
    "de": {
        "10": "dutzende|dutzenden", "100": "hunderte|hunderten", "1000": "tausende|tausenden",
        "10000": "zehntausende|zehntausenden", "100000": "hunderttausende|hunderttausenden",
        "1000000": "millionen", "1000000000": "milliarden",
    },
    "fr": {
        "10": "dizaines", "100": "centaines", "1000": "milliers", "1000000": "millions", "1000000000": "milliards",
    },
    "es": {
        "10": "decenas|docenas", "100": "cientos|centenares", "1000": "miles|millares", "1000000": "millones",
    },
    "pt": {
        "10": "dezenas|dúzias", "100": "centenas", "1000": "milhares", "1000000": "milhões", "1000000000": "bilhões",
    },
}  # fmt: skip
# Singulars that follow "several": several hundred, mehrere Tausend.
_SINGULARS: dict[str, dict[str, str]] = {
    "en": {"10": "dozen", "100": "hundred", "1000": "thousand", "1000000": "million", "1000000000": "billion"},
    "de": {
        "10": "dutzend",
        "100": "hundert",
        "1000": "tausend",
        "10000": "zehntausend",
        "100000": "hunderttausend",
    },
    "es": {"1000": "mil"},
    "pt": {"1000": "mil"},
}
# Collective nouns behind an article: une dizaine is about ten, a dozen is twelve.
_COLLECTIVES: dict[str, dict[str, str]] = {
    "de": {"12": "dutzend"},
    "fr": {
        "10": "dizaine", "12": "douzaine", "15": "quinzaine", "20": "vingtaine", "30": "trentaine",
        "50": "cinquantaine", "60": "soixantaine", "100": "centaine", "1000": "millier",
    },
    "es": {"10": "decena", "12": "docena", "20": "veintena", "100": "centenar", "1000": "millar"},
    "pt": {"10": "dezena", "12": "dúzia", "100": "centena", "1000": "milhar"},
}  # fmt: skip
_ARTICLES = Endings("ein|einem|eines|un|une|d'une|d’une|d'un|d’un|una|um|uma".split("|"))
_SOME: dict[str, tuple[str, ...]] = {
    "en": ("several", "a few", "few", "many", "a couple", "a couple of", "some"),
    "de": ("mehrere", "mehreren", "einige", "einigen", "ein paar", "viele"),
    "fr": ("plusieurs", "quelques", "des"),
    "es": ("varios", "varias", "unos cuantos", "algunos", "algunas"),
    "pt": ("vários", "várias", "alguns", "algumas"),
}
_OF: dict[str, tuple[str, ...]] = {
    "en": (" of ", "-of-", " upon ", " and "),
    "de": (" von ",),
    "fr": (" de ", " d'", " d’"),
    "es": (" de ",),
    "pt": (" de ",),
}
_EAST = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_HANGUL = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
_SOME_HAN = re.compile(
    r"(?:数以(?=[十百千万亿]{1,3}计)|成千上(?=万)|成百上|(?<![人次户台总个倍件指基参函系单多大家])数|好?几|(?<![以线网路街马海加早晚会])上|何)"
    r"(?P<scale>[十百千万亿]{1,3})(?![货度姓般分一二三四五六七八九])"
)
_TEENS = re.compile(r"(?<![一几数])(?P<tens>[二三四五六七八九]?)十(?P<some>几|来)(?P<scale>[万亿]?)")
_SOME_HANGUL = re.compile(
    r"(?<![가-힣])(?:수|몇 ?)(?P<scale>[십백천만억조]{1,3})"
    r"(?:(?![가-힣])|(?=[개명가년여대건곳원달배시번의에이을를은는인종권장차톤회유엔채점척편마초분일주월]))"
)


@lru_cache(maxsize=8)
def _grammar(language: str) -> tuple[dict[str, int], Endings, re.Pattern[str]]:
    """Magnitude words with their values, what stands before a singular, and what chains them: tens of thousands."""
    plurals = {form: int(value) for form, value in flat(_PLURALS[language]).items()}
    singulars = {form: int(value) for form, value in flat(_SINGULARS.get(language, {})).items()}
    chained = one_of([*plurals, *singulars])
    chain = re.compile(rf"(?:{one_of(_OF[language])}|[ \u00a0])(?P<word>{chained})(?![{LATIN}0-9]|-(?!of-))")
    return plurals | singulars, Endings(_SOME[language]), chain


def several_words(language: str) -> list[str]:
    """The words that `read_several` begins at."""
    return list(_grammar(language)[0]) if language in _PLURALS else []


def collective_words(language: str) -> list[str]:
    """The words that `read_collective` begins at."""
    return list(flat(_COLLECTIVES.get(language, {})))


def read_collective(page: Page, start: int, end: int) -> int:
    """Une dizaine de, ein Dutzend, un millar de."""
    low = page.low
    if low[start - 1 : start] not in (" ", "\u00a0") or not (article := _ARTICLES.at(low, start - 1)):
        return 0
    value = int(flat(_COLLECTIVES[page.language])[low[start:end]])
    first = start - 1 - len(article) + (2 if article[1] in "'’" else 0)
    chain = _grammar(page.language)[2].match(low, end)
    if chain and _grammar(page.language)[0][chain["word"]] >= 1000:
        value, end = value * _grammar(page.language)[0][chain["word"]], chain.end()
    amount = Amount(first, end, Fraction(value), qualifier=Qualifier.EXACT if value == 12 else Qualifier.ABOUT)
    _with_unit(page, amount)
    qualify(page, amount)
    page.amounts.append(amount)
    return amount.core_end


def read_several(page: Page, start: int, end: int) -> int:
    """Hundreds of, tens of thousands, several million."""
    low, language = page.low, page.language
    values, some, chain = _grammar(language)
    word = low[start:end]
    if word not in values:
        return 0
    if low[start - 1 : start] == "-" or (low[end : end + 1] == "-" and not low.startswith("-of-", end)):
        return 0
    left = some.at(low, start - 1) if low[start - 1 : start] in (" ", "\u00a0") else ""
    if word in flat(_SINGULARS.get(language, {})) and not left:
        return 0
    value, stop = values[word], end
    for _ in range(2):
        match = chain.match(low, stop)
        if not match or values[match["word"]] < 100:
            break
        # Thousands upon thousands are thousands; tens of thousands are ten thousands.
        value = value * values[match["word"]] if values[match["word"]] != value else value
        stop = match.end()
    if word in ("tens", "scores") and stop == end and not low.startswith(" of ", end):
        return 0
    first = start - len(left) - 1 if left else start
    _add(page, first, stop, value)
    return page.amounts[-1].core_end


def read_some_east(page: Page, start: int, end: int) -> int:
    """数百, 几十万, 上千, 成千上万; 十几; found by the first scale character."""
    text = page.text
    for back in (3, 2, 1):
        if start >= back and (match := _SOME_HAN.match(text, start - back)) and match.start("scale") == start:
            value = 1000 if match.group().startswith("成") else _product(match["scale"], _EAST)
            _add(page, start - back, match.end() + (text[match.end() : match.end() + 1] == "计"), value)
            return page.amounts[-1].core_end
    return _read_teens(page, start)


def _read_teens(page: Page, start: int) -> int:
    """十几 is more than ten and no dozens, 二十几 more than twenty; 十来个 is about ten."""
    teens = _TEENS.match(page.text, start)
    if teens is None:
        return 0
    scale = _product(teens["scale"], _EAST)
    tens = "一二三四五六七八九".index(teens["tens"] or "一") + 1
    qualifier = Qualifier.OVER if teens["some"] == "几" else Qualifier.ABOUT
    _add(page, teens.start(), teens.end(), 10 * tens * scale, qualifier)
    return page.amounts[-1].core_end


def read_some_korean(page: Page, start: int, end: int) -> int:
    """수백, 몇천."""
    match = _SOME_HANGUL.match(page.text, start)
    if match is None:
        return 0
    _add(page, start, match.end(), _product(match["scale"], _HANGUL))
    return page.amounts[-1].core_end


def _product(scales: str, values: dict[str, int]) -> int:
    """百万 is 100 × 10⁴; 千万, 十亿 likewise."""
    product = 1
    for char in scales:
        product *= values[char]
    return product


def _add(page: Page, start: int, end: int, value: int, qualifier: Qualifier = Qualifier.SEVERAL) -> None:
    """Record the magnitude with the unit that follows: 数百万元, hundreds of hours."""
    amount = Amount(start, end, Fraction(value), qualifier=qualifier, factor=value)
    _with_unit(page, amount)
    page.amounts.append(amount)


def _with_unit(page: Page, amount: Amount) -> None:
    """Give `amount` the unit behind it: hundreds of hours, 数百万元."""
    position = amount.core_end
    if page.low.startswith((" of ", " de ", " von "), position):
        position = page.low.index(" ", position + 1)
    suffix = match_suffix(page.text, page.low, position, page.language)
    if suffix and suffix.factor == 1 and suffix.kind in (Kind.MONEY, Kind.DURATION, Kind.NUMBER, Kind.MULTIPLE):
        amount.kind, amount.unit, amount.core_end = suffix.kind, suffix.unit, suffix.end
    amount.end = amount.core_end
