"""The library as an index: every entry by its kind and title, without texts: ten thousand are listed at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import or_, select

from knowledge.domain.locale import parse_locale
from knowledge.records import KINDS, State
from knowledge.store.database import Database
from knowledge.store.entry_rows import version_is
from knowledge.store.repository import Repository
from knowledge.store.schema import EntryRow, EntryVersionRow
from knowledge.store.workspaces import revision


@dataclass(frozen=True, slots=True)
class IndexLine:
    """The newest version of an entry as a list shows it. `line` is the approved version, None without one."""

    entry_id: str
    version: int
    kind: str
    locale: str
    title: str
    state: State
    audience: str
    markets: tuple[str, ...]
    customer: str | None
    owner: str
    translates: str | None
    review_due: date | None
    valid_until: date | None
    line: int | None

    @property
    def proposed(self) -> bool:
        """True when a newer version waits beside an approved one."""
        return self.line is not None and self.line != self.version


@dataclass(frozen=True, slots=True)
class IndexWanted:
    """What the index is narrowed to; empty: not by that. `words` stand in title, id or owner, all of them."""

    kind: str = ""
    locale: str = ""
    state: str = ""
    audience: str = ""
    market: str = ""
    customer: str = ""
    words: str = ""


_KEPT: WeakKeyDictionary[Database, dict[str, tuple[int | None, list[IndexLine]]]] = WeakKeyDictionary()
"""The whole index of a workspace at a revision of it: it is read again when anything has changed."""


class EntryIndex(Repository):
    """Reads the index of one workspace."""

    def lines(self, *, customer: str = "", original: str = "") -> list[IndexLine]:
        """Every entry, or those about a customer, or an original with its translations; by kind and then by title as a
        Chinese index has it (pinyin, Latin letters first)."""
        whole = not customer and not original
        state = revision(self.database, self.workspace) if whole else None
        kept = _KEPT.setdefault(self.database, {})
        if whole and self.workspace in kept and kept[self.workspace][0] == state:
            return kept[self.workspace][1]
        found = self._read(customer, original)
        if whole:
            kept[self.workspace] = (state, found)
        return found

    def _read(self, customer: str, original: str) -> list[IndexLine]:
        v = EntryVersionRow
        columns = (
            v.entry_id, v.version, v.kind, v.locale, v.title, v.state, v.audience, v.markets, v.customer, v.owner,
            v.translates, v.review_due, v.valid_until,
        )  # fmt: skip
        statement = select(*columns, EntryRow.approved_version).join(EntryRow, version_is(EntryRow.latest_version))
        statement = statement.where(v.workspace == self.workspace)
        if customer:
            statement = statement.where(v.customer == customer)
        if original:
            statement = statement.where(or_(v.entry_id == original, v.translates == original))
        with self.reading() as session:
            rows: Sequence[Any] = session.execute(statement).all()
        found = [
            IndexLine(i, n, kind, locale, title, State(state), audience, tuple(markets), *rest)
            for i, n, kind, locale, title, state, audience, markets, *rest in rows
        ]
        return sorted(found, key=_place)

    def locales(self) -> set[str]:
        """The languages that entries are in."""
        column = EntryVersionRow.locale
        with self.reading() as session:
            return set(session.scalars(select(column).where(EntryVersionRow.workspace == self.workspace).distinct()))


def narrowed(lines: Sequence[IndexLine], wanted: IndexWanted, today: date) -> list[IndexLine]:
    """Those that fit. Raises `InputError` for a locale that is none."""
    language = parse_locale(wanted.locale).language if wanted.locale else ""
    words = wanted.words.casefold().split()
    return [
        line
        for line in lines
        if (not wanted.kind or line.kind == wanted.kind)
        and (not language or line.locale.split("-", 1)[0] == language)
        and (not wanted.state or state_on(line, today) == wanted.state)
        and (not wanted.audience or line.audience == wanted.audience)
        and (not wanted.market or not line.markets or wanted.market in line.markets)
        and (not wanted.customer or line.customer == wanted.customer)
        and (not words or all(word in f"{line.title}\n{line.entry_id}\n{line.owner}".casefold() for word in words))
    ]


def state_on(line: IndexLine, today: date) -> State:
    """As people see it: an approved version is expired from the day after its last."""
    ran_out = line.valid_until is not None and today > line.valid_until
    return State.EXPIRED if line.state is State.APPROVED and ran_out else line.state


def counts(lines: Sequence[IndexLine], today: date) -> Counter[State]:
    """How many there are in each state."""
    return Counter(state_on(line, today) for line in lines)


def _place(line: IndexLine) -> tuple[int, bytes, str]:
    # GB 18030 has the common ideographs in the order of their pinyin, behind the Latin letters.
    return KINDS.index(line.kind), line.title.casefold().encode("gb18030", "replace"), line.entry_id
