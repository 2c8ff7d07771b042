"""The English tables, by stem and root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from assistant.claims.stems import root, singular, stem
from assistant.claims.vocabulary.tables import table

STOP = frozenset(
    """the of and to in a an is are was were be been being am that for it its on with as by this these those from at
    has have had having do does did done or we our ours us you your yours they them their theirs i me my mine he him
    his she her hers who whom whose which what when where why how will would can could shall should may might must
    not no nor so such if then than there here too very just also into about after before over under up down out off
    again once only own same both each every all any some few more most other another but while because until
    against during between through above below further per via one s t re ve ll d m""".split()
)


# Words of too many uses to stand for another.
_VAGUE = STOP | frozenset("go get take make give come put set bring keep turn way thing one go-live let say".split())


@dataclass(frozen=True)
class English:
    """`near`: root → numbers of its groups, `groups`: number → roots; `opposites`: stem → stems; `kinds`: singular →
    (kind, whether it is a plain member); `members`: kind → singulars; `light`: roots that assert nothing."""

    near: dict[str, list[int]]
    groups: list[frozenset[str]]
    opposites: dict[str, frozenset[str]]
    kinds: dict[str, list[tuple[str, bool]]]
    members: dict[str, frozenset[str]]
    light: frozenset[str]

    def near_roots(self, word_root: str) -> frozenset[str]:
        """The roots that say nearly the same as a root, without itself."""
        return _near_roots(word_root)

    def says(self, word_root: str, roots: Container[str]) -> bool:
        """Whether `roots` has the word or one that says nearly the same."""
        if word_root in roots:
            return True
        return any(near in roots for near in _near_roots(word_root))


@lru_cache(maxsize=1)
def english() -> English:
    """The tables, read once."""
    near: dict[str, list[int]] = defaultdict(list)
    groups = []
    for number, line in enumerate(table("near.en.txt")):
        roots = frozenset(root(stem(word)) for word in line.split() if word not in _VAGUE)
        groups.append(roots)
        for word in roots:
            near[word].append(number)
    opposites: dict[str, set[str]] = defaultdict(set)
    for line in table("opposites.en.txt"):
        one, _, other = line.partition("|")
        sides = [stem(word) for word in one.split()], [stem(word) for word in other.split()]
        for this, that in (sides, sides[::-1]):
            for word in this:
                opposites[word].update(that)
    kinds: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    members = {}
    for line in table("kinds.en.txt"):
        kind, _, words = line.partition(":")
        members[kind] = frozenset(map(singular, words.split()))
        for word in members[kind]:
            kinds[word].append((kind, not kind.endswith("?")))
    light = frozenset(root(stem(word)) for line in table("light.en.txt") for word in line.split())
    frozen = {word: frozenset(those - {word}) for word, those in opposites.items()}
    return English(dict(near), groups, frozen, dict(kinds), members, light)


@lru_cache(maxsize=16384)
def _near_roots(word_root: str) -> frozenset[str]:
    tables = english()
    return frozenset().union(*(tables.groups[n] for n in tables.near.get(word_root, ()))) - {word_root}
