"""What can be imported."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.reading import FORMATS, MAX_BYTES
from knowledge.records import KINDS
from tools.docs.tables import doc, table, upper

_SUFFIXES = re.compile(r"^(?:`\.\w+`,? ?)+: ")


def formats(_root: Path, zh: bool) -> str:
    """The file formats that can be imported."""
    readers = {reader.name: reader for reader in FORMATS.values()}
    rows = [(name, " ".join(f"`{suffix}`" for suffix in reader.suffixes)) for name, reader in readers.items()]
    if zh:
        return f"{table(('格式', '后缀'), rows)}\n\n每个文件不超过 {MAX_BYTES >> 20} MiB。"
    how = [upper(_SUFFIXES.sub("", doc(type(reader)))) for reader in readers.values()]
    listed = table(
        ("format", "suffixes", "how it is read"), [(*row, said) for row, said in zip(rows, how, strict=True)]
    )
    return f"{listed}\n\nA file may have up to {MAX_BYTES >> 20} MiB."


def kinds(_root: Path, _zh: bool) -> str:
    """The kinds of entry."""
    return ", ".join(f"`{kind}`" for kind in KINDS)
