"""Markdown's blocks by markdown-it, with what static site generators add to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from assistant.localization.formats.markdown_rules import add_inline_rules

_TERMINATED = ["paragraph", "reference", "blockquote", "list"]

# Lines that are marks of the site generator: shortcodes and tags alone on their lines, ends of admonitions, attribute
# lists, alert marks, includes. Atomic: `{{<a>}}` can be read in two ways, and a line of n in two to the power of n.
_MARK_LINE = re.compile(
    r"(?:(?>\{\{[<%](?:(?![>%]\}\}).)*[>%]\}\}|\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|\{#(?:(?!#\}).)*#\}|\{/\*(?:(?!\*/).)*\*/\})\s*+)++$"
    r"|:{3,}\s*$|\{:[^}]*\}\s*$|\[![A-Za-z]+\][+-]?\s*$|\[TOC\]\s*$|\[\[_?TOC_?\]\]\s*$|--8<--"
)
_TAG_OPENS = re.compile(r"\{\{([<%])")
# What stands between these tags is no running text.
_RAW = re.compile(r"\{(?:\{[<%]|%)-?\s*(highlight|code|codeblock|mermaid|raw|comment|math|katex|chart|plantuml)\b")
_MODULE = re.compile(
    r"import\s(?:.+\sfrom\s+)?['\"].+['\"];?\s*$|export\s+(?:default|const|let|function|async|class|\{)"
)
_ADMONITION = re.compile(r":{3,}\s*\{?[A-Za-z][\w-]*\}?(?=[\s\[{]|$)")
_CONTAINER = re.compile(r"\[\^[^\]\s]+\]:(?=\s|$)|:(?=[ \t]+\S)|(?:!!!|\?\?\?\+?|===\+?)(?=[ \t]+\S)")


@cache
def markdown_parser() -> MarkdownIt:
    """Blocks only; `markdown_inline` looks into them."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    md.core.ruler.disable(["inline", "text_join"])
    md.inline.ruler2.disable("fragments_join")
    add_inline_rules(md)
    block = md.block.ruler
    block.before("table", "site_left", _left, {"alt": _TERMINATED})
    block.before("table", "site_admonition", _admonition, {"alt": _TERMINATED})
    block.before("reference", "site_container", _container, {"alt": _TERMINATED})
    return md


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _left(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Marks, raw parts, formulas and modules are left as they are."""
    if state.is_code_block(start):
        return False
    last = _left_until(state, start, end)
    if last is None:
        return False
    if not silent:
        state.line = last + 1
    return True


def _left_until(state: StateBlock, start: int, end: int) -> int | None:
    text = _line(state, start)
    if text[:1] not in ("{", ":", "[", "$", "i", "e", "-", "\\"):
        return None
    if raw := _RAW.match(text):
        closing = re.compile(rf"\{{(?:\{{[<%]|%)-?\s*(?:/\s*|end){raw[1]}\b")
        return _line_with(state, start, end, lambda line: closing.search(line) is not None, start)
    if text.startswith(("$$", "\\[")):
        sign = "$$" if text.startswith("$$") else "\\]"
        rest = text[2:].rstrip()
        if rest.endswith(sign):
            return start
        return None if sign in rest else _line_with(state, start + 1, end, lambda line: line.rstrip().endswith(sign))
    if _MODULE.match(text):
        if text.startswith("import"):
            return start
        blank = _line_with(state, start, end, lambda line: not line.strip())
        return end - 1 if blank is None else blank - 1
    if _MARK_LINE.match(text):
        return start
    return _shortcode_until(state, start, end, text)


def _shortcode_until(state: StateBlock, start: int, end: int, text: str) -> int | None:
    """A shortcode that is written on several lines, when nothing follows it on the last."""
    found = _TAG_OPENS.match(text)
    if found is None:
        return None
    closing = ">}}" if found[1] == "<" else "%}}"
    if closing in text:
        return None
    last = _line_with(state, start + 1, end, lambda line: closing in line)
    return last if last is not None and _line(state, last).rstrip().endswith(closing) else None


def _line_with(
    state: StateBlock, start: int, end: int, wanted: Callable[[str], bool], otherwise: int | None = None
) -> int | None:
    return next((line for line in range(start, end) if wanted(_line(state, line))), otherwise)


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`:::note The title`: the mark stays, the title is a text."""
    if state.is_code_block(start) or not (found := _ADMONITION.match(_line(state, start))):
        return False
    if not silent:
        _text(state, start, _line(state, start)[found.end() :].strip(" \t[]"))
        state.line = start + 1
    return True


def _text(state: StateBlock, line: int, content: str) -> None:
    state.push("title_open", "", 1)
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, line + 1], []
    state.push("title_close", "", -1)


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A footnote, a definition, an admonition by indentation: the mark, then blocks indented by four."""
    line = _line(state, start)
    found = _CONTAINER.match(line)
    if state.is_code_block(start) or found is None:
        return False
    if silent:
        return True
    if line[0] in "!?=":
        title = re.search(r'"([^"]*)"', line)
        _text(state, start, title[1] if title else "")
        _nested(state, start + 1, end)
        return True
    saved = state.bMarks[start], state.tShift[start], state.sCount[start]
    after = state.bMarks[start] + state.tShift[start] + found.end()
    blanks = len(line[found.end() :]) - len(line[found.end() :].lstrip(" \t"))
    state.bMarks[start], state.tShift[start] = after, blanks
    indent = 4 if line[0] == "[" else min(4, found.end() + blanks)
    state.sCount[start] = state.blkIndent + indent
    _nested(state, start, end, indent)
    state.bMarks[start], state.tShift[start], state.sCount[start] = saved
    return True


def _nested(state: StateBlock, start: int, end: int, indent: int = 4) -> None:
    kind, state.parentType = state.parentType, "reference"
    state.blkIndent += indent
    state.level += 1
    state.line = start
    if start < end:
        state.md.block.tokenize(state, start, end)
    state.blkIndent -= indent
    state.level -= 1
    state.parentType = kind
