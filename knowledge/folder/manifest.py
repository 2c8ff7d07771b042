"""`library.yaml`: by it a folder is known as a library that was written here."""

from __future__ import annotations

from pathlib import Path

from knowledge.domain.errors import InputError
from knowledge.folder.names import MANIFEST
from knowledge.folder.yaml_text import as_yaml, load_typed
from knowledge.reading.yaml_tree import YamlRefused

FORMAT = 1

_HEAD = """\
# A library of Koujing, one file for each entry: front matter with its properties, then its text in Markdown.
# entries/ holds the agreed line (or the newest draft where there is none yet), pending/ newer versions beside it,
# history/ older ones; customers.yaml who may be named where; glossary.csv the terms.
"""


def manifest_text(workspace: str) -> str:
    """The same for every export of a workspace."""
    return _HEAD + as_yaml({"koujing": "library", "format": FORMAT, "workspace": workspace})


def has_manifest(folder: Path) -> bool:
    """True for an exported library in a form that is known. Raises `InputError` for another or a newer one."""
    path = folder / MANIFEST
    if not path.is_file():
        return False
    try:
        data = load_typed(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, YamlRefused) as error:
        raise InputError(f"{MANIFEST} cannot be read ({error}); mend it, or choose another folder") from None
    if not isinstance(data, dict) or data.get("koujing") != "library":
        raise InputError(f"{MANIFEST} belongs to something else; choose another folder")
    if data.get("format") != FORMAT:
        raise InputError(
            f"{MANIFEST}: format {data.get('format')} is not known here, only {FORMAT}; use the Koujing that wrote it"
        )
    return True
