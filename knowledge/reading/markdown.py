"""Markdown: rendered to HTML with the line of each block, then read as HTML: one place decides what is visible."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
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
    markdown.core.ruler.push("koujing_lines", _mark_lines)
    markdown.add_render_rule("html_block", _raw_html)
    return markdown


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
