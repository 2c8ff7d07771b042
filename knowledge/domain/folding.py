"""Text made comparable: one width, one kind of quote, dash and space, no capitals, no accents; every place kept."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, "“”„‟«»″〝〞＂"), '"')
    table |= dict.fromkeys(map(ord, "‘’‚‛′‹›`´"), "'")
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−－﹣─"), "-")
    table |= dict.fromkeys(map(ord, "•・‧∙⋅･"), "·")
    table |= dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_TABLE = _table()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """`text` for comparing spellings: `Ｒ200` and `r200`, `Führer` and `fuhrer`, `“a”` and `"a"` become the same.

    Character by character: a place in the result is the same place in `text`.
    """
    return text.translate(_TABLE).lower()
