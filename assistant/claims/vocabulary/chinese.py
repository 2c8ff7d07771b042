"""The Chinese tables: words as they stand in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims.vocabulary.tables import table

NEGATION = re.compile(
    r"不(?![断仅但同少过久足锈良论管只单止得妨愧禁约凡])|没有|没(?![收落])|未(?!来|必)|无(?![论人线缝锡限形数疑锚纺菌铅])|"
    r"并非|从不|毫无|不再|拒绝|避免|停止|取消|否认"
)
"""What negates, without the words that only hold such a character (不断, 无线, 未来 …)."""

ONLY = re.compile(r"(?<!不)(?:仅仅?|只有|只能|只(?=[是在对向为]))|唯一|独家")

PLAN = re.compile(
    r"计划|拟|将(?![军来近领士要])|预计|有望|力争|准备|打算|争取|目标|预期|或将|可能|希望|即将|将要|筹备|规划"
)
DONE = re.compile(r"已经?|完成|实现了|[^为除](?<!到)了")

PILOT = re.compile(r"试点|试用|试运行|试行|试装|小范围")
WHOLE = re.compile(r"全部|所有|全面|全线|全厂|全集团|全公司|全国各地|每[一]?[台座家个条处间]")
"""What is told of a whole."""


@dataclass(frozen=True)
class Chinese:
    """`opposed`: word → (words of its own side, words of the other); `kinds`: word → members of its kind; `words`
    finds any of them."""

    opposed: dict[str, tuple[frozenset[str], frozenset[str]]]
    kinds: dict[str, frozenset[str]]
    opposed_words: re.Pattern[str]
    kind_words: re.Pattern[str]


@lru_cache(maxsize=1)
def chinese() -> Chinese:
    """The tables, read once."""
    own: dict[str, set[str]] = defaultdict(set)
    other: dict[str, set[str]] = defaultdict(set)
    for line in table("opposites.zh.txt"):
        one, _, two = line.partition("|")
        sides = one.split(), two.split()
        for this, that in (sides, sides[::-1]):
            for word in this:
                own[word].update(this)
                other[word].update(that)
    kinds: dict[str, set[str]] = defaultdict(set)
    for line in table("kinds.zh.txt"):
        members = line.partition(":")[2].split()
        for word in members:
            kinds[word].update(members)
    return Chinese(
        {word: (frozenset(own[word]), frozenset(other[word] - own[word])) for word in own},
        {word: frozenset(members - {word}) for word, members in kinds.items()},
        _any_of(own),
        _any_of(kinds),
    )


def _any_of(words: dict[str, set[str]]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
