"""Plain text: paragraphs at blank lines, wrapped lines joined, transcripts line by line."""

from __future__ import annotations

import re

from knowledge.reading.document import Block, Parts
from knowledge.reading.flow import join_lines, width
from knowledge.reading.source import Source

# "Anna:", "[00:12:03] 张伟：", "00:12 Speaker 1:"
_SPEAKER = re.compile(
    r"^\s*(?:[\[(（]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])）]?\s*)?[^\s:：][^:：]{0,40}[:：](?!//)"
)
_ITEM = re.compile(r"^\s*(?:[-*•·●]|\d{1,3}[.)、])\s*\S")
_NARROW, _WIDE = 45, 130


class Plain:
    """`.txt`: the place is the first line of the paragraph."""

    name = "text"
    suffixes = (".txt",)

    def read(self, source: Source) -> Parts:
        lines = re.split(r"\r\n|\r|\n|\x0c", source.text())
        blocks: list[Block] = []
        paragraph: list[tuple[int, str]] = []
        for number, line in enumerate([*lines, ""], start=1):
            if line.strip():
                paragraph.append((number, line))
            elif paragraph:
                blocks += _blocks(paragraph)
                paragraph = []
        return Parts(blocks)


def _blocks(paragraph: list[tuple[int, str]]) -> list[Block]:
    lines = [line for _, line in paragraph]
    if is_wrapped(lines):
        return [Block(join_lines(lines), (), f"line {paragraph[0][0]}")]
    return [
        Block(line.strip(), (), f"line {number}", "list_item" if _ITEM.match(line) else "text")
        for number, line in paragraph
    ]


def is_wrapped(lines: list[str]) -> bool:
    """True when an editor broke one paragraph at a fixed width: full lines but the last, no speakers, no items."""
    full = [width(line.strip()) for line in lines[:-1]]
    if not full or max(full) > _WIDE or min(full) < _NARROW or max(full) - min(full) > 30:
        return False
    if width(lines[-1].strip()) > max(full) + 10 or any(_ITEM.match(line) for line in lines[1:]):
        return False
    return sum(bool(_SPEAKER.match(line)) for line in lines) * 2 < len(lines)
