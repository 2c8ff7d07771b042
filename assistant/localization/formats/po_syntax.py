"""The syntax of gettext PO files: entries with the offsets of their parts, strings with their escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.localization.formats.spliced import Lines
from knowledge.domain.errors import UnreadableFile

WIDTH = 79

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEYWORD = re.compile(r'\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,2})\])?)\s*"((?:[^"\\]|\\.)*)"\s*')
_MORE = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_NAMES = {letter: "\\" + name for name, letter in _NAMED.items()} | {"\\": "\\\\", '"': '\\"'}
_SPECIAL = re.compile(r'[\x00-\x1f\x7f\\"]')


@dataclass(slots=True)
class Part:
    """A keyword with its string: `start` to `end` is what it takes in the file, without the last line break; `quoted`
    where its quotes begin."""

    start: int
    quoted: int
    end: int
    text: str
    wrapped: bool = False


@dataclass(slots=True)
class Comment:
    """A comment line with its break; `kind` is the sign after `#`, a space for a translator's."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """A message. `forms` are its `msgstr`, by number (0 alone without a plural)."""

    start: int
    comments: list[Comment] = field(default_factory=list)
    context: Part | None = None
    id: Part | None = None
    plural: Part | None = None
    forms: dict[int, Part] = field(default_factory=dict)

    def said(self, kind: str) -> list[str]:
        """The comments of a kind."""
        return [comment.text for comment in self.comments if comment.kind == kind]

    @property
    def flags(self) -> list[str]:
        """`fuzzy`, `c-format`, `max-length:30` …"""
        return [flag.strip() for line in self.said(",") for flag in line.split(",") if flag.strip()]

    @property
    def body(self) -> int:
        """Where the comments end."""
        part = self.context or self.id
        return part.start if part else self.start

    @property
    def span(self) -> tuple[int, int]:
        """From the first `msgstr` to the end of the last."""
        return min(p.start for p in self.forms.values()), max(p.end for p in self.forms.values())


def entries(text: str, name: str) -> list[Entry]:
    """The messages in order, without the obsolete ones. Raises `UnreadableFile` with the line."""
    return list(_Parser(text, name).entries())


class _Parser:
    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._entry: Entry | None = None
        self._last: Part | None = None

    def entries(self) -> Iterator[Entry]:
        for line in _LINE.finditer(self._text):
            words = line.group().strip()
            found = _KEYWORD.fullmatch(line.group())
            begins = words.startswith("#") or not words or (found is not None and found[1] in ("msgctxt", "msgid"))
            if begins and self._entry is not None and self._entry.forms:
                yield self._entry
                self._entry = self._last = None
            if words.startswith("#~"):
                self._leave(line.start())
            elif words.startswith("#"):
                kind = words[1] if words[1:2] in (".", ":", ",", "|") else " "
                text = words[1 if kind == " " else 2 :].strip()
                self._open(line.start()).comments.append(Comment(kind, text, line.start(), line.end()))
            elif found is not None:
                self._begin(found, line)
            elif more := _MORE.fullmatch(line.group()):
                self._add(more, line)
            elif words:
                raise self._error(line.start(), f"'{words[:30]}' is no comment, keyword or string in quotes")
        if self._entry is not None and self._entry.forms:
            yield self._entry
        else:
            self._leave(len(self._text))

    def _open(self, start: int) -> Entry:
        if self._entry is None:
            self._entry = Entry(start)
        return self._entry

    def _leave(self, at: int) -> None:
        """Comments that no message follows are left; a message must be whole."""
        if self._entry is not None and (self._entry.id or self._entry.context):
            raise self._error(max(at - 1, 0), "the message ends without a msgstr")
        self._entry = self._last = None

    def _begin(self, found: re.Match[str], line: re.Match[str]) -> None:
        entry, at = self._open(line.start()), line.start()
        end = at + len(line.group().rstrip("\r\n"))
        part = Part(at, at + found.start(3) - 1, end, unescape(found[3]))
        word, number = found[1], found[2]
        if word == "msgctxt" and entry.context is None and entry.id is None:
            entry.context = part
        elif word == "msgid" and entry.id is None:
            entry.id = part
        elif word == "msgid_plural" and entry.id is not None and entry.plural is None:
            entry.plural = part
        elif number is not None and entry.plural is not None and int(number) not in entry.forms:
            entry.forms[int(number)] = part
        elif word == "msgstr" and entry.id is not None and entry.plural is None and not entry.forms:
            entry.forms[0] = part
        else:
            raise self._error(at, f"{word} does not stand here")
        self._last = part

    def _add(self, more: re.Match[str], line: re.Match[str]) -> None:
        part = self._last
        if part is None:
            raise self._error(line.start(), "a string without a keyword above it")
        part.wrapped = part.wrapped or bool(part.text and not part.text.endswith("\n"))
        part.text += unescape(more[1])
        part.end = line.start() + len(line.group().rstrip("\r\n"))

    def _error(self, at: int, what: str) -> UnreadableFile:
        place = Lines(self._text).place(at)
        return UnreadableFile(self._name, f"{place}: {what}", "mend it there (msgfmt -c says more)")


def unescape(raw: str) -> str:
    """What stands between quotes, as letters."""

    def letter(found: re.Match[str]) -> str:
        if found[3] is not None:
            return _NAMED.get(found[3], found[3])
        return chr(int(found[1], 8) & 0xFF if found[1] else int(found[2], 16))

    return _ESCAPE.sub(letter, raw)


def quoted(text: str, keyword: str, *, wrap: bool = False, line_end: str = "\n") -> str:
    """A keyword with its string: on one line, or on one line for each line of the text, cut at spaces when `wrap`."""
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    raw = [_escaped(line) for line in lines]
    if len(raw) > 1 or (wrap and raw and len(keyword) + 3 + len(raw[0]) > WIDTH):
        cut = [piece for line in raw for piece in (_cut(line) if wrap else [line])]
        if len(cut) > 1 or len(keyword) + 3 + len(raw[0]) > WIDTH:
            return line_end.join([f'{keyword} ""', *(f'"{piece}"' for piece in cut)])
    return f'{keyword} "{"".join(raw)}"'


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _NAMES.get(found.group()) or f"\\{ord(found.group()):03o}", text)


def _cut(line: str) -> Iterator[str]:
    """Pieces of at most `WIDTH` letters with their quotes; each break is after a space."""
    words = re.findall(r"[^ ]* +|[^ ]+$", line) or [line]
    piece = ""
    for word in words:
        if piece and len(piece) + len(word) > WIDTH - 2:
            yield piece
            piece = ""
        piece += word
    yield piece
