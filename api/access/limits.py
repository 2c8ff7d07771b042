"""How much one person or key may ask: requests in a minute, tokens of a model in a day."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from threading import Lock

from api.access.actor import Actor
from assistant.governance import Governance
from knowledge.domain.errors import TooMuch
from knowledge.store.database import Database

PER_MINUTE = 600
"""Requests in a minute where neither the key nor the workspace says otherwise."""

KEPT = 10_000
"""How many askers are remembered at once."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a request: `reset` is seconds until all of it is back, `wait` until the next request (0: this
    one is let in)."""

    limit: int
    remaining: int
    reset: float
    wait: float

    @classmethod
    def of(cls, per_minute: int, level: float, let_in: bool) -> Allowance:
        """From what is left in the bucket after the request."""
        speed = per_minute / 60
        return cls(per_minute, int(level), (per_minute - level) / speed, 0.0 if let_in else (1 - level) / speed)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(math.ceil(self.reset)),
        }

    def error(self) -> TooMuch:
        """What is told to whoever must wait."""
        return TooMuch(
            f"more than {self.limit} requests in a minute; try again in {math.ceil(self.wait)} seconds",
            max(1.0, self.wait),
        )


class Rates:
    """A bucket for each asker: full at first, one request takes one, a minute fills it.

    In the memory of the process, which on SQLite is all there is; those of several are in `shared_rates`.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._buckets: dict[str, tuple[float, float]] = {}  # what is in it, and when that was
        self._lock = Lock()

    def take(self, asker: str, per_minute: int) -> Allowance:
        """One request of `asker`."""
        now = self._monotonic()
        with self._lock:
            level, since = self._buckets.get(asker, (float(per_minute), now))
            level = min(per_minute, level + (now - since) * per_minute / 60)
            let_in = level >= 1
            level -= let_in
            if asker not in self._buckets and len(self._buckets) >= KEPT:
                # A bucket that has not been asked for a minute is full: nothing is forgotten with it.
                self._buckets = {one: kept for one, kept in self._buckets.items() if now - kept[1] < 60}
            self._buckets[asker] = (level, now)
        return Allowance.of(per_minute, level, let_in)


def with_limits(database: Database, actor: Actor) -> Actor:
    """The actor with limits: their own, else those that their workspace has chosen, else those of the service."""
    choices = Governance(database, actor.workspace).choices()
    return replace(
        actor,
        per_minute=actor.per_minute or choices.per_minute or PER_MINUTE,
        daily_tokens=actor.daily_tokens or choices.daily_tokens,
    )


class Budget:
    """The tokens of a model that one person or key may use in a day (UTC)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def refuse(self, actor: Actor, now: datetime) -> None:
        """For a route that starts a call of the model. Raises `TooMuch` when the day's tokens are used up.

        What is being written is not cut off, so a day may end a little above its budget.
        """
        if actor.daily_tokens is None:
            return
        from assistant.usage import UsageBook

        now = now.astimezone(UTC)
        used = UsageBook(self.database, actor.workspace).used(actor.id, now.date())
        if used >= actor.daily_tokens:
            tomorrow = datetime.combine(now.date() + timedelta(days=1), clock(), UTC)
            raise TooMuch(
                f"{actor.name} has used {used} of {actor.daily_tokens} tokens of today; more from 00:00 UTC on, or ask "
                "an administrator for a larger budget",
                (tomorrow - now).total_seconds(),
            )
