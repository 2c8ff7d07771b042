"""A few words that stayed in the source's script, and their translations in their place."""

from __future__ import annotations

import re

from assistant.localization.checks.language import untranslated
from assistant.localization.content import Content
from knowledge.domain.locale import Locale

MOST, LONGEST = 3, 6
"""Words that are asked for on their own, and Han letters of one: more is a clause that was not translated."""

_GLUED = r"(?:ity|ness|tions?|ing|ed|s|ly|al|ment|ies|able|ization)(?![A-Za-z])"
"""An English ending behind a Han word (时效ity) goes with it."""


def left_over(source: str, target: Content, locale: Locale) -> list[str]:
    """The words of the source that stand in the target as they were, each once; empty when they are too many or too
    long to be put right one by one, and for a target that is written in Han letters itself."""
    if locale.language in ("zh", "ja"):
        return []
    words = list(dict.fromkeys(untranslated(source, str(target), locale)))
    return words if len(words) <= MOST and all(len(word) <= LONGEST for word in words) else []


def filled(target: Content, word: str, said: str) -> Content:
    """The target with `said` in the place of each `word`, apart from its neighbours."""
    said = said.strip().strip(".。;,，")
    if said[1:].islower():
        said = said[0].lower() + said[1:]
    pattern = re.compile(rf"(?P<before>[A-Za-z0-9])?{re.escape(word)}(?:{_GLUED}|(?P<after>(?=[A-Za-z0-9])))?")

    def put(match: re.Match[str]) -> str:
        before, after = match["before"], match["after"] is not None
        return f"{before + ' ' if before else ''}{said}{' ' if after else ''}"

    return Content.of(*(pattern.sub(put, piece) if isinstance(piece, str) else piece for piece in target.pieces))
