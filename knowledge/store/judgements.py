"""What language models said of statements, kept by content: the same question is never paid for twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from knowledge.store.repository import Repository
from knowledge.store.schema import JudgementRow

_AT_ONCE = 500  # keys in one query: databases limit the number of its parameters


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and why, in the model's words (data, never to be shown as it stands)."""

    verdict: str
    reason: str = ""


class Judgements(Repository):
    """The judgements of one workspace. A key is the SHA-256 of all that the answer hangs on, in hexadecimal."""

    def get(self, keys: Iterable[str]) -> dict[str, Judgement]:
        """Those that are known; the others are missing."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Judgement] = {}
        with self.reading() as session:
            for start in range(0, len(wanted), _AT_ONCE):
                query = self.rows(JudgementRow).where(JudgementRow.key.in_(wanted[start : start + _AT_ONCE]))
                found.update({row.key: Judgement(row.verdict, row.reason) for row in session.scalars(query)})
        return found

    def forget(self, tells: Callable[[str], bool]) -> int:
        """Drop those whose reason tells what may no longer be told; how many."""
        with self.writing(revises=False) as session:
            rows = [row for row in session.scalars(self.rows(JudgementRow)) if tells(row.reason)]
            for row in rows:
                session.delete(row)
            return len(rows)

    def put(self, judgements: Mapping[str, Judgement], model: str) -> None:
        """Keep what `model` said. Of two who answer the same question at once, one is kept."""
        with suppress(IntegrityError), self.writing(revises=False) as session:
            for key, judgement in judgements.items():
                session.merge(
                    JudgementRow(
                        workspace=self.workspace,
                        key=key,
                        model=model,
                        verdict=judgement.verdict,
                        reason=judgement.reason,
                    )
                )
