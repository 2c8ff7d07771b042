"""A linguist's edit becomes memory."""

from __future__ import annotations

from assistant.localization.content import Content
from assistant.localization.memory.port import TranslationMemory
from assistant.localization.segment import Segment
from knowledge.domain.errors import InputError
from knowledge.domain.locale import Locale


def learn(
    memory: TranslationMemory, segment: Segment, target: Content, source_locale: Locale, locale: Locale, *, by: str
) -> None:
    """Remember what a person wrote for a segment, in its context; it goes before whatever a model or a file said.

    A translation that was held because a fact had changed holds again: a person has seen it. Raises `InputError` when
    nobody is named or there is nothing to remember.
    """
    if not by:
        raise InputError("an edit needs a name: say who made it")
    if not target.says_something:
        raise InputError(f"{segment.place or segment.id}: the translation is empty; write it, or leave the segment out")
    memory.keep({segment: target}, source_locale, locale, origin="person", by=by)
