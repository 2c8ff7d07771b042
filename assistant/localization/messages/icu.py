"""Reads ICU MessageFormat: arguments, plural, selectordinal, select, quoting by apostrophes.

Syntax after the documentation of ICU's `MessagePattern`; apostrophes as in its mode DOUBLE_OPTIONAL: two are one, one
begins a quotation only before a brace or, in a plural, before `#`. Tags (`<b>…</b>`) are text here: what they enclose
is read like the rest, and they become codes where all codes of texts do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MAX_DEPTH = 12
_WHITE = re.compile(r"\s*")
_NAME = re.compile(r"[\w.-]+")
_TYPE = re.compile(r"[A-Za-z]+")
_OFFSET = re.compile(r"\s*offset:\s*(\d{1,9})")
_SELECTOR = re.compile(r"=\d{1,9}(?=[\s{])|[^\s{}=#,'<>]+")
_PLAIN = re.compile(r"[^{}'#]+")

CHOICES = ("plural", "selectordinal", "select")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as a reader sees them; `quoted` where they stand in apostrophes. `start` and `end` in the message."""

    value: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """`{name}`, `{name, number, percent}`."""

    name: str
    type: str
    style: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pound:
    """`#`: the number of the plural it stands in, less the offset."""

    name: str
    type: str
    offset: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One case of a choice. `opening` is where its white space begins, `start` its selector, `inner` its message."""

    selector: str
    parts: tuple[Part, ...]
    opening: int
    start: int
    inner: int
    end: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A plural, selectordinal or select with its cases."""

    name: str
    type: str
    offset: int
    branches: tuple[Branch, ...]
    start: int
    end: int

    @property
    def selectors(self) -> tuple[str, ...]:
        return tuple(branch.selector for branch in self.branches)

    @property
    def counts(self) -> bool:
        """Whether it goes by a number."""
        return self.type != "select"

    def branch(self, selector: str) -> Branch | None:
        return next((branch for branch in self.branches if branch.selector == selector), None)


Part = Text | Argument | Pound | Choice


