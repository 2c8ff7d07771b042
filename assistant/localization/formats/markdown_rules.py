"""Rules for running text in Markdown: each token knows its place, and what site generators add is a token."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline

from assistant.localization.content import CodeKind

_Rule = Callable[[StateInline, bool], bool]

# Shortcodes and tags of templates; attribute lists; footnote marks; formulas. Each is bounded, so that a hostile text
# costs linear time.
_SITE: tuple[tuple[str, CodeKind, re.Pattern[str]], ...] = (
    ("{", CodeKind.SINGLE, re.compile(r"\{\{[<%](?:(?![>%]\}\})[\s\S]){0,600}[>%]\}\}")),
    ("{", CodeKind.PLACEHOLDER, re.compile(r"\{%(?:(?!%\})[\s\S]){0,400}%\}|\{\{(?:(?!\}\})[^\n]){0,200}\}\}")),
    ("{", CodeKind.SINGLE, re.compile(r"\{/\*(?:(?!\*/)[\s\S]){0,400}\*/\}")),
    ("{", CodeKind.SINGLE, re.compile(r"\{(?:[#.][\w-]|:)[^{}\n]{0,200}\}")),
    ("[", CodeKind.SINGLE, re.compile(r"\[\^[^\]\s]{1,100}\]")),
    ("$", CodeKind.LITERAL, re.compile(r"\$\$(?:(?!\$\$)[\s\S]){1,600}\$\$")),
    (
        "$",
        CodeKind.LITERAL,
        re.compile(
            r"\$(?=[^$\n]{0,300}[\\^_=]|[A-Za-z]\$)(?![\s\d])[^$\n⺀-鿿]{0,300}(?<![\s\\])\$(?![\w$])",
        ),
    ),
    ("\\", CodeKind.LITERAL, re.compile(r"\\\\?\((?=[^\n]{0,300}?[\\^_=])[^\n⺀-鿿]{0,300}?\\\\?\)")),
)
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")


def add_inline_rules(md: MarkdownIt) -> None:
    """Make `md` note in `token.meta["at"]` where each token of running text begins and ends."""
    ruler = md.inline.ruler
    for name, rule in (
        ("newline", rules_inline.newline),
        ("escape", rules_inline.escape),
        ("backticks", rules_inline.backtick),
        ("image", rules_inline.image),
        ("autolink", rules_inline.autolink),
        ("html_inline", rules_inline.html_inline),
        ("entity", rules_inline.entity),
    ):
        ruler.at(name, _noting(rule))
    ruler.at("strikethrough", _noting_marks(rules_inline.strikethrough.tokenize))
    ruler.at("emphasis", _noting_marks(rules_inline.emphasis.tokenize))
    ruler.at("link", _link)
    ruler.before("escape", "site", _noting(_site))


def _noting(rule: _Rule) -> _Rule:
    def noted(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[known:]:
                if token.type != "text":
                    token.meta.setdefault("at", (start, state.pos))
        return True

    return noted


def _noting_marks(rule: _Rule) -> _Rule:
    """For `**`, `_`, `~~`: each mark is a text until its partner is found."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, known, waiting = state.pos, len(state.tokens), bool(state.pending)
        if not rule(state, silent):
            return False
        for token in state.tokens[known + waiting :]:
            token.meta["at"] = (start, start + len(token.content))
            start += len(token.content)
        return True

    return noted


def _link(state: StateInline, silent: bool) -> bool:
    start, known = state.pos, len(state.tokens)
    if not rules_inline.link(state, silent):
        return False
    if not silent:
        label_end = state.md.helpers.parseLinkLabel(state, start, True)
        ends = [token for token in state.tokens[known:] if token.type in ("link_open", "link_close")]
        ends[0].meta["at"] = (start, start + 1)
        ends[-1].meta["at"] = (label_end, state.pos)
    return True


def _site(state: StateInline, silent: bool) -> bool:
    found = _site_code(state.src, state.pos, state.posMax)
    if found is None:
        return False
    kind, end = found
    if not silent:
        state.push("site", "", 0).meta["kind"] = kind
    state.pos = end
    return True


def _site_code(text: str, at: int, until: int) -> tuple[CodeKind, int] | None:
    sign = text[at]
    for first, kind, pattern in _SITE:
        if sign == first and (found := pattern.match(text, at, until)):
            return kind, found.end()
    if sign == "[" and at == 0 and (found := _TASK.match(text, at, until)):
        return CodeKind.SINGLE, found.end()
    return None
