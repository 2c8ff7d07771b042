"""Reads the files of a template: plain files of one folder, of a bounded size. No links, no pipes, no paths."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from prompts.faults import Fault, Faulty

MOST_BYTES = 256 << 10
"""Of one file. The longest of ours has a tenth of that."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")


def is_plain_name(name: str) -> bool:
    """True for the name of a file in the same folder: no path, nothing hidden."""
    return _NAME.fullmatch(name) is not None


def read_plain(folder: Path, name: str) -> str:
    """The text of the file `name` in `folder`. Raises `Faulty` for one that is missing, no plain file, a link, too
    large or not UTF-8."""
    file = f"{folder.name}/{name}"
    if not is_plain_name(name):
        raise _faulty(file, "is no name of a file in the template's folder", "give the bare name, without a path")
    path = folder / name
    if folder.is_symlink() or path.is_symlink():
        raise _faulty(file, "is a link", "put a copy of the file into the folder")
    try:
        # Without waiting: a pipe that nobody writes to would hold the process up.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        remedy = "create it" if isinstance(error, FileNotFoundError) else "look at the rights of the file"
        raise _faulty(file, f"cannot be read ({error.strerror})", remedy) from None
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise _faulty(file, "is no plain file", "put a text file there")
        with os.fdopen(number, "rb", closefd=False) as opened:
            data = opened.read(MOST_BYTES + 1)
    finally:
        os.close(number)
    if len(data) > MOST_BYTES:
        raise _faulty(file, f"is larger than {MOST_BYTES >> 10} KiB", "shorten it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Faulty([Fault(file, "is not UTF-8", "save it in that encoding", line)]) from None


def _faulty(file: str, message: str, remedy: str) -> Faulty:
    return Faulty([Fault(file, message, remedy)])
