"""A folder of text files into the library: everything is read and judged first, then written in one transaction."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.folder.deciding import Fate, decide
from knowledge.folder.entry_file import EntryFile, read_entry
from knowledge.folder.manifest import has_manifest
from knowledge.folder.names import HISTORY, MANIFEST, SECTIONS
from knowledge.folder.registers_back import read_registers
from knowledge.importing import ImportItem, ImportReport, Status
from knowledge.reading.source import load
from knowledge.records import EntryVersion, State
from knowledge.shelving import OnStep, ToShelve

if TYPE_CHECKING:
    from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class FolderReport(ImportReport):
    """A line for each file, and what else a person should know."""

    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that could be read. `name` is its path in the folder, `section` the first part of that."""

    name: str
    section: str
    file: EntryFile

    @property
    def version(self) -> EntryVersion:
        return self.file.version


@dataclass(slots=True)
class _Decided:
    found: _Found
    fate: Fate
    status: Status
    after: int | None = None


def import_folder(
    library: Library, path: Path, *, trust: bool, by: str, on_step: OnStep = lambda done, of: None
) -> FolderReport:
    """Bring a folder that `export_folder` wrote, or somebody changed since, into the library.

    With `trust`, states, approvals, version numbers and times come back as the files say; without it every change is
    a draft for inside, and permissions stay out. Entries that the folder does not have are left as they are; with
    trust, a permission that was taken out of a customer's list is withdrawn. A broken file gets one line in the
    report, the others come in together or not at all. Raises `InputError` when `path` is no such folder or its
    registers are wrong (nothing is written then), `Conflict` when somebody else was faster.
    """
    if not path.is_dir() or not has_manifest(path):
        raise InputError(f"{path}: holds no {MANIFEST}; `koujing library import` takes loose documents")
    today = library.now().date()
    registers = read_registers(path, library.customers.all(), library.glossary.all(), trust=trust, today=today)
    found, failed = _read_all(path, today)
    decided, refused = _decide_all(library, found, trust, by)
    if registers.customers:
        library.customers.save(registers.customers, by=by, now=library.now())
    if registers.terms:
        library.glossary.save(registers.terms, by=by, now=library.now())
    stored = _shelve(library, [d for d in decided if d.fate.take], trust, by, on_step)
    items = [_item(library, d, stored.get(d.found.name), by) for d in decided]
    items = sorted((*items, *failed, *refused), key=lambda item: item.source)
    return FolderReport((*registers.items, *items), notes=_notes(decided, trust))


def _read_all(path: Path, today: date) -> tuple[list[_Found], list[ImportItem]]:
    found: list[_Found] = []
    failed: list[ImportItem] = []
    for name in _files(path):
        try:
            found.append(_read(path, name, today))
        except UnreadableFile as error:
            failed.append(_failed(name, "; ".join(filter(None, (error.reason, error.remedy)))))
        except InputError as error:
            failed.append(_failed(name, str(error)))
    twice = Counter(map(_key, found))
    for one in found:
        if twice[_key(one)] > 1:
            others = ", ".join(other.name for other in found if _key(other) == _key(one) and other is not one)
            failed.append(_failed(one.name, f"the id '{one.version.entry_id}' stands in {others}, too; keep one"))
    return [one for one in found if twice[_key(one)] == 1], failed


def _key(found: _Found) -> tuple[str, str, int]:
    return found.section, found.version.entry_id, found.version.version if found.section == HISTORY else 0


def _failed(name: str, message: str) -> ImportItem:
    return ImportItem(name, Status.FAILED, message=message)


def _files(path: Path) -> Iterator[str]:
    for section in SECTIONS:
        for folder, folders, names in os.walk(path / section):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    yield (Path(folder) / name).relative_to(path).as_posix()


