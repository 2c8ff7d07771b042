"""A document of any format as Markdown: what an editor opens and a folder in git keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.reading.document import Block, Document

_LOOKS_LIKE_MARKUP = re.compile(r"^(\s*)([#>+*-]|\d+[.)])(?=\s)")


def as_markdown(document: Document) -> str:
    """The document's body; written anew from its blocks where it was no Markdown. Reading it again gives the same
    text under the same headings."""
    return document.body or "\n\n".join(_paragraphs(document)) + "\n"


def _paragraphs(document: Document) -> Iterator[str]:
    above: tuple[str, ...] = ()
    for block in document.blocks:
        path = (*block.headings, block.text) if block.kind == "heading" else block.headings
        for level, heading in enumerate(path, start=1):
            if above[:level] != path[:level]:
                yield f"{'#' * min(level, 6)} {_one_line(heading)}"
        above = path
        if block.kind != "heading":
            yield _paragraph(block)


def _paragraph(block: Block) -> str:
    lines = block.text.splitlines() or [""]
    if block.kind == "quote":
        return "\n".join(f"> {line}" for line in lines)
    if block.kind in ("list_item", "row"):
        return "- " + "\n  ".join(lines)
    if block.kind == "code":
        return "\n".join(("```", *lines, "```"))
    return "\n".join(_LOOKS_LIKE_MARKUP.sub(r"\1\\\2", line) for line in lines)


def _one_line(heading: str) -> str:
    return " ".join(heading.split())
