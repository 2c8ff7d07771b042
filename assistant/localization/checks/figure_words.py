"""Figures and qualifiers said in words that are read as no quantity: both, twice, demi-million, 八五折, "or older"."""

from __future__ import annotations

import re
from functools import cache

from knowledge.domain.quantity import Kind, Qualifier, Quantity
from knowledge.domain.quantity.date_words import MONTHS

_SMALL: dict[str, str] = {
    "en": "two|both|double[ds]?|twice|couple|pair|dual;three|triple[ds]?|thrice;four|quadruple[ds]?;five;six;"
    "seven;eight;"
    "nine;ten|tenfold;eleven;twelve|dozen",
    "de": "zwei\\w*|beide[nrs]?|doppelt\\w*|verdoppel\\w*|zweit\\w*;drei\\w*;vier\\w*;fünf\\w*;sechs\\w*;"
    "sieben\\w*;acht\\w*;"
    "neun\\w*;zehn\\w*;elf;zwölf|dutzend",
    "fr": "deux|double\\w*|doubl[ée]\\w*;trois|tripl\\w*;quatre|quadrupl\\w*;cinq;six;sept;huit;neuf;dix;onze;"
    "douze|douzaine",
    "es": "dos|ambos|ambas|doble|duplic\\w*;tres|tripl\\w*;cuatro;cinco;seis;siete;ocho;nueve;diez;once;doce|docena",
    "pt": "dois|duas|ambos|ambas|dobro|duplo|dupl\\w*;três|tripl\\w*;quatro;cinco;seis;sete;oito;nove;dez;onze;"
    "doze|dúzia",
    "zh": "[两二双俩倍];[三叁];[四];[五];[六];[七];[八];[九];[十];十一;十二|一打",
    "ja": "[二両双倍];三;四;五;六;七;八;九;十;十一;十二|ダース",
    "ko": "두|둘|양|이중|배;세|셋|삼;네|넷|사;다섯|오;여섯|육;일곱|칠;여덟|팔;아홉|구;열|십;열한|십일;열두|십이",
}
"""Two to twelve."""
_GREAT: dict[str, dict[int, str]] = {
    "en": {100: "a hundred", 1000: "a thousand", 500_000: "half a million", 10**6: "a million", 10**9: "a billion"},
    "de": {500_000: "halbe million", 10**6: "eine million|einer million", 10**9: "eine milliarde"},
    "fr": {500_000: "demi-million", 10**6: "un million", 10**9: "un milliard"},
    "es": {500_000: "medio millón", 10**6: "un millón", 10**9: "mil millones"},
    "pt": {500_000: "meio milhão", 10**6: "um milhão", 10**9: "um bilhão"},
    "zh": {
        100: "[上数]百|百余",
        1000: "[上数]千|千余|成千",
        10_000: "[上数]万",
        500_000: "五十万|半百万",
        10**6: "百万",
        10**9: "十亿",
    },
}
_YEARLY = re.compile(r"全年|年度|年付|按年|年間|연간|1년|\byear|annual|jähr|jahr|\bann?[uéo]", re.IGNORECASE)
_WORDLESS = frozenset({"zh", "ja", "ko"})


@cache
def _word(language: str, value: int) -> re.Pattern[str] | None:
    """How a language says a small or round number."""
    small = _SMALL.get(language, "").split(";")
    words = small[value - 2] if 2 <= value < len(small) + 2 else _GREAT.get(language, {}).get(value, "")
    if not words:
        return None
    return re.compile(words if language in _WORDLESS else rf"\b(?:{words})\b", re.IGNORECASE)


def said_in_words(quantity: Quantity, text: str, language: str) -> bool:
    """True when `text` says the number in words of the language that stand for it and are read as nothing."""
    if quantity.date is not None:
        return _month_named(quantity, text, language) or _quarter_named(quantity, text, language)
    value = quantity.value
    if value is not None and quantity.kind is Kind.NUMBER and quantity.high == value + 1 and value.denominator == 1:
        return _one_or_two(int(value), text, language)
    if value is None or quantity.high is not None or value.denominator != 1:
        return False
    if quantity.kind is Kind.PERCENT:
        return _as_discount(int(value), text) or (value == 100 and _ALL.search(text) is not None)
    if quantity.kind is Kind.DURATION and (int(value), quantity.unit) in ((12, "month"), (1, "year")):
        return _YEARLY.search(text) is not None
    if quantity.kind is Kind.DURATION and (int(value), quantity.unit) == (24, "hour"):
        return _CLOCK.search(text) is not None
    if quantity.kind is Kind.ORDINAL and language in ("zh", "ja") and in_han(int(value)) in text:
        return True
    if quantity.kind in (Kind.MONEY, Kind.TIME):
        return False
    return said_as_word(int(value), text, language)


