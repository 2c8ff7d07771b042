"""Files that were sent: on disk for the time of a request, under names that lead nowhere."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.import_preview import safe_name

MOST_OF_ONE = 50 * 1024 * 1024
MOST_OF_ALL = 100 * 1024 * 1024
"""Bytes."""

_TOO_LARGE = "send less at a time"


@contextmanager
def received(files: Sequence[UploadFile]) -> Iterator[list[tuple[str, Path]]]:
    """Each file with its name, gone when the request is done. The name is the last part of the one it was sent under.

    Raises `InputError` when there is none, 413 for more than `MOST_OF_ONE` or `MOST_OF_ALL` bytes. One that its reader
    cannot read (`UnreadableFile`) is called what its sender calls it, not where it lies here.
    """
    sent = [file for file in files if file.filename or file.size]
    if not sent:
        raise InputError("files: none was sent; send at least one, each in a part `files` with its name")
    for file in sent:
        if (file.size or 0) > MOST_OF_ONE:
            name = safe_name(file.filename or "")
            raise HTTPException(413, f"{name} is larger than {MOST_OF_ONE >> 20} MB; split it or {_TOO_LARGE}")
    if sum(file.size or 0 for file in sent) > MOST_OF_ALL:
        raise HTTPException(413, f"the files are larger than {MOST_OF_ALL >> 20} MB together; {_TOO_LARGE}")
    with tempfile.TemporaryDirectory(prefix="koujing-") as kept:
        laid_down = [_laid_down(file, Path(kept) / str(number)) for number, file in enumerate(sent)]
        try:
            yield laid_down
        except UnreadableFile as error:
            name = next((name for name, path in laid_down if str(path) == error.path), Path(error.path).name)
            raise UnreadableFile(name, error.reason, error.remedy) from None


def _laid_down(file: UploadFile, folder: Path) -> tuple[str, Path]:
    """A folder for each: two files may have one name, which is for whoever reads them to judge."""
    name = safe_name(file.filename or "")
    folder.mkdir()
    with (folder / name).open("wb") as written:
        file.file.seek(0)
        shutil.copyfileobj(file.file, written)
    return name, folder / name
