"""Letters, sentences, words and quotations of a text, and the language it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evals.scorers.eyes.words import SCALES

HAN = "一-鿿"
LEAST_HAN, LEAST_WORDS = 6, 4
"""A quotation at least this long is somebody's words; a shorter one may be a title, a button or a term."""

_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_PLAIN = str.maketrans(
    {**_WIDE, "％": "%", "＄": "$", "￥": "¥", "．": ".", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_MARKS = re.compile(r" ?\[S?\d{1,3}(?:[,，、 ]+S?\d{1,3})*\]")
_STOPS = re.compile(r"(?<=[。！？!?；;])(?=[^”’」』\"])|(?<=[。！？!?][”’」』\"])|(?<=[.!?]) +(?=[A-ZÀ-Þ0-9“\"'(])|\n+")
_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|(?<!\w)\"([^\"]+)\"(?!\w)")
_EMPTY = frozenset(
    "about after again also among and any are because been before being between both but can could did does each for "
    "from had has have her his how into its just may more most much must not now off once one only other our out over "
    "own per said same she should since some such than that the their them then there these they this through too "
    "under until upon was were what when where which while who whom why will with within without would you your".split()
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, at `start`–`end` without the marks."""

    start: int
    end: int
    text: str

    @property
    def long(self) -> bool:
        """True for somebody's words, false for what may be a title."""
        return len(re.findall(f"[{HAN}]", self.text)) >= LEAST_HAN or len(re.findall(r"[^\W\d_]+", self.text)) >= (
            LEAST_WORDS if not re.search(f"[{HAN}]", self.text) else LEAST_HAN
        )


def plain(text: str) -> str:
    """The text with narrow digits, letters, signs and spaces, as long as before."""
    return text.translate(_PLAIN)


def without_marks(text: str) -> str:
    """The text without citation marks such as [S1] or [2], which a writer without a format puts into it."""
    return _MARKS.sub("", text)


def letters(text: str) -> str:
    """Letters and digits only, in lower case: punctuation, spaces and width do not count."""
    return "".join(character for character in plain(text).casefold() if character.isalnum())


def sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop inside a figure or an address ends none."""
    return [piece.strip() for piece in _STOPS.split(text) if piece and piece.strip()]


def quotations(text: str) -> list[Quotation]:
    """What stands between quotation marks, in order."""
    found = []
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 1
        found.append(Quotation(match.start(group), match.end(group), match.group(group)))
    return found


def language_of(text: str, locale: str = "") -> str:
    """The language of the text's letters; `locale` says which one in Latin letters. One that these eyes know."""
    if re.search("[぀-ヿ]", text):
        return "ja"
    if re.search("[가-힣]", text):
        return "ko"
    han, latin = len(re.findall(f"[{HAN}]", text)), len(re.findall(r"[A-Za-zÀ-ÿ]+", text))
    if han > latin:
        return "zh"
    named = locale.partition("-")[0].lower()
    return named if named in SCALES and named not in ("zh", "ja", "ko") and latin else "en" if latin else named or "en"


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """What a text is about, piece by piece: pairs of Han characters, and words of three letters and more by their
    first six letters (so that endings do not count); the words that every text has are left out."""
    pairs = {run[at : at + 2] for run in re.findall(f"[{HAN}]+", text) for at in range(len(run) - 1)}
    words = set(re.findall(r"[^\W\d_]{3,}", re.sub(f"[{HAN}]+", " ", text.casefold()))) - _EMPTY
    return frozenset(pairs | {word[:6] for word in words})
