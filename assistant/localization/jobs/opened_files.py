"""A file of a job as its format reads it, and its segments in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.localization.formats.base import FileFormat, LocalizableFile, Reading
from assistant.localization.jobs.records import Job, JobFile
from assistant.localization.segment import Segment
from assistant.localization.unit import Unit
from knowledge.domain.locale import parse_locale

FormatOf = Callable[[str, bytes], FileFormat]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, read: the id of its format, and what it gives and takes."""

    format: str
    file: LocalizableFile


def open_file(job: Job, file: JobFile, data: bytes, format_of: FormatOf | None = None) -> Opened:
    """Read a file's source as the job's options say. Raises `InputError`, `UnreadableFile`."""
    options = job.options
    name = file.source.rsplit("/", 1)[-1]
    known = (format_of or _format_of)(name, data)
    reading = Reading(
        name,
        parse_locale(options.source),
        parse_locale(file.locale),
        columns=options.columns,
        fields=options.fields,
        keys_left=options.keys_left,
    )
    return Opened(known.id, known.read(data, reading))


def cut(units: Sequence[Unit]) -> list[Segment]:
    """The segments of units, see `assistant.localization.segmenting`."""
    from assistant.localization.segmenting import segments_of

    return segments_of(units)


def _format_of(name: str, data: bytes) -> FileFormat:
    from assistant.localization.formats.registry import format_of

    return format_of(name, data)
