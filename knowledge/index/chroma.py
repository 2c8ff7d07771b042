"""Embedded Chroma: one folder per workspace and model, owned by one process at a time.

    <folder>/owner          locked (flock) by the process that has the index open
    <folder>/dirty          there while somebody writes; left behind by a process that was killed
    <folder>/current        the name of the generation in use
    <folder>/g1, g2, …      Chroma's own files
    <folder>/known          the row numbers in it, written by who closed it cleanly

Chroma does not survive every kill, and a broken index may crash the process that opens it. So an index that was not
closed cleanly is tried in a child process first; when the child fails, an empty generation takes its place, and the
caller fills it from the store (`sync.mend`).
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from knowledge.domain.errors import SetupError
from knowledge.index.chroma_collection import ChromaCollection, collection_name, collection_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PROBE = """
import sys, chromadb
client = chromadb.PersistentClient(sys.argv[1])
for found in client.list_collections():
    collection = client.get_collection(found.name, embedding_function=None)
    count = collection.count()
    # To walk through all of a large one would take longer than to fill it anew: from some places, and so far.
    reach = min(count, 5000)
    for place in range(0, count, count // 8 + 1):
        some = collection.get(limit=1, offset=place, include=["embeddings"])["embeddings"][0]
        answer = collection.query(query_embeddings=[some], n_results=reach, include=[])
        assert len(answer["ids"][0]) >= reach * 0.99
"""
PROBE_SECONDS = 120

_OPEN: dict[Path, EmbeddedChroma] = {}
_OPENING = threading.Lock()


class OwnedElsewhere(Exception):
    """Another process has this index open."""


class EmbeddedChroma:
    """The vector index in `folder`. Open it with `open_embedded`; threads share it, processes cannot."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self._name = folder, name
        self.users = 0
        self._changing = threading.RLock()
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _own(folder / "owner")
        self._dirty = folder / "dirty"
        try:
            if self._dirty.exists() and not _healthy(self._generation):
                self._switch()
            try:
                self._open()
            except SetupError:
                self._switch()
                self._open()
        except BaseException:
            self._lock.close()
            raise

    def upsert(self, pks: Sequence[int], vectors: NDArray[np.float32]) -> None:
        with self._changing:
            self._begin_change()
            self._collection.upsert(pks, vectors)

    def remove(self, pks: Iterable[int]) -> None:
        with self._changing:
            self._begin_change()
            self._collection.remove(pks)

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        return self._collection.search(vector, k)

    def pks(self) -> set[int]:
        return self._collection.pks()

    def start_anew(self) -> None:
        """Put an empty index in place of this one; the old files are deleted."""
        with self._changing:
            self._collection.close()
            self._switch()
            self._open()

    def close(self) -> None:
        """Give up one use; the last one closes the files, calls them clean and lets the owner lock go."""
        with _OPENING:
            self.users -= 1
            if self.users > 0 or self._lock.closed:
                return
            _OPEN.pop(self.folder, None)
            with self._changing:
                self._remember()
                self._collection.close()
                self._dirty.unlink(missing_ok=True)
                self._lock.close()

    @property
    def _generation(self) -> Path:
        pointer = self.folder / "current"
        return self.folder / (pointer.read_text().strip() if pointer.exists() else "g1")

    def _switch(self) -> None:
        """Point to a new, empty generation, then delete the others."""
        number = 1 + max((int(old.name[1:]) for old in self._generations()), default=0)
        pending = self.folder / "current.new"
        pending.write_text(f"g{number}\n")
        os.replace(pending, self.folder / "current")
        (self.folder / "known").unlink(missing_ok=True)
        for old in self._generations():
            if old != self._generation:
                shutil.rmtree(old, ignore_errors=True)

    def _begin_change(self) -> None:
        self._dirty.touch()
        (self.folder / "known").unlink(missing_ok=True)

    def _remember(self) -> None:
        """For the next start, which would have to read them all."""
        import numpy as np

        with suppress(SetupError, OSError):
            pending = self.folder / "known.new"
            with pending.open("wb") as file:
                np.save(file, np.array(sorted(self._collection.pks()), np.int64))
            os.replace(pending, self.folder / "known")

    def _remembered(self) -> list[int] | None:
        import numpy as np

        if self._dirty.exists():
            return None
        try:
            found: list[int] = np.load(self.folder / "known").tolist()
        except (OSError, ValueError):
            return None
        return found

    def _generations(self) -> list[Path]:
        return [path for path in self.folder.glob("g*") if path.name[1:].isdigit()]

    def _open(self) -> None:
        client = _client(self._generation)
        try:
            collection = collection_of(client, self._name)
            self._collection = ChromaCollection(
                collection, f"vector index {self.folder}", closing=client.close, known=self._remembered()
            )
        except BaseException:
            client.close()
            raise


def open_embedded(home: Path, workspace: str, model_id: str) -> EmbeddedChroma:
    """The embedded index of a workspace; one per process, however often it is opened.

    Raises `OwnedElsewhere` while another process has it.
    """
    name = collection_name(workspace, model_id)
    folder = (home / "chroma" / name).resolve()
    with _OPENING:
        index = _OPEN.get(folder)
        if index is None:
            index = _OPEN[folder] = EmbeddedChroma(folder, name)
        index.users += 1
        return index


def _client(path: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))
    except Exception as error:
        raise SetupError(
            f"vector index {path}: cannot be opened ({error}); delete the folder, it is rebuilt"
        ) from error


def _own(path: Path) -> IO[str]:
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise OwnedElsewhere(str(path)) from error
    return file


def _healthy(path: Path) -> bool:
    """True when a child process can open the index and reach its vectors; a broken one may crash the child."""
    if not path.exists():
        return True
    try:
        child = subprocess.run(  # noqa: S603  # our own program, no shell
            [sys.executable, "-c", _PROBE, str(path)],
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        )
    except subprocess.TimeoutExpired:
        return False
    return child.returncode == 0


@atexit.register
def _close_all() -> None:
    """A process that ends in good order leaves no index dirty."""
    for index in list(_OPEN.values()):
        index.users = 1
        index.close()
