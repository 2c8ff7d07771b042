"""Words of a cell as sentences: full stops, labels, figures before and after. Nothing is added that the cell does not
say; Markdown is not this file's matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENDED = re.compile(r"[。！？…｡!?.．][\"'”’»›)\]）】」』〉》〕]*$")
_HANGING = re.compile(r"[\s，、,;；:：]+$")
_INTRODUCES = re.compile(r"[:：]$")
_HAN = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿]")
_ABOUT = "约|近|超过?|不到|about |over |under |nearly "
_FIGURE = re.compile(rf"[+±<>≤≥~≈-]?\s*(?:{_ABOUT})?\s*[$€£¥￥]?\s*[\d零〇一二三四五六七八九十百千半两]")


def with_full_stop(text: str, language: str) -> str:
    """`text` ended as a sentence: with `。` in Chinese (and behind an ideograph), else with `.`."""
    if not text.strip() or _ENDED.search(text):
        return text
    text = _HANGING.sub("", text) or text
    return f"{text}{'。' if language == 'zh' or _HAN.match(text[-1]) else '.'}"


def lines_of(words: str) -> list[str]:
    """The lines of a cell, without empty ones."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def as_sentences(words: str, language: str) -> list[str]:
    """Each line of a cell ended as a sentence; a line that introduces the next (`三步：`) stays as it is."""
    lines = lines_of(words)
    return [
        line if _INTRODUCES.search(line) and number < len(lines) else with_full_stop(line, language)
        for number, line in enumerate(lines, start=1)
    ]


def labelled(label: str, words: str, language: str) -> str:
    """`行业：港口物流`, `Industry: Port logistics`."""
    return f"{label}{'：' if language == 'zh' else ': '}{words}"


def in_brackets(parts: Sequence[str], language: str) -> str:
    """What else there is to say, behind a clause; empty when there is nothing."""
    if not parts:
        return ""
    return f"（{'；'.join(parts)}）" if language == "zh" else f" ({'; '.join(parts)})"


def change(measure: str, before: str, after: str, language: str) -> str:
    """A figure before and after as a clause: `停机由 7 次变为 2 次`, `Stops went from 7 to 2`.

    Words that are no figure (`减少 60%`) stand behind a colon, since they may be a clause of their own.
    """
    zh = language == "zh"
    figures = [bool(_FIGURE.match(text)) for text in (before, after) if text]
    if before and after and figures[0] == figures[1]:
        return _spaced(measure, "由", before, "变为", after) if zh else f"{measure} went from {before} to {after}"
    if before and after:
        said = _spaced("之前", before, "，之后", after) if zh else f"{before} before, {after} afterwards"
        return labelled(measure, said, language)
    if not figures[0]:
        return labelled(measure, before or after, language)
    when = ("之前" if before else "之后") if zh else ("before" if before else "afterwards")
    return _spaced(measure, f"{when}为", before or after) if zh else f"{measure} came to {before or after} {when}"


def _spaced(*parts: str) -> str:
    """Chinese clauses joined, with a blank between an ideograph and a figure or Latin word."""
    said = parts[0]
    for part in parts[1:]:
        last, first = said[-1:], part[:1]
        meet = (_HAN.match(last) and first.isascii()) or (last.isascii() and _HAN.match(first))
        said += f" {part}" if meet else part
    return said
