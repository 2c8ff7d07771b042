"""A document of any format as Markdown: what an editor opens and a folder in git keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.reading.document import Block, Document

_PUNCTUATION = r"!-/:-@\[-`{-~"
# What Markdown would take for its own inside a line: emphasis, code, links, HTML, entities, tags of site generators.
_MARKUP = re.compile(
    rf"\\(?=[{_PUNCTUATION}]|$)"
    r"|`|(?<!\s)\*|\*(?!\s)|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~"
    r"|(?<=\[)\^|\](?=[(:\[])|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)"
    r"|(?<=\{)[{%:#.]|:(?=::)"
)
_LINE_START = re.compile(
    r"^(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=_*+](?=[-=_*+\s]*$)|\||(?P<number>\d{1,9})[.)](?=\s|$))"
)
_TAG_LINE = re.compile(r"^\[(?=\[?_?TOC|!)")
_FENCES = re.compile(r"`{3,}")


def as_markdown(document: Document) -> str:
    """The document's body; written anew from its blocks where it was no Markdown. Reading it again gives the same
    words under the same headings, each line by itself."""
    return document.body or "\n\n".join(_paragraphs(document)) + "\n"


def _paragraphs(document: Document) -> Iterator[str]:
    above: tuple[str, ...] = ()
    for block in document.blocks:
        path = (*block.headings, block.text) if block.kind == "heading" else block.headings
        for level, heading in enumerate(path, start=1):
            if above[:level] != path[:level]:
                yield f"{'#' * min(level, 6)} {_inline(' '.join(heading.split()))}"
        above = path
        if block.kind != "heading":
            yield _paragraph(block)


def _paragraph(block: Block) -> str:
    if block.kind == "code":
        fence = max((found.group() for found in _FENCES.finditer(block.text)), key=len, default="``") + "`"
        return "\n".join((fence, *block.text.splitlines(), fence))
    lines = [_escaped(line) for line in filter(None, map(str.strip, block.text.splitlines()))]
    if block.kind == "quote":
        return "> " + "\\\n> ".join(lines)
    if block.kind in ("list_item", "row"):
        return "- " + "\\\n  ".join(lines)
    return "\\\n".join(lines)


def _escaped(line: str) -> str:
    """A line whose every character stands for itself."""
    line = _inline(line)
    found = _LINE_START.match(line)
    if found:
        at = found.end("number") if found["number"] else 0
        return f"{line[:at]}\\{line[at:]}"
    return _TAG_LINE.sub(r"\\[", line)


def _inline(text: str) -> str:
    return _MARKUP.sub(lambda found: f"\\{found.group()}", text)
