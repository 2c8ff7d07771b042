"""Entries, their versions and passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session

from knowledge.domain.errors import Conflict, NotFound
from knowledge.records import Audience, EntryVersion, Passage, Scope, State
from knowledge.store.repository import Repository, conflicts_as, utc
from knowledge.store.schema import EntryRow, EntryVersionRow, PassageRow

REVIEW_CYCLE = timedelta(days=90)
"""The default review cycle of an approved entry (DOMAIN.md, governance)."""


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to be stored: text, place, and its embedding as little-endian float32 bytes."""

    text: str
    headings: tuple[str, ...]
    locator: str
    embedding: bytes
    embedding_model: str


class Entries(Repository):
    """Reads and writes of entries. Methods that take a `session` are part of the caller's transaction."""

    def add_version(
        self, session: Session, new: EntryVersion, passages: Sequence[NewPassage], by: str, now: datetime
    ) -> tuple[EntryVersion, list[PassageRow]]:
        """Store `new` as the next version of its entry, with its passages; its `version` is given here.

        An approved version takes the place of the one before; a draft version stands beside it until approved.
        """
        with conflicts_as(f"entry '{new.entry_id}' was changed by somebody else meanwhile; import it again"):
            return self._add_version(session, new, passages, by, now)

    def _add_version(
        self, session: Session, new: EntryVersion, passages: Sequence[NewPassage], by: str, now: datetime
    ) -> tuple[EntryVersion, list[PassageRow]]:
        head = session.get(EntryRow, (self.workspace, new.entry_id))
        number = 1 if head is None else head.latest_version + 1
        approved = new.state is State.APPROVED
        version = replace(
            new,
            version=number,
            created_at=now,
            approved_by=by if approved else None,
            approved_at=now if approved else None,
            review_due=new.review_due or (now.date() + REVIEW_CYCLE if approved else None),
        )
        if head is None:
            head = EntryRow(workspace=self.workspace, id=new.entry_id, latest_version=number, approved_version=None)
            session.add(head)
            session.flush()
        head.latest_version = number
        if approved:
            head.approved_version = number
        session.add(_to_row(self.workspace, version, by))
        session.flush()
        rows = [
            PassageRow(
                workspace=self.workspace,
                id=f"{new.entry_id}@{number}#{ordinal}",
                entry_id=new.entry_id,
                version=number,
                ordinal=ordinal,
                text=passage.text,
                headings=list(passage.headings),
                locator=passage.locator,
                locale=version.locale,
                embedding=passage.embedding,
                embedding_model=passage.embedding_model,
            )
            for ordinal, passage in enumerate(passages)
        ]
        session.add_all(rows)
        session.flush()
        self.touch(session)
        return version, rows

    def approve(self, entry_id: str, by: str, now: datetime) -> EntryVersion:
        """Approve the newest version. Raises `NotFound`, or `Conflict` when it is approved or retired."""
        with self.database.session() as session:
            head = session.get(EntryRow, (self.workspace, entry_id))
            if head is None:
                raise NotFound(f"no entry '{entry_id}'; `koujing library list` shows all")
            row = session.get_one(EntryVersionRow, (self.workspace, entry_id, head.latest_version))
            if row.state in (State.APPROVED, State.RETIRED):
                raise Conflict(f"entry '{entry_id}' version {row.version} is {row.state} already")
            row.state = State.APPROVED
            row.approved_by, row.approved_at = by, utc(now)
            row.review_due = row.review_due or now.date() + REVIEW_CYCLE
            head.approved_version = row.version
            self.touch(session)
            return _from_row(row)

    def get(self, entry_id: str, version: int | None = None) -> EntryVersion:
        """The given version, else the approved one, else the newest. Raises `NotFound`."""
        with self.database.session() as session:
            head = session.get(EntryRow, (self.workspace, entry_id))
            number = version or (head and (head.approved_version or head.latest_version))
            row = session.get(EntryVersionRow, (self.workspace, entry_id, number)) if number else None
            if row is None:
                which = f"version {version} of entry" if version else "entry"
                raise NotFound(f"no {which} '{entry_id}'; `koujing library list` shows all")
            return _from_row(row)

    def counts(self) -> tuple[int, int]:
        """How many entries there are, and how many of them have an approved version."""
        counted = select(func.count(EntryRow.id), func.count(EntryRow.approved_version))
        with self.database.session() as session:
            entries, approved = session.execute(counted.where(EntryRow.workspace == self.workspace)).one()
        return entries, approved

    def latest(self) -> list[EntryVersion]:
        """The newest version of every entry, by id."""
        with self.database.session() as session:
            found = session.scalars(
                self.rows(EntryVersionRow)
                .join(EntryRow, _same_entry(EntryRow.latest_version))
                .order_by(EntryVersionRow.entry_id)
            )
            return [_from_row(row) for row in found]

    def by_origin(self, session: Session, origin: str) -> EntryVersion | None:
        """The newest version that was imported from this file."""
        row = session.scalar(
            self.rows(EntryVersionRow)
            .where(EntryVersionRow.origin == origin)
            .order_by(EntryVersionRow.version.desc())
            .limit(1)
        )
        return None if row is None else _from_row(row)

    def offered(self, scope: Scope, today: date) -> list[EntryVersion]:
        """The entry versions that `scope` may draw on, by id: state, date, audience, market, kind, locale."""
        with self.database.session() as session:
            found = session.scalars(self._offered(self.rows(EntryVersionRow), scope, today))
            return [entry for entry in map(_from_row, found) if in_market(entry, scope.market)]

    def offered_passages(self, scope: Scope, today: date) -> list[tuple[int, str]]:
        """Row number and locale of every passage that `scope` may draw on, by row number."""
        statement = self._offered(
            select(PassageRow.pk, PassageRow.locale, EntryVersionRow.markets)
            .join(
                EntryVersionRow,
                and_(
                    EntryVersionRow.workspace == PassageRow.workspace,
                    EntryVersionRow.entry_id == PassageRow.entry_id,
                    EntryVersionRow.version == PassageRow.version,
                ),
            )
            .where(PassageRow.workspace == self.workspace)
            .order_by(PassageRow.pk),
            scope,
            today,
        )
        with self.database.session() as session:
            return [
                (pk, locale)
                for pk, locale, markets in session.execute(statement)
                if scope.market is None or not markets or scope.market in markets
            ]

    def passages(self, pks: Iterable[int]) -> list[Passage]:
        """The passages with these row numbers, in the order given; unknown ones are left out."""
        wanted = list(pks)
        with self.database.session() as session:
            rows = {
                passage.pk: _passage(passage, entry)
                for passage, entry in session.execute(
                    select(PassageRow, EntryVersionRow)
                    .join(
                        EntryVersionRow,
                        and_(
                            EntryVersionRow.workspace == PassageRow.workspace,
                            EntryVersionRow.entry_id == PassageRow.entry_id,
                            EntryVersionRow.version == PassageRow.version,
                        ),
                    )
                    .where(PassageRow.workspace == self.workspace, PassageRow.pk.in_(wanted))
                )
            }
        return [rows[pk] for pk in wanted if pk in rows]

    def embeddings(self, pks: Iterable[int] | None = None) -> list[tuple[int, bytes, str]]:
        """Row number, embedding and its model: of these passages, or of all in the workspace."""
        statement = select(PassageRow.pk, PassageRow.embedding, PassageRow.embedding_model).where(
            PassageRow.workspace == self.workspace
        )
        if pks is not None:
            statement = statement.where(PassageRow.pk.in_(list(pks)))
        with self.database.session() as session:
            return [(pk, blob, model) for pk, blob, model in session.execute(statement.order_by(PassageRow.pk))]

    def embedding_models(self) -> dict[int, str]:
        """The model that embedded each passage of the workspace, by row number."""
        statement = select(PassageRow.pk, PassageRow.embedding_model).where(PassageRow.workspace == self.workspace)
        with self.database.session() as session:
            return dict(iter(session.execute(statement)))

    def set_embeddings(self, session: Session, embeddings: Iterable[tuple[int, bytes]], model: str) -> None:
        """Replace the embeddings of these passages by those of `model`."""
        for pk, embedding in embeddings:
            session.execute(
                update(PassageRow)
                .where(PassageRow.workspace == self.workspace, PassageRow.pk == pk)
                .values(embedding=embedding, embedding_model=model)
            )
        self.touch(session)

    def _offered(self, statement: Select[Any], scope: Scope, today: date) -> Select[Any]:
        """`statement` (which has EntryVersionRow) restricted to what `scope` may see, markets apart."""
        current: ColumnElement[bool] = EntryVersionRow.version == EntryRow.approved_version
        if set(scope.states) != {State.APPROVED}:
            current = or_(current, EntryVersionRow.version == EntryRow.latest_version)
        statement = statement.join(
            EntryRow, and_(EntryRow.workspace == EntryVersionRow.workspace, EntryRow.id == EntryVersionRow.entry_id)
        ).where(
            current,
            EntryVersionRow.state.in_([str(state) for state in scope.states]),
            or_(EntryVersionRow.valid_until.is_(None), EntryVersionRow.valid_until >= today),
            EntryVersionRow.audience.in_([str(audience) for audience in Audience(scope.audience).may_read]),
        )
        if scope.kinds:
            statement = statement.where(EntryVersionRow.kind.in_(scope.kinds))
        if scope.entries:
            statement = statement.where(EntryVersionRow.entry_id.in_(scope.entries))
        if scope.locale:
            language = scope.locale.split("-", 1)[0]
            statement = statement.where(
                or_(EntryVersionRow.locale == language, EntryVersionRow.locale.like(f"{language}-%"))
            )
        return statement