def _read(path: Path, name: str, today: date) -> _Found:
    file = path / name
    if file.is_symlink():
        raise InputError("is a link to another file; put the file itself here")
    if file.suffix.lower() != ".md":
        raise InputError("is no Markdown file; entries are .md, loose documents go through `koujing library import`")
    source = load(file)
    read = read_entry(source.text(), name, today)
    version = replace(read.version, origin=str(file.resolve()), content_hash=hashlib.sha256(source.data).hexdigest())
    document = replace(read.document, title=version.title, content_hash=version.content_hash)
    return _Found(name, name.split("/", 1)[0], EntryFile(version, document, read.keys))


def _decide_all(
    library: Library, found: Sequence[_Found], trust: bool, by: str
) -> tuple[list[_Decided], list[ImportItem]]:
    """Entry by entry, the versions of each from the oldest on; later ones see what comes of earlier ones."""
    known = {entry.entry_id for entry in library.entries.latest()}
    entries: dict[str, list[_Found]] = {}
    for one in sorted(found, key=lambda one: (one.version.version, SECTIONS.index(one.section))):
        entries.setdefault(one.version.entry_id, []).append(one)
    decided: list[_Decided] = []
    refused: list[ImportItem] = []
    for entry_id, versions in entries.items():
        there = library.entries.versions(entry_id) if entry_id in known else []
        seen = there[-1].version if there else 0
        after: int | None = seen
        for one in versions:
            try:
                fate = decide(one.version, one.section, there, trust=trust, by=by)
            except InputError as error:
                refused.append(_failed(one.name, str(error)))
                continue
            status = Status.UNCHANGED if fate.take is None else Status.CHANGED if entry_id in known else Status.NEW
            decided.append(_Decided(one, fate, status, after if fate.take else None))
            if fate.take is not None:
                seen = max(fate.take.version, seen + 1)
                there = [*there, replace(fate.take, version=seen)]
                after = None
    return decided, refused


def _shelve(
    library: Library, decided: Sequence[_Decided], trust: bool, by: str, on_step: OnStep
) -> dict[str, tuple[EntryVersion, int]]:
    """The stored versions and how many passages each has, by file."""
    items = [
        ToShelve(one.fate.take, one.found.file.document, one.after, as_it_was=trust)
        for one in decided
        if one.fate.take is not None
    ]
    if not items:
        return {}
    stored = library.shelf.shelve(items, by, act="imported", reason="from a folder", on_step=on_step)
    return {one.found.name: (kept.version, len(kept.pks)) for one, kept in zip(decided, stored, strict=True)}


def _item(library: Library, decided: _Decided, stored: tuple[EntryVersion, int] | None, by: str) -> ImportItem:
    name, fate = decided.found.name, decided.fate
    message = "; ".join((*([fate.message] if fate.message else ()), *decided.found.file.document.warnings))
    if stored is not None:
        version, passages = stored
        return ImportItem(name, decided.status, version.entry_id, version.version, passages, message)
    known = fate.known or decided.found.version
    status = _take_step(library, decided.found.version, known, fate.step, by) if fate.step else Status.UNCHANGED
    if status is Status.CHANGED:
        message = "retired"
    return ImportItem(name, status, known.entry_id, known.version, message=message)


def _take_step(library: Library, found: EntryVersion, known: EntryVersion, step: State, by: str) -> Status:
    """The known version is approved or retired as the file says it was."""
    entry_id, reason = known.entry_id, f"from a folder that {by} imported"
    if step is State.APPROVED:
        who, when = found.approved_by or by, found.approved_at or library.now()
        library.entries.approve(entry_id, who, when, reason=reason, version=known.version)
        return Status.APPROVED
    library.entries.retire(entry_id, by, found.ended_at or library.now(), reason=reason, version=known.version)
    return Status.CHANGED


def _notes(decided: Sequence[_Decided], trust: bool) -> tuple[str, ...]:
    claims = sum(d.fate.take is not None and d.found.version.state is State.APPROVED for d in decided)
    if trust or not claims:
        return ()
    subject = "1 entry claims" if claims == 1 else f"{claims} entries claim"
    return (f"{subject} to be approved; without trust that does not count, they came in as drafts",)
