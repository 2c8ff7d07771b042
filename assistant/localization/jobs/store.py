"""Localization jobs as the database keeps them: what people ask of a job, and how it stands.

The tables are the truth about every segment. What the queue knows (`durable.py`) can be lost and is made again from
them.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, defer

from assistant.localization.content import Content
from assistant.localization.formats.naming import target_path
from assistant.localization.jobs import rows
from assistant.localization.jobs.pace_of_work import seconds_left
from assistant.localization.jobs.records import (
    FileStatus,
    Job,
    JobFile,
    JobOptions,
    JobSegment,
    JobState,
    SourceFile,
)
from assistant.localization.segment import Outcome, SegmentState
from knowledge.domain.errors import Changed, Conflict, InputError, NotFound
from knowledge.domain.locale import parse_locale
from knowledge.store.repository import Repository
from knowledge.store.schema.localization import (
    LocalizationBatchRow,
    LocalizationFileRow,
    LocalizationJobRow,
    LocalizationSegmentRow,
)

CANCELLED = "the job was cancelled before this was reached"
_ACTS = {JobState.PAUSED: "paused", JobState.PLANNING: "resumed", JobState.CANCELLED: "cancelled"}
ENDED = tuple(str(state) for state in JobState if state.ended)


class LocalizationJobs(Repository):
    """The localization jobs of one workspace."""

    def submit(
        self, options: JobOptions, files: Sequence[SourceFile], by: str, *, again: bool = False
    ) -> tuple[Job, bool]:
        """The job for this request, and whether it is new.

        The same request is the same job while that one has not ended, and when it is done; its budget is the newer
        one. `again`: a new job also when one is done. Raises `InputError` when there is nothing to do.
        """
        if not files or not options.targets:
            raise InputError("nothing to localize; give at least one file and one target locale")
        request = rows.request_hash(options, files)
        with self.writing(revises=False) as session:
            known = session.scalar(
                self.rows(LocalizationJobRow)
                .where(LocalizationJobRow.request == request)
                .where(LocalizationJobRow.state.not_in(["cancelled", "failed", *(["done"] if again else [])]))
                .order_by(LocalizationJobRow.created_at.desc())
                .limit(1)
            )
            if known is not None:
                known.options = {**known.options, "budget": options.budget}
                return self._whole(session, known), False
            now = rows.now()
            job = LocalizationJobRow(
                workspace=self.workspace,
                id=f"l-{secrets.token_hex(6)}",
                request=request,
                state=str(JobState.PLANNING),
                why="",
                options=rows.options_to_json(options),
                by=by,
                created_at=now,
                updated_at=now,
            )
            session.add(job)
            session.add_all(self._files(job.id, options, files))
            session.flush()
            return self._whole(session, job), True

    def get(self, job_id: str, *, counts: bool = True) -> Job:
        """The job as it stands, with its files; `counts`: and how many segments they have in each state, which takes a
        while for a large job. Raises `NotFound`."""
        with self.reading() as session:
            return self._whole(session, self._row(session, job_id), counts=counts)

    def newest(self, limit: int = 20, after: tuple[datetime, str] | None = None) -> list[Job]:
        """The newest jobs, the newest first; `after` is (created_at, id) of the last one seen."""
        job = LocalizationJobRow
        newest = self.rows(job).order_by(job.created_at.desc(), job.id)
        if after is not None:
            created, job_id = after
            same = (job.created_at == created) & (job.id > job_id)
            newest = newest.where(or_(job.created_at < created, same))
        with self.reading() as session:
            return [self._whole(session, row) for row in session.scalars(newest.limit(limit))]

    def at_work(self) -> list[str]:
        """The ids of the jobs that wait to be planned or translated, the oldest first."""
        states = [str(JobState.PLANNING), str(JobState.RUNNING)]
        statement = self.rows(LocalizationJobRow).where(LocalizationJobRow.state.in_(states))
        with self.reading() as session:
            return [row.id for row in session.scalars(statement.order_by(LocalizationJobRow.created_at))]

    def state(self, job_id: str) -> JobState:
        """Its state alone, for those who ask often. Raises `NotFound`."""
        with self.reading() as session:
            found = session.scalar(
                select(LocalizationJobRow.state).where(
                    (LocalizationJobRow.workspace == self.workspace) & (LocalizationJobRow.id == job_id)
                )
            )
        if found is None:
            raise NotFound(_unknown(job_id))
        return JobState(found)

    def segments(
        self,
        job_id: str,
        *,
        file: int | None = None,
        locale: str | None = None,
        states: Sequence[SegmentState] = (),
        after: int = 0,
        limit: int | None = 200,
    ) -> list[JobSegment]:
        """Its segments in order, those after number `after`, at most `limit` (None: all)."""
        segment = LocalizationSegmentRow
        with self.reading() as session:
            locales = self._locales(session, job_id)
            statement = self.rows(segment).where((segment.job_id == job_id) & (segment.number > after))
            if file is not None:
                statement = statement.where(segment.file == file)
            if locale is not None:
                statement = statement.where(segment.file.in_([n for n, tag in locales.items() if tag == locale]))
            if states:
                statement = statement.where(segment.state.in_([str(state) for state in states]))
            found = session.scalars(statement.order_by(segment.number).limit(limit))
            return [rows.job_segment(row, locales[row.file]) for row in found]

    def edit(
        self, job_id: str, number: int, target: Content, by: str, outcome: Outcome, seen: JobSegment | None = None
    ) -> JobSegment:
        """What a person wrote for a segment, and how the checks found it. The same segment elsewhere follows, unless
        a person wrote that one, too. The target files are written anew by `Output.write`.

        `seen` is the segment as the person looked at it. Raises `NotFound`, `Changed` when it is another one by now,
        and `Conflict` while the segment is still to be translated.
        """
        segment = LocalizationSegmentRow
        with self.writing(revises=False) as session:
            row = session.get(segment, (self.workspace, job_id, number), with_for_update=True)
            if row is None:
                raise NotFound(f"job '{job_id}' has no segment {number}")
            if seen is not None and rows.job_segment(row, seen.locale) != seen:
                raise Changed(f"segment {number} was changed meanwhile; read it again, then decide")
            if row.state == SegmentState.PENDING:
                raise Conflict(f"segment {number} of job '{job_id}' is still to be translated; wait, or pause the job")
            same = [row]
            if row.leader is None:
                # By the batch, which they share: it has an index.
                mates = self.rows(segment).where((segment.job_id == job_id) & (segment.batch == row.batch))
                same += session.scalars(mates.where((segment.leader == number) & (segment.by == "")))
            for one in same:
                one.target, one.state, one.why = target.to_json(), str(outcome.state), outcome.why
                one.findings = [finding.to_json() for finding in outcome.findings]
                one.origin, one.by, one.updated_at = "person" if one is row else "repeated", by, rows.now()
            self._to_be_written(session, job_id, {one.file for one in same})
            return rows.job_segment(row, self._locales(session, job_id)[row.file])

    def pause(self, job_id: str, why: str) -> Job:
        """Let it rest. Raises `NotFound`, and `Conflict` when it has ended; one that is paused keeps its reason."""
        return self._move(job_id, JobState.PAUSED, why, unless=JobState.PAUSED)

    def resume(self, job_id: str) -> Job:
        """Let it go on: the files are looked at again first, so that none is left out. Raises as `pause`."""
        return self._move(job_id, JobState.PLANNING, "", unless=JobState.RUNNING)

    def allow(self, job_id: str, budget: int) -> None:
        """Another budget; one that rests because the last is used up may go on with it. Raises `NotFound`."""
        with self.writing(revises=False) as session:
            row = self._row(session, job_id)
            row.options = {**row.options, "budget": budget}

    def cancel(self, job_id: str, why: str = "cancelled") -> Job:
        """Give it up: what was not reached is `failed` with that reason, and no further file is written."""
        return self._move(job_id, JobState.CANCELLED, why)

    def source(self, job_id: str, number: int) -> bytes:
        """The bytes of a file's source. They are kept once, with the first of its locales."""
        file = LocalizationFileRow
        with self.reading() as session:
            row = session.get(file, (self.workspace, job_id, number))
            if row is None:
                raise NotFound(f"job '{job_id}' has no file {number}")
            same = self.rows(file).where((file.job_id == job_id) & (file.source == row.source))
            first = session.scalar(same.order_by(file.number).limit(1))
            assert first is not None
            return first.data

    def _move(self, job_id: str, state: JobState, why: str, unless: JobState | None = None) -> Job:
        with self.writing(revises=False) as session:
            row = self._row(session, job_id)
            if row.state in ENDED:
                raise Conflict(f"job '{job_id}' is {row.state} already; it cannot be {_ACTS[state]}")
            if row.state != unless:
                row.state, row.why, row.updated_at = str(state), why, rows.now()
                if state is JobState.CANCELLED:
                    self._give_up(session, job_id)
                session.flush()
            return self._whole(session, row)

    def _give_up(self, session: Session, job_id: str) -> None:
        for table, values, where in (
            (LocalizationSegmentRow, {"state": "failed"}, LocalizationSegmentRow.state == "pending"),
            (LocalizationFileRow, {"status": "failed"}, LocalizationFileRow.status == "pending"),
        ):
            session.execute(
                update(table)
                .where((table.workspace == self.workspace) & (table.job_id == job_id) & where)
                .values(why=CANCELLED, **values)
            )

    def _to_be_written(self, session: Session, job_id: str, files: set[int]) -> None:
        file = LocalizationFileRow
        session.execute(
            update(file)
            .where((file.workspace == self.workspace) & (file.job_id == job_id) & file.number.in_(files))
            .where(file.status.in_([str(FileStatus.WRITTEN), str(FileStatus.PARTLY)]))
            .values(status=str(FileStatus.PENDING))
        )

    def _files(self, job_id: str, options: JobOptions, files: Sequence[SourceFile]) -> list[LocalizationFileRow]:
        made: list[LocalizationFileRow] = []
        for file in files:
            for index, locale in enumerate(options.targets):
                target = "/".join(filter(None, (options.out, _named(file.name, options.source, locale))))
                made.append(
                    LocalizationFileRow(
                        workspace=self.workspace,
                        job_id=job_id,
                        number=len(made) + 1,
                        source=file.source,
                        target=target,
                        locale=locale,
                        format="",
                        data=file.data if index == 0 else b"",
                        status=str(FileStatus.PENDING),
                        why="",
                        written="",
                    )
                )
        return made

    def _row(self, session: Session, job_id: str) -> LocalizationJobRow:
        row = session.get(LocalizationJobRow, (self.workspace, job_id))
        if row is None:
            raise NotFound(_unknown(job_id))
        return row

    def _locales(self, session: Session, job_id: str) -> dict[int, str]:
        file = LocalizationFileRow
        mine = (file.workspace == self.workspace) & (file.job_id == job_id)
        return dict(session.execute(select(file.number, file.locale).where(mine)).all())

    def _whole(self, session: Session, row: LocalizationJobRow, *, counts: bool = True) -> Job:
        file, segment, batch = LocalizationFileRow, LocalizationSegmentRow, LocalizationBatchRow
        counted: dict[int, dict[str, int]] = defaultdict(dict)
        by_state = (
            select(segment.file, segment.state, func.count())
            .where((segment.workspace == self.workspace) & (segment.job_id == row.id))
            .group_by(segment.file, segment.state)
        )
        for number, state, count in session.execute(by_state) if counts else ():
            counted[number][state] = count
        found = self.rows(file).where(file.job_id == row.id).order_by(file.number).options(defer(file.data))
        files: list[JobFile] = [rows.job_file(one, counted[one.number]) for one in session.scalars(found)]
        mine = (batch.workspace == self.workspace) & (batch.job_id == row.id)
        tokens = (session.scalar(select(func.sum(batch.tokens)).where(mine)) or 0) if counts else None
        eta = None
        if row.state == JobState.RUNNING and counts:
            ends = session.scalars(
                select(batch.done_at).where(mine & batch.done_at.is_not(None)).order_by(batch.done_at.desc()).limit(100)
            )
            left = session.scalar(select(func.count()).select_from(batch).where(mine & (batch.state == "pending")))
            eta = seconds_left([end for end in ends if end is not None], left or 0)
        return rows.job_of(row, files, eta, tokens)


def _named(name: str, source: str, locale: str) -> str:
    """The target's path below the folder of targets: in the locale's own folder, unless the path names the locale.

    Raises `InputError` for a name that leads out of it.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.name:
        raise InputError(f"'{name}' is no name for a target file; give a relative path without '..'")
    renamed = target_path(path, parse_locale(source), parse_locale(locale))
    return str(renamed if renamed != path else PurePosixPath(locale, path))


def _unknown(job_id: str) -> str:
    return f"no localization job '{job_id}'; the list of jobs shows those that there are"
