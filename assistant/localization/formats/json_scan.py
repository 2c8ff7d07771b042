"""JSON with offsets: where each member and value of a text stands, so that only what changes is written anew."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from assistant.localization.formats.catalogue import place_of
from knowledge.domain.errors import UnreadableFile

_MAX_DEPTH = 100
_WHITE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_REST = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
_BEYOND_ASCII = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_MARKUP = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value from `start` to `end`: a string (`text`), an object (`members`), an array (`items`), or none of them."""

    start: int
    end: int
    text: str | None = None
    members: tuple[Member, ...] | None = None
    items: tuple[Value, ...] | None = None

    def member(self, key: str) -> Value | None:
        """The value of a key; the last one where a key stands twice, as readers of JSON take it."""
        return next((m.value for m in reversed(self.members or ()) if m.key == key), None)

    def string(self, key: str) -> str | None:
        """The text of a key when it is a string."""
        value = self.member(key)
        return value.text if value else None


@dataclass(frozen=True, slots=True)
class Member:
    """A key and its value; the key stands from `start` to `key_end`."""

    key: str
    start: int
    key_end: int
    value: Value


def scan(text: str, name: str) -> Value:
    """Reads a JSON text. Raises `UnreadableFile` with line and column; comments are named as what they are."""
    scanner = _Scanner(text, name)
    value = scanner.value(0)
    scanner.white()
    if scanner.at < len(text):
        scanner.refuse("something stands behind the end")
    return value


class _Scanner:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.at = 0

    def refuse(self, reason: str) -> NoReturn:
        """Raises the error for what stands here."""
        remedy = "mend the file"
        if self.text.startswith(("//", "/*", "#"), self.at):
            reason, remedy = "a comment, which JSON does not have", "take the comments out"
        raise UnreadableFile(self.name, f"{place_of(self.text, self.at)}: {reason}", remedy)

    def white(self) -> None:
        found = _WHITE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def sign(self, signs: str) -> str:
        """One of `signs`, after white space."""
        self.white()
        found = self.text[self.at : self.at + 1]
        if not found or found not in signs:
            self.refuse(f"expected {' or '.join(signs)}, found {found or 'the end'}")
        self.at += 1
        return found

    def value(self, depth: int) -> Value:
        self.white()
        start, sign = self.at, self.text[self.at : self.at + 1]
        if depth > _MAX_DEPTH:
            self.refuse(f"more than {_MAX_DEPTH} levels")
        if sign == '"':
            text = self.string()
            return Value(start, self.at, text)
        if sign == "{":
            return self._object(start, depth)
        if sign == "[":
            return self._array(start, depth)
        found = _REST.match(self.text, self.at)
        if found is None:
            self.refuse(f"expected a value, found {sign or 'the end'}")
        self.at = found.end()
        return Value(start, self.at)

    def string(self) -> str:
        self.white()
        found = _STRING.match(self.text, self.at)
        if found is None:
            self.refuse("expected a text in quotation marks, with line breaks and backslashes escaped")
        self.at = found.end()
        text: str = json.loads(found.group())
        return text

    def _object(self, start: int, depth: int) -> Value:
        self.at += 1
        members: list[Member] = []
        self.white()
        if self.text.startswith("}", self.at):
            self.at += 1
            return Value(start, self.at, members=())
        while True:
            self.white()
            at, key = self.at, self.string()
            key_end = self.at
            self.sign(":")
            members.append(Member(key, at, key_end, self.value(depth + 1)))
            if self.sign(",}") == "}":
                return Value(start, self.at, members=tuple(members))

    def _array(self, start: int, depth: int) -> Value:
        self.at += 1
        items: list[Value] = []
        self.white()
        if self.text.startswith("]", self.at):
            self.at += 1
            return Value(start, self.at, items=())
        while True:
            items.append(self.value(depth + 1))
            if self.sign(",]") == "]":
                return Value(start, self.at, items=tuple(items))


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a file escapes: letters beyond ASCII, slashes, and the signs of markup (as Go and PHP do)."""

    ascii: bool
    slashes: bool
    markup: bool

    @classmethod
    def of(cls, text: str) -> Spelling:
        """As the text does it; a text that shows neither way has its letters as they are."""
        ascii_ = text.isascii() and bool(_BEYOND_ASCII.search(text))
        return cls(ascii_, "\\/" in text, bool(re.search(r"\\u003[cC]", text)) and "<" not in text)

    def literal(self, text: str) -> str:
        """A text as a JSON string."""
        written = json.dumps(text, ensure_ascii=self.ascii)
        if self.slashes:
            written = written.replace("/", "\\/")
        if self.markup:
            written = re.sub("[<>&]", lambda found: _MARKUP[found.group()], written)
        # A lone half of a surrogate pair has no UTF-8.
        return re.sub(r"[\ud800-\udfff]", lambda found: f"\\u{ord(found.group()):04x}", written)


def respun(text: str, whole: Value, kept: Sequence[tuple[str, int | None]]) -> str:
    """An object with other members: `kept` are their texts in order, each with its number among the old ones (None: a
    new one). White space and commas between them stay as they were; a new one stands like the one before it."""
    members = whole.members or ()
    ends = [member.value.end for member in members]
    first = text[whole.start + 1 : members[0].start]
    between = [text[end : member.start] for end, member in zip(ends, members[1:], strict=False)]
    written = text[whole.start] + first
    spaced = " " if text[members[0].value.start - 1].isspace() else ""
    last = 0
    for place, (member_text, number) in enumerate(kept):
        if number is not None:
            last = number
        if place:
            written += between[last - 1] if last else between[0] if between else "," + (first or spaced)
        written += member_text
    return written + text[ends[-1] : whole.end]
