"""A job's segments to linguists and back: what they wrote is checked again, kept, remembered and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.localization.checks.base import Pair
from assistant.localization.checks.registry import check_pair
from assistant.localization.jobs.opening import memory_of
from assistant.localization.jobs.output import Output
from assistant.localization.jobs.records import Job, JobSegment
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.memory.learning import learn
from assistant.localization.protection.codes import with_codes
from assistant.localization.review.records import Edit, Review, rows_of
from assistant.localization.segment import Outcome, SegmentState
from assistant.localization.terms import term_from_json
from assistant.localization.wording import WorkspaceWords
from knowledge.domain.errors import InputError
from knowledge.domain.finding import Finding, Severity
from knowledge.domain.locale import parse_locale

if TYPE_CHECKING:
    from assistant.workspace import Workspace

XLIFF = (".xlf", ".xliff")
ENDINGS = (".xlsx", *XLIFF)
HELD = (SegmentState.NEEDS_REVIEW, SegmentState.FAILED)


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

    def export(self, path: Path, *, locale: str = "", every: bool = False) -> int:
        """Write a file for linguists, by its ending; how many segments. `every`: also those that are released.

        Raises `InputError` when there is nothing to review, and for XLIFF with several locales.
        """
        from assistant.localization.review.review_xliff import write_xliff
        from assistant.localization.review.review_xlsx import write_xlsx

        found = [one for one in self._segments() if (every or one.state in HELD) and locale in ("", one.locale)]
        rows = rows_of(found, self._files())
        if not rows:
            raise InputError(f"job '{self._job.id}' has no segment that wants a review; --all takes every one")
        language = "zh" if self._source.language == "zh" else "en"
        if path.suffix.lower() not in XLIFF:
            path.write_bytes(write_xlsx(rows, language))
            return len(rows)
        locales = sorted({row.locale for row in rows})
        if len(locales) > 1:
            raise InputError(f"an XLIFF file holds one target locale; name it with --locale ({', '.join(locales)})")
        path.write_bytes(write_xliff(rows, self._source, parse_locale(locales[0]), language=language))
        return len(rows)

    def take(self, path: Path, by: str, *, accept: bool = False) -> Taken:
        """Take a file that came back: each edit is checked, kept and remembered, and the target files are written anew.

        An edit that breaks a rule stays held with the reason, unless `accept`: a person answers for it. Raises
        `UnreadableFile`.
        """
        segments = {segment.number: segment for segment in self._segments()}
        review = self._read(path, list(segments.values()))
        words = WorkspaceWords(self._workspace, [term_from_json(term) for term in self._job.options.glossary])
        memory = memory_of(self._workspace) if self._job.options.memory else None
        held: list[str] = []
        for edit in review.edits:
            segment = segments[edit.number]
            outcome = self._checked(segment, edit, words, accept)
            self._jobs.edit(self._job.id, edit.number, edit.target, by, outcome)
            if not outcome.state.released:
                held.append(f"segment {edit.number}, {segment.segment.place}: {outcome.why}")
            elif memory is not None:
                learn(memory, segment.segment, edit.target, self._source, parse_locale(segment.locale), by=by)
        if review.edits:
            job = self._jobs.get(self._job.id)
            Output(self._workspace.database, self._workspace.name).mend(job)
        return Taken(len(review.edits) - len(held), held, review.problems)

    def _checked(self, segment: JobSegment, edit: Edit, words: WorkspaceWords, accept: bool) -> Outcome:
        target = parse_locale(segment.locale)
        known = words.known(segment.segment.source.words, self._source, target)
        findings: list[Finding] = []
        if self._source.known and target.known:
            asked = segment.segment
            source = with_codes(asked.source)
            findings = check_pair(
                Pair(source, with_codes(edit.target), self._source, target, known.terms, known.names,
                     asked.max_length, asked.plural)
            )  # fmt: skip
        errors = [finding.message for finding in findings if finding.severity is Severity.ERROR]
        state = SegmentState.NEEDS_REVIEW if errors and not accept else SegmentState.TRANSLATED
        why = "" if state.released else "; ".join(errors)
        return Outcome(state, edit.target, tuple(findings), why, "person")

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