@dataclass(frozen=True, slots=True)
class Message:
    """A message and its parts. `valid` is False for a text that is no ICU message: it is one `Text` then."""

    text: str
    parts: tuple[Part, ...]
    valid: bool = True

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices, outer before inner."""
        return tuple(_choices(self.parts))

    def raw(self, part: Part) -> str:
        """The part as it is written."""
        return self.text[part.start : part.end]


def parse(text: str, *, quotes: bool = True) -> Message:
    """Reads a message; never fails: what is not ICU MessageFormat is plain text. `quotes`: apostrophes quote."""
    try:
        return Message(text, _Reader(text, quotes).message())
    except _NotIcu:
        return Message(text, (Text(text, 0, len(text)),) if text else (), valid=False)


def escaped(text: str, *, in_plural: bool = False, before_code: bool = False) -> str:
    """Words as a message may hold them: braces (and `#` in a plural) quoted, apostrophes doubled where one would quote.

    `before_code`: a brace or an apostrophe follows the text.
    """
    signs = "{}#" if in_plural else "{}"

    def written(found: re.Match[str]) -> str:
        run = found.group()
        if run[0] != "'":
            return "'" + run.replace("'", "''") + "'"
        following = text[found.end() : found.end() + 1]
        quotes = following in signs if following else before_code
        return "''" * len(run) if quotes else "''" * (len(run) - 1) + "'"

    return re.sub(rf"[{signs}][{signs}']*|'+", written, text)


def _choices(parts: tuple[Part, ...]) -> Iterator[Choice]:
    for part in parts:
        if isinstance(part, Choice):
            yield part
            for branch in part.branches:
                yield from _choices(branch.parts)


class _NotIcu(Exception):
    """The text is not what ICU takes."""


class _Reader:
    """Recursive descent over one text."""

    def __init__(self, text: str, quotes: bool) -> None:
        self.text = text
        self.quotes = quotes
        self.at = 0

    def message(self) -> tuple[Part, ...]:
        parts = self._parts(None, 0)
        if self.at < len(self.text):
            raise _NotIcu
        return parts

    def _parts(self, plural: tuple[str, str, int] | None, depth: int) -> tuple[Part, ...]:
        """Up to the closing brace or the end. `plural`: name, type and offset of the plural that `#` belongs to."""
        if depth > _MAX_DEPTH:
            raise _NotIcu
        parts: list[Part] = []
        while self.at < len(self.text) and self.text[self.at] != "}":
            start, sign = self.at, self.text[self.at]
            if sign == "{":
                parts.append(self._argument(depth))
            elif sign == "#" and plural:
                self.at += 1
                parts.append(Pound(*plural, start, self.at))
            else:
                _add(parts, self._text(plural is not None))
        return tuple(parts)

    def _text(self, in_plural: bool) -> Text:
        start = self.at
        plain = _PLAIN.match(self.text, start)
        if plain:
            self.at = plain.end()
            return Text(plain.group(), start, self.at)
        self.at += 1
        if self.text[start] != "'" or not self.quotes:
            return Text(self.text[start], start, self.at)
        following = self.text[self.at : self.at + 1]
        if following == "'":
            self.at += 1
            return Text("'", start, self.at)
        if following and following in ("{}#" if in_plural else "{}"):
            return self._quotation(start)
        return Text("'", start, self.at)

    def _quotation(self, start: int) -> Text:
        """From after the opening apostrophe; one that is never closed goes to the end, as in ICU."""
        value = ""
        while self.at < len(self.text):
            if self.text[self.at] == "'":
                self.at += 1
                if self.text[self.at : self.at + 1] != "'":
                    break
            value += self.text[self.at]
            self.at += 1
        return Text(value, start, self.at, quoted=True)

    def _argument(self, depth: int) -> Argument | Choice:
        start = self.at
        self.at += 1
        name = self._take(_NAME)
        if self._sign(",}") == "}":
            return Argument(name, "", "", start, self.at)
        type_ = self._take(_TYPE)
        sign = self._sign(",}")
        if type_ in CHOICES:
            if sign == "}":
                raise _NotIcu
            return self._choice(name, type_, start, depth)
        return Argument(name, type_, self._style() if sign == "," else "", start, self.at)

    def _style(self) -> str:
        """The rest of a simple argument, with its closing brace."""
        start, depth = self.at, 1
        while self.at < len(self.text):
            sign = self.text[self.at]
            self.at += 1
            if sign == "'":
                closing = self.text.find("'", self.at)
                if closing < 0:
                    break
                self.at = closing + 1
            depth += (sign == "{") - (sign == "}")
            if depth == 0:
                return self.text[start : self.at - 1].strip()
        raise _NotIcu

    def _choice(self, name: str, type_: str, start: int, depth: int) -> Choice:
        offset = 0
        if type_ != "select":
            found = _OFFSET.match(self.text, self.at)
            if found:
                offset, self.at = int(found.group(1)), found.end()
        plural = None if type_ == "select" else (name, type_, offset)
        branches: list[Branch] = []
        while True:
            opening = self.at
            self._white()
            if self.text[self.at : self.at + 1] == "}":
                break
            branches.append(self._branch(opening, plural, depth))
        self.at += 1
        selectors = [branch.selector for branch in branches]
        if "other" not in selectors or len(set(selectors)) < len(selectors):
            raise _NotIcu
        return Choice(name, type_, offset, tuple(branches), start, self.at)

    def _branch(self, opening: int, plural: tuple[str, str, int] | None, depth: int) -> Branch:
        start = self.at
        selector = self._take(_SELECTOR)
        if selector.startswith("=") and plural is None:
            raise _NotIcu
        self._sign("{")
        inner = self.at
        parts = self._parts(plural, depth + 1)
        self._sign("}")
        return Branch(selector, parts, opening, start, inner, self.at)

    def _white(self) -> None:
        found = _WHITE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        self._white()
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _NotIcu
        self.at = found.end()
        return found.group()

    def _sign(self, signs: str) -> str:
        self._white()
        sign = self.text[self.at : self.at + 1]
        if not sign or sign not in signs:
            raise _NotIcu
        self.at += 1
        return sign


def _add(parts: list[Part], text: Text) -> None:
    """Joins plain words; a quotation stays by itself, since it is written otherwise than it is read."""
    last = parts[-1] if parts else None
    if isinstance(last, Text) and not last.quoted and not text.quoted:
        parts[-1] = Text(last.value + text.value, last.start, text.end)
    else:
        parts.append(text)
