"""The lexical index on SQLite's FTS5, in the same database as the passages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from knowledge.index.tokens import words
from knowledge.store.database import Database

K1 = 1.2
"""FTS5's own saturation of repeated words; a word adds at most idf · (K1 + 1)."""

POSTINGS = 3000
"""Rows that one query may touch: its rarest words are taken until they are spent. Bounds the time of a search."""

FEWEST = 3
"""Words that are looked up however common they are."""


class FtsIndex:
    """One virtual table per workspace (its own statistics, no word of a neighbour); rowid is the passage's pk.

    The table is made by the first `add`; it is derived, hence in no migration.
    """

    def __init__(self, database: Database, workspace: str) -> None:
        self.database = database
        # Workspace names are [a-z0-9-]: no two give the same table, nor one of FTS5's own beside another's.
        self.table = f"passage_words_{workspace.replace('-', '_')}_"

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
            counts = self._counts(connection, {*terms, *whole})
            total = self._one(connection, f"SELECT count(*) FROM {self.table}_docsize")
            most = (K1 + 1) * sum(_idf(counts.get(term, 0), total) for term in whole)
            chosen = _rarest([term for term in terms if term in counts], counts)
            if not chosen or most <= 0:
                return {}
            # Straight from the driver: a row object for each of thousands of pairs would take most of the time.
            found = connection.connection.cursor().execute(
                f"SELECT rowid, bm25({self.table}) FROM {self.table} WHERE {self.table} MATCH ?",
                (" OR ".join(f'"{term}"' for term in chosen),),
            )
            return {pk: min(1.0, -score / most) for pk, score in found.fetchall()}

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

    def _counts(self, connection: Connection, terms: set[str]) -> dict[str, int]:
        """In how many passages each term stands; terms of no passage are left out."""
        counts: dict[str, int] = {}
        wanted = sorted(terms)
        for start in range(0, len(wanted), 500):
            part = tuple(wanted[start : start + 500])
            marks = ", ".join("?" * len(part))
            counts.update(
                (term, count)
                for term, count in connection.exec_driver_sql(
                    f"SELECT term, doc FROM {self.table}_vocabulary WHERE term IN ({marks})", part
                )
            )
        return counts

    @staticmethod
    def _one(connection: Connection, statement: str, *values: Any) -> int:
        return int(connection.exec_driver_sql(statement, values).scalar_one())


def _idf(count: int, total: int) -> float:
    """How telling a word is, as FTS5's bm25() counts it."""
    return max(1e-6, math.log((total - count + 0.5) / (count + 0.5)))


def _rarest(terms: list[str], counts: dict[str, int]) -> list[str]:
    chosen: list[str] = []
    spent = 0
    for term in sorted(terms, key=lambda t: (counts[t], t)):
        spent += counts[term]
        if spent > POSTINGS and len(chosen) >= FEWEST:
            break
        chosen.append(term)
    return chosen