def said_as_word(value: int, text: str, language: str) -> bool:
    """True when a text has the word of a small or round number."""
    word = _word(language, value)
    return word is not None and word.search(text) is not None


_OR = {
    "en": " or | to ", "de": " oder | bis ", "fr": " ou | à ", "es": " o | a ", "pt": " ou | a ",
    "zh": "[到至或]?", "ja": "[、か]?", "ko": "[~-]?",
}  # fmt: skip


_ONE = {
    "en": "one|an?", "de": "eine?[nrms]?", "fr": "une?", "es": "un[oa]?", "pt": "uma?", "zh": "一", "ja": "一",
    "ko": "한|하나|일",
}  # fmt: skip
_A_THING = r"(?: [^\W\d]+)?"
"""A week or two: what is counted may stand between the two."""


def _one_or_two(first: int, text: str, language: str) -> bool:
    """True when a text says two neighbouring numbers as one or two, two to three, 两三."""
    words = [_ONE.get(language) if value == 1 else getattr(_word(language, value), "pattern", None)
             for value in (first, first + 1)]  # fmt: skip
    joint = _OR.get(language)
    if joint is None or None in words:
        return False
    between = joint if language in _WORDLESS else f"{_A_THING}(?:{joint})"
    pair = f"(?:{first}|{words[0]})(?:{between}|[-–~～])(?:{first + 1}|{words[1]})"
    return re.search(pair if language in _WORDLESS else rf"\b{pair}\b", text, re.IGNORECASE) is not None


def few(text: str, language: str) -> list[tuple[int, str]]:
    """Pairs of neighbouring numbers in words that are read as no quantity (two or three, 两三): the first number, and
    the words as they stand."""
    found: list[tuple[int, str]] = []
    for first in range(2, 9):
        pair = _few(language, first)
        found += [(first, match.group()) for match in pair.finditer(text)] if pair else []
    return found


def says_few(first: int, text: str, language: str) -> bool:
    """True when a text has both numbers of such a pair, in words or digits."""
    return all(
        said_as_word(value, text, language) or re.search(rf"(?<!\d){value}(?!\d)", text) is not None
        for value in (first, first + 1)
    )


@cache
def _few(language: str, first: int) -> re.Pattern[str] | None:
    one, other, joint = _word(language, first), _word(language, first + 1), _OR.get(language)
    if one is None or other is None or joint is None:
        return None
    pair = f"(?:{one.pattern})(?:{joint})(?:{other.pattern})"
    if language in _WORDLESS:
        pair = f"(?<![一二三四五六七八九十百千万第\\d]){pair}(?![十百千万亿月日号点线第])"
    return re.compile(pair, re.IGNORECASE)


_ALL = re.compile(r"百分之?百|百分之一百|\b(?:one|a) hundred per ?cent\b|\bcent pour cent\b", re.IGNORECASE)
"""100% in words. All, fully and 完全 say something, and not the figure."""
_CLOCK = re.compile(
    r"\b(?:around|round)[- ]the[- ]clock\b|\b24/7\b|\bday and night\b|全天候|昼夜|日夜|rund um die Uhr", re.IGNORECASE
)
_HAN_DIGITS = "〇一二三四五六七八九"


def in_han(value: int) -> str:
    """A number up to 99 in Han numerals; above, a letter that stands in no text."""
    if value >= 100:
        return "\0"
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _HAN_DIGITS[tens] + "十"
    return head + (_HAN_DIGITS[ones] if ones else "")


def _as_discount(percent: int, text: str) -> bool:
    """20% off is 八折, 15% off 八五折 or 85 折."""
    rest = 100 - percent
    if "折" not in text or not 0 < rest < 100:
        return False
    tens, ones = divmod(rest, 10)
    forms = [f"{rest}折", f"{rest} 折", _HAN_DIGITS[tens] + (_HAN_DIGITS[ones] if ones else "") + "折"]
    if not ones:
        forms += [f"{tens}折", f"{tens} 折"]
    else:
        forms += [f"{tens}.{ones}折", f"{tens}.{ones} 折"]
    return any(form in text for form in forms)


def _month_named(quantity: Quantity, text: str, language: str) -> bool:
    """A month alone may stand under its name, which is a word of its own in English (may, march)."""
    stated = quantity.date
    if stated is None or stated.month is None or stated.day is not None or stated.year is not None:
        return False
    if language in _WORDLESS:
        return re.search(rf"(?<!\d){stated.month} ?[月월]", text) is not None
    name = MONTHS.get(language, ())
    return bool(name) and re.search(rf"\b{re.escape(name[stated.month - 1])}\b", text) is not None


