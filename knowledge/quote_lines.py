"""Block quotes of Markdown with their speaker: `> “…” —— 顾言舟，董事长` or `> “…” — Gu Yanzhou, Chairman`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"^>[ \t]?(?P<text>.*)$", re.MULTILINE)
_SIGNED = re.compile(
    r"^(?P<words>.{6,2000}?)\s*(?:——|—|–|--|―)\s*(?P<speaker>[^，,。.（(—]{2,60})[，,（(]?\s*(?P<title>[^—]{0,120})$"
)
_MARKS = "“”\"'‘’「」『』«»„‹› "


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What is said, by whom; `title` may be empty."""

    text: str
    speaker: str
    title: str


def quote_lines(text: str) -> Iterator[QuoteLine]:
    """The block quotes of `text` that are signed; others may be anything."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        found = _LINE.match(line.lstrip())
        if found:
            block.append(found["text"].strip())
            continue
        signed = _SIGNED.match(" ".join(part for part in block if part))
        if signed:
            yield QuoteLine(
                signed["words"].strip(_MARKS), signed["speaker"].strip(_MARKS), signed["title"].strip("）) ")
            )
        block = []
