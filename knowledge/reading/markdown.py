"""Markdown: rendered to HTML with the line of each block, then read as HTML: one place decides what is visible."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from knowledge.reading.document import Parts
from knowledge.reading.html import LINE_ATTRIBUTE, LINE_MARKER, read_html
from knowledge.reading.markdown_tables import mend_tables
from knowledge.reading.source import Source
from knowledge.reading.template_tags import without_tags
from knowledge.reading.yaml_tree import YamlRefused, load_yaml

_FRONT_MATTER = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<body>.*?)^(?P=mark)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_LONGEST_BOLD = 80
"""Characters of a bold line that may be a heading; a longer one is an emphasised sentence."""
_ENDS_SENTENCE = re.compile(r"[。.!?！？,，;；]\s*$")
_STRAY_BOLD = re.compile(r"(?<!\d)\*\*|\*\*(?!\d)")


class Markdown:
    """`.md`: CommonMark with tables; YAML or TOML front matter becomes `meta`; the place is the line in the file."""

    name = "Markdown"
    suffixes = (".md", ".markdown")

    def read(self, source: Source) -> Parts:
        text = source.text().replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        meta: Mapping[str, Any] = {}
        body = text
        found = _FRONT_MATTER.match(text)
        if found:
            meta = _front_matter(source, found)
            body = text[found.end() :]
            text = "\n" * found.group().count("\n") + body
        parts = read_markdown(source, text)
        title = meta.get("title")
        title = title.strip() if isinstance(title, str) and title.strip() else parts.title
        return Parts(parts.blocks, title, meta, body)


def read_markdown(source: Source, text: str) -> Parts:
    """The parts of Markdown text without front matter."""
    return read_html(source, _renderer().render(mend_tables(without_tags(text))), rendered=True)


def _front_matter(source: Source, found: re.Match[str]) -> Mapping[str, Any]:
    try:
        meta = tomllib.loads(found["body"]) if found["mark"] == "+++" else load_yaml(found["body"])
    except YamlRefused as error:
        raise source.unreadable(
            f"has front matter that is refused: {error}", "mend the lines between the marks"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise source.unreadable(f"has front matter that is not valid TOML: {error}", "mend it") from error
    if not isinstance(meta, Mapping):
        source.warn("the front matter is not a mapping and was left out")
        return {}
    return meta


@lru_cache(maxsize=1)
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])
    markdown.core.ruler.push("koujing_bold_headings", _bold_lines_are_headings)
    markdown.core.ruler.push("koujing_lines", _mark_lines)
    markdown.add_render_rule("html_block", _raw_html)
    return markdown


def _bold_lines_are_headings(state: Any) -> None:
    """A short line that is bold from end to end heads what follows ("**About us**"), as press texts have it."""
    tokens = state.tokens
    made: list[Any] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        if token.type != "inline" or before is None or before.type != "paragraph_open" or before.level:
            made.append(token)
            continue
        token.children = [child for child in token.children if child.type != "text" or child.content]
        size = _bold_line(token.children)
        if not size:
            made.append(token)
            continue
        rest = token.children[size + 1 :]
        opening, closing = made[-1], tokens[index + 1]
        if rest:
            below = copy(token)
            below.children, token.children = rest, token.children[:size]
            first = opening.map[0]
            opened = copy(opening)
            opened.attrs = dict(opening.attrs)
            opened.map = [first + 1, opening.map[1]]
            opening.map = [first, first + 1]
            made += [token, _as_heading(copy(closing)), opened, below]
            opening.type, opening.tag = "heading_open", "h6"
            continue
        opening.type, opening.tag = "heading_open", "h6"
        _as_heading(closing)
        made.append(token)
    state.tokens = made


def _as_heading(closing: Any) -> Any:
    closing.type, closing.tag = "heading_close", "h6"
    return closing


def _bold_line(children: Sequence[Any]) -> int:
    """How many tokens of a paragraph's first line are one bold heading; 0 when they are none."""
    if not children or children[0].type != "strong_open":
        return 0
    end = next((n for n, child in enumerate(children) if child.type == "strong_close"), 0)
    after = children[end + 1].type if len(children) > end + 1 else "softbreak"
    said = "".join(child.content for child in children[:end])
    if after not in ("softbreak", "hardbreak") or not 2 <= len(said) <= _LONGEST_BOLD or _ENDS_SENTENCE.search(said):
        return 0
    return end + 1


def _mark_lines(state: Any) -> None:
    for token in state.tokens:
        if token.map and (token.nesting == 1 or token.type in ("fence", "code_block")):
            token.attrSet(LINE_ATTRIBUTE, str(token.map[0] + 1))
        for child in token.children or ():
            # CommonMark leaves the marks of **中文，**后 standing, since no space follows the closing ones.
            if child.type == "text":
                child.content = _STRAY_BOLD.sub("", child.content)


def _raw_html(renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    return f"<!--{LINE_MARKER}{token.map[0] + 1}-->\n{token.content}"
