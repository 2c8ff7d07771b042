"""Which sentences assert something: no headings, questions, greetings or calls to action."""

from __future__ import annotations

import re

_END = re.compile(r"[.!。！；;…](?:[\"'”’»)）】\]]|\[\^?\w{1,8}\])*$")
_QUESTION = re.compile(r"[?？][\"'”’»)）】]*$")
_MARK = re.compile(r"^[\s#>*\-–•·]*")
_ASKS = frozenset(
    """contact visit learn click call download register join see read discover explore follow subscribe book request try
    get sign please ask meet watch find start let imagine thank thanks dear hello hi welcome congratulations note
    remember""".split()
)
_ASKS_ZH = re.compile(
    "欢迎|敬请|请|立即|点击|扫码|关注|联系|感谢|谢谢|祝|尊敬的|亲爱的|各位|让我们|敬礼|此致|详情|更多"
)
_HAN = re.compile(r"[㐀-䶿一-鿿぀-ヿ가-힯]")
_WORD = re.compile(r"[^\W\d_]+")

LEAST_WORDS, LEAST_HAN = 4, 6
"""Shorter than this a piece of text says too little to be held against anything."""
HEADING_WORDS, HEADING_HAN = 7, 14
"""A line without a full stop is a heading when it is shorter than this."""


LONGEST = 2000
"""Characters: what is longer is a list or a table that lost its shape."""


def asserts(text: str) -> bool:
    """Whether a sentence says something that can be wrong."""
    if len(text) > LONGEST:
        return False
    if text.lstrip().startswith("#") or _QUESTION.search(text):
        return False
    bare = _MARK.sub("", text)
    ended = _END.search(text) is not None
    han = len(_HAN.findall(bare))
    words = len(_WORD.findall(bare))
    if han >= LEAST_HAN and han * 2 >= words:
        return (ended or han >= HEADING_HAN) and not _ASKS_ZH.match(bare)
    first = _WORD.search(bare)
    if first is None or words < (LEAST_WORDS if ended else HEADING_WORDS):
        return False
    return first.group().lower() not in _ASKS
