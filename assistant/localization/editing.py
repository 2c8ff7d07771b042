"""What people write for segments: checked at once, kept, remembered, and in the target files.

An edit with errors is kept and stays quarantined; whoever may release it all the same says why, which is on record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.localization.checks.base import Pair
from assistant.localization.checks.registry import check_pair
from assistant.localization.content import Content, read_back
from assistant.localization.jobs.opened_files import FormatOf
from assistant.localization.jobs.output import Output
from assistant.localization.jobs.records import Job, JobFile, JobSegment
from assistant.localization.jobs.results import Results
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.memory.learning import learn
from assistant.localization.memory.store import MemoryStore
from assistant.localization.protection.codes import with_codes
from assistant.localization.review.records import Edit, ReviewRow, code_fault
from assistant.localization.segment import Outcome, SegmentState
from assistant.localization.terms import term_from_json
from assistant.localization.told import why_words
from assistant.localization.wording import WorkspaceWords
from knowledge.domain.errors import Changed, Conflict, InputError, NotFound
from knowledge.domain.finding import Severity
from knowledge.domain.locale import parse_locale
from knowledge.domain.text import clean
from knowledge.domain.words import Words
from knowledge.store.record import Record

if TYPE_CHECKING:
    from assistant.workspace import Workspace

SUBJECT = "localization"
RELEASED = "released in spite of errors"
"""Under which a release stands in the record, with job and segment; which errors they are, the segment says."""

_MOST = 500  # segments read at once


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of edits: how many were taken, which of them wait for a person still (number, why), and a line for
    each that was not taken."""

    taken: int
    waiting: tuple[tuple[int, Words], ...] = ()
    problems: tuple[str, ...] = ()


