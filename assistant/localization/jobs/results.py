"""What the model's work leaves behind: the outcomes of a batch in one transaction, which may be repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from assistant.localization.jobs import rows
from assistant.localization.jobs.records import FileStatus, JobState
from assistant.localization.segment import Outcome, Segment, SegmentState
from knowledge.store.repository import Repository
from knowledge.store.schema.localization import (
    LocalizationBatchRow,
    LocalizationFileRow,
    LocalizationJobRow,
    LocalizationSegmentRow,
)

SPENT = "the budget of {budget:,} tokens is used up ({used:,}); give a larger one to go on"


@dataclass(frozen=True, slots=True)
class Work:
    """What is left of a batch. The segments that go to the model have their numbers as ids: unique in the job. `file`
    is the file of the first: all are of one locale."""

    job_id: str
    number: int
    file: int
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many segments changed, the files that have no pending segment now, and whether the budget is used up."""

    changed: int
    complete: list[int]
    spent: bool = False


class Results(Repository):
    """Reads the batches of a workspace's jobs and keeps what became of them."""

    def work(self, job_id: str, number: int) -> Work | None:
        """What is left to do of a batch; None when nothing is."""
        with self.reading() as session:
            found = sorted(session.execute(_LEFT, self._at(job_id, number)), key=lambda row: row.number)
        if not found:
            return None
        segments = [replace(rows.segment_of(row), id=str(row.number)) for row in found]
        return Work(job_id, number, found[0].file, segments)

    def record(
        self, job_id: str, number: int, outcomes: Mapping[str, Outcome], tokens: int = 0, *, budget: bool = False
    ) -> Recorded:
        """Keep the outcomes of a batch (by segment id). Segments that are not pending any more stay as they are: done
        again it changes nothing.

        `budget`: the job has one; it is paused when that is used up now.
        """
        now = rows.now()
        with self.writing(revises=False) as session:
            pending = session.execute(_PENDING_OF_BATCH, self._at(job_id, number)).all()
            changes: list[dict[str, Any]] = []
            for at, _, leader in pending:
                outcome = outcomes.get(str(at if leader is None else leader))
                if outcome is not None:
                    changes.append(self._change(job_id, at, outcome, leader is not None, now))
            if changes:
                session.execute(update(LocalizationSegmentRow), changes)
            if len(changes) == len(pending):
                self._end(session, job_id, number, "done", tokens)
            spent = budget and self._budget_is_spent(session, job_id)
            touched = {file for _, file, _ in pending}
            complete = [file for file in sorted(touched) if not self._awaits(session, job_id, file)]
            return Recorded(len(changes), complete, spent)

    def split(self, job_id: str, number: int, tokens: int = 0) -> list[int]:
        """Give every segment of a batch, with those equal to it, a batch of its own; their numbers. None when it has
        but one, or somebody did it before."""
        segment, batch = LocalizationSegmentRow, LocalizationBatchRow
        with self.writing(revises=False) as session:
            row = session.get(batch, (self.workspace, job_id, number))
            leaders = list(
                session.scalars(select(segment.number).where(self._pending(job_id, number), segment.leader.is_(None)))
            )
            if row is None or row.state != "pending" or len(leaders) < 2:
                return []
            last = session.scalar(select(func.max(batch.number)).where(self._of(batch, job_id))) or 0
            own = {"workspace": self.workspace, "job_id": job_id}
            made = {leader: last + at for at, leader in enumerate(leaders, 1)}
            session.execute(
                insert(batch),
                [
                    {**own, "number": new, "locale": row.locale, "state": "pending", "tokens": 0, "done_at": None}
                    for new in made.values()
                ],
            )
            every = session.execute(select(segment.number, segment.leader).where(self._pending(job_id, number))).all()
            session.execute(
                update(segment),
                [{**own, "number": at, "batch": made[at if leader is None else leader]} for at, leader in every],
            )
            self._end(session, job_id, number, "split", tokens)
            return list(made.values())

    def pending_batches(self, job_id: str) -> list[int]:
        """The numbers of the batches that are still to be done."""
        batch = LocalizationBatchRow
        with self.reading() as session:
            statement = select(batch.number).where(self._of(batch, job_id), batch.state == "pending")
            return list(session.scalars(statement.order_by(batch.number)))

    def complete(self, job_id: str) -> list[int]:
        """The files whose segments are all done and which are still to be written."""
        file = LocalizationFileRow
        open_ = (file.status == str(FileStatus.PENDING)) & (file.format != "")
        with self.reading() as session:
            found = list(session.scalars(select(file.number).where(self._of(file, job_id), open_)))
            return [number for number in found if not self._awaits(session, job_id, number)]

    def written(self, job_id: str, file: int, status: FileStatus, why: str = "", digest: str = "") -> None:
        """Keep what became of a file that could be read."""
        with self.writing(revises=False) as session:
            row = session.get(LocalizationFileRow, (self.workspace, job_id, file))
            if row is not None and row.format:
                row.status, row.why, row.written = str(status), why, digest

    def finish(self, job_id: str) -> bool:
        """End the job when no file is left to do; whether it is done now."""
        file = LocalizationFileRow
        with self.writing(revises=False) as session:
            job = session.get(LocalizationJobRow, (self.workspace, job_id))
            if job is None or job.state not in (JobState.RUNNING, JobState.PAUSED):
                return job is not None and job.state == JobState.DONE
            left = select(file.number).where(self._of(file, job_id), file.status == str(FileStatus.PENDING)).limit(1)
            if session.scalar(left) is not None:
                return False
            job.state, job.why, job.updated_at = str(JobState.DONE), "", rows.now()
            return True

    def _change(self, job_id: str, number: int, outcome: Outcome, follows: bool, now: Any) -> dict[str, Any]:
        """The columns of a segment that change. An equal segment shares the target, or the reason there is none."""
        reused = follows and outcome.state.released
        return {
            "workspace": self.workspace,
            "job_id": job_id,
            "number": number,
            "state": str(SegmentState.REUSED if reused else outcome.state),
            "target": None if outcome.target is None else outcome.target.to_json(),
            "why": outcome.why,
            "findings": [finding.to_json() for finding in outcome.findings],
            "origin": "repeated" if follows else outcome.origin,
            "tries": 0 if follows else outcome.tries,
            "updated_at": now,
        }

    def _end(self, session: Session, job_id: str, number: int, state: str, tokens: int) -> None:
        values = {"new": state, "used": tokens, "ended": rows.now() if state == "done" else None}
        session.execute(_END, {"of": self.workspace, "job": job_id, "batch": number, **values})

    def _budget_is_spent(self, session: Session, job_id: str) -> bool:
        """Whether it is, and the job is paused for it; the last batch of a job pauses nothing."""
        batch = LocalizationBatchRow
        job = session.get(LocalizationJobRow, (self.workspace, job_id))
        budget = job.options["budget"] if job else None
        if job is None or budget is None or job.state != JobState.RUNNING:
            return False
        used = session.scalar(select(func.sum(batch.tokens)).where(self._of(batch, job_id))) or 0
        pending = select(batch.number).where(self._of(batch, job_id), batch.state == "pending").limit(1)
        if used < budget or session.scalar(pending) is None:
            return False
        job.state, job.why = str(JobState.PAUSED), SPENT.format(budget=budget, used=used)
        job.updated_at = rows.now()
        return True

    def _awaits(self, session: Session, job_id: str, file: int) -> bool:
        return session.scalar(_PENDING_OF_FILE, {**self._at(job_id), "file": file}) is not None

    def _at(self, job_id: str, number: int = 0) -> dict[str, Any]:
        return {"workspace": self.workspace, "job": job_id, "batch": number}

    def _pending(self, job_id: str, number: int) -> ColumnElement[bool]:
        segment = LocalizationSegmentRow
        return and_(self._of(segment, job_id), segment.batch == number, segment.state == str(SegmentState.PENDING))

    def _of(self, table: Any, job_id: str) -> ColumnElement[bool]:
        return and_(table.workspace == self.workspace, table.job_id == job_id)


