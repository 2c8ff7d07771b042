"""Full-width forms made plain, one code point for one, so that spans stay true."""

from __future__ import annotations

import re
from bisect import bisect_right

GAP = r"[ \t\u00a0\u202f\u2009\u3000]{0,2}"
"""Regular expression for the blank that may stand inside a quantity; bounded so that matching stays linear."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）～"}
_TRADITIONAL = str.maketrans("萬億兩幾餘點約內個過號時間隻", "万亿两几余点约内个过号时间只")
_FOLD = {**_FULL_WIDTH, 0xFFE5: ord("¥"), 0xFFE1: ord("£"), 0x2212: ord("-"), 0x301C: ord("～")}
_FOLD_HAN = {**_FOLD, **_TRADITIONAL}
_FOLDED = re.compile(f"[{''.join(re.escape(chr(code)) for code in _FOLD)}]")
_FOLDED_HAN = re.compile(f"[{''.join(re.escape(chr(code)) for code in _FOLD_HAN)}]")


def fold(text: str, *, simplify: bool = False) -> str:
    """`text` with full-width digits, letters and signs made plain; `simplify` also maps traditional number words.

    The length never changes. Full-width commas stay: between digits they separate, they do not group.
    """
    if not (_FOLDED_HAN if simplify else _FOLDED).search(text):
        return text
    return text.translate(_FOLD_HAN if simplify else _FOLD)


def lower(text: str) -> str:
    """`text` in small letters, of the same length (only İ would grow)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.replace("İ", "I").lower()


_ENTITY = re.compile(r"&(?:nbsp|thinsp|ensp|emsp|hairsp|#160|#8201|#8239|#x[aA]0);")


class Blanks:
    """A text in which each blank that is written as an entity is one character, and the way back."""

    def __init__(self, text: str, entities: list[tuple[int, int]]) -> None:
        pieces: list[str] = []
        position = 0
        self._starts: list[int] = []
        self._shifts: list[int] = []
        shift = 0
        for start, end in entities:
            pieces += [text[position:start], "\u00a0"]
            shift += end - start - 1
            self._starts.append(end - shift)
            self._shifts.append(shift)
            position = end
        self.text = "".join([*pieces, text[position:]])

    @classmethod
    def of(cls, text: str) -> Blanks | None:
        """The plain text of `text`, None when no blank is an entity."""
        entities = [match.span() for match in _ENTITY.finditer(text)]
        return cls(text, entities) if entities else None

    def origin(self, position: int) -> int:
        """Where a position of the plain text stands in the original."""
        index = bisect_right(self._starts, position)
        return position + (self._shifts[index - 1] if index else 0)
