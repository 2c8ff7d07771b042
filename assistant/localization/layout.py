"""Blanks and dashes of a translation as the source has them: around its tags, at the beginning of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.localization.content import Code, CodeKind, Content, Piece
from knowledge.domain.locale import Locale

_FIRST = 0xF0000
"""Codes stand as letters of a private plane while the text is looked at as one."""

_DASH = re.compile(r"\s*[-–—][ \u00a0]?(?=\S)")


_HAN = "\u3400-\u9fff"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def laid_out(source: Content, target: Content, here: Locale, there: Locale) -> Content:
    """`target` with no blanks just inside its tags and with the dashes of a dialogue, where the source has it so; in
    Chinese out of letters, with full-width marks beside its words and no blanks between them."""
    codes = [piece for piece in target.pieces if isinstance(piece, Code)]
    text = _tight(_flat(target), codes) if codes and not _is_loose(source) else _flat(target)
    if there.language == "zh" and not here.counts_characters:
        text = _widened(text)
    return _again(_dashed(str(source), text, codes), codes)


def _widened(text: str) -> str:
    text = re.sub(rf"(?<=[{_HAN}]) *([,;:?!])(?=[ {_HAN}]|$) *", lambda m: _WIDE[m[1]], text)
    text = re.sub(rf"(?<=\w) *([,;]) +(?=[{_HAN}])", lambda m: _WIDE[m[1]], text)
    return re.sub(rf"(?<=[{_HAN}，；：？！。]) +(?=[{_HAN}])", "", text)


def _flat(content: Content) -> str:
    codes = 0
    text = ""
    for piece in content.pieces:
        text += piece if isinstance(piece, str) else chr(_FIRST + codes)
        codes += isinstance(piece, Code)
    return text


def _again(text: str, codes: Sequence[Code]) -> Content:
    pieces: list[Piece] = []
    for part in re.split(r"([\U000f0000-\U000ffffd])", text):
        pieces.append(codes[ord(part) - _FIRST] if len(part) == 1 and ord(part) >= _FIRST else part)
    return Content.of(*pieces)


def _letters(codes: Sequence[Code], kind: CodeKind) -> str:
    found = "".join(chr(_FIRST + number) for number, code in enumerate(codes) if code.kind is kind)
    return f"[{found}]" if found else "(?!)"


def _is_loose(source: Content) -> bool:
    codes = [piece for piece in source.pieces if isinstance(piece, Code)]
    inner = rf"{_letters(codes, CodeKind.OPEN)}\s|\s{_letters(codes, CodeKind.CLOSE)}"
    return re.search(inner, _flat(source)) is not None


def _tight(text: str, codes: Sequence[Code]) -> str:
    opens, closes = _letters(codes, CodeKind.OPEN), _letters(codes, CodeKind.CLOSE)
    text = re.sub(rf"(\S)({opens}) +(?=\S)", r"\1 \2", text)
    text = re.sub(rf"({opens}) +(?=\S)", r"\1", text)
    text = re.sub(rf"(?<=\S) +({closes})(?=\w)", r"\1 ", text)
    return re.sub(rf"(?<=\S) +({closes})", r"\1", text)


def _dashed(source: str, text: str, codes: Sequence[Code]) -> str:
    """A dialogue (each line begins with a dash) stays one, where its lines are the same in number."""
    breaks = "".join(chr(_FIRST + number) for number, code in enumerate(codes) if "\n" in code.text)
    there = source.split("\n")
    lines = re.split(rf"([\n{breaks}])", text)
    said = lines[::2]
    if len(there) < 2 or len(said) != len(there) or not all(_DASH.match(line) for line in there):
        return text
    lines[::2] = [line if _DASH.match(line) else f"- {line.strip()}" for line in said]
    return "".join(lines)
