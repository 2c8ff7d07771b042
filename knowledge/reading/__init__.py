"""Files in, blocks with places out: `read` one file, `split` a document into passages.

A new format is one file with one small class and one line in `_READERS`. Heavy libraries are imported when a file of
their format is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.domain.errors import UnreadableFile
from knowledge.domain.text import clean
from knowledge.reading.delimited import Delimited
from knowledge.reading.document import Block, Document, Parts
from knowledge.reading.docx import Docx
from knowledge.reading.html import Html
from knowledge.reading.markdown import Markdown
from knowledge.reading.passages import PassageText, split
from knowledge.reading.pdf import Pdf
from knowledge.reading.plain import Plain
from knowledge.reading.pptx import Pptx
from knowledge.reading.source import MAX_BYTES, Reader, Source, load, unreadable
from knowledge.reading.structured import Json, Yaml
from knowledge.reading.tokens import count_tokens
from knowledge.reading.xlsx import Xlsx

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Block",
    "Document",
    "PassageText",
    "Reader",
    "count_tokens",
    "read",
    "read_body",
    "readable",
    "split",
]

_READERS: tuple[Reader, ...] = (
    Markdown(),
    Plain(),
    Html(),
    Docx(),
    Pptx(),
    Xlsx(),
    Delimited(),
    Pdf(),
    Yaml(),
    Json(),
)

FORMATS: dict[str, Reader] = {suffix: reader for reader in _READERS for suffix in reader.suffixes}
"""Suffix in lower case, with its dot, to the reader of the format."""


def readable(path: Path) -> bool:
    """True when the suffix is one of `FORMATS`; says nothing about the content."""
    return path.suffix.lower() in FORMATS


def read(path: Path, *, keep_hiding: bool = False) -> Document:
    """The document in `path`. Raises `UnreadableFile` with one line of what, why and what to do; nothing else.

    `keep_hiding` lets the characters stand that can hide or disguise text (see `knowledge.domain.text.clean`).
    """
    source = load(path)
    reader = FORMATS.get(source.suffix)
    if reader is None:
        known = " ".join(sorted(FORMATS))
        raise unreadable(
            path, f"is of a format that is not read ({source.suffix or 'no suffix'})", f"use one of {known}"
        )
    return _document(reader, source, keep_hiding)


def read_body(name: str, body: str, *, below: int = 0) -> Document:
    """Markdown that stands in no file (an editor's, a sheet's row) as the document it is. Raises `UnreadableFile`.

    `below`: how many lines stand above it where it is from. Nothing in it is taken for front matter.
    """
    above = below or int(body.lstrip("\n ").startswith(("---", "+++", "|")))
    data = ("\n" * above + body).encode("utf-8", "replace")
    return _document(FORMATS[".md"], Source(Path(f"{name}.md"), data), keep_hiding=False)


def _document(reader: Reader, source: Source, keep_hiding: bool) -> Document:
    parts = _parts(reader, source)
    cleaned = (_clean(block, keep_hiding) for block in parts.blocks)
    blocks = tuple(block for block in cleaned if any(map(str.isalnum, block.text)))
    if not blocks:
        raise source.unreadable("holds no text that a reader could see", "put text into it or leave it out")
    return Document(
        format=reader.name,
        title=" ".join(clean(parts.title).split()) or source.path.stem,
        meta=_clean_meta(parts.meta),
        blocks=blocks,
        content_hash=hashlib.sha256(source.data).hexdigest(),
        warnings=tuple(source.warnings),
        body=_body(parts.body),
    )


def _body(body: str) -> str:
    """Markdown as it is kept: without what no reader sees, one line end at its end."""
    kept = clean(body).strip("\n")
    return f"{kept}\n" if kept else ""


def _parts(reader: Reader, source: Source) -> Parts:
    try:
        return reader.read(source)
    except UnreadableFile:
        raise
    except RecursionError as error:
        raise source.unreadable("is nested too deeply to be a document", "simplify it") from error
    except MemoryError as error:
        raise source.unreadable("needs more memory than there is", "split it into smaller documents") from error
    # Parsers of damaged files raise anything; the caller gets one kind of error with the cause in words.
    except Exception as error:
        cause = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise source.unreadable(
            f"is damaged or not a valid {reader.name} file ({cause})", "open it in its program and save it again"
        ) from error


def _clean_meta(value: Any) -> Any:
    """Front matter goes into prompts and pages, too: its strings are cleaned like text."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, Mapping):
        return {clean(str(key)): _clean_meta(item) for key, item in value.items()}
    return [_clean_meta(item) for item in value] if isinstance(value, list) else value


def _clean(block: Block, keep_hiding: bool) -> Block:
    headings = tuple(filter(None, (" ".join(clean(heading).split()) for heading in block.headings)))
    cells = tuple(filter(None, (clean(cell, keep_hiding=keep_hiding).strip() for cell in block.cells)))
    text = clean(block.text, keep_hiding=keep_hiding).strip()
    links = tuple((clean(words, keep_hiding=keep_hiding).strip(), target) for words, target in block.links)
    return replace(block, text=text, headings=headings, cells=cells, links=links)
