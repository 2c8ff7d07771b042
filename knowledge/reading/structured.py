"""YAML and JSON: each small mapping, long text and list entry a block, its place a JSON pointer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from knowledge.reading.document import Block, Parts
from knowledge.reading.html import read_html
from knowledge.reading.markdown import read_markdown
from knowledge.reading.source import Source
from knowledge.reading.yaml_tree import MAX_DEPTH, YamlRefused, load_yaml_all

LONG = 200
"""Text values longer than this stand as blocks of their own."""

_NAMES = ("title", "name", "headline", "heading", "label", "question", "id")
# Keys that say nothing about their text: it stands under the heading of its mapping.
_PLAIN_KEYS = frozenset({"content", "text", "body", "description", "markdown", "value"})
_MARKUP = re.compile(r"</?[A-Za-z!]|&#?\w{2,8};|\]\(|\*\*|__|`|\{\{|\{%|\[\^")
_HTML = re.compile(r"</(?:p|ul|ol|li|table|tr|td|th|div|h[1-6])>", re.IGNORECASE)
_IMAGE = re.compile(r"^\S+\.(?:png|jpe?g|gif|svg|webp|ico|avif)(?:\?\S*)?$", re.IGNORECASE)


class Yaml:
    """`.yaml`: every document of the stream, scalars as written, no object tags, anchors within bounds."""

    name = "YAML"
    suffixes = (".yaml", ".yml")

    def read(self, source: Source) -> Parts:
        try:
            documents = load_yaml_all(source.text())
        except YamlRefused as error:
            raise source.unreadable(f"is not usable YAML: {error}", "mend the file") from error
        if len(documents) == 1:
            return _parts(source, documents[0])
        blocks = [
            block for number, document in enumerate(documents) for block in _walk(source, document, f"/{number}", (), 0)
        ]
        return Parts(blocks)


class Json:
    """`.json`: numbers as written."""

    name = "JSON"
    suffixes = (".json",)

    def read(self, source: Source) -> Parts:
        try:
            value = json.loads(source.text().lstrip("\ufeff"), parse_int=str, parse_float=str, parse_constant=str)
        except json.JSONDecodeError as error:
            raise source.unreadable(f"is not valid JSON: line {error.lineno}: {error.msg}", "mend the file") from error
        except RecursionError as error:
            raise source.unreadable("is nested too deeply to be a document", "flatten it") from error
        return _parts(source, value)


def _parts(source: Source, value: Any) -> Parts:
    meta: dict[str, Any] = {}
    if isinstance(value, dict):
        meta = {key: text for key in ("title", "name") if isinstance(text := value.get(key), str) and text.strip()}
    blocks = list(_walk(source, value, "", (), 0))
    return Parts(blocks, next(iter(meta.values()), ""), meta)


def _walk(source: Source, value: Any, pointer: str, headings: tuple[str, ...], depth: int) -> Iterator[Block]:
    if depth > MAX_DEPTH:
        raise source.unreadable(f"is nested deeper than {MAX_DEPTH} levels", "flatten it")
    if isinstance(value, dict):
        yield from _mapping(source, value, pointer, headings, depth)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            at = f"{pointer}/{index}"
            if isinstance(item, dict):
                name = _name(item)
                yield from _walk(source, item, at, (*headings, name) if name else headings, depth + 1)
            elif isinstance(item, list):
                yield from _walk(source, item, at, headings, depth + 1)
            else:
                yield from _text(source, item, at, headings, "list_item")
    else:
        yield from _text(source, value, pointer, headings, "text")


def _mapping(
    source: Source, mapping: dict[str, Any], pointer: str, headings: tuple[str, ...], depth: int
) -> Iterator[Block]:
    """One block for the short values and short lists together, then long texts and nested values in their order."""
    short = {key: value for key, value in mapping.items() if _is_short(value)}
    pairs = [(_label(key), _listed(source, value)) for key, value in short.items()]
    line = "; ".join(f"{label}: {text}" for label, text in pairs if text)
    if line:
        yield Block(line, headings, f"pointer {pointer or '/'}")
    for key, value in mapping.items():
        if key in short:
            continue
        at = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        below = headings if headings and isinstance(value, str) and key in _PLAIN_KEYS else (*headings, _label(key))
        if isinstance(value, dict) and (name := _name(value)) and name.lower() != below[-1].lower():
            below = (*below, name)
        yield from _walk(source, value, at, below, depth + 1)


def _text(source: Source, value: Any, pointer: str, headings: tuple[str, ...], kind: str) -> Iterator[Block]:
    place = f"pointer {pointer or '/'}"
    if not _is_long(value):
        text = _inline(source, value)
        if text:
            yield Block(text, headings, place, kind)
        return
    page = len(_HTML.findall(value)) >= 3
    for block in (read_html(source, value) if page else read_markdown(source, value)).blocks:
        yield Block(block.text, (*headings, *block.headings), place, kind if block.kind == "text" else block.kind)


def _is_short(value: Any) -> bool:
    """True for what fits a line of `key: value`: a short scalar, or a list of them that is no longer than one."""
    if isinstance(value, list):
        scalars = all(item is None or isinstance(item, (str, bool)) for item in value)
        return scalars and sum(len(str(item)) + 2 for item in value) <= LONG and not any(map(_is_long, value))
    return not isinstance(value, dict) and not _is_long(value)


def _listed(source: Source, value: Any) -> str:
    items = [_inline(source, item) for item in value] if isinstance(value, list) else [_inline(source, value)]
    return ", ".join(filter(None, items))


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > LONG or "\n\n" in value.strip())


def _inline(source: Source, value: Any) -> str:
    """A scalar as text; Markdown and HTML in it become their text, names of image files nothing."""
    if value is None or (isinstance(value, str) and _IMAGE.match(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _MARKUP.search(text):
        text = " ".join(block.text for block in read_markdown(source, text).blocks)
    return " ".join(text.split())


def _label(key: str) -> str:
    return " ".join(key.replace("_", " ").split())


def _name(mapping: dict[str, Any]) -> str:
    for key in _NAMES:
        value = mapping.get(key)
        if isinstance(value, str) and value.strip() and len(value) <= 120 and not _MARKUP.search(value):
            return " ".join(value.split())
    return ""
