"""Running text in Markdown as pieces with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from markdown_it.token import Token
from markdown_it.utils import EnvType

from assistant.localization.content import CodeKind, Content
from assistant.localization.formats.html_events import Kind, events
from assistant.localization.formats.html_units import attribute_texts
from assistant.localization.formats.markdown_blocks import markdown_parser
from assistant.localization.formats.scanned import Mark, Scanned, scanned
from assistant.localization.protection.codes import with_codes

_PAIRS = {"strong": 2, "em": 1, "s": 2}
_SHORT_REFERENCE = re.compile(r"\](?:\[\])?")
_TITLE = re.compile(
    r"""\s(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|\((?P<round>(?:\\.|[^()\\])*)\))\s*\)$"""
)
_IMAGE = re.compile(r"!\[(?P<alt>(?:\\.|[^\]\\])*)\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Inside:
    """A text inside a code: the title of a link, what stands for an image. `code` is empty where the code is left in
    the file; `closing` is the sign that ends the text, `is_attribute` whether it stands in a tag."""

    content: Content
    start: int
    end: int
    closing: str
    code: str = ""
    offset: int = 0
    is_attribute: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """A stretch of running text: its content with its place, or None when it says nothing, and the texts inside."""

    main: Scanned | None
    inside: tuple[Inside, ...]


def running(raw: str, env: EnvType) -> Running:
    """`raw` (the lines of a block without what marks the block) as content. `env` holds the reference definitions."""
    marks = list(_marks(raw, env))
    main = scanned(marks)
    ids = main.ids if main else {}
    inside = [text for mark in marks if mark.kind is not None for text in _inside(raw, mark, ids.get(mark.start, ""))]
    return Running(main, tuple(inside))


def _marks(raw: str, env: EnvType) -> Iterator[Mark]:
    md = markdown_parser()
    tokens = md.inline.parse(raw, md, env, [])
    found = sorted(_codes(raw, tokens), key=lambda mark: (mark.start, mark.end))
    at = 0
    for mark in found:
        if mark.start < at:  # inside another one
            continue
        if mark.start > at:
            yield Mark(at, mark.start, raw[at : mark.start])
        yield mark
        at = mark.end
    if at < len(raw):
        yield Mark(at, len(raw), raw[at:])


def _codes(raw: str, tokens: list[Token]) -> Iterator[Mark]:
    labels: list[int] = []
    for token in tokens:
        if "at" not in token.meta:
            continue
        start, end = token.meta["at"]
        if token.tag in _PAIRS and token.nesting:
            # The second sign of ** is an empty text before the opening and after the closing token.
            start -= token.type == "strong_open"
            end += token.type == "strong_close"
            yield _mark(raw, start, end, CodeKind.OPEN if token.nesting > 0 else CodeKind.CLOSE, token.markup)
        elif token.type == "link_open" and token.markup == "autolink":
            yield _mark(raw, start, end, CodeKind.LINK)
        elif token.type == "link_open":
            labels.append(end)
            yield _mark(raw, start, end, CodeKind.OPEN, "[")
        elif token.type == "link_close" and token.markup != "autolink":
            text = raw[start:end]
            if _SHORT_REFERENCE.fullmatch(text):
                # The label is the address: it stays when the words are translated.
                text = f"][{raw[labels[-1] : start]}]"
            labels.pop()
            yield Mark(start, end, text, CodeKind.CLOSE, "[")
        elif token.type == "text_special":
            yield Mark(start, end, token.content)
        elif token.type == "hardbreak":
            start -= len(raw[:start]) - len(raw[:start].rstrip(" "))
            yield _mark(raw, start, end, CodeKind.SINGLE)
        elif token.type == "softbreak":
            continue
        elif token.type == "html_inline":
            yield _html(raw, start, end)
        elif token.type in ("code_inline", "image", "site"):
            kind = {"code_inline": CodeKind.LITERAL, "image": CodeKind.SINGLE}.get(token.type) or token.meta["kind"]
            yield _mark(raw, start, end, kind)


def _mark(raw: str, start: int, end: int, kind: CodeKind, name: str = "") -> Mark:
    return Mark(start, end, raw[start:end], kind, name)


def _html(raw: str, start: int, end: int) -> Mark:
    found = events(raw[start:end])
    first = found[0] if len(found) == 1 else None
    if first is None or first.kind not in (Kind.START, Kind.END):
        return _mark(raw, start, end, CodeKind.SINGLE)
    kind = CodeKind.OPEN if first.kind is Kind.START else CodeKind.CLOSE
    return _mark(raw, start, end, kind, f"<{first.name}")


def _inside(raw: str, mark: Mark, code: str) -> Iterator[Inside]:
    """The texts in a code; short references, whose text is not the file's, have none."""
    text = raw[mark.start : mark.end]
    places: list[tuple[int, int, str, str]] = []
    if text.startswith("!["):
        alt = _IMAGE.match(text)
        if alt:
            places.append((*alt.span("alt"), "]", unescaped(alt["alt"])))
    if text.startswith(("![", "](")) and (title := _TITLE.search(text)):
        group = title.lastgroup or ""
        sign = {"double": '"', "single": "'", "round": ")"}[group]
        places.append((*title.span(group), sign, unescaped(title[group])))
    if text.startswith("<") and mark.kind in (CodeKind.SINGLE, CodeKind.OPEN):
        for event in events(text)[:1]:
            places += [(a.start, a.end, a.quote, a.value) for a in attribute_texts(event)]
    for start, end, sign, value in places:
        content = words_of(value)
        if content.says_something:
            yield Inside(content, mark.start + start, mark.start + end, sign, code, start, text[0] == "<")


def words_of(value: str) -> Content:
    """A title or another text on one line."""
    return with_codes(Content.of(" ".join(value.split())), "html")


def unescaped(text: str) -> str:
    """Without backslashes before signs, and with the letters that entities stand for."""
    return unescape(_ESCAPED.sub(r"\1", text))
