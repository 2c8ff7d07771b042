"""What is in a workspace's translation memory: listed, marked, forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, delete, func, select

from assistant.localization.content import Content
from knowledge.domain.errors import InputError
from knowledge.domain.locale import Locale
from knowledge.store.record import Record
from knowledge.store.schema import MemoryRow

READ = 1000
"""Rows that one query brings: an export of a large memory stays flat."""


class PairCount(NamedTuple):
    """A locale pair, how many translations it has, how many of them are a person's."""

    source: str
    target: str
    translations: int
    by_people: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """One translation as it is kept. `context` is a digest of where it stood (empty: anywhere), `stale` says why it was
    marked by hand; `facts` are entries and their versions that the source stated. Times are UTC."""

    source: Content
    target: Content
    context: str
    origin: str
    by: str
    created_at: datetime
    updated_at: datetime
    used_at: datetime | None
    uses: int
    stale: str
    facts: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "source": str(self.source),
            "target": str(self.target),
            "origin": self.origin,
            "by": self.by,
            "updated_at": f"{self.updated_at.isoformat(timespec='seconds')}Z",
            "uses": self.uses,
            "facts": [entry_id for entry_id, _ in self.facts],
        }


class MemoryInventory(Record):
    """Reads and upkeep of the memory of one workspace."""

    def pairs(self) -> list[PairCount]:
        """Every locale pair that has translations."""
        people = func.count().filter(MemoryRow.origin == "person")
        pair = (MemoryRow.source_locale, MemoryRow.target_locale)
        counted = select(*pair, func.count(), people).where(MemoryRow.workspace == self.workspace)
        with self.reading() as session:
            return [PairCount(*row) for row in session.execute(counted.group_by(*pair).order_by(*pair))]

    def of(self, source: Locale, target: Locale, containing: str = "") -> Iterator[Remembered]:
        """The translations of a pair, in a fixed order; `containing`: those whose source has this text, capitals
        aside."""
        after = ("", "")
        while True:
            statement = (
                self.rows(MemoryRow)
                .where(*_pair(source, target), _behind(after))
                .order_by(MemoryRow.digest, MemoryRow.context)
                .limit(READ)
            )
            with self.reading() as session:
                rows = list(session.scalars(statement))
            # Not in the database: SQLite folds the capitals of ASCII only.
            yield from (_remembered(row) for row in rows if containing.casefold() in row.text.casefold())
            if len(rows) < READ:
                return
            after = (rows[-1].digest, rows[-1].context)

    def forget(self, source: Locale, target: Locale, *, text: str = "", by: str = "", now: datetime, who: str) -> int:
        """Take out the translations of a source text, those that `by` made, or both together; how many. `who` asks for
        it, for the record. Raises `InputError` when neither is given."""
        if not text and not by:
            raise InputError("say what is to be forgotten: a source text, or whose translations")
        chosen = [*_pair(source, target)]
        chosen += [MemoryRow.text == text] if text else []
        chosen += [MemoryRow.by == by] if by else []
        with self.writing() as session:  # revises: other processes read what they compare with anew
            rows = session.execute(delete(MemoryRow).where(MemoryRow.workspace == self.workspace, *chosen))
            count: int = getattr(rows, "rowcount", 0)
            if count:
                what = f"{source.tag}-{target.tag}: {text or by}"[:200]
                self.note(session, "memory", what, "forgotten", who, now, reason=f"{count} translations")
        return count

    def mark_stale(self, entries: Iterable[str], why: str) -> int:
        """Mark all that was translated from these entries, so that nobody is given it unseen; how many. It holds until
        a person has confirmed it. A fact that the library changes needs no mark: it is seen by itself."""
        wanted = set(entries)
        with_facts = self.rows(MemoryRow).where(cast(MemoryRow.facts, String) != "[]")
        with self.writing(revises=False) as session:
            rows = [row for row in session.scalars(with_facts) if wanted & {entry_id for entry_id, _ in row.facts}]
            for row in rows:
                row.stale = why
        return len(rows)


def _pair(source: Locale, target: Locale) -> tuple[ColumnElement[bool], ...]:
    return MemoryRow.source_locale == source.tag, MemoryRow.target_locale == target.tag


def _behind(after: tuple[str, str]) -> ColumnElement[bool]:
    digest, context = after
    return (MemoryRow.digest > digest) | ((MemoryRow.digest == digest) & (MemoryRow.context > context))


def _remembered(row: MemoryRow) -> Remembered:
    return Remembered(
        Content.from_json(row.source),
        Content.from_json(row.target),
        row.context,
        row.origin,
        row.by,
        row.created_at,
        row.updated_at,
        row.used_at,
        row.uses,
        row.stale,
        tuple((entry_id, version) for entry_id, version in row.facts),
    )
