"""Scale words after a number: 万, 亿, million, Mrd., mil millones, 억."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.fold import GAP
from knowledge.domain.quantity.trie import LATIN, one_of

_HAN = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_HANGUL = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}

# 千 and 百 are also prefixes of units (千瓦, 百米) and parts of words (百分之); 万科, 万达 are companies.
_ZH = re.compile(
    GAP
    + r"(?:(?P<big>[十百千]?万(?!科|达(?!到)|豪|圣)亿?|[十百千]?亿)|(?P<small>[百千](?![克米瓦卡赫伏帕兆分度字万亿])))"
)
# In Chinese 兆 before a currency is 10¹²; elsewhere it is mega (100兆宽带).
_ZHAO = re.compile(GAP + r"兆(?=[ ]?(?:元|美元|日元|韩元|新台币|台币|人民币|欧元))")
# 10W+, 5w用户: ten thousand as typed in a hurry; a watt is a capital letter with nothing to count behind it.
_W = re.compile(
    r"w(?![a-zA-Z0-9])|W(?=\+|[ ]?(?:多|余|个|家|人|名|次|条|台|用户|粉丝|客户|订单|会员|下载|行|元|QPS|TPS))"
)
_JA = re.compile(GAP + r"(?:(?P<big>[十百千]?[万萬億兆])|(?P<small>[百千](?![万億兆])))")
_KO = re.compile(GAP + r"(?:(?P<big>[십백천]?[만억조])|(?P<small>[백천](?![가-힣])|천(?=[명개대건원]|여)))")
_EAST = {"zh": _ZH, "ja": _JA, "ko": _KO}

# Long and short scale differ: Billion (de), billion (fr), billón (es) are 10¹², billion (en), bilhão (pt-BR) 10⁹.
_WORDS: dict[str, dict[int, str]] = {
    "en": {
        12: "dozen",
        100: "hundred|hundreds",
        10**3: "thousand",
        10**6: "million|millions|mn|mln|mio|mio.",
        10**9: "billion|billions|bn|bln",
        10**12: "trillion|trillions|tn|trn",
    },
    # English words that mean the same in a German or Spanish text ("billion" does not).
    "loan": {10**3: "thousand", 10**6: "million|mn|mln", 10**9: "bn|bln"},
    "de": {
        12: "dutzend",
        10**3: "tausend|tsd|tsd.",
        10**6: "mio|mio.|million|millionen",
        10**9: "mrd|mrd.|milliarde|milliarden",
        10**12: "bio|bio.|billion|billionen",
    },
    "fr": {
        10**3: "mille",
        10**6: "million|millions",
        10**9: "milliard|milliards|md|mds",
        10**12: "billion|billions",
    },
    "es": {
        10**3: "mil",
        10**6: "millón|millones|millon",
        10**9: "mil millones|mil\u00a0millones|millardo|millardos",
        10**12: "billón|billones",
    },
    "pt": {
        10**3: "mil",
        10**6: "milhão|milhões|mi",
        10**9: "mil milhões|mil\u00a0milhões|bilhão|bilhões|biliões|bi",
        10**12: "trilhão|trilhões|tri",
    },
}
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


class Scale(NamedTuple):
    """A factor and where its word ends. `han` when it can be followed by a smaller part (1亿2000万)."""

    factor: int
    end: int
    han: bool = False


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """The scale words of a language, those that win at equal letters last."""
    table: dict[str, int] = {}
    for code in ("en",) if language in ("en", "zh", "ja", "ko") else ("loan", language):
        table |= {form: factor for factor, forms in _WORDS[code].items() for form in forms.split("|")}
    return re.compile(rf"[ \u00a0\u202f-]?(?P<word>{one_of(table)})(?![{LATIN}0-9_])"), table


def match_scale(text: str, low: str, position: int, language: str, mantissa: Fraction, money: bool) -> Scale | None:
    """The scale that starts at `position`; `money` allows the short letters of amounts ($5m).

    `mantissa` is the number before: 百 and 千 follow one or two digits, never a year.
    """
    after = text[position : position + 1]
    if after > "\u024f" or after in " \t\u00a0\u202f\u2009\u3000":
        found = _match_east(text, position, language if language in _EAST else "zh", mantissa)
        if found:
            return found
    if language == "zh" and after in ("w", "W") and _W.match(text, position):
        return Scale(10**4, position + 1)
    pattern, table = _words(language)
    match = pattern.match(low, position)
    if match:
        factor = table[match["word"]]
        if language == "de" and match["word"] == "billion" and text[match.start("word")] == "b":
            factor = 10**9  # an English billion in a quotation
        return Scale(factor, match.end())
    if after in "kKMB" or (money and after in "mbT"):
        follower = text[position + 1 : position + 2]
        if after and not (follower.isascii() and follower.isalnum()):
            return Scale(_LETTERS[after.lower()], position + 1)
    return None


def _match_east(text: str, position: int, code: str, mantissa: Fraction) -> Scale | None:
    match = _EAST[code].match(text, position)
    if match is None:
        zhao = _ZHAO.match(text, position) if code == "zh" else None
        return Scale(10**12, zhao.end(), han=True) if zhao else None
    word = match["big"] or match["small"]
    if match["small"] and (mantissa >= 100 or match.start(match.lastgroup or 0) > position):
        return None
    factor = 1
    for char in word:
        factor *= (_HANGUL if code == "ko" else _HAN)[char]
    return Scale(factor, match.end(), han=True)
