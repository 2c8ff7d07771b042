"""One file's bytes, taken with care: size, kind of file, and text in whatever encoding it is in."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from knowledge.domain.errors import UnreadableFile
from knowledge.reading.document import Parts
from knowledge.reading.encoding import decode
from knowledge.reading.signature import kind_of

MAX_BYTES = 50 * 1024 * 1024


@dataclass(slots=True)
class Source:
    """A file in memory. Formats read from it, warn through it, and refuse it with `unreadable`."""

    path: Path
    data: bytes
    warnings: list[str] = field(default_factory=list)

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    def warn(self, message: str) -> None:
        """Tell what was left out or could not be read; said once each."""
        if message not in self.warnings:
            self.warnings.append(message)

    def unreadable(self, reason: str, remedy: str = "") -> UnreadableFile:
        """The error to raise, with the file's name in it."""
        return unreadable(self.path, reason, remedy)

    def text(self) -> str:
        """The file as text. Raises `UnreadableFile` for binary data under a text suffix."""
        kind = kind_of(self.data)
        if kind:
            raise self.unreadable(
                f"is {kind.article} {kind.name} file under the suffix {self.suffix}", f"rename it to {kind.suffix}"
            )
        decoded = decode(self.data)
        if decoded is None:
            raise self.unreadable(
                "holds binary data or text in an unknown encoding", "save it as text in UTF-8 and import it again"
            )
        if decoded.lossy:
            self.warn("some bytes are not valid UTF-8 and were left out")
        return decoded.text


class Reader(Protocol):
    """A file format: its name, its suffixes, and how its text is read."""

    @property
    def name(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    def read(self, source: Source) -> Parts:
        """The blocks of the file. Raises `UnreadableFile`; any other exception means that the file is damaged."""


def unreadable(path: Path, reason: str, remedy: str = "") -> UnreadableFile:
    """`UnreadableFile` with a path that is safe to print on one line."""
    shown = "".join(character if character.isprintable() else "?" for character in str(path))
    return UnreadableFile(shown, " ".join(reason.split()), " ".join(remedy.split()))


def load(path: Path) -> Source:
    """The bytes of a regular, non-empty file of at most `MAX_BYTES`. Raises `UnreadableFile`."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise unreadable(path, "is a directory", "name a file in it")
        if not stat.S_ISREG(found.st_mode):
            raise unreadable(path, "is not a regular file", "name a document")
        if found.st_size > MAX_BYTES:
            raise _too_large(path)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from error
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    if not data.strip():
        raise unreadable(path, "is empty", "put text into it or leave it out")
    return Source(path, data)


def _too_large(path: Path) -> UnreadableFile:
    return unreadable(path, f"is larger than {MAX_BYTES // 1024**2} MiB", "split it into smaller documents")


def _not_opened(path: Path, error: OSError | ValueError) -> UnreadableFile:
    code = getattr(error, "errno", None)
    if code == errno.ENOENT:
        return unreadable(path, "does not exist", "check the path")
    if code == errno.ELOOP:
        return unreadable(path, "is a symbolic link that leads to itself", "name the file itself")
    if code == errno.EACCES:
        return unreadable(path, "may not be read by this user", "change its permissions")
    if code == errno.ENOTDIR:
        return unreadable(path, "does not exist: a part of the path is a file", "check the path")
    reason = os.strerror(code) if code else str(error)
    return unreadable(path, f"cannot be opened ({reason})", "check the path")
