"""TOML with offsets: where each text of a file stands. `tomllib` says whether the file is TOML and what a text says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.localization.formats.form_lines import Statement
from knowledge.domain.errors import UnreadableFile

Path = tuple[str, ...]

_BASIC = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL = r"'[^'\n]*'"
_STRING = re.compile(
    rf'"""(?:[^"\\]|\\[\s\S]|"{{1,2}}(?!"))*"{{3,5}}|\'\'\'(?:[^\']|\'{{1,2}}(?!\'))*\'{{3,5}}|{_BASIC}|{_LITERAL}'
)
_PART = re.compile(rf"[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL}")
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_REST = re.compile(r"[^,\]}#\n]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A text: the path of the table it stands in, its statement, and whether the table is written inline. A text of an
    array has its number as the key."""

    table: Path
    statement: Statement
    inline: bool


def scan(text: str, name: str) -> Iterator[Entry]:
    """All texts in order. Raises `UnreadableFile` with the line."""
    try:
        tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise UnreadableFile(name, f"not TOML: {error}", "mend the file") from None
    return _Scanner(text).entries()


def literal(raw: str, text: str) -> str:
    """A text in the style of another one (`raw`), or in double quotes where that style cannot hold it."""
    quotes = raw[:3] if raw[:3] in ('"""', "'''") else raw[:1]
    line_break = "\r\n" if "\r\n" in raw else "\n"
    for candidate in _candidates(quotes, raw, text.replace("\n", line_break)):
        if _said(candidate) == text:
            return candidate
    return f'"{_escaped(text)}"'


def _candidates(quotes: str, raw: str, text: str) -> Iterator[str]:
    # A line break right after three quotes belongs to the quotes.
    first = re.match(r"(?:\"\"\"|''')(\r?\n)", raw)
    opening = quotes + (first.group(1) if first else "")
    if quotes in ("'", "'''"):
        yield opening + text + quotes
    if len(quotes) == 3:
        lines = re.split(r"(\r?\n)", text)
        lines[::2] = [_escaped(line).replace('\\"', '"').replace('"""', '""\\"') for line in lines[::2]]
        body = re.sub(r'"\Z', '\\\\"', "".join(lines))
        yield opening.replace("'", '"') + body + '"""'


def _escaped(text: str) -> str:
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in text)
    return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04X}", escaped)


def _said(raw: str) -> str | None:
    try:
        value = tomllib.loads(f"v = {raw}")["v"]
    except (tomllib.TOMLDecodeError, KeyError):
        return None
    return value if isinstance(value, str) else None


class _Scanner:
    """Walks over a text that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._arrays: dict[Path, int] = {}

    def entries(self) -> Iterator[Entry]:
        table: Path = ()
        self._blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                yield from self._statement(table, inline=False)
            self._blank()

    def _header(self) -> Path:
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        self._blank()
        path = self._keys()
        self._blank()
        self.at += 2 if double else 1
        if double:
            path = self._current(path[:-1]) + path[-1:]
            self._arrays[path] = self._arrays.get(path, -1) + 1
        return self._current(path)

    def _current(self, path: Path) -> Path:
        """A path in which each array of tables has the number of its last one."""
        current: Path = ()
        for part in path:
            current = (*current, part)
            if current in self._arrays:
                current = (*current[:-1], f"{part}[{self._arrays[current]}]")
        return current

    def _statement(self, table: Path, *, inline: bool) -> Iterator[Entry]:
        start = self.at
        path = self._keys()
        key_end = self.at
        self._blank()
        self.at += 1  # the equals sign
        self._blank()
        yield from self._value((*table, *path[:-1]), path[-1], start, key_end, inline)

    def _value(self, table: Path, key: str, start: int, key_end: int, inline: bool) -> Iterator[Entry]:
        value, sign = self.at, self.text[self.at]
        if sign in "\"'":
            found = _STRING.match(self.text, self.at)
            assert found is not None
            self.at = found.end()
            yield Entry(table, Statement(key, _said(found.group()) or "", start, key_end, value, self.at), inline)
        elif sign == "[":
            yield from self._array(table, key)
        elif sign == "{":
            self.at += 1
            while self._more("}"):
                yield from self._statement((*table, key), inline=True)
        else:
            rest = _REST.match(self.text, self.at)
            assert rest is not None
            self.at = rest.end()

    def _array(self, table: Path, key: str) -> Iterator[Entry]:
        self.at += 1
        number = 0
        while self._more("]"):
            yield from self._value(table, f"{key}[{number}]", self.at, self.at, True)
            number += 1

    def _more(self, closing: str) -> bool:
        """Whether another element follows; steps over the comma, or the closing sign."""
        self._blank()
        if self.text[self.at] == ",":
            self.at += 1
            self._blank()
        if self.text[self.at] != closing:
            return True
        self.at += 1
        return False

    def _keys(self) -> Path:
        parts: list[str] = []
        while True:
            found = _PART.match(self.text, self.at)
            assert found is not None
            part = found.group()
            parts.append((_said(part) or "") if part[0] in "\"'" else part)
            self.at = found.end()
            dot = _DOT.match(self.text, self.at)
            if dot is None:
                return tuple(parts)
            self.at = dot.end()

    def _blank(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