def in_market(entry: EntryVersion, market: str | None) -> bool:
    """True when the entry may be used in `market`; an entry without markets may be used in all."""
    return market is None or not entry.markets or market in entry.markets


def _same_entry(version: Any) -> ColumnElement[bool]:
    return and_(
        EntryRow.workspace == EntryVersionRow.workspace,
        EntryRow.id == EntryVersionRow.entry_id,
        version == EntryVersionRow.version,
    )


def _to_row(workspace: str, v: EntryVersion, by: str) -> EntryVersionRow:
    return EntryVersionRow(
        workspace=workspace,
        entry_id=v.entry_id,
        version=v.version,
        kind=v.kind,
        locale=v.locale,
        title=v.title,
        text=v.text,
        fields=dict(v.fields),
        state=str(v.state),
        audience=str(v.audience),
        markets=list(v.markets),
        customer=v.customer,
        owner=v.owner,
        translates=v.translates,
        source=v.source,
        origin=v.origin,
        content_hash=v.content_hash,
        review_due=v.review_due,
        valid_until=v.valid_until,
        approved_by=v.approved_by,
        approved_at=utc(v.approved_at) if v.approved_at else None,
        created_at=utc(v.created_at) if v.created_at else None,
        created_by=by,
    )


def _from_row(row: EntryVersionRow) -> EntryVersion:
    return EntryVersion(
        entry_id=row.entry_id,
        version=row.version,
        kind=row.kind,
        locale=row.locale,
        title=row.title,
        text=row.text,
        state=State(row.state),
        audience=Audience(row.audience),
        fields=row.fields,
        markets=tuple(row.markets),
        customer=row.customer,
        owner=row.owner,
        translates=row.translates,
        source=row.source,
        origin=row.origin,
        content_hash=row.content_hash,
        review_due=row.review_due,
        valid_until=row.valid_until,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        created_at=row.created_at,
    )


def _passage(row: PassageRow, entry: EntryVersionRow) -> Passage:
    return Passage(
        pk=row.pk,
        id=row.id,
        entry=_from_row(entry),
        text=row.text,
        headings=tuple(row.headings),
        locator=row.locator,
        locale=row.locale,
    )
