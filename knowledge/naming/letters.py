"""A text as its letters: one width, one case, no accents, simplified ideographs, nothing between them; places kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from knowledge.naming.traditional import SIMPLIFIED

IGNORED = "\u200b"
"""What stands for a character that nobody sees: zero-width ones, soft hyphens, marks of the letter before."""

_BASES = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ð": "d", "ŧ": "t", "ŀ": "l"}
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_QUOTES = frozenset("'‘’‚‛′‹›`´ʼʹ＇")
_DOTS = frozenset("·•・‧∙⋅･")
_SEVERAL = re.compile("[ﬀ-ﬆĳŉǆǉǌ]")


class _Folding(dict[int, str]):
    """One comparable character for each, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf") or char in _UNSEEN:
        return IGNORED
    if category[0] == "Z" or char.isspace():
        return " "
    if category == "No":
        return "*"  # a raised figure is a footnote's, not the name's
    for likes, one in ((_QUOTES, "'"), (_DOTS, "·")):
        if char in likes:
            return one
    if category == "Pd" or char == "−":
        return "-"
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1:
        return char.lower() if len(char.lower()) == 1 else char
    if not "\uac00" <= plain <= "\ud7a3":  # Hangul syllables fall apart in NFD
        plain = unicodedata.normalize("NFD", plain)[0]
    if unicodedata.category(plain) == "Mn":
        return IGNORED
    plain = SIMPLIFIED.get(ord(plain), plain).lower()[:1]
    return _BASES.get(plain, plain)


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Letters:
    """`folded` has the length of `text`; `kept` are its letters and digits, `at[n]` the place of the n-th in `text`."""

    text: str
    folded: str
    kept: str
    at: list[int]

    def gap(self, n: int) -> str:
        """What stands before the n-th letter and after the one before it, without what nobody sees."""
        return self.folded[self.at[n - 1] + 1 : self.at[n]].replace(IGNORED, "")


def read(text: str) -> Letters:
    """The letters of `text`. Linear in its length."""
    folded = text.translate(_FOLDING)
    at = [place for place, char in enumerate(folded) if char.isalnum()]
    kept = "".join([folded[place] for place in at]) if len(at) < len(folded) else folded
    if _SEVERAL.search(kept):
        whole = [(unicodedata.normalize("NFKC", char).lower(), place) for char, place in zip(kept, at, strict=True)]
        kept = "".join(letters for letters, _ in whole)
        at = [place for letters, place in whole for _ in letters]
    return Letters(text, folded, kept, at)


def is_word(char: str) -> bool:
    """True for a letter or digit of a script that parts its words: Latin, Greek, Cyrillic … but no ideograph, no kana,
    no Hangul, where words and particles stand side by side."""
    return char.isalnum() and char < "\u2e80" and not "\u0e00" <= char <= "\u0fff" and not "\u1000" <= char <= "\u11ff"


def is_ideograph(char: str) -> bool:
    """True for a Chinese character."""
    return "\u3400" <= char <= "\u9fff" or char > "\U0001ffff"
