"""Every file format, in the order in which they are asked whether a file is theirs."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePath

from assistant.localization.formats.base import FileFormat
from knowledge.domain.errors import InputError

FORMATS: Mapping[str, str] = {
    "markdown": "markdown:Markdown",
    "html": "html:Html",
    "plain_text": "plain_text:PlainText",
    "properties": "properties:Properties",
    "xliff": "xliff:Xliff",
    "po": "po:Po",
    "android": "android:AndroidStrings",
    "arb": "arb:Arb",
    "json": "json_messages:JsonMessages",
    "toml": "toml_messages:TomlMessages",
    "yaml": "yaml_messages:YamlMessages",
    "subtitles": "subtitles:Subtitles",
    "docx": "docx:Docx",
    "pptx": "pptx:Pptx",
    "table": "table:Table",
}
"""Id: module of this folder, and class. A module is imported when a file is looked at, not before."""


def all_formats() -> Iterator[FileFormat]:
    """Every format that is there, in order."""
    for id_ in FORMATS:
        found = _loaded(id_)
        if found is not None:
            yield found


def known_suffixes() -> tuple[str, ...]:
    """The endings of all files that can be localized, each once."""
    return tuple(dict.fromkeys(suffix for known in all_formats() for suffix in known.suffixes))


def format_of(name: str, data: bytes) -> FileFormat:
    """The format of a file, by its ending and then by what is in it.

    Raises `InputError` when no format has the ending, or none of those that have it knows what is in it.
    """
    ending = PurePath(name).name.lower()
    candidates: list[str] = []
    for known in all_formats():
        if ending.endswith(known.suffixes):
            if known.recognises(name, data):
                return known
            candidates.append(known.id)
    if candidates:
        kinds = ", ".join(candidates)
        raise InputError(f"{name}: the file is none of the kinds its ending can stand for ({kinds}); see what is in it")
    raise InputError(f"{name}: no such file can be localized; known endings are {' '.join(sorted(known_suffixes()))}")


@cache
def _loaded(id_: str) -> FileFormat | None:
    module, _, name = FORMATS[id_].partition(":")
    place = f"assistant.localization.formats.{module}"
    try:
        kind: type[FileFormat] = getattr(importlib.import_module(place), name)
    except ModuleNotFoundError as error:
        if error.name != place:
            raise
        return None
    return kind()
