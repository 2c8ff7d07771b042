"""Scale words after a number: 万, 亿, million, Mrd., mil millones, 억."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.fold import GAP

_HAN = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HANGUL = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}

# 千 and 百 are also prefixes of units (千瓦, 百米) and parts of words (百分之); 万科, 万达 are companies.
_ZH = re.compile(
    GAP
    + r"(?:(?P<big>[十百千]?万(?!科|达(?!到)|豪|圣)亿?|[十百千]?亿)|(?P<small>[百千](?![克米瓦卡赫伏帕兆分度字万亿])))"
)
_JA = re.compile(GAP + r"(?:(?P<big>[十百千]?[万萬億兆])|(?P<small>[百千](?![万億兆])))")
_KO = re.compile(GAP + r"(?:(?P<big>[십백천]?[만억조])|(?P<small>[백천](?![가-힣])|천(?=[명개대건원]|여)))")

# Long and short scale differ: Billion (de), billion (fr), billón (es) are 10¹², billion (en), bilhão (pt-BR) 10⁹.
_WORDS: dict[str, tuple[tuple[str, int], ...]] = {
    "en": (
        (r"hundreds?", 100),
        (r"thousand", 10**3),
        (r"millions?|mn|mln|mio\.?", 10**6),
        (r"billions?|bn|bln", 10**9),
        (r"trillions?|tn|trn", 10**12),
    ),
    # English words that mean the same in a German or Spanish text ("billion" does not).
    "loan": ((r"thousand", 10**3), (r"million|mn|mln", 10**6), (r"bn|bln", 10**9)),
    "de": (
        (r"Tausend|Tsd\.?", 10**3),
        (r"Mio\.?|Million(?:en)?", 10**6),
        (r"Mrd\.?|Milliarden?", 10**9),
        (r"Bio\.?|Billion(?:en)?", 10**12),
    ),
    "fr": ((r"mille", 10**3), (r"millions?", 10**6), (r"milliards?|Mds?", 10**9), (r"billions?", 10**12)),
    "es": (
        (r"mil[ \u00a0]millones|millardos?", 10**9),
        (r"mil", 10**3),
        (r"millones|millón|millon", 10**6),
        (r"billones|billón", 10**12),
    ),
    "pt": (
        (r"mil[ \u00a0]milhões", 10**9),
        (r"mil", 10**3),
        (r"milhões|milhão|mi", 10**6),
        (r"bilhões|bilhão|biliões|bi", 10**9),
        (r"trilhões|trilhão|tri", 10**12),
    ),
}
_ATTACHED = re.compile(r"(?:(?P<k>[kK])|(?P<m>M)|(?P<b>B))(?![A-Za-z0-9])")
_ATTACHED_MONEY = re.compile(r"(?:(?P<k>[kK])|(?P<m>[mM])|(?P<b>[bB])|(?P<t>T))(?![A-Za-z0-9])")
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


class Scale(NamedTuple):
    """A factor and where its word ends. `han` when it can be followed by a smaller part (1亿2000万)."""

    factor: int
    end: int
    han: bool = False


@lru_cache(maxsize=16)
def _words(language: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<s{i}>{pattern})" for i, (pattern, _) in enumerate(_WORDS[language]))
    return re.compile(rf"[ \u00a0\u202f-]?(?:{groups})(?![A-Za-zÀ-ɏ0-9_])", re.I)


def match_scale(text: str, position: int, language: str, mantissa_digits: int, money: bool) -> Scale | None:
    """The scale that starts at `position`; `money` allows the short letters of amounts ($5m).

    `mantissa_digits` is the number of digits before: 百 and 千 follow one or two, never a year.
    """
    for code in _grammars(language):
        if code in ("zh", "ja", "ko"):
            found = _match_han(text, position, code, mantissa_digits)
        else:
            found = _match_word(text, position, code)
        if found:
            return found
    letters = (_ATTACHED_MONEY if money else _ATTACHED).match(text, position)
    if letters and letters.lastgroup:
        return Scale(_LETTERS[letters.lastgroup], letters.end())
    return None


def _grammars(language: str) -> tuple[str, ...]:
    if language in ("zh", "ja", "ko"):
        return (language, "en")
    return (language, "zh") if language == "en" else (language, "loan", "zh")


def _match_han(text: str, position: int, code: str, mantissa_digits: int) -> Scale | None:
    match = {"zh": _ZH, "ja": _JA, "ko": _KO}[code].match(text, position)
    if match is None:
        return None
    word = match["big"] or match["small"]
    if match["small"] and (mantissa_digits > 2 or match.start(match.lastgroup or 0) > position):
        return None
    factor = 1
    for char in word:
        factor *= (_HANGUL if code == "ko" else _HAN)[char]
    return Scale(factor, match.end(), han=True)


def _match_word(text: str, position: int, code: str) -> Scale | None:
    match = _words(code).match(text, position)
    if match is None or match.lastgroup is None:
        return None
    return Scale(_WORDS[code][int(match.lastgroup[1:])][1], match.end())
