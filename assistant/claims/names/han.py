"""Names in Chinese text by their surroundings: kinds of organisation, titles and verbs of speech, places.

Words are cut by rjieba; without its verdict a run of ideographs does not tell where a name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.claims.names.name import Name
from assistant.claims.names.words import GENERIC, ORGANISATION_TAILS, SAID, SURNAMES, TITLES
from knowledge.domain.finding import Span
from knowledge.domain.folding import fold

_HAN = re.compile(r"[㐀-䶿一-鿿]+$")
_TAIL = re.compile(rf"(?:{ORGANISATION_TAILS})$")
_TITLE = re.compile(rf"(?:{TITLES})$")
_TITLE_AT = re.compile(rf"(?:{TITLES})")
_SAID_AT = re.compile(rf"(?:{SAID}|在|对|向|等|接受|告诉)")
_DOTS = frozenset("·・•‧")
_PERSONS = ("nr", "nrt", "nrfg")
_GRAMMAR = ("p", "c", "d", "u", "uj", "ul", "v", "f", "m", "q", "r", "a", "y")
_NAMING = ("nr", "ns", "nt", "nz", "nrt", "nrfg")
_INSIDE = (*_NAMING, "n", "j", "b", "eng", "ng")
_DOING = frozenset(
    "服务 贸易 投资 建设 设计 管理 开发 研究 教育 咨询 制造 运输 租赁 出版 发展 控股 检测 检验 监督 出行 支付 保险 "
    "交易 交通 通信 传播 测绘 勘察 纺织 包装".split()
)
"""What a company does may stand in its name."""
_PLACE_TAIL = re.compile(r"(?:特别行政区|自治区|自治州|省|市|县|区|镇|州|国)$")
_PLACE = re.compile(r"[㐀-鿿]{2,}(?:省|市|县|自治州|自治区|镇|乡|村|旗|群岛|半岛)$")
_NO_PLACE = re.compile(r"(?:城|超|上|股|楼|门|都|夜|集|闹)市$|(?:农|乡|山|渔|本|全|新|古|城)[村镇县]$")
_CLEAR_SURNAMES = frozenset(
    "王李张刘陈杨赵吴周徐孙朱郭何罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程魏吕丁沈姚卢姜崔钟谭陆汪范廖贾夏韦邹孟熊秦邱尹薛闫雷侯陶黎贺顾"
    "毛郝龚邵钱覃戴莫孔汤温康施"
)
"""Surnames that hardly begin an ordinary word."""


@lru_cache(maxsize=2048)
def cut(text: str) -> tuple[tuple[str, str, int], ...]:
    """Words with rjieba's part of speech and their place; empty when they do not add up to the text."""
    import rjieba

    words, at = [], 0
    for word, tag in rjieba.tag(text):
        words.append((word, tag, at))
        at += len(word)
    return tuple(words) if at == len(text) else ()


@lru_cache(maxsize=4096)
def names_something(word: str, tag: str) -> bool:
    """True for a word that is a name or part of one, by its part of speech or because no dictionary has it."""
    if tag in _NAMING or tag == "eng":
        return True
    import rjieba

    return len(word) > 1 and bool(_HAN.match(word)) and not rjieba.has_word(word)


def han_names(text: str) -> Iterator[Name]:
    """The names of a Chinese text in their order; Latin ones apart."""
    words = cut(text)
    end = 0
    for n, (word, tag, at) in enumerate(words):
        if at < end:
            continue
        if word in _DOTS and n:
            start, end = _foreign(words, n)
            if end - start > 3:
                yield _name(start, text[start:end], "person")
            continue
        if not _HAN.match(word):
            continue
        if _TAIL.search(word):
            start = _begin(words, n)
            if _is_named(words, n, start, word):
                end = at + len(word)
                yield _name(start, text[start:end], "organisation")
        elif (tag in _PERSONS or word[0] in SURNAMES) and not _is_measure(text, at):
            person = _person(text, words, n)
            if person:
                end = at + len(person)
                yield _name(at, person, "person")
        if tag == "ns" and at >= end and _PLACE.match(word) and not _NO_PLACE.search(word):
            end = at + len(word)
            yield _name(at, word, "place")


