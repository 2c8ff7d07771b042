"""Passages of entry versions: which of them a scope may see, and their embeddings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session, defer

from knowledge.records import Audience, EntryVersion, Passage, Scope, State
from knowledge.store.entry_rows import of_version, passage_of, version_is, version_of
from knowledge.store.repository import Repository
from knowledge.store.schema import EntryRow, EntryVersionRow, PassageRow

_Item = TypeVar("_Item")

BATCH = 5000
"""Values given to one statement; databases count them (PostgreSQL: 65,535 at most)."""


class Passages(Repository):
    """Reads of what may be offered. Methods that take a `session` are part of the caller's transaction."""

    def offered(self, scope: Scope, today: date) -> list[EntryVersion]:
        """The entry versions that `scope` may draw on, by id: state, date, audience, market, kind, locale."""
        with self.reading() as session:
            found = session.scalars(
                _offered(self.rows(EntryVersionRow), scope, today).order_by(EntryVersionRow.entry_id)
            )
            return [entry for entry in map(version_of, found) if in_market(entry, scope.market)]

    def offered_passages(self, scope: Scope, today: date) -> list[tuple[int, str]]:
        """Row number and locale of every passage that `scope` may draw on, by row number."""
        columns: list[Any] = [PassageRow.pk, PassageRow.locale]
        if scope.market is not None:
            columns.append(EntryVersionRow.markets)
        statement = _offered(
            select(*columns)
            .select_from(PassageRow)
            .join(EntryVersionRow, of_version())
            .where(PassageRow.workspace == self.workspace)
            .order_by(PassageRow.pk),
            scope,
            today,
        )
        with self.reading() as session:
            found = session.execute(statement)
            if scope.market is None:
                return [(pk, locale) for pk, locale in found]
            return [(pk, locale) for pk, locale, markets in found if not markets or scope.market in markets]

    def passages(self, pks: Iterable[int]) -> list[Passage]:
        """The passages with these row numbers, in the order given; unknown ones are left out."""
        wanted = list(pks)
        rows: dict[int, Passage] = {}
        versions: dict[tuple[str, int], EntryVersion] = {}
        with self.reading() as session:
            for part in batches(wanted):
                for passage, entry in session.execute(
                    select(PassageRow, EntryVersionRow)
                    .options(defer(PassageRow.embedding))
                    .join(EntryVersionRow, of_version())
                    .where(PassageRow.workspace == self.workspace, PassageRow.pk.in_(part))
                ):
                    key = (entry.entry_id, entry.version)
                    rows[passage.pk] = passage_of(passage, versions.setdefault(key, version_of(entry)))
        return [rows[pk] for pk in wanted if pk in rows]

    def passages_of(self, entry_id: str, version: int) -> list[Passage]:
        """All passages of one entry version, in order."""
        with self.reading() as session:
            return [
                passage_of(passage, version_of(entry))
                for passage, entry in session.execute(
                    select(PassageRow, EntryVersionRow)
                    .options(defer(PassageRow.embedding))
                    .join(EntryVersionRow, of_version())
                    .where(
                        PassageRow.workspace == self.workspace,
                        PassageRow.entry_id == entry_id,
                        PassageRow.version == version,
                    )
                    .order_by(PassageRow.ordinal)
                )
            ]

    def embeddings(self, pks: Iterable[int] | None = None) -> list[tuple[int, bytes, str]]:
        """Row number, embedding and its model, by row number: of these passages, or of all in the workspace."""
        statement = (
            select(PassageRow.pk, PassageRow.embedding, PassageRow.embedding_model)
            .where(PassageRow.workspace == self.workspace)
            .order_by(PassageRow.pk)
        )
        parts = [statement] if pks is None else [statement.where(PassageRow.pk.in_(p)) for p in batches(sorted(pks))]
        with self.reading() as session:
            return [(pk, blob, model) for part in parts for pk, blob, model in session.execute(part)]

    def embedding_models(self) -> dict[int, str]:
        """The model that embedded each passage of the workspace, by row number."""
        statement = select(PassageRow.pk, PassageRow.embedding_model).where(PassageRow.workspace == self.workspace)
        with self.reading() as session:
            return dict(iter(session.execute(statement)))

    def embedded_by(self, model: str) -> set[int]:
        """The row numbers of the workspace's passages that this model has embedded."""
        statement = select(PassageRow.pk).where(
            PassageRow.workspace == self.workspace, PassageRow.embedding_model == model
        )
        with self.reading() as session:
            return set(session.scalars(statement))

    def set_embeddings(self, session: Session, embeddings: Iterable[tuple[int, bytes]], model: str) -> None:
        """Replace the embeddings of these passages by those of `model`."""
        for pk, embedding in embeddings:
            session.execute(
                update(PassageRow)
                .where(PassageRow.workspace == self.workspace, PassageRow.pk == pk)
                .values(embedding=embedding, embedding_model=model)
            )
        self.touch(session)


def in_market(entry: EntryVersion, market: str | None) -> bool:
    """True when the entry may be used in `market`; an entry without markets may be used in all."""
    return market is None or not entry.markets or market in entry.markets


def batches(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """`items` in parts that one statement can take."""
    left = iter(items)
    while part := list(islice(left, BATCH)):
        yield part


def _offered(statement: Select[Any], scope: Scope, today: date) -> Select[Any]:
    """`statement` (which has EntryVersionRow) restricted to what `scope` may see, markets apart."""
    statement = statement.join(
        EntryRow, and_(EntryRow.workspace == EntryVersionRow.workspace, EntryRow.id == EntryVersionRow.entry_id)
    ).where(
        or_(*_standing(scope.states, today)),
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


def _standing(states: Sequence[State], today: date) -> Iterator[ColumnElement[bool]]:
    """One condition for each state asked for. Approved is what is approved and has not run out; drafts and retired
    entries are read from their newest version."""
    line = version_is(EntryRow.approved_version)
    valid = or_(EntryVersionRow.valid_until.is_(None), EntryVersionRow.valid_until >= today)
    for state in states:
        if state is State.APPROVED:
            yield and_(line, valid)
        elif state is State.EXPIRED:
            yield and_(line, EntryVersionRow.valid_until < today)
        else:
            yield and_(version_is(EntryRow.latest_version), EntryVersionRow.state == str(state))
