"""The whole library into a folder of text files: always the same bytes for it, written only where they differ."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.domain.errors import InputError
from knowledge.folder.entry_file import file_text
from knowledge.folder.manifest import has_manifest, manifest_text
from knowledge.folder.names import (
    CUSTOMERS,
    ENTRIES,
    GLOSSARY,
    HISTORY,
    MANIFEST,
    PENDING,
    SECTIONS,
    entry_path,
    history_path,
    safe_name,
)
from knowledge.folder.registers_text import customers_text, glossary_text

if TYPE_CHECKING:
    from knowledge.library import Library

_OURS = (b"\nversion: ", b"\nstate: ")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What stands in the folder now, and which files were touched (paths in the folder)."""

    folder: str
    entries: int
    pending: int
    history: int
    customers: int
    terms: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    def to_json(self) -> dict[str, Any]:
        return {
            "folder": self.folder,
            "entries": self.entries,
            "pending": self.pending,
            "history": self.history,
            "customers": self.customers,
            "terms": self.terms,
            "written": list(self.written),
            "removed": list(self.removed),
            "unchanged": self.unchanged,
        }


def export_folder(library: Library, path: Path, *, history: bool = False) -> ExportReport:
    """Write the library into `path`, an empty folder or one with an earlier export, which is brought up to date.

    `entries/` gets the approved version of each entry, else its newest; `pending/` the newest where it stands beside
    an approved one; with `history`, `history/` gets all others. Files of entries that are gone are removed, whatever
    else stands in the folder is left alone. Raises `InputError` when `path` is no such folder or cannot be written.
    """
    _refuse_foreign(path)
    customers, terms = library.customers.all(), library.glossary.all()
    files = dict(_entry_files(library, history))
    kept = {safe_name(entry.entry_id) for entry in library.entries.latest()}
    wanted = {
        MANIFEST: manifest_text(library.workspace),
        CUSTOMERS: customers_text(customers),
        GLOSSARY: glossary_text(terms),
        **files,
    }
    try:
        written = tuple(name for name, text in wanted.items() if _write(path / name, text.encode("utf-8")))
        removed = tuple(_remove_gone(path, files, kept, history))
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{path}: cannot be written ({reason}); choose another folder and export again") from error
    counts = {section: sum(name.startswith(f"{section}/") for name in files) for section in SECTIONS}
    return ExportReport(
        folder=str(path),
        entries=counts[ENTRIES],
        pending=counts[PENDING],
        history=counts[HISTORY],
        customers=len(customers),
        terms=len(terms),
        written=written,
        removed=removed,
        unchanged=len(wanted) - len(written),
    )


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: is a file; name a folder")
    if not path.is_dir() or has_manifest(path):
        return
    # A clone of an empty repository holds .git and its like; anything that shows is somebody's work.
    foreign = sorted(child.name for child in path.iterdir() if not child.name.startswith("."))
    if foreign:
        raise InputError(
            f"{path}: holds '{foreign[0]}' and no {MANIFEST} of an earlier export; choose an empty or a new folder"
        )


def _entry_files(library: Library, history: bool) -> Iterator[tuple[str, str]]:
    """Path and text of every entry file, by path."""
    approved = {entry.entry_id: entry for entry in library.entries.line()}
    files: dict[str, str] = {}
    for newest in library.entries.latest():
        line = approved.get(newest.entry_id, newest)
        files[entry_path(line.entry_id, line.kind)] = file_text(line)
        if newest.version != line.version:
            files[entry_path(newest.entry_id, newest.kind, PENDING)] = file_text(newest)
        for older in library.entries.versions(newest.entry_id) if history and newest.version > 1 else ():
            if older.version not in (line.version, newest.version):
                files[history_path(older.entry_id, older.version)] = file_text(older)
    yield from sorted(files.items())


def _write(path: Path, data: bytes) -> bool:
    """True when the file was not there as it should be. It is whole at every moment."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        new.write_bytes(data)
        os.replace(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return True


def _remove_gone(path: Path, files: Mapping[str, str], kept: set[str], history: bool) -> Iterator[str]:
    """Files that an export wrote and that this one does not. History stays as long as its entry and nobody asked."""
    wanted = {_folded(name) for name in files}
    for section in SECTIONS:
        for folder in sorted((path / section).glob("*/")):
            stays = section == HISTORY and not history and _folded(folder.name) in kept
            for file in () if stays or folder.is_symlink() else sorted(folder.glob("*.md")):
                name = f"{section}/{folder.name}/{file.name}"
                if _folded(name) not in wanted and _is_ours(file):
                    file.unlink()
                    yield name
            _remove_empty(folder)
        _remove_empty(path / section)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
        folder.rmdir()


def _folded(name: str) -> str:
    """File systems may give a name back in another normal form."""
    return unicodedata.normalize("NFC", name)


def _is_ours(file: Path) -> bool:
    """A file that somebody added by hand and has not imported yet has no version number."""
    head = file.read_bytes()[:20_000] if file.is_file() and not file.is_symlink() else b""
    front = head.replace(b"\r\n", b"\n").split(b"\n---\n")[0]
    return front.startswith(b"---\n") and all(mark in front for mark in _OURS)
