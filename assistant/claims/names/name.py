"""A name as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.claims.names.places import Place
from knowledge.domain.finding import Span
from knowledge.lexicon import KnownName


@dataclass(frozen=True, slots=True)
class Name:
    """`folded` is its spelling, folded; `kind` a kind of claim. `known` is set when the lexicon has it, `place` when
    the table of places has it; else a pattern found it.

    `weak` counts the letters at its beginning that may be no part of it: a capital there says nothing, because a
    sentence begins with it. A name that is weak as a whole counts only beside a name of a source.
    """

    span: Span
    folded: str
    kind: str
    known: KnownName | None = None
    place: Place | None = None
    weak: int = 0

    @property
    def is_weak(self) -> bool:
        return self.weak >= len(self.folded)

    def overlaps(self, other: Name) -> bool:
        return self.span.overlaps(other.span)
