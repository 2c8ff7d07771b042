"""The lexical index on SQLite's FTS5, in the same database as the passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from knowledge.index.bm25 import most, rarest
from knowledge.index.tokens import words
from knowledge.store.database import Database

COMMON = 1000
"""Passages that a term must stand in for its count to be kept."""


class FtsIndex:
    """One virtual table per workspace (its own statistics, no word of a neighbour); rowid is the passage's pk.

    The table is made by the first `add`; it is derived, hence in no migration.
    """

    def __init__(self, database: Database, workspace: str) -> None:
        self.database = database
        # Workspace names are [a-z0-9-]: no two give the same table, nor one of FTS5's own beside another's.
        self.table = f"passage_words_{workspace.replace('-', '_')}_"
        self._common: dict[str, int] = {}
        self._total = -1

    def add(self, session: Session, passages: Iterable[tuple[int, str]]) -> None:
        rows = [(pk, words(text)) for pk, text in passages]
        if not rows:
            return
        connection = session.connection()
        self._make(connection)
        self._delete(connection, [pk for pk, _ in rows])
        connection.exec_driver_sql(f"INSERT INTO {self.table}(rowid, words) VALUES (?, ?)", rows)

    def remove(self, session: Session, pks: Iterable[int]) -> None:
        connection = session.connection()
        if self._made(connection):
            self._delete(connection, list(pks))

    def clear(self, session: Session) -> None:
        connection = session.connection()
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {self.table}_vocabulary")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {self.table}")

    def coverage(self, terms: Sequence[str], of: Sequence[str] | None = None) -> dict[int, float]:
        whole = of or terms
        if not terms:
            return {}
        with self.database.session() as session:
            connection = session.connection()
            if not self._made(connection):
                return {}
            total = self._one(connection, f"SELECT count(*) FROM {self.table}_docsize")
            counts = self._counts(connection, {*terms, *whole}, total)
            reach = most(whole, counts, total)
            chosen = rarest(terms, counts)
            if not chosen:
                return {}
            # Straight from the driver: a row object for each of thousands of pairs would take most of the time.
            found = connection.connection.cursor().execute(
                f"SELECT rowid, bm25({self.table}) FROM {self.table} WHERE {self.table} MATCH ?",
                (" OR ".join(f'"{term}"' for term in chosen),),
            )
            return {pk: min(1.0, -score / reach) for pk, score in found.fetchall()}

    def pks(self) -> set[int]:
        with self.database.session() as session:
            connection = session.connection()
            if not self._made(connection):
                return set()
            return set(connection.exec_driver_sql(f"SELECT id FROM {self.table}_docsize").scalars())

    def _make(self, connection: Connection) -> None:
        if not self._made(connection):
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.table} USING fts5("
                "words, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
            )
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.table}_vocabulary USING fts5vocab('{self.table}', 'row')"
            )

    def _made(self, connection: Connection) -> bool:
        return bool(
            self._one(connection, "SELECT count(*) FROM sqlite_master WHERE name = ?", f"{self.table}_vocabulary")
        )

    def _delete(self, connection: Connection, pks: list[int]) -> None:
        if pks:
            connection.exec_driver_sql(f"DELETE FROM {self.table} WHERE rowid = ?", [(pk,) for pk in pks])

    def _counts(self, connection: Connection, terms: set[str], total: int) -> dict[str, int]:
        """In how many passages each term stands; terms of no passage are left out.

        FTS5 counts by walking through them all, so the counts of common terms are kept while the `total` stays.
        """
        if total != self._total:
            self._common, self._total = {}, total
        common = self._common
        counts = {term: common[term] for term in terms if term in common}
        wanted = sorted(terms - counts.keys())
        for start in range(0, len(wanted), 500):
            part = tuple(wanted[start : start + 500])
            marks = ", ".join("?" * len(part))
            counts.update(
                (term, count)
                for term, count in connection.exec_driver_sql(
                    f"SELECT term, doc FROM {self.table}_vocabulary WHERE term IN ({marks})", part
                )
            )
        common.update((term, count) for term, count in counts.items() if count >= COMMON)
        return counts

    @staticmethod
    def _one(connection: Connection, statement: str, *values: Any) -> int:
        return int(connection.exec_driver_sql(statement, values).scalar_one())
