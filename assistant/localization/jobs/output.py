"""The target files of a job: put together from its segments, and written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.localization.content import Content
from assistant.localization.formats.base import Written
from assistant.localization.jobs.opened_files import FormatOf, open_file
from assistant.localization.jobs.records import FileStatus, Job, JobFile, JobSegment
from assistant.localization.jobs.results import Results
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import Segment
from knowledge.domain.errors import KoujingError
from knowledge.domain.locale import parse_locale
from knowledge.store.database import Database

WriteFile = Callable[[Path, bytes], None]


class Output:
    """Writes the target files of one workspace's jobs."""

    def __init__(
        self,
        database: Database,
        workspace: str,
        *,
        format_of: FormatOf | None = None,
        write_file: WriteFile | None = None,
    ) -> None:
        self._jobs = LocalizationJobs(database, workspace)
        self._results = Results(database, workspace)
        self._format_of, self._write_file = format_of, write_file or write_whole

    def write(self, job: Job, file: JobFile) -> FileStatus:
        """Write one target file and keep what became of it; without a folder nothing is written, only kept.

        What goes wrong concerns this file alone: it is `failed`, with the reason.
        """
        try:
            data, status = self.target(job, file)
            if job.options.out:
                self._write_file(Path(file.target), data)
        except KoujingError as error:
            status, why, data = FileStatus.FAILED, error.message, b""
        except OSError as error:
            status, why, data = FileStatus.FAILED, f"{file.target}: cannot be written ({_reason(error)})", b""
        except Exception as error:
            fault = f"an unexpected error ({type(error).__name__}); this is a fault of Koujing"
            status, why, data = FileStatus.FAILED, f"{file.target}: cannot be written: {fault}", b""
        else:
            why = ""
        self._results.written(job.id, file.number, status, why, hashlib.sha256(data).hexdigest() if data else "")
        return status

    def mend(self, job: Job) -> bool:
        """Write again what is not there: a file that somebody took away, or that could not be written; whether any was.
        One that is there stays, also when a person changed it."""
        gone = [
            file
            for file in job.files
            if file.format and job.options.out
            if file.status in (FileStatus.FAILED, FileStatus.PENDING) or not Path(file.target).exists()
        ]
        for file in gone:
            self.write(job, file)
        return bool(gone)

    def tell(self, job_id: str) -> None:
        """Beside the targets of a job that has ended, the report where something is held back; where nothing is any
        more it goes. A folder that cannot be written to says so with its files."""
        from assistant.localization.reporting import report_html

        job = self._jobs.get(job_id)
        if not job.options.out:
            return
        path = report_beside(job)
        with suppress(OSError):
            if job.held:
                segments = self._jobs.segments(job_id, limit=None)
                self._write_file(path, report_html(job, segments, parse_locale(job.options.source).language).encode())
            else:
                path.unlink(missing_ok=True)

    def target(self, job: Job, file: JobFile) -> tuple[bytes, FileStatus]:
        """The bytes of a target file as its segments stand, and whether every one is released.

        Raises `InputError` when a target cannot stand in the format, `UnreadableFile`.
        """
        from assistant.localization.segmenting import joined

        read = open_file(job, file, self._jobs.source(job.id, file.number), self._format_of).file
        source, locale = parse_locale(job.options.source), parse_locale(file.locale)
        of_unit = defaultdict(list)
        for segment in self._segments(job.id, file.number):
            of_unit[segment.segment.unit].append(segment)
        targets: dict[str, Content] = {}
        held: dict[str, str] = {}
        for unit in read.units:
            mine = of_unit[unit.id]
            why = next((one.why or str(one.state) for one in mine if not one.state.released), None)
            if why is not None:
                held[unit.id] = why
            elif mine and mine[0].segment.id == unit.id:
                # The unit as a whole: the file held its target already, or a person changed that.
                if mine[0].origin != "file" and mine[0].target is not None:
                    targets[unit.id] = mine[0].target
            elif mine:
                whole = joined(unit, *_parts(mine), source, locale)
                if whole is not None:
                    targets[unit.id] = whole
        return read.write(Written(targets, held)), FileStatus.PARTLY if held else FileStatus.WRITTEN

    def _segments(self, job_id: str, file: int) -> list[JobSegment]:
        return self._jobs.segments(job_id, file=file, limit=None)


def report_beside(job: Job) -> Path:
    """Where the report of a job stands that has a folder and holds something back."""
    return Path(job.options.out, f"{job.id}-report.html")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or as it was before, whatever happens. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _parts(found: Sequence[JobSegment]) -> tuple[list[Segment], dict[str, Content]]:
    return [one.segment for one in found], {one.segment.id: one.target for one in found if one.target is not None}


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
