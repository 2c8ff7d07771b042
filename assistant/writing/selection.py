"""Which sentences of the evidence a section gets, when a small model puts them into other words one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.quantities import quantities
from assistant.claims.words import content_words
from assistant.draft import Evidence
from knowledge.domain.locale import Locale
from knowledge.domain.text import length, sentences

_QUOTE_LINE = re.compile(r"^\s*(?:>|[“\"「『])")
_ATTRIBUTION = re.compile(r"^\s*(?:——|—|–|--)")
_HEADING = re.compile(r"^#{1,6}\s")
_LISTING = re.compile(r"^\s*(?:[-*•·]\s+|\d{1,2}[.)、]\s*)(?:《|[*_]{1,2}[A-Z0-9]|“[A-Z])")
"""An item that begins with the title of a work, as in a reading list: it names, it states nothing."""
_MARK = re.compile(r"^\s*[-*•·]\s+")
_LEADS_IN = re.compile(r"[:：]\s*$")
_LEANS_BACK = re.compile(
    r"^\s*(?:这|该|此|其|它|上述|但|而且|不过|因此|所以"
    r"|(?:This|That|These|Those|It|Its|They|He|She|But|So|In (?:his|her|its|their) view)\b)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with those that lean on it ("This is a target."): taken together or not at all."""

    evidence: Evidence
    sentences: tuple[str, ...]
    order: int

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def key(self) -> str:
        """The same for the same words, wherever they stand."""
        return "".join(ch for ch in self.text.casefold() if ch.isalnum())


def units(evidence: Sequence[Evidence]) -> list[Unit]:
    """The evidence in units, in its order; quotes and what leads in to them are left out."""
    found: list[Unit] = []
    for piece in evidence:
        group: list[str] = []
        for text in _plain_sentences(piece.text):
            if group and _LEANS_BACK.match(text):
                group.append(text)
                continue
            _close(group, piece, found)
            group = [text]
        _close(group, piece, found)
    return found


def running_text(
    free: Sequence[Unit], locale: Locale, *, paragraphs: int, shortest: int, longest: int, figures_first: bool
) -> list[list[Unit]]:
    """Units in reading order, packed into at most `paragraphs` groups of at most `longest` characters or words.

    One piece of evidence makes one paragraph, unless that is shorter than `shortest` or there are too many.
    """
    room = longest * paragraphs
    chosen: list[Unit] = []
    for unit in sorted(free, key=lambda u: (figures_first and not quantities(u.text), u.order)):
        size = length(unit.text, locale)
        if size <= min(room, longest):
            chosen.append(unit)
            room -= size
    groups: list[list[Unit]] = []
    for unit in sorted(chosen, key=lambda u: u.order):
        size = sum(length(u.text, locale) for u in groups[-1]) if groups else longest
        together = size + length(unit.text, locale) <= longest
        same = bool(groups) and groups[-1][-1].evidence.id == unit.evidence.id
        if together and groups and (same or size < shortest or len(groups) == paragraphs):
            groups[-1].append(unit)
        elif len(groups) < paragraphs:
            groups.append([unit])
    return groups


def best(free: Sequence[Unit], query: str, count: int, *, figures: bool) -> list[Unit]:
    """The `count` units worth most to a list about `query`, in reading order."""
    words = content_words(query)

    def worth(unit: Unit) -> float:
        shared = len(words & content_words(unit.text)) / len(words) if words else 0.0
        return shared + (0.5 if figures and quantities(unit.text) else 0.0)

    ranked = sorted(free, key=lambda u: (-worth(u), u.order))
    return sorted(ranked[:count], key=lambda u: u.order)


def _plain_sentences(text: str) -> list[str]:
    """The sentences of a passage that are nobody's words but its own."""
    found: list[str] = []
    quoting = False
    for line in text.splitlines():
        if _HEADING.match(line) or _LISTING.match(line):
            continue
        line = _MARK.sub("", line)
        if _QUOTE_LINE.match(line) or _ATTRIBUTION.match(line):
            if found and not quoting:
                found.pop()  # what leads in to a quote says nothing without it
            quoting = True
            continue
        quoting = False
        found += [span.of(line).strip() for span in sentences(line)]
    return [s for s in found if not _LEADS_IN.search(s)]


def _close(group: list[str], piece: Evidence, found: list[Unit]) -> None:
    if group and len(content_words(" ".join(group))) >= 3:
        found.append(Unit(piece, tuple(group), len(found)))
