"""What the tests of message catalogues share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.localization.content import Content
from assistant.localization.formats.base import FileFormat, LocalizableFile, Reading, Written
from knowledge.domain.locale import parse_locale

_HERE = Path(os.environ.get("KOUJING_DATA") or Path(__file__).parents[4].parent / "shared" / "data")
PUBLIC_FILES = _HERE / "l10n_files"
needs_public_files = pytest.mark.skipif(
    not PUBLIC_FILES.is_dir(), reason="no public data here: set KOUJING_DATA to the folder that has l10n_files"
)


def opened(
    format_: FileFormat, text: str, source: str = "en", target: str = "de", left: tuple[str, ...] = ()
) -> LocalizableFile:
    """A catalogue that was read from a text."""
    reading = Reading("file", parse_locale(source), parse_locale(target), keys_left=left)
    return format_.read(text.encode(), reading)


def texts(file: LocalizableFile) -> dict[str, str]:
    """The text of each unit by its id."""
    return {unit.id: str(unit.source) for unit in file.units}


def marked(file: LocalizableFile, *, without: str = "") -> str:
    """The file in which every text stands in «»; `without`: the id of a unit that is held."""
    targets = {unit.id: Content.of("«", *unit.source.pieces, "»") for unit in file.units if unit.id != without}
    return file.write(Written(targets)).decode()


def with_texts(file: LocalizableFile, new: Mapping[str, str]) -> str:
    """The file with these texts, and the source elsewhere."""
    targets = {unit.id: unit.source for unit in file.units} | {id_: Content.of(text) for id_, text in new.items()}
    return file.write(Written(targets)).decode()


def copied(format_: FileFormat, path: Path, locale: str) -> tuple[bytes, bytes, int]:
    """A file, its copy in its own locale, and the number of its texts."""
    data = path.read_bytes()
    file = format_.read(data, Reading(path.name, parse_locale(locale), parse_locale(locale)))
    return data, file.write(Written({unit.id: unit.source for unit in file.units})), len(file.units)
