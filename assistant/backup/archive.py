"""An archive as somebody hands it over: opened with suspicion, every part held against its hash before it is used."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zlib import error as ZlibError

from assistant.backup.home_files import is_truth
from assistant.backup.manifest import HOME, NAME, Manifest, Part, manifest_from_json
from assistant.progress import Progress, Silent
from knowledge.domain.errors import UnreadableFile
from knowledge.store.database import HEAD
from knowledge.store.snapshot import Value

MOST_MANIFEST = 64 * 2**20
LONGEST_ROW = 512 * 2**20
"""Bytes of a row: a file of a localization job may have 100 MB, and base64 makes it a third longer."""

MOST_FILE = 256 * 2**20
"""Bytes of a file of the home."""

_BOMB_FROM, _BOMB = 64 * 2**20, 300
"""Bytes from which on parts may not be more than so many times their size in the archive. Ours are 2 to 20 times."""

_CHUNK = 2**20
_BROKEN = (zipfile.BadZipFile, ZlibError, OSError, EOFError, NotImplementedError, RuntimeError)


class Archive:
    """A backup whose manifest is in order. Made by `opened`."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self._path, self._file = path, file
        self.manifest: Manifest = manifest_from_json(self._json(), path.name)
        self._refuse_others()
        self._refuse_bombs()

    def verify(self, progress: Progress | None = None) -> None:
        """Read every part and hold it against the manifest. Raises `UnreadableFile` naming the first that is wrong."""
        progress = progress or Silent()
        for number, part in enumerate(self.manifest.parts):
            progress.step("verifying", number, len(self.manifest.parts))
            digest, lines = hashlib.sha256(), 0
            for chunk in self._chunks(part):
                digest.update(chunk)
                lines += chunk.count(b"\n")
            if digest.hexdigest() != part.sha256:
                raise self._wrong(f"{part.name} is not what was written", "take another backup")
            if part.rows is not None and lines != part.rows:
                raise self._wrong(f"{part.name} has {lines} rows, not {part.rows}", "take another backup")

    def rows(self, part: Part) -> Iterator[list[Value]]:
        """The rows of a table. Raises `UnreadableFile`."""
        with self._reading(part) as file:
            for number in range(part.rows or 0):
                line = file.readline(LONGEST_ROW)
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    raise self._wrong(f"{part.name}, row {number + 1} cannot be read") from None
                if not isinstance(row, list) or any(isinstance(value, list | dict) for value in row):
                    raise self._wrong(f"{part.name}, row {number + 1} is no row")
                yield row

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of the home: path and contents. Raises `UnreadableFile`."""
        for part in self.manifest.parts:
            if part.table is None:
                yield part.name[len(HOME) :], b"".join(self._chunks(part))

    def _chunks(self, part: Part) -> Iterator[bytes]:
        left = part.bytes
        with self._reading(part) as file:
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    break
                yield chunk
        if left:
            raise self._wrong(f"{part.name} has another length than the {NAME} says", "take another backup")

    @contextmanager
    def _reading(self, part: Part) -> Iterator[IO[bytes]]:
        try:
            with self._file.open(part.name) as file:
                yield file
        except _BROKEN as error:
            raise self._wrong(f"{part.name} is damaged ({error})", "take another backup") from None

    def _json(self) -> Any:
        try:
            if self._file.getinfo(NAME).file_size > MOST_MANIFEST:
                raise self._wrong(f"its {NAME} is too long")
            return json.loads(self._file.read(NAME))
        except KeyError:
            raise self._wrong(
                f"has no {NAME}: it is no backup of Koujing", "give what `koujing backup` wrote"
            ) from None
        except (*_BROKEN, ValueError, RecursionError) as error:
            raise self._wrong(f"its {NAME} is damaged ({error})", "take another backup") from None

    def _refuse_others(self) -> None:
        """What the manifest names must be there, and nothing else."""
        names = [info.filename for info in self._file.infolist()]
        counted = Counter(names)
        named = {part.name for part in self.manifest.parts} | {NAME}
        odd = sorted({name for name in names if name not in named or counted[name] > 1} | (named - set(names)))
        odd += [
            part.name for part in self.manifest.parts if part.table is None and not is_truth(part.name[len(HOME) :])
        ]
        if odd:
            raise self._wrong(f"'{odd[0][:80]}' is missing, too many, or does not belong into a backup")

    def _refuse_bombs(self) -> None:
        infos = {info.filename: info for info in self._file.infolist()}
        for part in self.manifest.parts:
            info = infos[part.name]
            if info.file_size != part.bytes:
                raise self._wrong(f"{part.name} has another length than the {NAME} says", "take another backup")
            if part.table is None and part.bytes > MOST_FILE:
                raise self._wrong(f"{part.name} is longer than {MOST_FILE // 2**20} MB")
        whole = sum(part.bytes for part in self.manifest.parts)
        if whole > _BOMB_FROM and whole > _BOMB * self._path.stat().st_size:
            raise self._wrong("would be far larger than its data can be; it was not made by Koujing")

    def _wrong(self, reason: str, remedy: str = "") -> UnreadableFile:
        return UnreadableFile(self._path.name, reason, remedy)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """An archive, not verified yet. Raises `UnreadableFile` for what is none, or is of a newer Koujing."""
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UnreadableFile(str(path), "is not there") from None
    except _BROKEN as error:
        raise UnreadableFile(
            path.name, f"is no backup, or is cut off ({error})", "give a whole file that `koujing backup` wrote"
        ) from None
    with file:
        archive = Archive(path, file)
        if archive.manifest.database > HEAD:
            raise UnreadableFile(
                path.name,
                f"was taken by Koujing {archive.manifest.koujing} with tables {archive.manifest.database}; "
                f"this one knows them up to {HEAD}",
                "restore it with that version or a newer one",
            )
        yield archive
