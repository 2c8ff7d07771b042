"""Requests in a minute, counted for all processes of a service together: on PostgreSQL, by its clock."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import text

from api.access.limits import Allowance, Rates
from knowledge.store.database import Database

_MAKE = (
    # Two first requests at once: one makes the table, the other waits. The number is this table's own.
    "SELECT pg_advisory_xact_lock(6870291745)",
    # Unlogged: after a crash every bucket is full again, and nobody waits for the disk meanwhile. In no migration,
    # since nothing is lost with it.
    "CREATE UNLOGGED TABLE IF NOT EXISTS request_rate"
    " (asker text PRIMARY KEY, level float8 NOT NULL, since timestamptz NOT NULL)",
)

_FILLED = (
    "least(CAST(:full AS float8), kept.level"
    " + extract(epoch FROM clock_timestamp() - kept.since) * CAST(:full AS float8) / 60)"
)

_TAKE = text(
    "INSERT INTO request_rate AS kept (asker, level, since)"
    " VALUES (:asker, CAST(:full AS float8) - 1, clock_timestamp())"
    f" ON CONFLICT (asker) DO UPDATE SET level = {_FILLED} - 1, since = clock_timestamp() WHERE {_FILLED} >= 1"
    " RETURNING level"
)
_LEFT = text(f"SELECT {_FILLED} FROM request_rate AS kept WHERE asker = :asker")


class SharedRates:
    """`Rates` in a table: whichever process a request comes to, it takes from the same bucket. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._made = False
        self._making = Lock()

    def take(self, asker: str, per_minute: int) -> Allowance:
        """One request of `asker`. Raises `SetupError` when the database does not answer."""
        self._make()
        given = {"asker": asker, "full": per_minute}
        with self._database.connected() as connection:
            level = connection.execute(_TAKE, given).scalar()
            let_in = level is not None
            if not let_in:
                level = connection.execute(_LEFT, given).scalar_one()
            connection.commit()
        return Allowance.of(per_minute, float(level or 0.0), let_in)

    def _make(self) -> None:
        with self._making:
            if not self._made:
                with self._database.connected() as connection:
                    for statement in _MAKE:
                        connection.execute(text(statement))
                    connection.commit()
                self._made = True


def rates_of(database: Database) -> Rates | SharedRates:
    """In memory on SQLite, where a service is one process; else shared."""
    return Rates() if database.is_sqlite else SharedRates(database)
