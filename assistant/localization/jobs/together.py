"""What shows only when the segments of a job stand beside each other; looked at when the job is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from assistant.localization.checks.base import Pair
from assistant.localization.checks.registry import TOGETHER, check_together
from assistant.localization.content import Content
from assistant.localization.jobs.records import Job
from assistant.localization.segment import SegmentState
from knowledge.domain.locale import parse_locale
from knowledge.store.repository import Repository
from knowledge.store.schema.localization import LocalizationSegmentRow

_IDS = frozenset(check.id for check in TOGETHER)


class SideBySide(Repository):
    """The released segments of a workspace's jobs, compared within each locale."""

    def look(self, job: Job) -> int:
        """Put the findings (warnings all of them) with their segments; how many. Done again it changes nothing."""
        locales = {file.number: file.locale for file in job.files}
        released = [str(state) for state in SegmentState if state.released]
        row = LocalizationSegmentRow
        columns = select(row.number, row.file, row.source, row.target, row.detail, row.findings)
        mine = (row.workspace == self.workspace) & (row.job_id == job.id) & row.state.in_(released)
        with self.writing(revises=False) as session:
            by_locale: dict[str, list[Any]] = defaultdict(list)
            for found in session.execute(columns.where(mine).order_by(row.number)):
                by_locale[locales[found.file]].append(found)
            changes = [
                {"workspace": self.workspace, "job_id": job.id, "number": number, "findings": findings}
                for locale, rows in by_locale.items()
                for number, findings in _found(rows, job.options.source, locale)
            ]
            if changes:
                session.execute(update(row), changes)
            return len(changes)


def _found(rows: Sequence[Any], source: str, target: str) -> list[tuple[int, list[Any]]]:
    """The findings of the segments that have new ones, those they had before among them."""
    here, there = parse_locale(source), parse_locale(target)
    pairs = [
        Pair(
            Content.from_json(row.source),
            Content.from_json(row.target or []),
            here,
            there,
            plural=str(row.detail.get("plural", "")),
        )
        for row in rows
    ]
    changed = []
    for at, findings in check_together(pairs).items():
        others = [told for told in rows[at].findings if told["check"] not in _IDS]
        together = [*others, *(finding.to_json() for finding in findings)]
        if together != rows[at].findings:
            changed.append((rows[at].number, together))
    return changed
