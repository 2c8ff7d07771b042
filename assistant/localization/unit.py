"""What a file format gives to be translated, and what it takes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.localization.content import Content


class TargetState(StrEnum):
    """What a bilingual file says of the target it holds already."""

    NEW = "new"
    NEEDS_REVIEW = "needs_review"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a file.

    `id` is unique in the file and the same whenever the file is read (a key's path, an XLIFF id, a block's number).
    `context` tells equal texts apart (msgctxt, key); `note` is for translators; `place` is where a person finds it
    (`slide 3`, `line 12`, a key). `prose`: it may be cut into sentences; a message of a program may not.
    `max_length` counts characters. `plural` is the CLDR category of the target's form (`one`, `few`, `other`; empty:
    none), and `plural_of` the id that the forms of one message share. `target` is what the file holds already.
    """

    id: str
    source: Content
    place: str = ""
    context: str = ""
    note: str = ""
    prose: bool = False
    max_length: int | None = None
    plural: str = ""
    plural_of: str = ""
    target: Content | None = None
    target_state: TargetState = TargetState.NEW