_MEASURES = frozenset("张段单包车项席")
_COUNT = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两几数每\ufffc][ \u00a0]?$")


def _is_measure(text: str, at: int) -> bool:
    """True for 3 张工单, 两项任务, and behind a placeholder that will be a number: no surname."""
    return text[at] in _MEASURES and _COUNT.search(text[max(0, at - 2) : at]) is not None


def _foreign(words: tuple[tuple[str, str, int], ...], n: int) -> tuple[int, int]:
    """安吉拉·默克尔, around the dot that is word `n`: a word on either side, and further parts behind further dots."""
    start = words[n - 1][2] if _HAN.match(words[n - 1][0]) else words[n][2]
    end = words[n][2] + 1
    while n + 1 < len(words) and words[n][0] in _DOTS and _HAN.match(words[n + 1][0]):
        end = words[n + 1][2] + len(words[n + 1][0])
        n += 2
        if n >= len(words):
            break
    return start, end


def _name(at: int, said: str, kind: str) -> Name:
    return Name(Span(at, at + len(said)), fold(said), kind)


def _begin(words: tuple[tuple[str, str, int], ...], n: int) -> int:
    """Where the name begins whose kind of organisation is word `n`: over what may stand inside a name, no further."""
    first, length = n, len(words[n][0])
    while first and length < 18 and _may_be_inside(*words[first - 1][:2]):
        first -= 1
        length += len(words[first][0])
    while first < n and (
        words[first][0] in GENERIC or not (words[first][1] == "j" or names_something(*words[first][:2]))
    ):
        first += 1
    return words[first][2]


def _may_be_inside(word: str, tag: str) -> bool:
    return tag in _INSIDE or word in _DOING or (tag != "x" and names_something(word, tag))


def _is_named(words: tuple[tuple[str, str, int], ...], n: int, start: int, tail: str) -> bool:
    """False for a company, an electricity company: nothing in it that names."""
    own = _TAIL.sub("", tail)
    if len(own) > 1 and own not in GENERIC and words[n][1] in ("nt", "nz", "nr"):
        return True
    if words[n][2] == start and words[n][1] != "nt":
        return False
    before = [word for word in words[:n] if word[2] >= start]
    return any(
        word not in GENERIC and len(word) > 1 and (names_something(word, tag) or (tag == "x" and word.isalnum()))
        for word, tag, _ in before
    )


def _person(text: str, words: tuple[tuple[str, str, int], ...], n: int) -> str:
    """A Chinese person's name that begins with word `n`, where a title or a verb of speech stands beside it."""
    word, tag, at = words[n]
    if tag == "nr" and len(word) == 3 and word[0] in _CLEAR_SURNAMES and not _TITLE_AT.search(word):
        return word
    options = [word] if tag in _PERSONS else []
    if len(word) == 1 and tag not in _GRAMMAR and n + 1 < len(words) and _HAN.match(words[n + 1][0]):
        options.insert(0, word + words[n + 1][0])
    before = bool(_TITLE.search(text[max(0, at - 6) : at]))
    for option in options:
        if not 2 <= len(option) <= 3 or option[0] not in SURNAMES or _TITLE_AT.search(option):
            continue
        if option is not word and words[n + 1][1] in ("v", "p", "c", "u", "d", "f", "m", "q"):
            continue
        after = at + len(option)
        if _TITLE_AT.match(text, after) or (_SAID_AT.match(text, after) and (before or tag.startswith("nr"))):
            return option
        if before and (after == len(text) or not _HAN.match(text[after]) or tag.startswith("nr")):
            return option
    return ""


def without_place_tail(folded: str) -> str:
    """`杭州市` as `杭州`; short ones stay whole."""
    return _PLACE_TAIL.sub("", folded) if len(folded) > 2 else folded
