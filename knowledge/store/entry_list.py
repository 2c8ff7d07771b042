"""The list of entries, a page at a time: the newest version of each that fits, by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Select, or_

from knowledge.domain.locale import parse_locale
from knowledge.records import EntryVersion, State
from knowledge.store.entry_rows import version_is, version_of
from knowledge.store.passages import in_market
from knowledge.store.repository import Repository
from knowledge.store.schema import EntryRow, EntryVersionRow

_AT_ONCE = 500
"""Rows read in one statement."""


@dataclass(frozen=True, slots=True)
class WantedEntries:
    """What a list is narrowed to; None: not narrowed by that. `locale` counts by its language, `market` as "may be used
    there", `words` stand in id, title or text in any case, all of them."""

    kind: str | None = None
    locale: str | None = None
    state: State | None = None
    audience: str | None = None
    market: str | None = None
    customer: str | None = None
    owner: str | None = None
    words: str | None = None


class EntryList(Repository):
    """Reads entries in the order of their ids."""

    def page(
        self, wanted: WantedEntries, today: date, *, limit: int | None = None, after: str = ""
    ) -> list[EntryVersion]:
        """The first `limit` entries (None: all) that fit and whose id comes behind `after`. Raises `InputError` for a
        locale that is none."""
        found = (entry for entry in self._newest(wanted, today, after) if _fits(entry, wanted))
        return list(islice(found, limit))

    def _newest(self, wanted: WantedEntries, today: date, after: str) -> Iterator[EntryVersion]:
        statement = self.rows(EntryVersionRow).join(EntryRow, version_is(EntryRow.latest_version))
        statement = _narrowed(statement, wanted, today).order_by(EntryVersionRow.entry_id).limit(_AT_ONCE)
        while True:
            with self.reading() as session:
                rows = session.scalars(statement.where(EntryVersionRow.entry_id > after))
                entries = [version_of(row) for row in rows]
            yield from entries
            if len(entries) < _AT_ONCE:
                return
            after = entries[-1].entry_id


def _narrowed(statement: Select[Any], wanted: WantedEntries, today: date) -> Select[Any]:
    """The conditions that the database can tell."""
    version = EntryVersionRow
    for column, value in (
        (version.kind, wanted.kind),
        (version.audience, wanted.audience),
        (version.customer, wanted.customer),
        (version.owner, wanted.owner),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if wanted.locale is not None:
        language = parse_locale(wanted.locale).language
        statement = statement.where(or_(version.locale == language, version.locale.startswith(f"{language}-")))
    if wanted.state is State.EXPIRED:
        statement = statement.where(version.state == str(State.APPROVED), version.valid_until < today)
    elif wanted.state is State.APPROVED:
        running = or_(version.valid_until.is_(None), version.valid_until >= today)
        statement = statement.where(version.state == str(State.APPROVED), running)
    elif wanted.state is not None:
        statement = statement.where(version.state == str(wanted.state))
    return statement


def fits(entry: EntryVersion, wanted: WantedEntries, today: date) -> bool:
    """True when the entry is what a list narrowed so shows on `today`."""
    locale = parse_locale(wanted.locale).language if wanted.locale else None
    pairs = (
        (wanted.kind, entry.kind),
        (locale, parse_locale(entry.locale).language),
        (wanted.state, entry.state_on(today)),
        (wanted.audience, str(entry.audience)),
        (wanted.customer, entry.customer),
        (wanted.owner, entry.owner),
    )
    return all(value is None or value == said for value, said in pairs) and _fits(entry, wanted)


def _fits(entry: EntryVersion, wanted: WantedEntries) -> bool:
    """What only reading can tell: a list inside a column, and words in any case of any script."""
    said = "\n".join((entry.entry_id, entry.title, entry.text)).casefold() if wanted.words else ""
    return in_market(entry, wanted.market) and all(word in said for word in (wanted.words or "").casefold().split())