_S = LocalizationSegmentRow
_IN_JOB = (_S.workspace == bindparam("workspace"), _S.job_id == bindparam("job"))
_PENDING = _S.state == str(SegmentState.PENDING)
# Made once: making a statement takes longer than running it, and these run for every batch. What they are asked for is
# a few rows, and an expression in place of a column keeps the planner from the indexes that lead to all of the job's:
# a batch is found by the index of batches, not by that of the state (nor by an order), and whether a file waits by the
# state's, where a pending segment of it is met at once, not by the file's.
_OF_BATCH = (*_IN_JOB, _S.batch == bindparam("batch"), _S.state + "" == str(SegmentState.PENDING))
_LEFT = select(_S.number, _S.file, _S.source, _S.detail).where(*_OF_BATCH, _S.leader.is_(None))
_PENDING_OF_BATCH = select(_S.number, _S.file, _S.leader).where(*_OF_BATCH)
_PENDING_OF_FILE = select(_S.number).where(*_IN_JOB, _PENDING, _S.file + 0 == bindparam("file")).limit(1)
_B = LocalizationBatchRow
_END = (
    update(_B)
    .where(_B.workspace == bindparam("of"), _B.job_id == bindparam("job"), _B.number == bindparam("batch"))
    .where(_B.state == "pending")
    .values(state=bindparam("new"), tokens=_B.tokens + bindparam("used"), done_at=bindparam("ended"))
    .execution_options(synchronize_session=False)
)


def held_back(work: Work, why: str, state: SegmentState = SegmentState.FAILED) -> dict[str, Outcome]:
    """The same end for every segment of a batch."""
    return {segment.id: Outcome(state, why=why) for segment in work.segments}
