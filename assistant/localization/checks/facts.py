"""What the checks of one pair look at, read once: texts without codes, figures, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from assistant.claims.quantities import quantities
from assistant.localization.checks.figure_match import Figures, Side, match_figures
from assistant.localization.content import Code, CodeKind, Content, Piece
from assistant.localization.protection.codes import with_codes
from knowledge.domain.finding import Span
from knowledge.domain.locale import Locale
from knowledge.domain.quantity import Quantity
from knowledge.domain.text import sentences

CODE = "\ufffc"
"""Stands for a code in a text that is read: no letter, no blank, no figure."""

# A hard space is a plain one to the reader of quantities, except where it groups digits.
_HARD_SPACE = re.compile(r"[\u00a0\u202f](?!\d{3}(?!\d))|(?<!\d)[\u00a0\u202f]")
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")


class Reading:
    """A content as it is read: without its tags, so that <b>3</b> 万 is one figure, and with `CODE` for other codes."""

    def __init__(self, content: Content, locale: Locale) -> None:
        self.content, self.locale, self.language = content, locale, locale.language
        kept: list[str] = []
        self._starts: list[int] = []
        self._shifts: list[int] = []
        length = place = 0
        for piece in content.pieces:
            text = piece if isinstance(piece, str) else piece.text
            said = text if isinstance(piece, str) else "" if piece.kind in (CodeKind.OPEN, CodeKind.CLOSE) else CODE
            if said:
                kept.append(said)
                self._starts.append(length)
                self._shifts.append(place - length)
            length, place = length + len(said), place + len(text)
        self.text = "".join(kept)

    def place(self, start: int, end: int) -> Span:
        """The stretch of `text` as a span of the whole text with its codes."""
        if not self._starts:
            return Span(0, 0)
        first = self._shifts[max(0, bisect_right(self._starts, start) - 1)]
        last = self._shifts[max(0, bisect_right(self._starts, max(start, end - 1)) - 1)]
        return Span(start + first, end + last)

    @cached_property
    def marked(self) -> tuple[Piece, ...]:
        """The pieces, with what looks like a code in the strings as codes: a placeholder may be made up."""
        return with_codes(self.content).pieces

    @cached_property
    def codes(self) -> tuple[Code, ...]:
        """The codes of `marked`."""
        return tuple(piece for piece in self.marked if isinstance(piece, Code))

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The quantities of `text`, with spans in it."""
        if not self.locale.known:
            return ()
        tag = self.locale.tag
        if self.language == "es" and _DECIMAL_COMMA.search(self.text):
            tag = "es"  # written with a comma in a region that has a point
        return quantities(_HARD_SPACE.sub(" ", self.text), tag)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of `text`."""
        return sentences(self.text)

    @cached_property
    def folded(self) -> str:
        """`text` in small letters."""
        return self.text.lower()


class Facts:
    """Both sides of a pair as they are read, and how their figures compare."""

    def __init__(self, source: Content, target: Content, source_locale: Locale, target_locale: Locale) -> None:
        self.source = Reading(source, source_locale)
        self.target = Reading(target, target_locale)

    @cached_property
    def figures(self) -> Figures:
        """Which figures of the source the target has, lacks, and has of its own."""
        return match_figures(*(Side(one.text, one.language, one.figures) for one in (self.source, self.target)))
