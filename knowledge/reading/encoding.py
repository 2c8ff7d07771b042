"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, Chinese (GB18030), then a guess."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# The sixty commonest characters of Chinese: enough to tell GB18030 from Korean or Japanese bytes that decode by chance.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得"
)
_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text; `lossy` when bytes that are not valid UTF-8 were left out; `encoding` as Python names it."""

    text: str
    lossy: bool = False
    encoding: str = "utf-8"


def decode(data: bytes) -> Decoded | None:
    """`data` as text, or None when it is binary or in no encoding that can be told."""
    decoded = _decode(data)
    if decoded is None or "\x00" in decoded.text:
        return None
    sample = decoded.text[:_SAMPLE]
    return None if len(_CONTROL.findall(sample)) * 20 > len(sample) else decoded


def _decode(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    return _strictly(data, "utf-8") or _damaged_utf8(data) or _chinese(data) or _guessed(data)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding=encoding)
    except (UnicodeError, LookupError):
        return None


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """Text of which half is ASCII (spaces, digits, line ends) has its zero bytes on one side only."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample) or min(even, odd) * 20 > max(even, odd):
        return None
    return _strictly(data, "utf-16-be" if even > odd else "utf-16-le")


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes, e.g. cut in the middle of a character."""
    text = data.decode("utf-8", errors="replace")
    beyond = sum(not character.isascii() for character in text)
    broken = text.count("\ufffd")
    return Decoded(text.replace("\ufffd", ""), lossy=True) if beyond >= 20 and broken * 50 <= beyond else None


def _chinese(data: bytes) -> Decoded | None:
    decoded = _strictly(data, "gb18030")
    if decoded is None or _is_korean(data):
        return None
    beyond = _beyond_ascii(decoded.text)
    kana = sum("\u3040" <= character <= "\u30ff" for character in beyond)
    usual = sum(_in_gb2312(character) for character in beyond)
    common = sum(character in _COMMON for character in beyond)
    likely = usual * 100 >= len(beyond) * 85 and kana * 10 <= len(beyond)
    return decoded if likely and (len(beyond) < 40 or common * 33 >= len(beyond)) else None


def _is_korean(data: bytes) -> bool:
    """Hangul of EUC-KR decodes as Chinese, too; Chinese read as EUC-KR is a mixture of hangul and hanja."""
    decoded = _strictly(data, "euc-kr")
    beyond = _beyond_ascii(decoded.text) if decoded else []
    return len(beyond) >= 12 and sum("가" <= character <= "힣" for character in beyond) * 10 >= len(beyond) * 9


def _beyond_ascii(text: str) -> list[str]:
    return [character for character in text[:_SAMPLE] if not character.isascii()]


def _in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeError:
        return False


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    guessed = _strictly(data, best.encoding) if best else None
    if guessed and all(unicodedata.name(character, "").startswith("LATIN") for character in _letters(guessed.text)):
        # Short French text looks Baltic to the statistics; among Latin alphabets those of our languages come first.
        return _strictly(data, "cp1252") or guessed
    return guessed


def _letters(text: str) -> Iterator[str]:
    return (character for character in _beyond_ascii(text) if character.isalpha())