class Editing(Record):
    """Edits of one workspace's jobs. Made for an act: it reads glossary and names once."""

    def __init__(self, workspace: Workspace, *, format_of: FormatOf | None = None) -> None:
        super().__init__(workspace.database, workspace.name)
        self._workspace = workspace
        self._jobs = LocalizationJobs(workspace.database, workspace.name)
        self._results = Results(workspace.database, workspace.name)
        self._output = Output(workspace.database, workspace.name, format_of=format_of)
        self._words: dict[str, WorkspaceWords] = {}

    def segment(self, job_id: str, number: int) -> JobSegment:
        """One segment. Raises `NotFound`."""
        found = self._jobs.segments(job_id, after=number - 1, limit=1)
        if not found or found[0].number != number:
            self._jobs.state(job_id)
            raise NotFound(f"job '{job_id}' has no segment {number}")
        return found[0]

    def edit(self, job_id: str, number: int, text: str, by: str, *, seen: str = "", reason: str = "") -> JobSegment:
        """Put `text` in the place of a segment's target; codes stand in it as the file has them.

        `seen` is the tag (`tag_of`) of the segment that the person looked at. With a `reason` it is released in spite
        of errors. Raises `NotFound`, `Changed`, `Conflict` while it is still to be translated, and `InputError` for an
        empty text or one that has not the codes of the source.
        """
        before = self.segment(job_id, number)
        if seen and seen != tag_of(before):
            raise Changed(f"segment {number} was changed meanwhile; read it again, then decide")
        job = self._jobs.get(job_id, counts=False)
        kept = self._take(job, before, text, by, _one_line(reason), checked=bool(seen))
        self._write(job)
        return kept

    def merge(self, job_id: str, edits: Sequence[Edit], by: str, *, reason: str = "") -> Merged:
        """Take the edits of a review; what is wrong with one keeps no other from being taken. Raises `NotFound`."""
        job = self._jobs.get(job_id, counts=False)
        given = _one_line(reason)
        taken = 0
        waiting: list[tuple[int, Words]] = []
        problems: list[str] = []
        for edit, before in self._with_segments(job_id, edits):
            try:
                kept = self._take(job, before, str(edit.target), by, given)
            except (Conflict, InputError) as error:
                problems.append(error.message)
                continue
            taken += 1
            if not kept.state.released:
                waiting.append((kept.number, why_words(kept)))
        self._write(job)
        return Merged(taken, tuple(waiting), tuple(problems))

    def _take(
        self, job: Job, before: JobSegment, text: str, by: str, reason: str, *, checked: bool = False
    ) -> JobSegment:
        source = with_codes(before.segment.source)
        target = read_back(text.replace("\r\n", "\n"), source.codes)
        if not target.says_something and source.says_something:
            raise InputError(f"segment {before.number}: the translation is empty; write it, or leave it as it was")
        if fault := code_fault(_as_row(before), read_back(str(target), before.segment.source.codes)):
            raise InputError(f"segment {before.number}: {fault}")
        outcome = self._checked(job, before, source, target)
        errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
        if errors and reason:
            outcome = Outcome(SegmentState.TRANSLATED, target, outcome.findings, f"{by}: {reason}", "person")
        kept = self._jobs.edit(job.id, before.number, target, by, outcome, before if checked else None)
        if errors and reason:
            self._on_record(job, kept, by, reason)
        if kept.state.released and job.options.memory and target.says_something:
            locales = parse_locale(job.options.source), parse_locale(kept.locale)
            learn(self._memory, kept.segment, target, *locales, by=by)
        return kept

    def _checked(self, job: Job, before: JobSegment, source: Content, target: Content) -> Outcome:
        locales = parse_locale(job.options.source), parse_locale(before.locale)
        if job.id not in self._words:
            given = [term_from_json(term) for term in job.options.glossary]
            self._words[job.id] = WorkspaceWords(self._workspace.library, given)
        known = self._words[job.id].known(source.words, *locales)
        segment = before.segment
        pair = Pair(
            source, target, *locales, known.terms, known.names, segment.max_length, segment.plural, known.culture
        )
        # Of a language that Koujing cannot check, the person's word counts.
        findings = tuple(check_pair(pair)) if all(locale.known for locale in locales) else ()
        error = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
        state = SegmentState.TRANSLATED if error is None else SegmentState.NEEDS_REVIEW
        return Outcome(state, target, findings, error.message if error else "", "person")

    def _on_record(self, job: Job, segment: JobSegment, by: str, reason: str) -> None:
        with self.writing(revises=False) as session:
            now = self._workspace.settings.now()
            self.note(session, SUBJECT, f"{job.id}/{segment.number}", RELEASED, by, now, reason=reason)

    def _write(self, job: Job) -> None:
        """The files that the edits touched and that nothing is awaited in."""
        changed = set(self._results.complete(job.id))
        for file in job.files if changed else ():
            if file.number in changed:
                self._output.write(job, file)
        if self._results.finish(job.id):
            self._output.tell(job.id)

    def _with_segments(self, job_id: str, edits: Sequence[Edit]) -> list[tuple[Edit, JobSegment]]:
        wanted = {edit.number: edit for edit in edits}
        found: list[tuple[Edit, JobSegment]] = []
        after = min(wanted, default=1) - 1
        while len(found) < len(wanted) and (part := self._jobs.segments(job_id, after=after, limit=_MOST)):
            found += [(wanted[one.number], one) for one in part if one.number in wanted]
            after = part[-1].number
        return found

    @cached_property
    def _memory(self) -> MemoryStore:
        return MemoryStore(self._workspace.library)


def tag_of(segment: JobSegment) -> str:
    """Says which state of a segment somebody looked at: another one after every change."""
    target = None if segment.target is None else segment.target.to_json()
    told = [str(segment.state), target, segment.why, segment.by, [dict(finding) for finding in segment.findings]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def target_name(file: JobFile) -> str:
    """The name under which a target file is saved where it stands in no folder: with the locale in it."""
    path = file.target.rsplit("/", 1)[-1]
    if path != file.source.rsplit("/", 1)[-1]:
        return path
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{file.locale}.{ending}" if dot and stem else f"{path}.{file.locale}"


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _as_row(one: JobSegment) -> ReviewRow:
    return ReviewRow(
        one.number, "", one.segment.place, one.locale, one.segment.source, one.target, one.state,
        plural=one.segment.plural, max_length=one.segment.max_length,
    )  # fmt: skip
