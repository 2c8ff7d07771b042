"""How many drafts there are: by state, and by template."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from knowledge.store.repository import Repository
from knowledge.store.schema import DraftRow


class DraftCounts(Repository):
    """Counts the drafts of one workspace."""

    def by_state(self) -> Counter[str]:
        """Drafts by their state."""
        return self._by("state")

    def by_template(self) -> Counter[str]:
        """Drafts by the id of their template."""
        return self._by("template")

    def _by(self, name: str) -> Counter[str]:
        column = getattr(DraftRow, name)
        statement = select(column, func.count(DraftRow.id)).where(DraftRow.workspace == self.workspace).group_by(column)
        with self.reading() as session:
            return Counter(dict(session.execute(statement).tuples().all()))
