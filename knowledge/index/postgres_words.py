"""The lexical index on PostgreSQL: postings in plain tables, in the same database as the passages.

PostgreSQL's own ranking (`ts_rank`) knows no statistics of the library, so it is no BM25 and does not compare across
queries. Here a row says how often a word stands in a passage; the score is FTS5's, counted by the server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from knowledge.index.bm25 import K1, B, idf, most, rarest
from knowledge.index.tokens import tokens
from knowledge.store.database import Database

LONGEST = 200
"""Characters of a word that are kept: a row of PostgreSQL's index holds no more than some 2,700 bytes."""

_MAKE = (
    # Two first writers at once: one makes the tables, the other waits. The number is this index's own.
    "SELECT pg_advisory_xact_lock(6870291744)",
    # The words of a workspace. One that no passage has any more stays: it is counted where it stands.
    "CREATE TABLE IF NOT EXISTS passage_terms (term int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    ' workspace text COLLATE "C" NOT NULL, word text COLLATE "C" NOT NULL, UNIQUE (workspace, word))',
    # A passage's words; `length` counts them as they stand, repetitions too.
    'CREATE TABLE IF NOT EXISTS passage_words (workspace text COLLATE "C", pk int, length int NOT NULL,'
    " terms int[] NOT NULL, PRIMARY KEY (workspace, pk))",
    "CREATE TABLE IF NOT EXISTS passage_postings (term int, pk int, length int NOT NULL, count int NOT NULL,"
    " PRIMARY KEY (term, pk))",
)

_DELETE = """
    WITH gone AS (DELETE FROM passage_words WHERE workspace = %s AND pk = ANY(%s::int[]) RETURNING pk, terms),
    pairs AS (SELECT pk, unnest(terms) AS term FROM gone)
    DELETE FROM passage_postings USING pairs
    WHERE passage_postings.term = pairs.term AND passage_postings.pk = pairs.pk
"""

_KNOWN = """
    SELECT word, term, (SELECT count(*) FROM passage_postings WHERE passage_postings.term = passage_terms.term)
    FROM passage_terms WHERE workspace = %s AND word = ANY(%s::text[])
"""

# LATERAL with OFFSET 0: always by the index, also before the server has counted the table.
_SCORES = f"""
    SELECT pk, sum(idf * count * {K1 + 1} / (count + {K1} * ({1 - B} + {B} * length / %s)))
    FROM unnest(%s::int[], %s::float8[]) AS wanted(term, idf) CROSS JOIN LATERAL (
        SELECT pk, length, count FROM passage_postings WHERE passage_postings.term = wanted.term OFFSET 0
    ) AS posted
    GROUP BY pk
"""


class PostgresWords:
    """The words of one workspace. The tables are made by the first `add`; they are derived, hence in no migration."""

    def __init__(self, database: Database, workspace: str) -> None:
        self.database = database
        self.workspace = workspace

    def add(self, session: Session, passages: Iterable[tuple[int, str]]) -> None:
        found = {pk: Counter(_kept(token.text for token in tokens(text))) for pk, text in passages}
        if not found:
            return
        connection = session.connection()
        if not _made(connection):
            for statement in _MAKE:
                connection.exec_driver_sql(statement)
        self._delete(connection, list(found))
        terms = self._numbers(connection, {word for words in found.values() for word in words})
        connection.exec_driver_sql(
            "INSERT INTO passage_words (workspace, pk, length, terms)"
            " SELECT %s, pk, length, string_to_array(terms, ' ')::int[]"
            " FROM unnest(%s::int[], %s::int[], %s::text[]) AS given(pk, length, terms)",
            (
                self.workspace,
                list(found),
                [words.total() for words in found.values()],
                [" ".join(str(terms[word]) for word in words) for words in found.values()],
            ),
        )
        rows = [(terms[word], pk, words.total(), n) for pk, words in found.items() for word, n in words.items()]
        # In the order of the key: its index grows in few places instead of everywhere.
        columns = [list(column) for column in zip(*sorted(rows), strict=True)] or [[], [], [], []]
        connection.exec_driver_sql(
            "INSERT INTO passage_postings (term, pk, length, count)"
            " SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::int[])",
            tuple(columns),
        )

    def remove(self, session: Session, pks: Iterable[int]) -> None:
        connection = session.connection()
        if _made(connection):
            self._delete(connection, list(pks))

    def clear(self, session: Session) -> None:
        connection = session.connection()
        if not _made(connection):
            return
        # No TRUNCATE: whoever searches meanwhile sees the old words and waits for nobody.
        connection.exec_driver_sql(
            "DELETE FROM passage_postings WHERE term IN (SELECT term FROM passage_terms WHERE workspace = %s)",
            (self.workspace,),
        )
        for table in ("passage_terms", "passage_words"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE workspace = %s", (self.workspace,))

    def coverage(self, terms: Sequence[str], of: Sequence[str] | None = None) -> dict[int, float]:
        if not terms:
            return {}
        terms, whole = list(_kept(terms)), list(_kept(of or terms))
        with self.database.session() as session:
            connection = session.connection()
            if not _made(connection):
                return {}
            known = self._known(connection, {*terms, *whole})
            counts = {word: count for word, (_, count) in known.items()}
            chosen = rarest(terms, counts)
            if not chosen:
                return {}
            total, mean = connection.exec_driver_sql(
                "SELECT count(*), avg(length)::float8 FROM passage_words WHERE workspace = %s", (self.workspace,)
            ).one()
            reach = most(whole, counts, total)
            telling = [idf(counts[word], total) for word in chosen]
            found = connection.exec_driver_sql(_SCORES, (mean, [known[word][0] for word in chosen], telling))
            return {pk: min(1.0, score / reach) for pk, score in found}

    def pks(self) -> set[int]:
        with self.database.session() as session:
            connection = session.connection()
            if not _made(connection):
                return set()
            own = connection.exec_driver_sql("SELECT pk FROM passage_words WHERE workspace = %s", (self.workspace,))
            return set(own.scalars())

    def _delete(self, connection: Connection, pks: list[int]) -> None:
        connection.exec_driver_sql(_DELETE, (self.workspace, pks))

    def _numbers(self, connection: Connection, words: set[str]) -> dict[str, int]:
        """The number of each word; those that are new get one."""
        known = connection.exec_driver_sql(
            "SELECT word, term FROM passage_terms WHERE workspace = %s AND word = ANY(%s::text[])",
            (self.workspace, sorted(words)),
        )
        numbers = {str(word): int(term) for word, term in known}
        if new := sorted(words - numbers.keys()):
            made = connection.exec_driver_sql(
                "INSERT INTO passage_terms (workspace, word) SELECT %s, unnest(%s::text[])"
                " ON CONFLICT (workspace, word) DO UPDATE SET word = excluded.word RETURNING word, term",
                (self.workspace, new),
            )
            numbers.update((str(word), int(term)) for word, term in made)
        return numbers

    def _known(self, connection: Connection, words: set[str]) -> dict[str, tuple[int, int]]:
        """Number and count of passages of each word; words of no passage are left out."""
        found = connection.exec_driver_sql(_KNOWN, (self.workspace, sorted(words)))
        return {word: (term, count) for word, term, count in found if count}


def _made(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT to_regclass('passage_postings')").scalar() is not None


def _kept(words: Iterable[str]) -> Iterator[str]:
    """Words as PostgreSQL can keep them: it knows no NUL and no half of a pair."""
    for word in words:
        yield word[:LONGEST].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
