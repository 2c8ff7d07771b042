"""Markdown as HTML that a page may show: what others wrote becomes text, structure and plain links, never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"']+", re.IGNORECASE)
_LOWEST = 6


def rendered(body: str, *, below: int = 1) -> Markup:
    """The body as HTML. Tags in it are shown as text, pictures as their description; links lead to http, https and
    mailto only; its headings begin one below the level `below`."""
    markdown = _markdown()
    tokens = markdown.parse(body)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + below, _LOWEST)}"
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - made of escaped text only


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"])
    made.validateLink = _leads_out  # type: ignore[method-assign]  # what the library documents for this
    made.add_render_rule("image", _picture)
    made.add_render_rule("link_open", _link)
    return made


def _leads_out(url: str) -> bool:
    return _LINK.fullmatch(url) is not None


def _picture(_renderer: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    return str(escape(f"[{tokens[at].content}]"))


def _link(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    tokens[at].attrSet("rel", "noopener noreferrer nofollow")
    return str(renderer.renderToken(tokens, at, options, env))
