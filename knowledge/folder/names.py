"""Where things stand in the folder: file names that every system can keep, one for each id.

An id of lower-case letters, figures, Han and `-_.` is its file's name. Any other gets a readable name with `~` and a
hash behind it: systems that fold case or forbid characters keep such files apart, too. The id in the file rules.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

MANIFEST = "library.yaml"
CUSTOMERS = "customers.yaml"
GLOSSARY = "glossary.csv"
ENTRIES, PENDING, HISTORY = "entries", "pending", "history"
SECTIONS = (HISTORY, ENTRIES, PENDING)
"""The folders of entry files, the oldest versions first."""

_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 80  # characters; a Han takes three bytes, and systems allow 255 bytes with the suffix
_LONGEST_BYTES = 160


def safe_name(name: str) -> str:
    """`name` where it can be a file's name as it is, else something like it that no other name gets."""
    shown = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).casefold()
    if shown == name and _is_safe(name):
        return name
    while len(shown.encode()) > _LONGEST_BYTES or len(shown) > _LONGEST:
        shown = shown[:-1]
    shown = shown.strip("-.")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{shown}~{digest}"


def _is_safe(name: str) -> bool:
    return (
        bool(name)
        and len(name) <= _LONGEST
        and len(name.encode()) <= _LONGEST_BYTES
        and name[0] not in ".-"
        and name[-1] != "."
        and name.split(".")[0] not in _RESERVED
        and all(unicodedata.category(character) != "Mn" for character in name)
    )


def entry_path(entry_id: str, kind: str, section: str = ENTRIES) -> str:
    """`entries/case/case-wind.md`, or the same below `pending`."""
    return f"{section}/{safe_name(kind)}/{safe_name(entry_id)}.md"


def history_path(entry_id: str, version: int) -> str:
    """`history/case-wind/v3.md`."""
    return f"{HISTORY}/{safe_name(entry_id)}/v{version}.md"
