"""All figures of the approved library, indexed so that only those are compared which can be about the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from assistant.claims.figures.places import measure
from assistant.lint.comparing import Measures, unit_of
from assistant.lint.figures import Figure, figures_of
from assistant.lint.subjects import Subjects
from assistant.lint.translated import pairs_at_odds
from assistant.lint.view import LintView
from knowledge.domain.quantity import Match
from knowledge.records import EntryVersion

TELLING = 3
"""Of the words of a figure, the rarest by which it is looked up."""
FEW = 6
"""Up to so many figures a block is taken as it is."""
CROWD = 60
"""A block with more figures than this says nothing about what they have in common, and is left out."""

Key = tuple[Any, ...]


class FigureLedger:
    """The figures of the current entries; of others when they are asked for."""

    def __init__(self, view: LintView) -> None:
        self._view = view
        self.subjects = Subjects(view)
        self._of: dict[tuple[str, int], tuple[Figure, ...]] = {}

    @classmethod
    def of(cls, view: LintView) -> FigureLedger:
        """The ledger of a view, made once."""
        if view not in _LEDGERS:
            _LEDGERS[view] = cls(view)
        return _LEDGERS[view]

    def figures(self, entry: EntryVersion) -> tuple[Figure, ...]:
        """The figures of any version."""
        key = (entry.entry_id, entry.version)
        if key not in self._of:
            self._of[key] = figures_of(entry, self._view, self.subjects)
        return self._of[key]

    @cached_property
    def current(self) -> list[Figure]:
        return [figure for entry in self._view.current for figure in self.figures(entry)]

    @cached_property
    def measures(self) -> Measures:
        return Measures(self.current)

    @cached_property
    def _blocks(self) -> dict[Key, list[Figure]]:
        blocks: dict[Key, list[Figure]] = defaultdict(list)
        for figure in self.current:
            for key in self.keys(figure):
                blocks[key].append(figure)
        return blocks

    def blocks(self) -> Iterator[list[Figure]]:
        """Groups of figures that may be said of the same thing. Of a value that many entries have a few stand for all;
        a group with too many values even so is left out, unless it is one of a common measure."""
        for key, block in self._blocks.items():
            if len(block) > FEW:
                block = _thinned(block)
            if 1 < len(block) <= (4 * CROWD if key[0] == "concept" else CROWD):
                yield block

    def keys(self, figure: Figure) -> list[Key]:
        """The blocks of a figure: its concept, or its rarest words with subject, product and kind of figure."""
        frame = (figure.subject, figure.product, unit_of(figure))
        if figure.concept:
            return [("concept", figure.concept, *frame)]
        ordered = sorted(figure.words, key=lambda w: (-self.measures.rarity(figure.language, w), w))
        keys: list[Key] = [("word", figure.language, *frame, word) for word in ordered[:TELLING]]
        if figure.partner is not None and figure.partner.value is not None:
            keys.append(("change", figure.language, *frame, figure.role, figure.partner.value))
        return keys

    def alike(self, figure: Figure) -> list[Figure]:
        """The current figures that may be said of the same thing as one of any version."""
        found = {id(f): f for key in self.keys(figure) for f in self._blocks.get(key, ())[: 4 * CROWD]}
        return list(found.values())

    @cached_property
    def _by_value(self) -> dict[Fraction | None, list[Figure]]:
        found: dict[Fraction | None, list[Figure]] = defaultdict(list)
        for figure in self.current:
            found[figure.quantity.value].append(figure)
        return found

    def of_value(self, value: Fraction | None) -> Sequence[Figure]:
        """The current figures with a value."""
        return self._by_value.get(value, ())

    @cached_property
    def _values(self) -> dict[tuple[str, int], dict[Fraction | None, list[Figure]]]:
        values: dict[tuple[str, int], dict[Fraction | None, list[Figure]]] = {}
        for figure in self.current:
            mine = values.setdefault((figure.entry.entry_id, figure.entry.version), defaultdict(list))
            mine[figure.quantity.value].append(figure)
        return values

    def knows(self, entry: EntryVersion, figure: Figure) -> bool:
        """True when the entry itself has the figure too, of something that shares a word: it tells both apart. Within
        one entry a field is known that stands anywhere in the text."""
        q = figure.quantity
        there = self._values.get((entry.entry_id, entry.version), {}).get(q.value, ())
        if entry is figure.entry:
            return not figure.in_text and any(f.in_text and f.quantity.date == q.date for f in there)
        return any(
            f.quantity.date == q.date and f.quantity.qualifier is q.qualifier and measure(f.quantity) == measure(q)
            and (f.words & figure.words or f.concept or f.language != figure.language)
            for f in there
        )  # fmt: skip

    @cached_property
    def _changes(self) -> dict[Key, set[str]]:
        """The cases that have a change, by customer and both its figures."""
        changes: dict[Key, set[str]] = defaultdict(set)
        for figure in self.current:
            if figure.entry.kind == "case" and figure.partner is not None:
                changes[_change(figure)].add(self._view.group(figure.entry))
        return changes

    def two_projects(self, one: Figure, other: Figure) -> bool:
        """True when both are changes and different cases of the customer have them: each retells its own project."""
        if one.partner is None or other.partner is None:
            return False
        cases = [
            self._changes.get(_change(f), set()) | ({self._view.group(f.entry)} if f.entry.kind == "case" else set())
            for f in (one, other)
        ]
        return all(cases) and not cases[0] & cases[1]

    def mistranslated(self) -> Iterator[tuple[Figure, Figure, Match]]:
        """Figures of an original and its translation that stand in each other's place and differ."""
        for members in self._view.groups.values():
            originals = [e for e in members if not e.translates]
            for original in originals[:1]:
                for other in members:
                    if other is not original:
                        yield from pairs_at_odds(self._text(original), self._text(other))

    def _text(self, entry: EntryVersion) -> Sequence[Figure]:
        return [figure for figure in self.figures(entry) if figure.in_text]


_LEDGERS: WeakKeyDictionary[LintView, FigureLedger] = WeakKeyDictionary()


def _change(figure: Figure) -> Key:
    """Customer, unit and both ends of a change, from first to last."""
    ends = [figure.quantity.value, figure.partner.value if figure.partner else None]
    return (figure.subject, measure(figure.quantity), *(ends if figure.role == "from" else reversed(ends)))


def _thinned(block: Sequence[Figure]) -> list[Figure]:
    """Of figures with the same value the first few; a library says its headcount a hundred times. Fields stay."""
    kept: dict[Key, list[Figure]] = defaultdict(list)
    for figure in block:
        q = figure.quantity
        same = kept[
            (q.value, q.qualifier, q.date, figure.period, figure.language, figure.in_text, figure.entry.markets)
        ]
        if len(same) < 3:
            same.append(figure)
    return [figure for same in kept.values() for figure in same]
