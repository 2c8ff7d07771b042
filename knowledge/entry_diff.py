"""Two versions of one entry side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.records import EntryVersion
from knowledge.store.entries import Entries
from knowledge.version_diff import Part, word_diff


@dataclass(frozen=True, slots=True)
class EntryDiff:
    """What changed from `before` to `after`, word by word; no parts: they say the same."""

    before: EntryVersion
    after: EntryVersion
    parts: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.after.entry_id,
            "from": self.before.version,
            "to": self.after.version,
            "parts": [part.to_json() for part in self.parts],
        }


def entry_diff(entries: Entries, entry_id: str, old: int | None = None, new: int | None = None) -> EntryDiff:
    """From the agreed line, else the version before, to the newest version, where no numbers are given.

    Raises `NotFound`.
    """
    after = entries.get(entry_id, new) if new else entries.newest(entry_id)
    line = entries.get(entry_id)
    number = old or (line.version if line.version < after.version else max(after.version - 1, 1))
    before = entries.get(entry_id, number)
    return EntryDiff(before, after, tuple(word_diff(before, after)))
