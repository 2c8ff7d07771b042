"""The text that a judge reads: a draft without the marks of its making, cut to size, unable to leave its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.domain.text import clean, sentences

LONGEST = 3500
"""Characters of a text that a judge reads."""
_ANGLES = str.maketrans("<>＜＞", "‹›‹›")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_CITED = re.compile(r"[ \t]*[\[【［](?:S\d+)(?:\s*[,，、;；]\s*S\d+)*[\]】］]")


def plain(text: str) -> str:
    """A text that cannot close the marks around it and hides nothing; its paragraphs stay."""
    return _BLANK_LINES.sub("\n\n", clean(text)).translate(_ANGLES).strip()


def blind(document: Mapping[str, Any]) -> str:
    """A draft's JSON as plain text: headings and paragraphs, nothing that tells who wrote it or how.

    Citation marks and findings are left out, and so are gaps, with their heading where nothing else stands under it. A
    cell of a table says its row and column.
    """
    blocks = []
    for section in document.get("sections", ()):
        paragraphs = [text for text in _said(section) if text]
        heading = str(section.get("heading") or "").strip()
        if paragraphs:
            blocks.append("\n".join(([heading] if heading else []) + paragraphs))
    return "\n\n".join(blocks)


def _said(section: Mapping[str, Any]) -> Iterator[str]:
    for paragraph in section.get("paragraphs", ()):
        text = _CITED.sub("", str(paragraph.get("text") or "")).strip()
        if text and not paragraph.get("gap"):
            cell = paragraph.get("cell")
            yield f"{cell['row']} · {cell['column']}: {text}" if cell else text


def cut(text: str, most: int = LONGEST) -> tuple[str, bool]:
    """At most `most` characters, cut at the end of a paragraph, else of a sentence; and whether something was cut."""
    if len(text) <= most:
        return text, False
    end = text.rfind("\n", 0, most + 1)
    if end < most // 2:
        ends = [span.end for span in sentences(text[:most])]
        whole = [place for place in ends if place < most]
        end = whole[-1] if whole and whole[-1] >= most // 2 else most
    return text[:end].rstrip(), True
