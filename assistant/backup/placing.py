"""The files of a home, made ready beside the ones in use and put in their place together."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from assistant.backup.home_files import FILES, FOLDERS, SETTINGS_FILE, files_of
from assistant.backup.unfinished import Unfinished
from knowledge.domain.errors import SetupError

_PREFIX = ".restoring-"


class NewFiles:
    """What a home will hold. Use it as a context manager: what was not put in place is gone afterwards."""

    def __init__(self, home: Path) -> None:
        self._home = home
        for left in home.glob(f"{_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
        self._new, self._old = self._folder / "new", self._folder / "old"
        self._moved: list[tuple[Path, Path]] = []
        self._keeps = False
        self.kept: list[str] = []

    def __enter__(self) -> NewFiles:
        for folder in (self._new, self._old):
            folder.mkdir(mode=0o700)
        return self

    def __exit__(self, *_: object) -> None:
        if not self._keeps:
            shutil.rmtree(self._folder, ignore_errors=True)

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write them beside; the settings of this machine stay as they are where it has any. Raises `SetupError`."""
        for name, data in files:
            if name == SETTINGS_FILE and (self._home / name).exists():
                self.kept.append(name)
                continue
            path = self._new / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                path.write_bytes(data)
                path.chmod(0o600)
            except OSError as error:
                raise SetupError(f"{self._home / name}: cannot be written ({error.strerror or error})") from None

    def place(self) -> None:
        """Put them in place of all that is there. Raises `SetupError`; everything is back in its place then."""
        try:
            for name in (*FILES, *FOLDERS):
                # Settings that the archive does not have stay.
                if name not in self.kept and (name != SETTINGS_FILE or (self._new / name).exists()):
                    self._move(self._home / name, self._old / name)
                    self._move(self._new / name, self._home / name)
        except OSError as error:
            self.undo()
            raise SetupError(f"{self._home}: cannot be changed ({error.strerror or error})") from None

    def undo(self) -> None:
        """Put back what was there before `place`. Raises `Unfinished` when even that fails: the files stay beside."""
        try:
            while self._moved:
                one, other = self._moved[-1]
                other.rename(one)
                self._moved.pop()
        except OSError as error:
            self._keeps = True
            raise Unfinished(
                f"{self._home}: what was there cannot be put back ({error.strerror or error}); it is in {self._old}"
            ) from None

    def _move(self, one: Path, other: Path) -> None:
        if one.exists():
            one.rename(other)
            self._moved.append((one, other))


def what_is_there(home: Path) -> list[str]:
    """Files of a home that a restore would take the place of."""
    return [name for name, _ in files_of(home) if name != SETTINGS_FILE]
