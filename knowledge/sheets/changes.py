"""In which fields a row differs from its entry, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.kinds import check_fields
from knowledge.records import EntryVersion
from knowledge.sheets.kind_fields import ENTRY, TEXT, field_cell
from knowledge.version_diff import Part, diff_words

_OF_THE_ENTRY = ("title", "locale", "customer", "owner", "audience", "markets", "translates", "valid_until")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs, as a cell would show it. `@title` and its like belong to the entry itself."""

    name: str
    before: str
    after: str

    @property
    def part(self) -> Part:
        """The two values word by word."""
        return Part(self.name, tuple(diff_words(self.before, self.after)))

    def to_json(self) -> dict[str, Any]:
        return {
            "field": self.name,
            "before": self.before,
            "after": self.after,
            "pieces": [piece.to_json() for piece in self.part.pieces],
        }


def changes_of(before: EntryVersion, after: EntryVersion, today: date, *, own_text: bool) -> Iterator[FieldChange]:
    """What `after` says otherwise. `own_text`: the row has a text of its own, not one made of its fields."""
    found = False
    dated = ("review_due",) if after.review_due else ()
    for name in (*_OF_THE_ENTRY, *dated):
        if getattr(before, name) != getattr(after, name):
            found = True
            yield FieldChange(f"{ENTRY}{name}", _shown(getattr(before, name)), _shown(getattr(after, name)))
    kind, language = after.kind, after.locale.split("-")[0]
    old, new = check_fields(kind, dict(before.fields), today).fields, dict(after.fields)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            found = True
            yield FieldChange(
                name, *(field_cell(kind, name, f[name], language) if name in f else "" for f in (old, new))
            )
    # A text that is made of fields says what they say.
    if (own_text or not found) and before.text != after.text:
        yield FieldChange(TEXT, before.text, after.text)


def _shown(value: Any) -> str:
    return "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
