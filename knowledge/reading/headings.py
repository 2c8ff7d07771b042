"""Headings of a text that comes without a file: marked (`## Costs`), numbered (`2.1 Costs`, `第二章 成本`), or bare
short lines above long ones, as they are left when a text is copied out of its document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reading.document import Block, HeadingPath
from knowledge.reading.flow import width

_MARKED = re.compile(r"^(#{1,6})\s+(?P<text>.*\S)")
_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"第[一二三四五六七八九十百\d]{1,4}[章篇编][\s:：、]*(?=\S)")),
    (1, re.compile(r"(?:Chapter|Part) (?:\d{1,2}|[IVX]{1,5})\b[\s.:—–-]*(?=\S)", re.IGNORECASE)),
    (2, re.compile(r"第[一二三四五六七八九十百\d]{1,4}节[\s:：、]*(?=\S)")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、\s*(?=\S)")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s*(?=\S)")),
)
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<mark>[.．、)]?)(?P<blank>\s*)(?=[^\s\d.,%])")
_LONGEST = 60
"""Columns of a heading that nothing marks: thirty Chinese characters."""
_LONGEST_TITLE = 120
"""The title of a document may be longer, and have a colon in it."""
_ENDS = re.compile(r"[。.!?！？,，;；:：…](?:[\"'”’)）\]】]*)$")
_ITEM = re.compile(r"^\s*(?:[-*•·●>|]|\d{1,3}[.)、]\s)")
_LABEL = re.compile(r"^[^:：]{1,20}[:：]")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    level: int = 0


def with_headings(lines: Sequence[tuple[int, str]], *, marked_only: bool = False) -> tuple[Block, ...]:
    """The lines of a text (number, text; none empty) as blocks, those that are headings as such, with their path.

    Where marks or numbers show the headings, bare lines are none, but a first one is the title. `marked_only` takes
    only `#`: in a transcript a short line is somebody's word.
    """
    read = [_Line(number, text, _marked(text)) for number, text in lines]
    if not marked_only:
        if not any(line.level for line in read):
            read = _numbered(read)
        if not any(line.level for line in read):
            read = _bare(read)
        read = _titled(read)
    path, blocks = HeadingPath(), list[Block]()
    for line in read:
        place = f"line {line.number}"
        if line.level:
            said = _MARKED.sub(r"\g<text>", line.text).strip(" #")
            blocks.append(Block(said, path.enter(line.level, said), place, "heading"))
        else:
            blocks.append(Block(line.text, path.path, place))
    return tuple(blocks)


def without_number(heading: str) -> str:
    """A heading without its number: `2.1 Costs` as `Costs`, `第二章 成本` as `成本`. Counts stay: `12 家工厂`."""
    for _, pattern in _NUMBERED:
        if found := pattern.match(heading):
            return heading[found.end() :].strip()
    found = _DECIMAL.match(heading)
    numbers = found and (found["mark"] or "." in found["number"])
    return heading[found.end() :].strip() if found and numbers else heading.strip()


def _marked(text: str) -> int:
    found = _MARKED.match(text)
    return len(found[1]) if found else 0


def _is_short(text: str, longest: int = _LONGEST) -> bool:
    return 2 <= width(text) <= longest and not _ENDS.search(text) and "|" not in text and "\t" not in text


def _number_level(text: str) -> int:
    """The level that a line's number gives it; 0 for one that is no heading."""
    if not _is_short(text):
        return 0
    for level, pattern in _NUMBERED:
        if pattern.match(text):
            return level
    found = _DECIMAL.match(text)
    if not found or not (found["mark"] or "." in found["number"]):
        return 0
    return 1 + found["number"].count(".")


def _numbered(lines: Sequence[_Line]) -> list[_Line]:
    """Numbered short lines are headings when there is something beneath: others are items of a list."""
    levels = [_number_level(line.text) for line in lines]
    following = [*levels[1:], 0][: len(levels)]
    last = len(lines) - 1
    kept = [
        level if level and n < last and (not below or below > level) else 0
        for n, (level, below) in enumerate(zip(levels, following, strict=True))
    ]
    if sum(map(bool, kept)) < 2:
        return list(lines)
    return [_Line(line.number, line.text, level) for line, level in zip(lines, kept, strict=True)]


def _bare(lines: Sequence[_Line]) -> list[_Line]:
    """Short lines without an end, above a line with one; two in a row are a heading and the first below it."""
    levels = [0] * len(lines)
    for n in range(1, len(lines) - 1):
        before, text, after = lines[n - 1].text, lines[n].text, lines[n + 1].text
        if not _is_title(text) or not (n == 1 or _ENDS.search(before) or _is_title(before)):
            continue
        two = n + 2 < len(lines) and _is_title(after) and _is_paragraph(lines[n + 2].text)
        levels[n] = 1 if two else 2 * _is_paragraph(after)
    if sum(map(bool, levels)) < 2:
        return list(lines)
    return [_Line(line.number, line.text, level) for line, level in zip(lines, levels, strict=True)]


def _titled(lines: Sequence[_Line]) -> list[_Line]:
    """The first line, when it is short and others are headings, heads them all."""
    headed = any(line.level for line in lines)
    if not headed or lines[0].level or not _is_short(lines[0].text, _LONGEST_TITLE) or _ITEM.match(lines[0].text):
        return list(lines)
    first = _Line(lines[0].number, lines[0].text, 1)
    return [first, *(_Line(line.number, line.text, line.level + bool(line.level)) for line in lines[1:])]


def _is_title(text: str) -> bool:
    return _is_short(text) and not _ITEM.match(text) and not _LABEL.match(text)


def _is_paragraph(text: str) -> bool:
    return width(text) > _LONGEST // 2 and bool(_ENDS.search(text)) and not _ITEM.match(text)
