"""What an import would do, file by file, before anything is written: new, changed word by word, the same, refused."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from knowledge.domain.errors import InputError
from knowledge.importing import GivenFile, Importer, ImportItem, ImportOptions, ImportReport, Status, told
from knowledge.records import EntryVersion
from knowledge.sheets.importing import SHEETS, plan_sheet
from knowledge.sheets.plan import Plan
from knowledge.version_diff import Part, diff_words, word_diff

UPLOAD = "upload:"
"""Before the name of a file that was sent: it lies nowhere, and is known again by its entry's id."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """What becomes of a file or a row. `parts` is what a change changes; `message` why it is refused, or what a person
    should look at. A refused one has no version."""

    source: str
    status: Status
    version: EntryVersion | None = None
    before: EntryVersion | None = None
    parts: tuple[Part, ...] = ()
    message: str = ""

    def to_json(self) -> dict[str, Any]:
        v = self.version
        return {
            "source": self.source,
            "status": str(self.status),
            "entry_id": v.entry_id if v else None,
            "title": v.title if v else None,
            "kind": v.kind if v else None,
            "locale": v.locale if v else None,
            "audience": str(v.audience) if v else None,
            "state": str(v.state) if v else None,
            "after": self.before.version if self.before else None,
            "changes": [part.to_json() for part in self.parts],
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it. `sheets` are the plans of those files whose rows are entries, with their columns."""

    items: tuple[PreviewItem, ...]
    sheets: tuple[Plan, ...] = ()

    def count(self, status: Status) -> int:
        return sum(item.status is status for item in self.items)

    @property
    def writes(self) -> bool:
        """True when importing would write anything."""
        return any(item.status in (Status.NEW, Status.CHANGED, Status.APPROVED) for item in self.items)

    @property
    def token(self) -> str:
        """Another one as soon as anything else would be written: whoever imports can say which preview they saw."""
        said = [[item.to_json(), item.version.content_hash if item.version else ""] for item in self.items]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "replace")).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        return {
            "items": [item.to_json() for item in self.items],
            "counts": {str(status): self.count(status) for status in Status},
            "sheets": [plan.preview() for plan in self.sheets],
        }


def uploaded(files: Iterable[tuple[str, Path]]) -> list[GivenFile]:
    """Files that were sent, each with the name it was sent under. Raises `InputError` when two would be one entry."""
    given = [GivenFile(path, safe_name(name), f"{UPLOAD}{safe_name(name)}", by_id=True) for name, path in files]
    twice = [name for name, count in Counter(file.source for file in given).items() if count > 1]
    if twice:
        raise InputError(f"two files are called '{twice[0]}'; rename one of them")
    return given


def safe_name(name: str) -> str:
    """The last part of a name that somebody sent, without what a file's name must not hold; never empty."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = _CONTROL.sub("-", last).strip(" .-") or "file"
    stem, dot, suffix = kept.rpartition(".")
    while len(kept.encode("utf-8", "ignore")) > _LONGEST_NAME and (stem or kept):
        stem, kept = stem[:-1], f"{stem[:-1]}{dot}{suffix[:10]}"
    return kept.encode("utf-8", "ignore").decode()


def preview_import(importer: Importer, files: Sequence[GivenFile], options: ImportOptions) -> Preview:
    """What `importer.take(files, options)` would do. Nothing is written; what is wrong with a file is in its item."""
    items: list[PreviewItem] = []
    plans: list[Plan] = []
    for file in files:
        try:
            if options.sheet is not None and file.path.suffix.lower() in SHEETS:
                plan = plan_sheet(importer.shelf, importer.customers, file.path, options.sheet)
                plans.append(plan)
                items += _rows(plan, file.source, importer)
            else:
                items.append(_document(importer, file, options))
        except InputError as error:
            items.append(PreviewItem(file.source, Status.FAILED, message=told(error)))
    return Preview(tuple(_once(items)), tuple(plans))


def import_uploads(importer: Importer, files: Sequence[GivenFile], options: ImportOptions) -> ImportReport:
    """Import files that were sent."""
    items: list[ImportItem] = importer.take(files, options)
    return ImportReport(tuple(items))


def _document(importer: Importer, file: GivenFile, options: ImportOptions) -> PreviewItem:
    planned = importer.plan(file, options)
    parts = tuple(word_diff(planned.before, planned.version)) if planned.before else ()
    changed = planned.status is Status.CHANGED
    return PreviewItem(
        file.source,
        planned.status,
        planned.version,
        planned.before,
        parts if changed else (),
        "; ".join(planned.notes),
    )


def _rows(plan: Plan, source: str, importer: Importer) -> Iterator[PreviewItem]:
    for problem in plan.table.problems:
        yield PreviewItem(source, Status.FAILED, message=problem.line)
    found: dict[int, PreviewItem] = {}
    for item in plan.planned:
        status = Status.CHANGED if item.after else Status.NEW
        before = importer.entries.newest(item.version.entry_id) if item.after else None
        parts = tuple(Part(c.name, tuple(diff_words(c.before, c.after))) for c in item.changes)
        found[item.row] = PreviewItem(
            f"{source} · {item.row}", status, item.version, before, parts, "; ".join(item.notes)
        )
    for same in plan.unchanged:
        entry = importer.entries.newest(same.entry_id)
        found[same.row] = PreviewItem(f"{source} · {same.row}", Status.UNCHANGED, entry, entry)
    for refused in plan.refused:
        lines = "; ".join(problem.line for problem in refused.problems)
        found[refused.row] = PreviewItem(f"{source} · {refused.row}", Status.FAILED, message=lines)
    yield from (found[row] for row in sorted(found))


def _once(items: Sequence[PreviewItem]) -> Iterator[PreviewItem]:
    """A second file of the same id would write over the first: it is refused."""
    seen: dict[str, str] = {}
    for item in items:
        entry_id = item.version.entry_id if item.version else ""
        if entry_id and entry_id in seen:
            message = f"its id '{entry_id}' is that of {seen[entry_id]}; rename the file, or give it an id"
            yield PreviewItem(item.source, Status.FAILED, message=message)
            continue
        if entry_id:
            seen[entry_id] = item.source
        yield item
