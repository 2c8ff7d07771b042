"""The library as the rules see it: what is the line today, what was, and each text read once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from assistant.claims.quantities import quantities
from assistant.claims.reading import Reading
from assistant.lint.names import CustomerPlaces, Naming
from knowledge.domain.locale import detect_language
from knowledge.domain.text import sentences
from knowledge.gate import Gate
from knowledge.lexicon import Lexicon
from knowledge.lexicon_builder import build_lexicon
from knowledge.records import Audience, Customer, EntryVersion, Scope, State, Term


class LintView:
    """Entries by what they are today. `entries` may hold any versions of any entries, in any order.

    `current` are the approved lines, one version an entry; `newest` the newest versions that are not retired, in
    whatever state; `past` what was the line and is not: expired, retired, replaced by a newer version.
    """

    def __init__(
        self, entries: Iterable[EntryVersion], customers: Iterable[Customer], terms: Iterable[Term], today: date
    ) -> None:
        self.today = today
        self.customers = {customer.id: customer for customer in customers}
        self.terms = tuple(terms)
        self.versions: dict[str, list[EntryVersion]] = defaultdict(list)
        for entry in {(e.entry_id, e.version): e for e in entries}.values():
            self.versions[entry.entry_id].append(entry)
        for versions in self.versions.values():
            versions.sort(key=lambda e: e.version)
        ordered = [self.versions[entry_id] for entry_id in sorted(self.versions)]
        self.current = [line for versions in ordered if (line := self._line(versions))]
        self.newest = [versions[-1] for versions in ordered if versions[-1].state is not State.RETIRED]
        lines = {(e.entry_id, e.version) for e in self.current}
        self.past = [
            e for versions in ordered for e in versions if _was_said(e) and (e.entry_id, e.version) not in lines
        ]
        self.line = {entry.entry_id: entry for entry in self.current}
        self._readings: dict[tuple[str, int], Reading] = {}
        self._namings: dict[tuple[str, int], list[Naming]] = {}

    def _line(self, versions: Sequence[EntryVersion]) -> EntryVersion | None:
        """The approved version of an entry that holds today."""
        approved = [e for e in versions if e.state in (State.APPROVED, State.EXPIRED)]
        last = approved[-1] if approved else None
        if last is None or last.ended_at is not None or last.state_on(self.today) is not State.APPROVED:
            return None
        return None if any(e.state is State.RETIRED and e.version > last.version for e in versions) else last

    def group(self, entry: EntryVersion) -> str:
        """The id of the original of which the entry is a translation; its own id when it is none."""
        seen = {entry.entry_id}
        while entry.translates and entry.translates not in seen and entry.translates in self.versions:
            seen.add(entry.translates)
            entry = self.line.get(entry.translates) or self.versions[entry.translates][-1]
        return min(seen) if entry.translates in seen else (entry.translates or entry.entry_id)

    @cached_property
    def groups(self) -> dict[str, list[EntryVersion]]:
        """The current entries by the original they belong to."""
        groups: dict[str, list[EntryVersion]] = defaultdict(list)
        for entry in self.current:
            groups[self.group(entry)].append(entry)
        return groups

    def reading(self, entry: EntryVersion) -> Reading:
        """The text of a version, read once."""
        key = (entry.entry_id, entry.version)
        if key not in self._readings:
            tongue = language(entry)
            self._readings[key] = Reading(
                entry.text, tongue, quantities(entry.text, tongue), tuple(sentences(entry.text))
            )
        return self._readings[key]

    def namings(self, entry: EntryVersion) -> list[Naming]:
        """The customers that the text of a version speaks of, in order."""
        key = (entry.entry_id, entry.version)
        if key not in self._namings:
            self._namings[key] = self.places.find(entry.text)
        return self._namings[key]

    @cached_property
    def places(self) -> CustomerPlaces:
        return CustomerPlaces(self.customers.values())

    @cached_property
    def lexicon(self) -> Lexicon:
        """What the current entries know by name, customers among it."""
        gate = Gate(self.customers.values(), Scope(audience=Audience.INTERNAL), self.today)
        return build_lexicon(self.current, list(self.customers.values()), self.terms, gate, self.today)


def _was_said(entry: EntryVersion) -> bool:
    """True for a version that was an agreed line once."""
    return entry.state in (State.APPROVED, State.EXPIRED, State.RETIRED)


def language(entry: EntryVersion) -> str:
    """The two letters of the entry's language, from its locale or else from its text."""
    tongue = entry.locale.split("-", 1)[0].lower()
    return tongue if len(tongue) == 2 and tongue.isalpha() else detect_language(entry.text) or "en"


def overlap(one: EntryVersion, other: EntryVersion) -> bool:
    """True when there is a market where both may be used."""
    return not one.markets or not other.markets or bool(set(one.markets) & set(other.markets))


def line_start(text: str, position: int) -> int:
    """Where the line that holds a position begins."""
    return text.rfind("\n", 0, position) + 1


def between(namings: Sequence[Naming], start: int, end: int) -> list[Naming]:
    """Those that begin between two positions."""
    starts = [naming.span.start for naming in namings]
    return list(namings[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)])


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in an entry's fields with its path: `("pillars[0].proofs[1]", "case-water")`."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from strings(inner, f"{path}[{number}]")
