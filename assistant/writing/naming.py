"""Which products and names of the company a text names, and how often a template bears them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set

from assistant.draft import Evidence
from assistant.writing.context import Desk
from assistant.writing.selection import Unit
from knowledge.domain.errors import NotFound
from knowledge.domain.folding import fold
from knowledge.lexicon import NameKind
from prompts.rendering import names_in
from prompts.section import TemplateSection

Name = tuple[str, ...]
"""A thing by all its spellings."""


def products(text: str, desk: Desk) -> set[Name]:
    """The products of the library that a text names."""
    found = desk.standards.lexicon.spellings.find(fold(text))
    return {one.name.spellings for one in found if one.name.kind is NameKind.PRODUCT}


def products_asked(section: TemplateSection, desk: Desk) -> set[Name]:
    """The products that the inputs name by which a section searches; an entry by its title."""
    names = {name for want in section.evidence for name in names_in(want.query.of(desk.language))}
    return products("\n".join(_told(name, desk) for name in sorted(names)), desk)


def about(found: Iterable[Unit], asked: Set[Name], desk: Desk) -> Iterator[Unit]:
    """The units about the products asked for, or about none. One that names none is about those that its passage named
    last, else about those that its passage, then its entry names."""
    last: tuple[str, set[Name]] = ("", set())
    for unit in found if asked else ():
        here, piece = products(unit.text, desk), unit.evidence
        if here or last[0] != piece.id:
            last = (piece.id, here)
        named = last[1] or products(piece.text, desk) or _of_entry(piece, desk)
        if not named or asked & named:
            yield unit
    if not asked:
        yield from found


class Mentions:
    """How often the text written so far names the company and its products, within the limit that the template's rule
    `keyword_overuse` sets; without such a rule there is none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        limits = [int(rule.parameters.get("most", 0)) for rule in desk.template.rules_of("keyword_overuse")]
        self._most = min(limits, default=None)
        written = [p.text for s in desk.written.values() for p in s.paragraphs if not p.gap] if limits else []
        self._counts = Counter(name for text in written for name in self._keywords(text))

    def bears(self, text: str) -> bool:
        """True when the text may stand beside what is there; it is counted then."""
        if self._most is None:
            return True
        counts = self._counts + Counter(self._keywords(text))
        if max(counts.values(), default=0) > self._most:
            return False
        self._counts = counts
        return True

    def _keywords(self, text: str) -> Iterator[Name]:
        for found in self._desk.standards.lexicon.spellings.find(fold(text)):
            name = found.name
            if name.kind is NameKind.PRODUCT or (name.kind is NameKind.ORGANISATION and name.own):
                yield name.spellings


def _told(name: str, desk: Desk) -> str:
    declared, value = desk.template.input(name), desk.values.get(name, "")
    if declared is None or declared.type != "entry" or not value:
        return value
    try:
        return desk.book.resolve(value, declared.kind).chosen.title
    except NotFound:
        return value


def _of_entry(piece: Evidence, desk: Desk) -> set[Name]:
    if not piece.entry_id:
        return products(piece.title, desk)
    entry = desk.library.entries.get(piece.entry_id, piece.version)
    return products(f"{entry.title}\n{entry.text}", desk)
