"""Which segments go to the model together: the same text once, in batches within a token budget and a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from assistant.localization.content import Content
from assistant.localization.jobs import rows
from assistant.localization.jobs.records import FileStatus, JobState
from assistant.localization.segment import SegmentState
from knowledge.domain.errors import NotFound
from knowledge.reading.tokens import count_tokens
from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema.localization import (
    LocalizationBatchRow,
    LocalizationFileRow,
    LocalizationJobRow,
    LocalizationSegmentRow,
)

SEGMENTS_PER_CALL = 8
"""Enough that instructions and terms are paid once for several sentences, few enough that a model keeps them apart."""

SEGMENTS_PER_LOCAL_CALL = 1
"""A model of 1.5 billion parameters mixes up neighbouring sentences; its prompt's beginning is cached anyway."""

TOKENS_PER_CALL = 1_200
"""Source tokens of a batch: with instructions, terms, examples and the reply it stays within a context of 8,192."""


def segments_per_call(model: str) -> int:
    """How many segments the model of that name is given at once."""
    return SEGMENTS_PER_LOCAL_CALL if model == "local" else SEGMENTS_PER_CALL


@dataclass(frozen=True, slots=True)
class Waiting:
    """A segment that needs a batch."""

    number: int
    locale: str
    digest: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A segment in its batch; `leader` is the equal one that is translated for it."""

    number: int
    batch: int
    leader: int | None


class Batches(Repository):
    """Lays the batches of a workspace's jobs."""

    def __init__(self, database: Database, workspace: str, size: int = SEGMENTS_PER_CALL) -> None:
        super().__init__(database, workspace)
        self._size = size

    def lay(self, job_id: str) -> JobState:
        """Put every segment that waits into a batch and let the job run, when all its files are planned; the state
        that the job has then. Done again it changes nothing."""
        waiting = list(self._waiting(job_id))
        with self.writing(revises=False) as session:
            job = session.get(LocalizationJobRow, (self.workspace, job_id))
            if job is None:
                raise NotFound(f"no localization job '{job_id}'")
            if job.state != JobState.PLANNING:
                return JobState(job.state)
            # Another process may have planned and laid meanwhile: what it laid stays.
            still = set(session.scalars(select(LocalizationSegmentRow.number).where(self._unlaid(job_id))))
            batch = LocalizationBatchRow
            mine = (batch.workspace == self.workspace) & (batch.job_id == job_id)
            last = session.scalar(select(func.max(batch.number)).where(mine)) or 0
            locales: dict[int, str] = {}
            laid = list(lay((one for one in waiting if one.number in still), self._size, last + 1, locales))
            if laid:
                own = {"workspace": self.workspace, "job_id": job_id}
                session.execute(
                    insert(batch),
                    [
                        {**own, "number": number, "locale": locale, "state": "pending", "tokens": 0, "done_at": None}
                        for number, locale in locales.items()
                    ],
                )
                placed = [{"segment": one.number, "in_batch": one.batch, "led_by": one.leader} for one in laid]
                session.connection().execute(
                    _PLACE, [{"of": self.workspace, "job": job_id, **place} for place in placed]
                )
            if len(laid) == len(still) and not self._unplanned(session, job_id):
                job.state, job.updated_at = str(JobState.RUNNING), rows.now()
            return JobState(job.state)

    def _waiting(self, job_id: str) -> Iterator[Waiting]:
        file, segment = LocalizationFileRow, LocalizationSegmentRow
        with self.reading() as session:
            mine = (file.workspace == self.workspace) & (file.job_id == job_id)
            locales = dict(session.execute(select(file.number, file.locale).where(mine)).all())
            found = session.execute(
                select(segment.number, segment.file, segment.digest, segment.source)
                .where(self._unlaid(job_id))
                .order_by(segment.number)
            )
            for number, of_file, digest, source in found:
                yield Waiting(number, locales[of_file], digest, _tokens(str(Content.from_json(source)), self._size))

    def _unlaid(self, job_id: str) -> ColumnElement[bool]:
        segment = LocalizationSegmentRow
        return and_(
            segment.workspace == self.workspace,
            segment.job_id == job_id,
            segment.state == str(SegmentState.PENDING),
            segment.batch.is_(None),
        )

    def _unplanned(self, session: Session, job_id: str) -> bool:
        file = LocalizationFileRow
        mine = (file.workspace == self.workspace) & (file.job_id == job_id)
        unread = mine & (file.format == "") & (file.status == str(FileStatus.PENDING))
        return session.scalar(select(file.number).where(unread).limit(1)) is not None


_S = LocalizationSegmentRow
_PLACE = (
    update(_S)
    .where(_S.workspace == bindparam("of"), _S.job_id == bindparam("job"), _S.number == bindparam("segment"))
    .values(batch=bindparam("in_batch"), leader=bindparam("led_by"))
)
"""Many at once, past the unit of work: the rows of a job are as many as its segments."""


def _tokens(text: str, size: int) -> int:
    """The tokens of a text, or as many as it can have at most (a byte each) where so many fit into a batch of `size`
    anyway: to count them takes much longer, the first time half a second."""
    most = len(text.encode())
    return most if most * size <= TOKENS_PER_CALL else count_tokens(text)


def lay(waiting: Iterable[Waiting], size: int, first: int, locales: dict[int, str]) -> Iterator[Laid]:
    """Each segment in a batch of its locale, those that are equal in the batch of their leader. `locales` gets the
    batches, numbered from `first`."""
    leaders: dict[str, Laid] = {}
    open_: dict[str, tuple[int, int, int]] = {}
    for one in waiting:
        leader = leaders.get(one.digest)
        if leader is not None:
            yield Laid(one.number, leader.batch, leader.number)
            continue
        batch, count, tokens = open_.get(one.locale, (0, size, 0))
        if count >= size or tokens + one.tokens > TOKENS_PER_CALL:
            batch, count, tokens = first + len(locales), 0, 0
            locales[batch] = one.locale
        open_[one.locale] = (batch, count + 1, tokens + one.tokens)
        leaders[one.digest] = Laid(one.number, batch, None)
        yield leaders[one.digest]
