"""In which fields a row differs from its entry, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.kinds import check_fields
from knowledge.records import EntryVersion
from knowledge.sheets.kind_fields import ENTRY, TEXT, field_cell

_TOKEN = re.compile(r"\d[\d.,]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_MOST_TOKENS = 4000
_OF_THE_ENTRY = ("title", "locale", "customer", "owner", "audience", "markets", "translates", "valid_until")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs, as a cell would show it. `@title` and its like belong to the entry itself."""

    name: str
    before: str
    after: str

    def words(self) -> list[tuple[str, str]]:
        """The two values word by word (character by character in Chinese): `same`, `removed`, `added` and the text."""
        before, after = _tokens(self.before), _tokens(self.after)
        pieces: list[tuple[str, str]] = []
        for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if what == "equal":
                pieces.append(("same", "".join(before[a:b])))
            else:
                pieces += [("removed", "".join(before[a:b]))] if b > a else []
                pieces += [("added", "".join(after[c:d]))] if d > c else []
        return pieces

    def to_json(self) -> dict[str, Any]:
        return {"field": self.name, "before": self.before, "after": self.after, "words": self.words()}


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


def _tokens(text: str) -> list[str]:
    """Words; lines where there are so many words that comparing them all would take long."""
    found = _TOKEN.findall(text)
    return found if len(found) <= _MOST_TOKENS else text.splitlines(keepends=True)
