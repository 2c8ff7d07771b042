"""Taking a backup: one archive of one moment, while everything goes on."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

from assistant.backup.home_files import files_of
from assistant.backup.manifest import HOME, NAME, TABLES, Manifest, Part
from assistant.progress import Progress, Silent
from assistant.settings import Settings
from knowledge.domain.errors import Conflict, InputError, SetupError
from knowledge.store.database import Database
from knowledge.store.snapshot import LEFT_OUT, Snapshot, snapshot_of

NOT_IN_IT = {
    **LEFT_OUT,
    "indexes": "made again from the tables",
    "queue of DBOS": "made again from the jobs",
    "secrets": "keys of providers, passwords of databases and the secret of the service",
}
"""What an archive goes without, and why; said in its manifest."""

_LEVEL = 3  # embeddings do not get smaller, and more effort takes longer than it saves


def take(settings: Settings, path: Path, progress: Progress | None = None) -> Manifest:
    """Write everything that the installation knows into a new file at `path`, readable by its owner only.

    Every row is of one moment; nobody is kept from working. Raises `Conflict` for a file that is there, `InputError`
    where none can be written, `SetupError` without a database.
    """
    database = Database(settings.database_url)
    if database.is_sqlite and not database.file.is_file():
        raise SetupError(f"no workspace in {settings.home}; make one with `koujing init`")
    try:
        with _new_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            with snapshot_of(database) as snapshot:
                parts = [*_tables(snapshot, archive, progress or Silent()), *_files(settings.home, archive)]
                manifest = Manifest(
                    koujing=_version(),
                    database=snapshot.schema,
                    engine="sqlite" if database.is_sqlite else "postgresql",
                    taken_at=settings.now().astimezone(UTC).isoformat(timespec="seconds"),
                    workspaces=tuple(snapshot.workspaces()),
                    counters=snapshot.counters(),
                    parts=tuple(parts),
                    left_out=NOT_IN_IT,
                )
            archive.writestr(NAME, json.dumps(manifest.to_json(), ensure_ascii=False, indent=1))
    finally:
        database.close()
    return manifest


def _tables(snapshot: Snapshot, archive: zipfile.ZipFile, progress: Progress) -> Iterator[Part]:
    for number, table in enumerate(snapshot.tables):
        progress.step("backup", number, len(snapshot.tables))
        name, digest, size, rows = f"{TABLES}{table}.jsonl", hashlib.sha256(), 0, 0
        with archive.open(name, "w", force_zip64=True) as part:
            for row in snapshot.rows(table):
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                part.write(line)
                digest.update(line)
                size, rows = size + len(line), rows + 1
        yield Part(name, size, digest.hexdigest(), tuple(snapshot.columns(table)), rows)


def _files(home: Path, archive: zipfile.ZipFile) -> Iterator[Part]:
    for name, data in files_of(home):
        archive.writestr(f"{HOME}{name}", data)
        yield Part(f"{HOME}{name}", len(data), hashlib.sha256(data).hexdigest())


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when it is whole, and never in the place of another."""
    if path.exists():
        raise Conflict(f"{path} is there already; name another file")
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(beside, path)
    except FileExistsError:
        raise Conflict(f"{path} is there already; name another file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); nothing was kept") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _name(file: Path, path: Path) -> None:
    try:
        os.link(file, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        if path.exists():
            raise FileExistsError from None
        os.replace(file, path)


def _version() -> str:
    try:
        return version("koujing")
    except PackageNotFoundError:
        return "unknown"
