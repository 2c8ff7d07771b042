"""What the library has on record of each certificate: number, holder, models, markets, and whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from knowledge.certifications import Mention, loose, mentions, proves
from knowledge.records import EntryVersion, State

_LIST = re.compile(r"[,，、;；\n]")


class Bar(StrEnum):
    """Why a certificate that is on record proves nothing for a scope."""

    EXPIRED = "expired"
    RETIRED = "retired"
    MARKET = "market"


@dataclass(frozen=True)
class CertificateRecord:
    """An entry of kind `certificate`: the authority on that certificate, over any text that mentions it.

    `names` are what it goes by: title, certificate, standards. `models` and `markets` are those it holds for, all when
    empty. `bar` is None when it proves something for the scope; `ended` its last day, None when it has none.
    """

    entry_id: str
    names: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    ended: date | None = None
    bar: Bar | None = None

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The standards, marks, titles and awards among its names."""
        return tuple(mention for name in self.names for mention in mentions(name))

    def speaks_of(self, mention: Mention) -> bool:
        """True when it is about the same standard, mark, title or award, in whatever edition."""
        if mention.in_words:
            words = mention.key[1]
            return any(words in loose(name) or proves(name, words) for name in self.names)
        return any(other.key[: len(mention.key)] == mention.key for other in self.mentions)

    def editions(self, mention: Mention) -> frozenset[str]:
        """The years of the standard that it names; empty when it names none."""
        return frozenset(m.year for m in self.mentions if m.year and m.key[: len(mention.key)] == mention.key)


def records_of(
    offered: Iterable[EntryVersion], on_record: Iterable[EntryVersion], today: date
) -> list[CertificateRecord]:
    """One for each certificate of the company. `offered` is what a scope may draw on; `on_record` may hold the same
    entries, and those that ran out, were retired or hold for other markets."""
    usable = {entry.entry_id: entry for entry in offered if _own(entry)}
    known = {entry.entry_id: entry for entry in on_record if _own(entry)} | usable
    return [
        _record(entry, _bar(entry, entry.entry_id in usable, today))
        for entry in sorted(known.values(), key=lambda e: (e.translates or e.entry_id, e.translates is not None))
    ]


def end_of(entry: EntryVersion) -> date | None:
    """The last day of what an entry certifies: by its fields, else its own."""
    value = entry.fields.get("valid_until")
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return entry.valid_until


def _own(entry: EntryVersion) -> bool:
    """A retired entry that was never the line says nothing."""
    said = entry.state is not State.RETIRED or entry.approved_at is not None
    return entry.kind == "certificate" and not entry.customer and said


def _bar(entry: EntryVersion, usable: bool, today: date) -> Bar | None:
    end = end_of(entry)
    if entry.state is State.RETIRED:
        return Bar.RETIRED
    if end is not None and end < today:
        return Bar.EXPIRED
    return None if usable else Bar.MARKET


def _record(entry: EntryVersion, bar: Bar | None) -> CertificateRecord:
    fields = entry.fields
    names = (entry.title, *texts(fields.get("certificate")), *texts(fields.get("standards")))
    ended = entry.ended_at.date() if bar is Bar.RETIRED and entry.ended_at else end_of(entry)
    return CertificateRecord(
        entry_id=entry.entry_id,
        names=tuple(dict.fromkeys(name for name in names if name)),
        numbers=tuple(_parts(fields.get("number"))),
        models=tuple(_parts(fields.get("models"))),
        markets=tuple(entry.markets),
        ended=ended,
        bar=bar,
    )


def _parts(value: Any) -> Iterator[str]:
    """A field's texts, those that stand in one line among them: `R200、R300`."""
    return (part.strip() for text in texts(value) for part in _LIST.split(text) if part.strip())


def texts(value: Any) -> list[str]:
    """A field's texts, whether it holds one or several."""
    found: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
    return [str(item).strip() for item in found if item is not None and str(item).strip()]
