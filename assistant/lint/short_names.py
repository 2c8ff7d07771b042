"""The short name by which people call a company, worked out from its registered name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.claims.names.places import known_places
from assistant.claims.names.words import PEOPLES
from knowledge.domain.folding import fold
from knowledge.naming.common_words import COMMON
from knowledge.naming.forms import is_distinctive
from knowledge.naming.legal_forms import without_form
from knowledge.naming.letters import read
from knowledge.records import Customer

LEAST = 5
"""Letters of a Latin word that may be a short name: shorter ones are too often something else."""
_HAN = re.compile(r"[㐀-䶿一-鿿]+$")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_FIRST = re.compile(r"[^\W\d_]+(?=[ -][^\W_])")
_NAMING = ("nr", "ns", "nt", "nz", "nrt", "nrfg")
_TRADES = frozenset(
    "冷链 风电 光伏 锂电 储能 运维 维保 智造 智控 数控 数科 新能源 新材料 物联 物联网 工联 云服务".split()
)
"""What companies do, in words that a dictionary lacks."""
_HAN_LENGTHS = range(2, 6)


def short_names(customer: Customer) -> set[str]:
    """What may stand for the name by itself: 莫恩哈特 of 莫恩哈特铸造有限公司, Mornhardt of Mornhardt Castings.

    No common word, no place, no nationality; whether it is known as a spelling already is not asked.
    """
    found: set[str] = set()
    for spelling in customer.spellings():
        found.update(_latin(spelling) if spelling[:1].isascii() or not _HAN.match(spelling[:1]) else _han(spelling))
    return found - set(customer.spellings())


def _latin(spelling: str) -> Iterator[str]:
    """The first of several words."""
    first = _FIRST.match(spelling)
    word = first.group() if first else ""
    folded = read(word).kept
    common = {folded, folded.removesuffix("s")} & (COMMON | PEOPLES)
    if len(word) >= LEAST and word[0].isupper() and not common and not _is_place(word):
        yield word


def _han(spelling: str) -> Iterator[str]:
    """What is left without the legal form, what the company does, and its place."""
    import rjieba

    core = without_form(_BRACKETS.sub("", spelling))
    if not _HAN.match(core):
        return
    short = core
    while shorter := _without_trade(short):
        short = shorter
    words = [word for word, _ in rjieba.tag(short, False)]
    while len(words) > 1 and _is_place(words[0]):
        words.pop(0)
    short = "".join(words)
    if short != core and len(short) in _HAN_LENGTHS and is_distinctive(short) and not _is_place(short):
        yield short


def _without_trade(name: str) -> str:
    """The name without the last word for what the company does; empty when there is none, or nothing would be left."""
    import rjieba

    trade = next((trade for trade in _TRADES if name.endswith(trade)), "")
    word, tag = list(rjieba.tag(name, False))[-1]
    if not trade and len(word) > 1 and tag not in _NAMING and rjieba.has_word(word):
        trade = word
    return name[: -len(trade)] if trade and len(name) - len(trade) > 1 else ""


def _is_place(word: str) -> bool:
    folded = fold(word)
    return any(found.span.start == 0 and found.span.end == len(folded) for found in known_places()[0].find(folded))
