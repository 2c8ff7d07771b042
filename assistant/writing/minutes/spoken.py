"""Spoken language made written, by program: fillers and openings go, nothing is added and no word is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_ZH_FILLER = re.compile(
    r"[呃嗯哎哦啊呀嘛哈]+(?=[，。、！？…\s]|$)|(?<=[，。、\s])[呃嗯哎哦]+|^[呃嗯哎哦啊]+|那个(?=，)|这个(?=，)"
)
_EN_FILLER = re.compile(
    r"(?:(?<=^)|(?<=[\s,.]))(?:u[hm]+|erm?|mm+(?:-hmm)?|hmm?|you know|I mean|sort of|kind of)\b\s*,?\s*", re.IGNORECASE
)
_ZH_OPENING = re.compile(
    r"^(?:(?:好|对|行|那|嗯|是的?|可以|没问题|没错|收到|明白|OK|哦|唉|就是说?|所以说|然后|这样吧|好了|好吧"
    r"|好的)(?:[，。,、！]\s*|(?=那|就|把|我|你|你们)))+",
    re.IGNORECASE,
)
_EN_OPENING = re.compile(
    r"^(?:(?:okay|ok|right|yes|yeah|yep|well|so|good|great|fine|sure|alright|all right|and|but|then|now|oh"
    r"|fair enough|super"
    r"|lovely|thank you|thanks)\b\s*[,.!:;–-]?\s+)+",
    re.IGNORECASE,
)
_STRAY = re.compile(r"^[\s，,。.、；;：:！!?？]+")
_TWICE = re.compile(r"(\b\w+\b|[一-鿿]{1,3})(?:[，, ]+\1(?!\w)){1,}")


def tidy(said: str) -> str:
    """A sentence without fillers, empty openings and words said twice."""
    zh = is_han(said)
    text = (_ZH_FILLER if zh else _EN_FILLER).sub("", said)
    text = re.sub(r"[，,、]\s*(?=[。.！!？?；;])", "", _TWICE.sub(r"\1", text))
    text = re.sub(r"\s+([,.;?!])", r"\1", re.sub(r"([，,])(?:\s*[，,])+", r"\1", text))
    before = None
    while before != text:
        before = text
        text = _STRAY.sub("", (_ZH_OPENING if zh else _EN_OPENING).sub("", text))
    return " ".join(text.split()).strip()


def any_call(names: Sequence[str]) -> str:
    """A pattern for any way in which one of these people is called, the longest first; nothing without names."""
    every = sorted({call for name in names for call in called(name)}, key=len, reverse=True)
    return "|".join(map(re.escape, every)) or r"(?!)"


def whole(call: str, names: Sequence[str]) -> str:
    """The name of whom somebody calls so."""
    return next((name for name in names if call in called(name)), call)


@lru_cache(maxsize=64)
def _calls(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{any_call(names)})\s*[，,:：]\s*)+")


def without_names(said: str, names: Sequence[str]) -> str:
    """A sentence without the people it calls at its beginning ("Tom, …", "知夏，…")."""
    return _calls(tuple(names)).sub("", said)


@lru_cache(maxsize=256)
def called(name: str) -> tuple[str, ...]:
    """How people call somebody: by the whole name, the given name, (Chinese) without the family name; longest first."""
    short = [name]
    if re.fullmatch(r"[一-鿿]{3}", name):
        short.append(name[1:])
    elif re.fullmatch(r"[一-鿿]{2}", name):
        short.append(name)
    elif " " in name and not re.search(r"\d", name):
        short += [part for part in (name.split()[0], name.split()[-1]) if len(part) >= 3 and part[0].isupper()]
    return tuple(dict.fromkeys(short))


def is_han(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)
