"""The report of a localization job: one HTML page that needs nothing else, made from the job's record alone."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.localization.content import Content
from assistant.localization.jobs.records import HELD, FileStatus, Job, JobFile, JobSegment, JobState
from assistant.localization.report_words import ReportWords
from assistant.localization.told import check_words, findings_in, kind_words, reason_words, why_words
from knowledge.domain.locale import parse_locale

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
STATES = ("translated", "reused", "needs_review", "failed", "pending")
_ORIGINS = ("model", "memory", "repeated", "file", "program", "person")


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch of a text: words or a code, `marked` where a finding is about it."""

    text: str
    code: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ShownSegment:
    """A segment as the page shows it. `why` is empty where a finding says the same."""

    segment: JobSegment
    source: Sequence[ShownPiece]
    target: Sequence[ShownPiece]
    findings: Sequence[Mapping[str, Any]]
    why: str


@dataclass(slots=True)
class Group:
    """The listed segments of one file in one language."""

    file: JobFile
    segments: list[ShownSegment] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """What the page needs of all segments, taken in one pass."""

    held: dict[int, Group] = field(default_factory=dict)
    warned: dict[int, Group] = field(default_factory=dict)
    origins: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    reasons: Counter[str] = field(default_factory=Counter)
    """How many held segments each check found wrong, by its name; those without a finding by the kind of reason."""


def report_html(job: Job, segments: Iterable[JobSegment], language: str, *, now: datetime | None = None) -> str:
    """The page. `language` (`zh`, `en`) is that of its frame; every text of the job is data and is escaped.

    `now` is the moment that a job which has not ended is told of, in UTC.
    """
    words = ReportWords(language)
    seen = _seen(job, segments, words.language)
    counts = job.counts
    until = job.updated_at if job.state.ended else (now or _utc_now(job.created_at))
    style = (_TEMPLATES / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template("report.html.j2").render(
        w=words,
        job=job,
        style=style,
        style_hash=digest,
        counts=counts,
        states=[(state, counts[state]) for state in STATES if counts[state]],
        released=counts["translated"] + counts["reused"],
        held_count=job.held,
        locales=[(tag, _locale_name(tag, words)) for tag in job.options.targets],
        source_name=_locale_name(job.options.source, words),
        grid=_grid(job),
        unwritten=[file for file in job.files if file.status is FileStatus.FAILED],
        held=list(seen.held.values()),
        warned=list(seen.warned.values()),
        reasons=seen.reasons.most_common(),
        check_name=lambda check: check_words(check).of(words.language),
        reason=lambda why: reason_words(why).of(words.language),
        origins=[(name, seen.origins[name]) for name in _sorted_origins(seen.origins)],
        people=sorted(seen.people),
        until=until,
        seconds=max((until - job.created_at).total_seconds(), 0.0),
        choices=_choices(job, words),
        ended=job.state.ended,
        failed_job=job.state in (JobState.FAILED, JobState.CANCELLED),
    )  # fmt: skip


def _seen(job: Job, segments: Iterable[JobSegment], language: str) -> Seen:
    files = {file.number: file for file in job.files}
    seen = Seen()
    for segment in segments:
        if segment.state.released:
            seen.origins[segment.origin] += 1
            if segment.by:
                seen.people.add(segment.by)
        held = segment.state in HELD
        if not held and not (segment.state.released and segment.findings):
            continue
        if held:
            wrong = {str(found.get("check", "")) for found in segment.findings if found.get("severity") == "error"}
            kinds = [check_words(check) for check in wrong] or [kind_words(segment)]
            seen.reasons.update(words.of(language) for words in kinds)
        groups = seen.held if held else seen.warned
        groups.setdefault(segment.file, Group(files[segment.file])).segments.append(_shown(segment, language))
    return seen


def _shown(segment: JobSegment, language: str) -> ShownSegment:
    order = {"error": 0, "warning": 1, "info": 2}
    findings = sorted(findings_in(segment, language), key=lambda found: order.get(str(found.get("severity")), 3))
    spans = [(span["start"], span["end"]) for found in findings if (span := found.get("span"))]
    source, target = tuple(_pieces(segment.segment.source, ())), tuple(_pieces(segment.target, spans))
    why = why_words(segment).of(language)
    said = any(found.get("message") == why for found in findings)
    return ShownSegment(segment, source, target, findings, "" if said else why)


def _pieces(content: Content | None, spans: Sequence[tuple[int, int]]) -> Iterator[ShownPiece]:
    """The content cut where codes and findings begin and end; spans count in the content as text."""
    at = 0
    for piece in content.pieces if content else ():
        text, code = (piece, False) if isinstance(piece, str) else (piece.text, True)
        ends = sorted({end - at for span in spans for end in span if at < end < at + len(text)} | {len(text)})
        start = 0
        for end in ends:
            marked = any(first < at + end and at + start < last for first, last in spans)
            if end > start:
                yield ShownPiece(text[start:end], code, marked)
            start = end
        at += len(text)


def _grid(job: Job) -> list[tuple[str, list[JobFile | None]]]:
    """A row for each source file in the order of the job, with its files in the order of the languages."""
    rows: dict[str, dict[str, JobFile]] = {}
    for file in job.files:
        rows.setdefault(file.source, {})[file.locale] = file
    return [(source, [found.get(tag) for tag in job.options.targets]) for source, found in rows.items()]


def _choices(job: Job, words: ReportWords) -> list[str]:
    """What was chosen besides files and languages."""
    options = job.options
    lists = (("columns", options.columns), ("fields", options.fields), ("keys", options.keys_left))
    chosen = [words(key, names=", ".join(names)) for key, names in lists if names]
    if options.glossary:
        chosen.append(words("terms", n=len(options.glossary)))
    if options.budget is not None:
        chosen.append(words("budget", n=options.budget))
    return chosen if options.memory else [*chosen, words("memory.off")]


def _locale_name(tag: str, words: ReportWords) -> str:
    return parse_locale(tag).name(words.language)


def _utc_now(like: datetime) -> datetime:
    """The moment, in UTC, with or without the zone as `like` has it."""
    return datetime.now(UTC).replace(tzinfo=like.tzinfo)


def _sorted_origins(origins: Mapping[str, int]) -> list[str]:
    return sorted(origins, key=lambda name: _ORIGINS.index(name) if name in _ORIGINS else len(_ORIGINS))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = "{:,}".format
    environment.filters["moment"] = "{:%Y-%m-%d %H:%M} UTC".format
    return environment