_QUARTERS = {
    "en": ("first", "second", "third", "fourth", "quarter", "half"),
    "de": ("erste", "zweite", "dritte", "vierte", "quartal", "halbjahr"),
    "fr": ("premier", "deuxième", "troisième", "quatrième", "trimestre", "semestre"),
    "es": ("primer", "segundo", "tercer", "cuarto", "trimestre", "semestre"),
    "pt": ("primeiro", "segundo", "terceiro", "quarto", "trimestre", "semestre"),
}


def _quarter_named(quantity: Quantity, text: str, language: str) -> bool:
    """Third-quarter revenue: a quarter or a half without its year, in words that are no date."""
    stated, words = quantity.date, _QUARTERS.get(language)
    if stated is None or words is None or stated.year is not None:
        return False
    number, noun = (stated.quarter, words[4]) if stated.quarter is not None else (stated.half, words[5])
    return number is not None and re.search(rf"\b{words[number - 1]}\w*[- ]{noun}", text, re.IGNORECASE) is not None


# Words of a limit that are no qualifier to the reader of quantities: right before the figure, and right behind it.
_AND = r"(?:or|and|und|oder|y|o|e|ou|et)"
_UP = (
    r"(?:[>≥]|&gt;|最早|最低|最少|\bminimum|\bmin\.|\bmínimo|\bstarting at|\bstarting from|"
    r"\bà partir d\w+)[^\d,;，；。]{0,4}$",
    rf"^[^\d,;.，；。]{{0,14}}?(?:\b{_AND} (?:older|later|newer|higher|greater|above|up|over|more|"
    r"älter|neuer|höher|mehr|plus|"
    r"más|mais|mayor|maior|posterior|superior)|\bem diante|\ben adelante|\bupwards|"
    r"或更[高新多大晚]|及更[高新]|以降|이후|[+＋]|起(?:[，。]|$))",
)
_DOWN = (
    r"(?:[<≤]|&lt;|最远|最长|最高|最大|最晚|上限|可达|\bwithin|\bmax\w*\.?|\bmáx\w*\.?)[^\d。，,;；]{0,8}$",
    rf"^[^\d,;，；。]{{0,14}}?(?:\b{_AND} (?:younger|earlier|lower|less|fewer|weniger|moins|menos|menor\w*|"
    r"under)|\b(?:max|máx)\w*|或更[低早少])",
)
_ABOUT = (
    r"(?:\bca\.?|\bcirca|[~～≈]|\bsome|\bestimated|\baproximadamente(?: el| la)?|大致|估计)[^\d,;，；。]{0,4}$",
    r"^[^\d,;，；。]{0,8}?(?:\bor so\b|上下|가량|쯤)",
)
_LIMITS = {
    qualifier: (re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE))
    for qualifiers, (before, behind) in (
        ((Qualifier.OVER, Qualifier.AT_LEAST), _UP),
        ((Qualifier.UNDER, Qualifier.AT_MOST), _DOWN),
        ((Qualifier.ABOUT,), _ABOUT),
    )
    for qualifier in qualifiers
}
_OPEN_ENDED = re.compile(r"以下|以内|以上|内|이하|이상|moins|menos")


def same_limit(known: Quantity, said: Quantity, source: str, target: str) -> bool:
    """True for two qualifiers of other words and one sense, or one that stands beside its figure unread."""
    pair = {known.qualifier, said.qualifier}
    if Qualifier.EXACT in pair:
        bare, text, full = (known, source, said) if known.qualifier is Qualifier.EXACT else (said, target, known)
        if full.kind is Kind.MULTIPLE and re.search(r"高出|超出|多出", full.text):
            return True
        if full.language == "de" and re.match(r"über\s\D", full.text):
            return True  # über zwei Standorte: through two sites
        if full.qualifier not in _LIMITS:
            return False
        before, behind = _LIMITS[full.qualifier]
        left, right = text[max(0, bare.span.start - 24) : bare.span.start], text[bare.span.end : bare.span.end + 24]
        return before.search(left) is not None or behind.search(right) is not None
    if pair == {Qualifier.UNDER, Qualifier.NEARLY}:
        return True
    return pair in ({Qualifier.UNDER, Qualifier.AT_MOST}, {Qualifier.OVER, Qualifier.AT_LEAST}) and any(
        _OPEN_ENDED.search(q.text) for q in (known, said)
    )
