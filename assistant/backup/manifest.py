"""What an archive says of itself: from which Koujing, of which moment, and each of its parts with its SHA-256."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from knowledge.domain.errors import UnreadableFile

NAME = "manifest.json"
FORMAT = "koujing-backup"
VERSION = 1
"""Of the archive's own form; the tables' is `database`."""

TABLES, HOME = "tables/", "home/"

_TABLE = re.compile(r"tables/[a-z_]{1,60}\.jsonl")
_HASH = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the archive. `columns` and `rows` of a table: a JSON list a line, in the order of the columns."""

    name: str
    bytes: int
    sha256: str
    columns: tuple[str, ...] = ()
    rows: int | None = None

    @property
    def table(self) -> str | None:
        """The table that it holds; None for a file of the home."""
        return self.name[len(TABLES) : -len(".jsonl")] if self.name.startswith(TABLES) else None

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"name": self.name, "bytes": self.bytes, "sha256": self.sha256}
        return told if self.rows is None else {**told, "rows": self.rows, "columns": list(self.columns)}


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that an archive says of itself. `database` is the migration of its tables, `taken_at` a moment in UTC."""

    koujing: str
    database: str
    engine: str
    taken_at: str
    workspaces: tuple[str, ...]
    counters: Mapping[str, int]
    parts: tuple[Part, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {part.table: part.rows or 0 for part in self.parts if part.table}

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "koujing": self.koujing,
            "database": {"schema": self.database, "engine": self.engine},
            "taken_at": self.taken_at,
            "workspaces": list(self.workspaces),
            "counters": dict(self.counters),
            "left_out": dict(self.left_out),
            "parts": [part.to_json() for part in self.parts],
        }


def manifest_from_json(document: Any, archive: str) -> Manifest:
    """Raises `UnreadableFile` for what is no manifest, or leads out of the folders that an archive may speak of."""
    try:
        if document["format"] != FORMAT:
            raise UnreadableFile(archive, "is no backup of Koujing")
        if document["version"] != VERSION:
            raise UnreadableFile(archive, f"has the form {document['version']}", "restore it with a newer Koujing")
        found = Manifest(
            koujing=str(document["koujing"]),
            database=_matching(_REVISION, document["database"]["schema"]),
            engine=str(document["database"]["engine"]),
            taken_at=str(document["taken_at"]),
            workspaces=tuple(map(str, document["workspaces"])),
            counters={str(name): int(last) for name, last in document["counters"].items()},
            parts=tuple(map(_part, document["parts"])),
            left_out={str(name): str(why) for name, why in document["left_out"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile(archive, f"its {NAME} cannot be used ({error})", "take another backup") from None
    names = [part.name for part in found.parts]
    if len({name.casefold() for name in names}) != len(names):
        raise UnreadableFile(archive, f"its {NAME} names a part twice", "take another backup")
    return found


def _part(given: Any) -> Part:
    name = str(given["name"])
    size, digest = int(given["bytes"]), _matching(_HASH, given["sha256"])
    if size < 0:
        raise ValueError(f"the size of '{name}'")
    if name.startswith(HOME):
        _within(name)
        return Part(name, size, digest)
    _matching(_TABLE, name)
    columns = tuple(map(str, given["columns"]))
    return Part(name, size, digest, columns, int(given["rows"]))


def _within(name: str) -> None:
    path = PurePosixPath(name)
    odd = "\\" in name or "\0" in name or ":" in name or path.is_absolute() or str(path) != name
    if odd or ".." in path.parts or len(path.parts) < 2:
        raise ValueError(f"the name '{name}'")


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"'{value}'")
    return value
