"""The port of lexical indexes: which passages hold the words of a query, and how much of it they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from knowledge.store.database import Database


class LexicalIndex(Protocol):
    """Words of one workspace's passages. Written in the caller's transaction, so that it never lags behind."""

    def add(self, session: Session, passages: Iterable[tuple[int, str]]) -> None:
        """Put in or replace (row number, text as `index_text` makes it)."""

    def remove(self, session: Session, pks: Iterable[int]) -> None:
        """Take out; unknown row numbers are no error."""

    def coverage(self, terms: Sequence[str], of: Sequence[str] | None = None) -> dict[int, float]:
        """For each passage with any of `terms`: its BM25 over the most that the words `of` could reach, 0 … 1.

        `of` is `terms` unless given. A word that no passage has counts as the rarest: the less of a query the
        library knows, the less its other words say. So the value compares across queries and languages.
        """

    def pks(self) -> set[int]:
        """All row numbers in the index."""

    def clear(self, session: Session) -> None:
        """Take everything out."""


def open_lexical(database: Database, workspace: str) -> LexicalIndex:
    """The lexical index of a workspace, in the database that holds its passages."""
    if database.is_sqlite:
        from knowledge.index.fts import FtsIndex

        return FtsIndex(database, workspace)
    from knowledge.index.postgres_words import PostgresWords

    return PostgresWords(database, workspace)
