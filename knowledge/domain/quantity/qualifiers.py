"""Finding the words that say how a value is meant: over, nearly, at least, 超过, 近, 以上."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from knowledge.domain.quantity.model import Qualifier
from knowledge.domain.quantity.qualifier_words import AFTER, AFTER_NOUN, BEFORE, NOT_AFTER, WITHIN
from knowledge.domain.quantity.trie import Endings

_EAST = frozenset({"zh", "ja", "ko"})
_BLANKS = " \t\u00a0"


class Found(NamedTuple):
    """A qualifier and the stretch of its words."""

    qualifier: Qualifier
    start: int
    end: int


# "内" closes a span of time (3天内); after other numbers it begins a word (3个内存).
_WITHIN_AFTER = re.compile(r"内(?!部(?!署)|[容存置核外网测行地涵在])")
_INFIX = {
    "zh": re.compile(
        r"[ ]?(?:多(?!媒体|租户|云|模态|核|样性|元化)|余(?![额量下热地波]))"
        r"|\+(?=[ ]?(?:[万亿]|[mb]illion))|-plus(?=[- ])"
    ),
    "ko": re.compile(r"여(?=[만억조천 ]|개|명|대|곳|건|분|년|가지)"),
    "ja": re.compile(r"余(?=[人社名件台個])|数(?=[人社名件台個万])"),
}
_INFIX_MARKS = frozenset("多余+-여数 ")
_OTHER_INFIX = re.compile(r"\+(?=[ ]?(?:[万亿]|[mb]illion|thousand|Mio|Mrd|mil))|-plus(?=[- ])")
# The counted noun that may stand between the number and the qualifier behind it.
_NOUNS = {
    "zh": r"[ ]?(?:工作日|[个家台套人名位次项种类条款座部辆艘架张份所间轮批支只颗组件岁层门块片户头株栋幢例宗笔页场节"
    r"核点度级][一-鿿]{0,4}?)[及或 ]?",
    "ja": r"[ ]?(?:か[国所]|[カヶ][国所])?[一-鿿ァ-ヶー]{0,6}?",
    "ko": r" ?[가-힣]{1,4}?",
    **dict.fromkeys(("en", "de", "fr", "es", "pt"), r"(?: [^\W\d_]{1,24}){1,2}"),
}

_DETACHED_WORDS = {
    "至少": Qualifier.AT_LEAST,
    "最多": Qualifier.AT_MOST,
    "至多": Qualifier.AT_MOST,
    "大约": Qualifier.ABOUT,
    "大概": Qualifier.ABOUT,
    "将近": Qualifier.NEARLY,
}
_DETACHED = re.compile(
    rf"(?P<q>{'|'.join(_DETACHED_WORDS)})(?:可以?|能够?|会|需要?|要|有|提[升高]|增[加长]|[降减]低|减少|节[省约]|缩短|下降|支持|接入|覆盖)"
    r"{1,2}[了到至出]?[ ]?\Z"
)


_DETACHED_LAST = frozenset("以可够能会要有高升长加低减少省约短降持入盖了到至出")


def _grammars(language: str) -> tuple[str, ...]:
    """East Asian text may quote English figures; Latin text may quote Chinese ones."""
    return (language, "en" if language in _EAST else "zh")


@lru_cache(maxsize=16)
def _before(language: str) -> tuple[Endings, dict[str, Qualifier], frozenset[str]]:
    """The words, what they mean, and their last letters."""
    table = {
        word: qualifier
        for code in reversed(_grammars(language))
        for qualifier, words in BEFORE[code].items()
        for word in words.split("|")
    }
    return Endings(table), table, frozenset(word[-1] for word in table)


@lru_cache(maxsize=16)
def _after(language: str) -> re.Pattern[str]:
    groups = [
        f"(?P<{code}_{qualifier}>{forms})"
        for code in _grammars(language)
        for qualifier, forms in AFTER.get(code, {}).items()
    ]
    return re.compile(rf"[ \u00a0]?(?:{'|'.join(groups)})" if language == "zh" else "|".join(groups))


@lru_cache(maxsize=16)
def _after_marks(language: str) -> frozenset[str]:
    """The first letters of what `after` can find."""
    return frozenset(
        "+-内以左上及或起之不有开 \u00a0"
        + {"ja": "以下内未弱足を満超余強突近に程前ほく", "ko": "이초미남을를가에정안내"}.get(language, "")
    )


@lru_cache(maxsize=16)
def _within(language: str) -> Endings:
    return Endings(WITHIN.get(language, WITHIN["en"]))


def before(low: str, position: int, language: str, *, duration: bool = False) -> Found | None:
    """The qualifier that ends at `position`, at most two blanks away; with `duration`, "within" is one."""
    end = position
    while end and position - end < 2 and low[end - 1] in _BLANKS:
        end -= 1
    if not end:
        return None
    words, table, last = _before(language)
    if duration and end < position and (within := _within(language).at(low, end)):
        return Found(Qualifier.AT_MOST, end - len(within), position)
    if low[end - 1] not in last:
        return None
    word = words.at(low, end)
    if not word:
        return None
    start = end - len(word)
    if word in NOT_AFTER and low[max(0, start - 4) : start].endswith(NOT_AFTER[word]):
        return None
    return Found(table[word], start, position)


def after(text: str, position: int, language: str, *, duration: bool = False) -> Found | None:
    """The qualifier that starts at `position`; with `duration`, 内 is one (3 天内)."""
    if text[position : position + 1] not in _after_marks(language):
        return None
    match = _after(language).match(text, position)
    if match:
        return Found(Qualifier((match.lastgroup or "").split("_", 1)[1]), position, match.end())
    if duration and (within := _WITHIN_AFTER.match(text, position)):
        return Found(Qualifier.AT_MOST, position, within.end())
    return None


def infix(text: str, position: int, language: str) -> Found | None:
    """The "over" between number and scale or noun: 30多万, 100余家, 900+ million, 230여만."""
    if text[position : position + 1] not in _INFIX_MARKS:
        return None
    match = _INFIX.get(language, _OTHER_INFIX).match(text, position)
    return Found(Qualifier.OVER, position, match.end()) if match else None


def detached(text: str, position: int) -> Qualifier | None:
    """The adverb that a verb parts from the number, where no span reaches: 至少提升了十倍."""
    last = text[position - 1 : position]
    if (text[position - 2 : position - 1] if last == " " else last) not in _DETACHED_LAST:
        return None
    match = _DETACHED.search(text, max(0, position - 9), position)
    return _DETACHED_WORDS[match["q"]] if match else None


def after_noun(text: str, position: int, language: str) -> Qualifier | None:
    """The qualifier behind the counted noun, where no span of the number reaches: 100家以上, 100 users or more."""
    match = _after_noun(language).match(text, position)
    return Qualifier(match.lastgroup) if match and match.lastgroup else None


@lru_cache(maxsize=16)
def _after_noun(language: str) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{qualifier}>{forms})" for qualifier, forms in AFTER_NOUN[language].items())
    return re.compile(rf"{_NOUNS[language]}(?:{groups})")
