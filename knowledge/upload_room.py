"""Files that were sent and wait to be imported, between the preview and the word of whoever sent them.

They lie in the home folder, readable by its owner only, and go away when they are imported or after a day. A token that
nobody can guess leads to them, in the workspace they were sent to only.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knowledge.domain.errors import InputError, NotFound
from knowledge.import_preview import safe_name, uploaded
from knowledge.importing import GivenFile

KEPT_FOR = 24 * 3600
"""Seconds."""

MOST_FILES = 200
_TOKEN = re.compile(r"[0-9a-f]{32}")


class UploadRoom:
    """The waiting files of one workspace."""

    def __init__(self, home: Path, workspace: str) -> None:
        # A workspace's name is no folder's name, and two names must not meet in one.
        self._room = home / "uploads" / hashlib.sha256(workspace.encode()).hexdigest()[:16]

    def put(self, files: Iterable[tuple[str, bytes]], note: dict[str, Any]) -> str:
        """Keep files by the names they were sent under, with a note (how they are to be imported); their token.

        Raises `InputError` for none, too many, or two of one name.
        """
        self.sweep()
        token = secrets.token_hex(16)
        folder = self._room / token
        folder.mkdir(parents=True, mode=0o700)
        try:
            names = []
            for number, (name, data) in enumerate(files):
                if number >= MOST_FILES:
                    raise InputError(f"more than {MOST_FILES} files at once; send fewer")
                place = folder / str(number)
                place.mkdir(mode=0o700)
                (place / safe_name(name)).write_bytes(data)
                names.append(safe_name(name))
            if not names:
                raise InputError("no file was sent; choose at least one")
            uploaded((name, folder) for name in names)
            said = {"names": names, "note": note}
            (folder / "files.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return token

    def take(self, token: str) -> tuple[list[GivenFile], dict[str, Any]]:
        """The files of a token and its note; they stay. Raises `NotFound`."""
        folder = self._folder(token)
        try:
            said = json.loads((folder / "files.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise NotFound("these files are no longer here; send them once more") from None
        files = uploaded((name, folder / str(number) / name) for number, name in enumerate(said["names"]))
        return files, said["note"]

    def drop(self, token: str) -> None:
        """Forget them."""
        shutil.rmtree(self._folder(token), ignore_errors=True)

    def sweep(self) -> None:
        """Forget what has waited too long."""
        for folder in self._room.iterdir() if self._room.is_dir() else ():
            if folder.stat().st_mtime < time.time() - KEPT_FOR:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise NotFound("these files are no longer here; send them once more")
        return self._room / token
