"""One file given to everything that reads such files: the library, localization, translation memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from assistant.localization.formats.base import Reading, Written
from assistant.localization.formats.registry import all_formats
from assistant.localization.memory.tmx import read_tmx
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale
from knowledge.reading import FORMATS, read

EN, DE = parse_locale("en"), parse_locale("de")


def told(name: str, data: bytes, folder: Path) -> Iterator[str]:
    """Everything that is said of the file: its text by every reader that takes it, or the line why it is not read.

    Whatever else a reader raises goes on.
    """
    path = folder / name
    path.write_bytes(data)
    if path.suffix in FORMATS:
        try:
            document = read(path)
            yield "\n".join(f"{block.text} {block.cells} {block.links}" for block in document.blocks)
        except InputError as error:
            yield error.message
    for known in all_formats():
        if name.endswith(known.suffixes):
            yield from _localized(known.id, name, data)
    if name.endswith(".tmx"):
        try:
            yield "\n".join(f"{memo.source} {memo.target}" for memo in read_tmx(io.BytesIO(data), EN, DE, name))
        except InputError as error:
            yield error.message


def _localized(id_: str, name: str, data: bytes) -> Iterator[str]:
    known = next(known for known in all_formats() if known.id == id_)
    known.recognises(name, data)
    try:
        file = known.read(data, Reading(name, EN, DE))
        yield "\n".join(str(unit.source) for unit in file.units)
        yield file.write(Written({unit.id: unit.source for unit in file.units})).decode("utf-8", "replace")
    except InputError as error:
        yield error.message
