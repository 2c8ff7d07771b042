"""Plain text: a unit per paragraph, line breaks as they are."""

from __future__ import annotations

import re
from functools import partial

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.spliced import Lines, Slot, SplicedFile, decoded
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import Unit
from knowledge.reading.flow import join_lines
from knowledge.reading.plain import is_wrapped

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_BREAK = re.compile(r"\r?\n")
_EMPTY_LINE = re.compile(r"\n\s*\n")


class PlainText:
    """`.txt`: paragraphs at empty lines. Lines that an editor wrapped at a fixed width are one running text; other line
    breaks are the author's and stay."""

    id = "plain_text"
    suffixes = (".txt", ".text")

    def recognises(self, name: str, data: bytes) -> bool:
        """Every text is plain text."""
        return True

    def read(self, data: bytes, reading: Reading) -> SplicedFile:
        """Read it. Raises `UnreadableFile` when it is no text."""
        source = decoded(data, reading.name)
        lines = Lines(source.text)
        newline = "\r\n" if "\r\n" in source.text else "\n"
        slots = []
        for number, found in enumerate(_PARAGRAPH.finditer(source.text), start=1):
            text = found.group().rstrip()
            content = with_codes(Content.of(_read(text)), "brace")
            if content.says_something:
                unit = Unit(f"p{number}", content, place=lines.place(found.start()), prose=True)
                slots.append(Slot(unit, found.start(), found.start() + len(text), partial(_written, newline)))
        return SplicedFile(reading.name, source, slots)


def _read(text: str) -> str:
    lines = _BREAK.split(text)
    return join_lines(lines) if is_wrapped(lines) else "\n".join(lines)


def _written(newline: str, target: Content) -> str:
    return newline.join(_EMPTY_LINE.sub("\n", str(target).strip()).split("\n"))
