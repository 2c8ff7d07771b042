"""Targets as Markdown writes them: as plain as possible, escaped where Markdown would misread them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from markdown_it.utils import EnvType

from assistant.localization.content import Code, CodeKind, Content
from assistant.localization.formats.markdown_blocks import markdown_parser
from assistant.localization.formats.markdown_inline import running
from assistant.localization.protection.codes import with_codes

_SIGNS = re.compile(r"[\\`*_\[\]<>&~$#|{]")
_ITEM = re.compile(r"^(\s*)([-+=:!?])|^(\s*\d{1,9})([.)])")
_SPACES = re.compile(r"\s+")
_LINES = re.compile(r"\s*\n\s*")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a target: signs escaped; `_` as `*`; a space before what opens or after what closes, without which
    `**` beside a Chinese mark is no emphasis."""

    escaped: bool = False
    stars: bool = False
    before: bool = False
    after: bool = False


_FORMS = (
    _Form(),
    _Form(escaped=True),
    _Form(stars=True),
    _Form(escaped=True, stars=True),
    _Form(stars=True, after=True),
    _Form(stars=True, before=True),
    _Form(stars=True, before=True, after=True),
    _Form(escaped=True, stars=True, before=True, after=True),
)
"""The plainest first; the first that is read as it was meant is taken."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: `before` and `after` are what is left of its block around it, `kind` the block (`paragraph`,
    `heading`, `cell`, `title`), `next_line` what begins each further line of it."""

    before: str
    after: str
    kind: str
    next_line: str
    known: frozenset[str]
    env: EnvType

    def written(self, target: Content) -> str:
        """The target as it stands in the file: the first form that is read as it was meant."""
        text = ""
        for form in _FORMS:
            text = _in_form(target, self.known, form)
            text = _PIPE.sub(r"\\|", text) if self.kind == "cell" else text
            if self._is_read_as(text, target, spaced=form.before or form.after):
                break
        return text.replace("\n", f"\n{self.next_line}")

    def _is_read_as(self, text: str, target: Content, spaced: bool) -> bool:
        whole = self.before + text + self.after
        content = _block_content(whole, self.kind, self.env)
        if content is None:
            return False
        found = running(content, self.env).main
        if found is None:
            return False
        meant = with_codes(target, "html")
        known = frozenset(found.ids.values())
        return _told(found.content, known, spaced) == _told(meant, self.known, spaced)


def _block_content(text: str, kind: str, env: EnvType) -> str | None:
    """The running text of a block that is written as `text`, or None when it would be another block."""
    md = markdown_parser()
    references = {"references": dict(env.get("references", {}))}
    if kind == "cell":
        # Pipes are split by the table before the cell is read.
        return text if "\n" not in text else None
    source = f"# {text}" if kind == "heading" else text
    tokens = md.parse(source, references)
    wanted = "heading_open" if kind == "heading" else "paragraph_open"
    if len(tokens) != 3 or tokens[0].type != wanted:
        return None
    content: str = tokens[1].content
    return content


def _told(content: Content, known: frozenset[str], spaced: bool) -> list[object]:
    """What two readings must have in common; `known` are the codes that are Markdown's own. Spaces do not count where
    some were put (`spaced`)."""
    told = [p if isinstance(p, str) else (p.kind, _mark(p), p.id in known) for p in content.pieces]
    if told and isinstance(told[0], str):
        told[0] = told[0].lstrip()
    if told and isinstance(told[-1], str):
        told[-1] = told[-1].rstrip()
    even = [_SPACES.sub("" if spaced else " ", p) if isinstance(p, str) else p for p in told]
    return [p for p in even if p != ""]


def _mark(code: Code) -> str:
    """`_` and `*` mark the same."""
    return code.text.replace("_", "*") if set(code.text) <= set("*_") else code.text


def _in_form(target: Content, known: frozenset[str], form: _Form) -> str:
    """`known` are the codes that Markdown has; others are words."""
    text = ""
    for number, piece in enumerate(target.pieces):
        if isinstance(piece, str) or piece.id not in known:
            words = _LINES.sub(" ", piece if isinstance(piece, str) else piece.text)
            text += _SIGNS.sub(lambda found: "\\" + found.group(), words) if form.escaped else words
            continue
        sign = piece.text
        if set(sign) <= set("*_~"):
            # An underscore inside a word, as all of Chinese is to Markdown, marks nothing.
            sign = sign.replace("_", "*") if form.stars else sign
            if form.before and piece.kind is CodeKind.OPEN and text and not text[-1].isspace():
                sign = f" {sign}"
            if form.after and piece.kind is CodeKind.CLOSE and _goes_on(target, number):
                sign = f"{sign} "
        text += sign
    return _line_start(text) if form.escaped else text


def _goes_on(target: Content, number: int) -> bool:
    """Whether words follow the piece without a space."""
    following = target.pieces[number + 1] if number + 1 < len(target.pieces) else " "
    return isinstance(following, str) and not following[0].isspace()


def _line_start(text: str) -> str:
    """A sign that would make a list, a quote or a definition of the line."""
    return _ITEM.sub(lambda f: f"{f[1]}\\{f[2]}" if f[2] else f"{f[3]}\\{f[4]}", text)


def in_brackets(closing: str) -> Callable[[Content], str]:
    """How a text inside a code is written: the title of a link, what stands for an image."""

    def written(target: Content) -> str:
        text = _LINES.sub(" ", str(target))
        if closing == "]":
            return re.sub(r"[\\\[\]`*_<&]", r"\\\g<0>", text)
        return re.sub(rf"[\\&{re.escape(closing)}(]" if closing == ")" else rf"[\\&{closing}]", r"\\\g<0>", text)

    return written


def in_attribute(quote: str) -> Callable[[Content], str]:
    """How the attribute of a tag is written."""

    def written(target: Content) -> str:
        text = escape(_LINES.sub(" ", str(target)), quote=False)
        text = text.replace("'", "&#39;") if quote == "'" else text.replace('"', "&quot;")
        return text if quote else f'"{text}"'

    return written
