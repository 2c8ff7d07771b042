"""Rulings on checks as they are kept: a newer one holds, the older stay readable."""

from __future__ import annotations

from datetime import datetime

from assistant.checks.catalogue import check_named
from assistant.checks.policy import CHOICES, DEFAULT, Policy, Ruling
from knowledge.domain.errors import InputError
from knowledge.domain.text import clean
from knowledge.store.repository import Repository, utc
from knowledge.store.schema import CheckRulingRow


class Rulings(Repository):
    """The rulings of one workspace."""

    def rule(self, check_id: str, choice: str, reason: str, by: str, now: datetime) -> Ruling:
        """Keep a ruling, which holds from now on.

        Raises `NotFound` for an unknown check, `InputError` for another choice than `CHOICES` or without a reason.
        """
        check_named(check_id)
        reason, by = " ".join(clean(reason).split()), " ".join(clean(by).split())
        if choice not in CHOICES:
            raise InputError(f"'{choice}' is no severity; choose {', '.join(CHOICES)}")
        if not reason:
            raise InputError("a ruling on a check needs a reason: say why, for those who read it later")
        ruling = Ruling(check_id, choice, reason, by, utc(now))
        with self.writing(revises=False) as session:
            session.add(
                CheckRulingRow(
                    workspace=self.workspace, check_id=check_id, choice=choice, reason=reason, by=by, at=utc(now)
                )
            )
        return ruling

    def policy(self) -> Policy:
        """What holds: the newest ruling on each check."""
        newest = {ruling.check: ruling for ruling in self.history()}
        return Policy({check: ruling for check, ruling in newest.items() if ruling.choice != DEFAULT})

    def history(self, check_id: str | None = None) -> list[Ruling]:
        """Every ruling, or those on one check, the oldest first."""
        query = self.rows(CheckRulingRow).order_by(CheckRulingRow.pk)
        if check_id is not None:
            query = query.where(CheckRulingRow.check_id == check_id)
        with self.reading() as session:
            return [Ruling(row.check_id, row.choice, row.reason, row.by, row.at) for row in session.scalars(query)]
