"""Entries and their versions: how they come in, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from knowledge.domain.errors import Conflict, NotFound
from knowledge.facts import facts_of
from knowledge.records import EntryVersion, State
from knowledge.store.entry_rows import version_is, version_of, version_values
from knowledge.store.life import Life
from knowledge.store.passages import Passages, batches
from knowledge.store.repository import conflicts_as, utc
from knowledge.store.schema import EntryRow, EntryVersionRow, PassageRow


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to be stored: text, place, and its embedding as little-endian float32 bytes."""

    text: str
    headings: tuple[str, ...]
    locator: str
    embedding: bytes
    embedding_model: str


class NewVersion(NamedTuple):
    """A version to be stored with its passages. `after` is the version that its writer saw (0: there
    was none); None asks nothing.

    `as_it_was`: number, times and approval are those of the record given (a library that comes back).
    """

    version: EntryVersion
    passages: Sequence[NewPassage]
    after: int | None = None
    as_it_was: bool = False


class Stored(NamedTuple):
    """What became of a `NewVersion`: as it is kept, and the row numbers of its passages in order."""

    version: EntryVersion
    pks: list[int]


class Entries(Life, Passages):
    """Reads and writes of entries. Methods that take a `session` are part of the caller's transaction."""

    def add_versions(
        self,
        session: Session,
        items: Sequence[NewVersion],
        by: str,
        now: datetime,
        *,
        act: str = "imported",
        reason: str = "",
    ) -> list[Stored]:
        """Store each item as the next version of its entry; numbers are given here.

        An approved version takes the place of the one before; a draft version stands beside it until approved.
        Raises `Conflict` when an entry has a version that the writer of an item did not see.
        """
        message = "an entry was changed by somebody else meanwhile; do it again"
        if len(items) == 1:
            message = f"entry '{items[0].version.entry_id}' was changed by somebody else meanwhile; do it again"
        with conflicts_as(message):
            heads = self._heads(session, {item.version.entry_id for item in items})
            stored = [Stored(self._add(session, heads, item, by, now, act, reason), []) for item in items]
            session.flush()
            self._add_passages(session, items, stored)
        return stored

    def add_version(
        self,
        session: Session,
        new: EntryVersion,
        passages: Sequence[NewPassage],
        by: str,
        now: datetime,
        *,
        after: int | None = None,
        act: str = "imported",
        reason: str = "",
    ) -> Stored:
        """`add_versions` for one."""
        [stored] = self.add_versions(session, [NewVersion(new, passages, after)], by, now, act=act, reason=reason)
        return stored

    def get(self, entry_id: str, version: int | None = None) -> EntryVersion:
        """The given version, else the approved one, else the newest. Raises `NotFound`."""
        with self.reading() as session:
            head = session.get(EntryRow, (self.workspace, entry_id))
            number = version or (head and (head.approved_version or head.latest_version))
            row = session.get(EntryVersionRow, (self.workspace, entry_id, number)) if number else None
            if row is None:
                which = f"version {version} of entry" if version else "entry"
                raise NotFound(f"no {which} '{entry_id}'; `koujing library list` shows all")
            return version_of(row)

    def newest(self, entry_id: str) -> EntryVersion:
        """The newest version, approved or not. Raises `NotFound`."""
        return self.versions(entry_id)[-1]

    def versions(self, entry_id: str) -> list[EntryVersion]:
        """Every version of an entry, the oldest first. Raises `NotFound`."""
        with self.reading() as session:
            found = session.scalars(
                self.rows(EntryVersionRow).where(EntryVersionRow.entry_id == entry_id).order_by(EntryVersionRow.version)
            )
            versions = [version_of(row) for row in found]
        if not versions:
            raise NotFound(f"no entry '{entry_id}'; `koujing library list` shows all")
        return versions

    def counts(self) -> tuple[int, int]:
        """How many entries there are, and how many of them have an approved version."""
        counted = select(func.count(EntryRow.id), func.count(EntryRow.approved_version))
        with self.reading() as session:
            entries, approved = session.execute(counted.where(EntryRow.workspace == self.workspace)).one()
        return entries, approved

    def latest(self) -> list[EntryVersion]:
        """The newest version of every entry, by id."""
        return self._by_head(EntryRow.latest_version)

    def line(self) -> list[EntryVersion]:
        """The approved version of every entry that has one, by id; expired ones, too."""
        return self._by_head(EntryRow.approved_version)

    def every(self) -> list[EntryVersion]:
        """Every version of every entry, by id and number."""
        with self.reading() as session:
            found = session.scalars(
                self.rows(EntryVersionRow).order_by(EntryVersionRow.entry_id, EntryVersionRow.version)
            )
            return [version_of(row) for row in found]

    def by_origin(self, session: Session, origin: str) -> EntryVersion | None:
        """The newest version that was imported from this file."""
        row = session.scalar(
            self.rows(EntryVersionRow)
            .where(EntryVersionRow.origin == origin)
            .order_by(EntryVersionRow.version.desc())
            .limit(1)
        )
        return None if row is None else version_of(row)

    def newest_of(self, session: Session, entry_id: str) -> EntryVersion | None:
        """The newest version of an entry; None when there is no such entry."""
        row = session.scalar(
            self.rows(EntryVersionRow)
            .where(EntryVersionRow.entry_id == entry_id)
            .order_by(EntryVersionRow.version.desc())
            .limit(1)
        )
        return None if row is None else version_of(row)

    def customers_of(self, versions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """Whom entry versions are about; those that are about no customer are left out."""
        wanted = set(versions)
        columns = (EntryVersionRow.entry_id, EntryVersionRow.version, EntryVersionRow.customer)
        found: dict[tuple[str, int], str] = {}
        with self.reading() as session:
            for part in batches(sorted({entry_id for entry_id, _ in wanted})):
                rows = session.execute(
                    select(*columns).where(
                        EntryVersionRow.workspace == self.workspace,
                        EntryVersionRow.entry_id.in_(part),
                        EntryVersionRow.customer.is_not(None),
                    )
                )
                found.update(((i, n), customer) for i, n, customer in rows if (i, n) in wanted and customer)
        return found

    def _by_head(self, number: object) -> list[EntryVersion]:
        with self.reading() as session:
            found = session.scalars(
                self.rows(EntryVersionRow).join(EntryRow, version_is(number)).order_by(EntryVersionRow.entry_id)
            )
            return [version_of(row) for row in found]

    def _heads(self, session: Session, ids: Iterable[str]) -> dict[str, EntryRow]:
        """The heads of these entries; a new one is made with no version yet."""
        wanted = sorted(ids)
        found: dict[str, EntryRow] = {}
        for part in batches(wanted):
            found.update((row.id, row) for row in session.scalars(self.rows(EntryRow).where(EntryRow.id.in_(part))))
        for entry_id in wanted:
            if entry_id not in found:
                found[entry_id] = EntryRow(
                    workspace=self.workspace, id=entry_id, latest_version=0, approved_version=None
                )
                session.add(found[entry_id])
        session.flush()
        return found

    def _add(
        self,
        session: Session,
        heads: dict[str, EntryRow],
        item: NewVersion,
        by: str,
        now: datetime,
        act: str,
        reason: str,
    ) -> EntryVersion:
        new = item.version
        head = heads[new.entry_id]
        seen = head.latest_version
        if item.after is not None and item.after != seen:
            raise Conflict(
                f"entry '{new.entry_id}' has version {seen} by now, this was made from version {item.after}; "
                f"look at it (`koujing library diff {new.entry_id}`) and do it again"
            )
        version = self._numbered(new, seen, by, now, item.as_it_was)
        if version.state is State.APPROVED:
            self._end(session, new.entry_id, head.approved_version, by, now, "superseded")
            head.approved_version = version.version
        head.latest_version = version.version
        session.add(EntryVersionRow(**version_values(self.workspace, version)))
        self.note(session, "entry", new.entry_id, act, by, now, version=version.version, reason=reason)
        if version.state is State.APPROVED and not item.as_it_was:
            self.note(session, "entry", new.entry_id, "approved", by, now, version=version.version, reason=reason)
        return version

    def _numbered(self, new: EntryVersion, seen: int, by: str, now: datetime, as_it_was: bool) -> EntryVersion:
        approved, moment = new.state is State.APPROVED, utc(now)
        facts = new.facts or facts_of(new.text, new.fields)
        if as_it_was:
            return replace(
                new,
                version=max(new.version, seen + 1),
                facts=facts,
                created_at=new.created_at or moment,
                created_by=new.created_by or by,
                approved_at=(new.approved_at or moment) if approved else new.approved_at,
            )
        return replace(
            new,
            version=seen + 1,
            facts=facts,
            created_at=moment,
            created_by=by,
            approved_by=by if approved else None,
            approved_at=moment if approved else None,
            ended_at=None,
            review_due=new.review_due or (self.next_review(new.kind, now.date()) if approved else None),
        )

    def _add_passages(self, session: Session, items: Sequence[NewVersion], stored: Sequence[Stored]) -> None:
        owners: list[list[int]] = []
        values = []
        for item, (version, pks) in zip(items, stored, strict=True):
            for ordinal, passage in enumerate(item.passages):
                owners.append(pks)
                values.append(
                    {
                        "workspace": self.workspace,
                        "id": f"{version.entry_id}@{version.version}#{ordinal}",
                        "entry_id": version.entry_id,
                        "version": version.version,
                        "ordinal": ordinal,
                        "text": passage.text,
                        "headings": list(passage.headings),
                        "locator": passage.locator,
                        "locale": version.locale,
                        "embedding": passage.embedding,
                        "embedding_model": passage.embedding_model,
                    }
                )
        at = 0
        for part in batches(values):
            numbers = session.scalars(
                insert(PassageRow).returning(PassageRow.pk, sort_by_parameter_order=True), part
            ).all()
            for pks, pk in zip(owners[at : at + len(part)], numbers, strict=True):
                pks.append(pk)
            at += len(part)
