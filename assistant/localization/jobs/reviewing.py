"""A job's segments to linguists and back: what they wrote is checked again, kept, remembered and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.localization.editing import Editing
from assistant.localization.jobs.records import HELD, Job, JobSegment
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.review.records import Review, rows_of
from knowledge.domain.errors import InputError
from knowledge.domain.locale import parse_locale

if TYPE_CHECKING:
    from assistant.workspace import Workspace

XLIFF = (".xlf", ".xliff")
ENDINGS = (".xlsx", *XLIFF)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a review: segments that are released now, those that still break a rule, and what was wrong with the
    file, one line each."""

    released: int
    held: Sequence[str]
    problems: Sequence[str]


class JobReview:
    """The reviews of one job."""

    def __init__(self, workspace: Workspace, job: Job) -> None:
        self._workspace, self._job = workspace, job
        self._jobs = LocalizationJobs(workspace.database, workspace.name)
        self._source = parse_locale(job.options.source)

    def export(self, path: Path, *, locale: str = "", every: bool = False, language: str = "") -> int:
        """Write a file for linguists, by its ending; how many segments. `every`: also those that are released;
        `language` is that of headings and reasons, empty: that of the files.

        Raises `InputError` when there is nothing to review, and for XLIFF with several locales.
        """
        from assistant.localization.review.review_xliff import write_xliff
        from assistant.localization.review.review_xlsx import write_xlsx

        found = [one for one in self._segments() if (every or one.state in HELD) and locale in ("", one.locale)]
        language = language or self._source.language
        rows = rows_of(found, self._files(), language)
        if not rows:
            raise InputError(f"job '{self._job.id}' has no segment that wants a review; --all takes every one")
        if path.suffix.lower() not in XLIFF:
            path.write_bytes(write_xlsx(rows, language))
            return len(rows)
        locales = sorted({row.locale for row in rows})
        if len(locales) > 1:
            raise InputError(f"an XLIFF file holds one target locale; name it with --locale ({', '.join(locales)})")
        path.write_bytes(write_xliff(rows, self._source, parse_locale(locales[0]), language=language))
        return len(rows)

    def take(self, path: Path, by: str, *, reason: str = "") -> Taken:
        """Take a file that came back: each edit is checked, kept and remembered, and the target files are written anew.

        An edit that breaks a rule stays held, unless a `reason` is given, which is on record. Raises `UnreadableFile`.
        """
        review = self._read(path, list(self._segments()))
        merged = Editing(self._workspace).merge(self._job.id, review.edits, by, reason=reason)
        held = [f"segment {number}: {why.en}" for number, why in merged.waiting]
        return Taken(merged.taken - len(held), held, (*review.problems, *merged.problems))

    def _read(self, path: Path, segments: Sequence[JobSegment]) -> Review:
        from assistant.localization.review.review_xliff import read_xliff
        from assistant.localization.review.review_xlsx import read_xlsx

        rows = rows_of(segments, self._files())
        read = read_xliff if path.suffix.lower() in XLIFF else read_xlsx
        return read(path.read_bytes(), rows, path.name)

    def _files(self) -> dict[int, str]:
        return {file.number: file.source for file in self._job.files}

    def _segments(self) -> Iterator[JobSegment]:
        return iter(self._jobs.segments(self._job.id, limit=None))
