"""Word lists as regular expressions that give up at the first wrong letter, so that long lists cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

LATIN = "A-Za-zÀ-ɏ"
"""The letters of the Latin alphabets, for a character class."""

_BAR = re.compile(r"\|(?![^(]*\))")
_END = ""
_Node = dict[str, "_Node | str"]


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first.

    A word may end in a lookahead: `年(?!代)`. Everything else in it is taken literally.
    """
    root: _Node = {}
    for word in words:
        plain, mark, rest = word.partition("(?")
        node = root
        for char in plain:
            child = node.setdefault(char, {})
            assert isinstance(child, dict)
            node = child
        node[_END] = mark + rest
    return _pattern(root)


def _pattern(node: _Node) -> str:
    """The pattern for what may follow at a node; letters that end a word share a class."""
    branches: list[str] = []
    leaves: list[str] = []
    for char, child in node.items():
        if isinstance(child, dict):
            rest = _pattern(child)
            if rest:
                branches.append(re.escape(char) + rest)
            else:
                leaves.append(re.escape(char))
    if leaves:
        branches.append(leaves[0] if len(leaves) == 1 else f"[{''.join(leaves)}]")
    end = node.get(_END)
    if not isinstance(end, str):
        return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{'|'.join([*branches, end])})" if branches else end


class Endings:
    """Words that may end at a place in a text, read from their last letter on; the longest wins.

    They are compared with lowered text. One that begins with a Latin letter must not be the tail of a longer word.
    """

    def __init__(self, words: Iterable[str]) -> None:
        listed = list(words)
        self._longest = max(map(len, listed))
        turned = [word[::-1] + (f"(?![{LATIN}])" if latin(word[0]) else "") for word in listed]
        self._match = re.compile(one_of(turned)).match

    def at(self, lowered: str, end: int) -> str:
        """The word that ends at `end`, or nothing."""
        start = end - self._longest - 1
        found = self._match(lowered[start if start > 0 else 0 : end][::-1])
        return found.group()[::-1] if found else ""


def latin(char: str) -> bool:
    """True for a letter of a Latin alphabet."""
    return char < "\u0250" and char.isalpha()


def flat(table: Mapping[str, str]) -> dict[str, str]:
    """{"km": "kilometre|kilometres"} as {"kilometre": "km", "kilometres": "km"}; lookaheads keep their bars."""
    return {form: name for name, forms in table.items() for form in split(forms)}


def split(forms: str) -> list[str]:
    """`forms` at the bars that stand outside of lookaheads."""
    return _BAR.split(forms)
