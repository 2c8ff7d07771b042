"""The port to every file format.

The contract, which `tests/assistant/localization/formats/contract.py` holds every format to: reading is pure; a target
that is the source gives the file again, byte for byte where the format allows it; ids are unique and stable; no text
that a reader sees is left out, none that no reader sees is given out; a broken file raises `UnreadableFile` with the
place and what to do; nothing outside the file is read or fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.localization.content import Content
from assistant.localization.unit import Unit
from knowledge.domain.locale import Locale


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read: its name (no folder), the locales, and what the user chose.

    `columns` are the names or letters of a table's columns to translate (empty: all that hold words); `fields` the keys
    of front matter to translate besides the usual ones (title, description, summary …); `keys_left` globs of keys that
    are not translated.
    """

    name: str
    source: Locale
    target: Locale
    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    keys_left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What goes into the target file: the released targets by unit id; `held` are the units that keep the source text,
    each with the reason in one line, marked where the format can."""

    targets: Mapping[str, Content]
    held: Mapping[str, str] = field(default_factory=dict)


class LocalizableFile(Protocol):
    """A file that was read."""

    @property
    def units(self) -> Sequence[Unit]:
        """What is to be translated, in the order of the file."""

    def write(self, written: Written) -> bytes:
        """The target file. A unit that `written` does not name keeps the target that the file held, else its source.

        Raises `InputError` when a target cannot stand in this format (a letter the encoding lacks).
        """


class FileFormat(Protocol):
    """A kind of file."""

    @property
    def id(self) -> str:
        """`markdown`, `xliff`, `po` …"""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of file names, with the dot, in small letters."""

    def recognises(self, name: str, data: bytes) -> bool:
        """Whether a file with one of the suffixes is of this kind: `.json` and `.xml` say too little."""

    def read(self, data: bytes, reading: Reading) -> LocalizableFile:
        """Read it. Raises `UnreadableFile` (file, place, what to do)."""
