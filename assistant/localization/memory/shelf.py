"""The sources of a workspace's memory, kept ready for fuzzy matches."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import func, select

from assistant.localization.memory.fuzzy import CANDIDATES, Candidates
from knowledge.domain.locale import Locale
from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema import MemoryRow
from knowledge.store.workspaces import revision

REREAD = 600.0
"""Seconds after which what other processes kept is read: an example that is missed costs nothing but the example."""
PAIRS = 8
"""Locale pairs kept in memory, about 50 MB each when they are full."""


@dataclass(frozen=True, slots=True)
class _Read:
    revision: int | None
    at: float
    candidates: Candidates


class CandidateShelf(Repository):
    """Reads the candidates of a locale pair once, takes in what this process keeps, and reads them anew when something
    was forgotten (which counts the workspace's revision up)."""

    def __init__(self, database: Database, workspace: str) -> None:
        super().__init__(database, workspace)
        self._read: dict[tuple[str, str], _Read] = {}
        self._lock = Lock()

    def of(self, source: Locale, target: Locale) -> Candidates:
        """The candidates of a pair."""
        state, now, pair = revision(self.database, self.workspace), time.monotonic(), (source.tag, target.tag)
        with self._lock:
            there = self._read.get(pair)
            if there is None or there.revision != state or now - there.at > REREAD:
                if len(self._read) >= PAIRS:
                    self._read.clear()
                there = self._read[pair] = _Read(state, now, self._candidates(source, target))
            return there.candidates

    def add(self, source: Locale, target: Locale, sources: Iterable[tuple[str, str]]) -> None:
        """Digests and texts that were kept just now."""
        with self._lock:
            there = self._read.get((source.tag, target.tag))
            if there is not None:
                for digest, text in sources:
                    there.candidates.add(digest, text)

    def _candidates(self, source: Locale, target: Locale) -> Candidates:
        statement = (
            select(MemoryRow.digest, func.min(MemoryRow.text))
            .where(
                MemoryRow.workspace == self.workspace,
                MemoryRow.source_locale == source.tag,
                MemoryRow.target_locale == target.tag,
            )
            .group_by(MemoryRow.digest)
            .order_by(func.max(MemoryRow.updated_at).desc())
            .limit(CANDIDATES)
        )
        with self.reading() as session:
            newest = [(digest, text) for digest, text in session.execute(statement)]
        return Candidates(reversed(newest))
