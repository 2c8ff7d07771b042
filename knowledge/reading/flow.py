"""Lines joined to running text: no space between Chinese characters, one between words."""

from __future__ import annotations

import re

HARD_BREAK = "\u2028"
"""Stands for a line break that the author set (`<br>`); `flow` keeps it as a newline."""

_WIDE = "[⺀-〿぀-ヿ㐀-鿿豈-﫿！-／：-￯]"
_WRAP_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")
_SPACE = re.compile(rf"[^\S{HARD_BREAK}]+")
_BREAK = re.compile(rf"\s*{HARD_BREAK}\s*")


def flow(text: str) -> str:
    """`text` as one paragraph: line wraps and runs of white space become one space, or none inside Chinese."""
    text = _SPACE.sub(" ", _WRAP_IN_CHINESE.sub("", text))
    return _BREAK.sub("\n", text).strip()


def join_lines(lines: list[str]) -> str:
    """Wrapped lines as one paragraph."""
    return flow("\n".join(lines))


def width(text: str) -> int:
    """Columns on a screen: a Chinese character takes two."""
    return sum(1 if character < "\u1100" else 2 for character in text)
