"""From the files of a job to its segments, each file in one transaction that may be repeated; then to batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, defer

from assistant.localization.checks.base import SegmentFinding, language_of_pair
from assistant.localization.content import Content
from assistant.localization.formats.base import LocalizableFile
from assistant.localization.jobs import rows
from assistant.localization.jobs.batching import SEGMENTS_PER_CALL, Batches
from assistant.localization.jobs.opened_files import FormatOf, cut, open_file
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobState
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.memory.port import TranslationMemory
from assistant.localization.segment import Segment, SegmentState
from assistant.localization.unit import TargetState
from knowledge.domain.errors import KoujingError
from knowledge.domain.finding import Severity
from knowledge.domain.locale import Locale, parse_locale
from knowledge.store.database import Database
from knowledge.store.repository import Repository
from knowledge.store.schema.localization import LocalizationFileRow, LocalizationSegmentRow

if TYPE_CHECKING:
    from assistant.localization.memory.store import LookedUp

UNKNOWN = "Koujing does not know {locale}: no program can check this translation, so a person must write it"


FACT_CHANGED = "fact_changed"
"""The finding on a translation of the memory whose source states what the library does not say any more."""


class JobMemory(TranslationMemory, Protocol):
    """The memory as a job needs it: also what it holds that is not to be used as it is."""

    def look_up(self, segments: Sequence[Segment], source: Locale, target: Locale) -> LookedUp:
        """The matches, and the translations that no longer hold, by segment id."""


class Planner(Repository):
    """Plans the jobs of one workspace. `memory` None: nothing is looked up."""

    def __init__(
        self,
        database: Database,
        workspace: str,
        memory: JobMemory | None = None,
        *,
        format_of: FormatOf | None = None,
        segments_per_call: int = SEGMENTS_PER_CALL,
    ) -> None:
        super().__init__(database, workspace)
        self._jobs = LocalizationJobs(database, workspace)
        self._batches = Batches(database, workspace, segments_per_call)
        self._memory = memory
        self._format_of = format_of

    def plan(self, job_id: str) -> JobState:
        """Plan what is not planned yet, and lay the batches when every file is; where the job stands then.

        A file that cannot be read fails with its reason and holds up no other.
        """
        job = self._jobs.get(job_id, counts=False)
        for file in job.files:
            if not file.format and file.status is FileStatus.PENDING:
                if (state := self._jobs.state(job_id)) is not JobState.PLANNING:
                    return state
                self._plan(job, file)
        self.database.survey(LocalizationSegmentRow.__tablename__)
        return self._batches.lay(job_id)

    def _plan(self, job: Job, file: JobFile) -> None:
        try:
            read = open_file(job, file, self._jobs.source(job.id, file.number), self._format_of)
            found = self._segments(job, file, read.file)
        except KoujingError as error:
            self._fail(job.id, file.number, error.message)
        except Exception as error:
            fault = f"an unexpected error ({type(error).__name__}) while the file was read; this is a fault of Koujing"
            self._fail(job.id, file.number, fault)
        else:
            self._keep(job.id, file.number, read.format, found)

    def _segments(self, job: Job, file: JobFile, read: LocalizableFile) -> list[dict[str, Any]]:
        """The rows of a file's segments, not yet numbered."""
        source, target = parse_locale(job.options.source), parse_locale(file.locale)
        final = {unit.id for unit in read.units if unit.target and unit.target_state is TargetState.FINAL}
        segments: dict[str, list[Segment]] = defaultdict(list)
        for segment in cut([unit for unit in read.units if unit.id not in final]):
            segments[segment.unit].append(segment)
        found: list[dict[str, Any]] = []
        for unit in read.units:
            if unit.id in final:
                whole = Segment(unit.id, unit.id, unit.source, context=unit.context, note=unit.note, place=unit.place)
                found.append(_row(whole, file.locale, SegmentState.REUSED, unit.target, "file"))
            found += [_row(segment, file.locale) for segment in segments[unit.id]]
        if not (source.known and target.known):
            why = UNKNOWN.format(locale=target if source.known else source)
            for row in found:
                if row["state"] == SegmentState.PENDING:
                    row.update(state=str(SegmentState.NEEDS_REVIEW), why=why)
        elif self._memory is not None and job.options.memory:
            self._reuse(found, self._memory, source, target)
        return found

    def _reuse(self, found: list[dict[str, Any]], memory: JobMemory, source: Locale, target: Locale) -> None:
        pending = {
            str(index): _segment(row, str(index))
            for index, row in enumerate(found)
            if row["state"] == SegmentState.PENDING
        }
        known = memory.look_up(list(pending.values()), source, target)
        for index, match in known.matches.items():
            room = pending[index].max_length
            if room is None or len(str(match.target)) <= room:
                values = {"state": str(SegmentState.REUSED), "target": match.target.to_json(), "origin": "memory"}
                found[int(index)].update(values)
        for index, held in known.held.items():
            why = held.why.of(language_of_pair(source, target))
            finding = SegmentFinding(FACT_CHANGED, Severity.ERROR, why, words=held.why)
            values = {"state": str(SegmentState.NEEDS_REVIEW), "target": held.target.to_json(), "origin": "memory"}
            found[int(index)].update(values, why=why, findings=[finding.to_json()])

    def _keep(self, job_id: str, number: int, format_id: str, found: list[dict[str, Any]]) -> None:
        segment = LocalizationSegmentRow
        with self.writing(revises=False) as session:
            file = self._unplanned(session, job_id, number)
            if file is None:
                return
            file.format = format_id
            mine = (segment.workspace == self.workspace) & (segment.job_id == job_id)
            last = session.scalar(select(func.max(segment.number)).where(mine)) or 0
            for at, row in enumerate(found, last + 1):
                row.update(workspace=self.workspace, job_id=job_id, number=at, file=number)
            if found:
                session.execute(insert(segment), found)

    def _fail(self, job_id: str, number: int, why: str) -> None:
        with self.writing(revises=False) as session:
            file = self._unplanned(session, job_id, number)
            if file is not None:
                file.status, file.why = str(FileStatus.FAILED), why

    def _unplanned(self, session: Session, job_id: str, number: int) -> LocalizationFileRow | None:
        """The file's row, unless somebody else planned it meanwhile."""
        file = LocalizationFileRow
        statement = self.rows(file).where((file.job_id == job_id) & (file.number == number) & (file.format == ""))
        pending = statement.where(file.status == str(FileStatus.PENDING)).options(defer(file.data))
        return session.scalar(pending)


def _row(
    segment: Segment,
    locale: str,
    state: SegmentState = SegmentState.PENDING,
    target: Content | None = None,
    origin: str = "",
) -> dict[str, Any]:
    return {
        "batch": None,
        "leader": None,
        "digest": rows.segment_digest(segment, locale),
        "source": segment.source.to_json(),
        "detail": rows.segment_detail(segment),
        "state": str(state),
        "target": None if target is None else target.to_json(),
        "why": "",
        "findings": [],
        "origin": origin,
        "tries": 0,
        "by": "",
        "updated_at": None,
    }


def _segment(row: Mapping[str, Any], id_: str) -> Segment:
    return Segment(source=Content.from_json(row["source"]), **{**row["detail"], "id": id_})
