"""Java `.properties`: `key=value` lines as `java.util.Properties.load` reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import partial

from assistant.localization.content import Content
from assistant.localization.formats.base import Reading
from assistant.localization.formats.spliced import Encoded, Lines, Slot, SplicedFile, decoded
from assistant.localization.protection.codes import with_codes
from assistant.localization.unit import Unit

_EOL = r"(?:\r\n|\r|\n|\Z)"
# A comment or empty line; else a key, its separator and a value that goes on after a backslash at the line's end.
_ENTRY = re.compile(
    rf"[ \t\f]*(?:[#!](?P<comment>[^\r\n]*){_EOL}|{_EOL}"
    r"|(?P<key>(?:\\(?:\r\n|[\s\S]|\Z)|[^\\=:\s])*)"
    r"(?P<separator>[ \t\f]*(?:[=:][ \t\f]*)?(?:\\(?:\r\n|\r|\n)[ \t\f]*)*)"
    rf"(?P<value>(?:\\(?:\r\n|[\s\S]|\Z)|[^\\\r\n])*){_EOL})"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(\r\n|\r|\n)[ \t\f]*|([\s\S]|\Z))")
_NAMED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_NAMES = {letter: name for name, letter in _NAMED.items()}
_HEX = re.compile(r"\\u[0-9A-Fa-f]*[a-fA-F]")
_ARGUMENT = re.compile(r"\{\w+[,}]")


class Properties:
    """`.properties`. The comment directly above a key is its note."""

    id = "properties"
    suffixes = (".properties",)

    def recognises(self, name: str, data: bytes) -> bool:
        """Every text can be read as properties."""
        return True

    def read(self, data: bytes, reading: Reading) -> SplicedFile:
        """Read it. Raises `UnreadableFile` when it is no text."""
        source = _decoded(data, reading.name)
        style = _Style(source)
        lines = Lines(source.text)
        slots: list[Slot] = []
        note: list[str] = []
        at, seen = 0, dict[str, int]()
        while at < len(source.text) and (found := _ENTRY.match(source.text, at)) and found.end() > at:
            at = found.end()
            if found["key"] is None:
                note = [*note, found["comment"].strip()] if found["comment"] is not None else []
                continue
            key, value = _unescaped(found["key"]), found["value"]
            content = style.read(value)
            seen[key] = seen.get(key, 0) + 1
            if content.says_something and not any(fnmatchcase(key, left) for left in reading.keys_left):
                id_ = key if seen[key] == 1 else f"{key}~{seen[key]}"
                unit = Unit(id_, content, place=lines.place(found.start("key")), context=key, note="\n".join(note))
                slots.append(Slot(unit, found.start("value"), found.end("value"), style.writer(value)))
            note = []
        return SplicedFile(reading.name, source, slots)


def _decoded(data: bytes, name: str) -> Encoded:
    """UTF-8 where the bytes are, else ISO-8859-1, which every byte is."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(data, name, "iso-8859-1")
    return decoded(data, name, "utf-8")


def _unescaped(raw: str) -> str:
    def meant(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        return "" if found[2] else _NAMED.get(found[3], found[3])

    text = _ESCAPE.sub(meant, raw)
    # Letters beyond U+FFFF stand as two escapes.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Style:
    """How this file writes what is not ASCII, and whether an apostrophe is doubled (MessageFormat)."""

    def __init__(self, source: Encoded) -> None:
        # A file of ASCII alone says nothing of its encoding: escapes are right in both.
        self._encoding = "ascii" if source.text.isascii() else source.encoding
        found = _HEX.search(source.text)
        self._lower = found is not None and found.group()[2:].islower()
        self._doubled = "''" in source.text

    def read(self, raw: str) -> Content:
        """The text of a value, its placeholders as codes."""
        text = _unescaped(raw)
        return with_codes(Content.of(text.replace("''", "'") if self._is_pattern(text) else text), "brace")

    def write(self, doubled: bool, target: Content) -> str:
        """A value as it stands in the file."""
        text = "".join(self._string(p, doubled) if isinstance(p, str) else self._string(p.text) for p in target.pieces)
        return f"\\{text}" if text[:1] in (" ", "\f") else text

    def writer(self, raw: str) -> Callable[[Content], str]:
        """How targets of the value `raw` are written."""
        return partial(self.write, self._is_pattern(_unescaped(raw)))

    def _string(self, text: str, doubled: bool = False) -> str:
        text = text.replace("'", "''") if doubled else text
        return "".join(self._letter(letter) for letter in text)

    def _letter(self, letter: str) -> str:
        if letter == "\\":
            return "\\\\"
        if letter in _NAMES:
            return "\\" + _NAMES[letter]
        try:
            if letter.isprintable():
                return letter.encode(self._encoding).decode(self._encoding)
        except UnicodeEncodeError:
            pass
        units = letter.encode("utf-16-be", "surrogatepass").hex()
        units = units if self._lower else units.upper()
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

    def _is_pattern(self, text: str) -> bool:
        return self._doubled and _ARGUMENT.search(text) is not None
