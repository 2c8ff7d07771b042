"""Files into the library: one file is one entry. Unchanged files are skipped, changed ones become a new version,
vanished ones are reported; a file that cannot be read gets one line and the rest is imported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from knowledge.days import as_day
from knowledge.domain.errors import InputError, UnreadableFile
from knowledge.domain.locale import detect_language, parse_locale
from knowledge.kinds import check_fields
from knowledge.reading import read, read_body, readable
from knowledge.reading.as_markdown import as_markdown
from knowledge.reading.document import Document
from knowledge.records import KINDS, Audience, EntryVersion, State
from knowledge.sheets.importing import SHEETS, SheetImport, SheetOptions, import_sheet
from knowledge.shelving import Shelf, ToShelve
from knowledge.store.customers import Customers
from knowledge.store.entries import Entries
from knowledge.store.schema import EntryRow, EntryVersionRow

_KEYS = {
    "id", "title", "kind", "locale", "translates", "audience", "state", "markets", "customer", "owner",
    "review_due", "valid_until", "fields",
    # What an exported folder says of an entry's past; a file that is imported by itself begins anew.
    "version", "source", "approved_by", "approved_at", "ended_at", "created_by", "created_at",
}  # fmt: skip


class Status(StrEnum):
    """What became of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    APPROVED = "approved"
    VANISHED = "vanished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One line of the report."""

    source: str
    status: Status
    entry_id: str | None = None
    version: int | None = None
    passages: int = 0
    message: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "status": str(self.status),
            "entry_id": self.entry_id,
            "version": self.version,
            "passages": self.passages,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every file met, in order."""

    items: tuple[ImportItem, ...]

    def count(self, status: Status) -> int:
        return sum(item.status is status for item in self.items)

    @property
    def failed(self) -> bool:
        return any(item.status is Status.FAILED for item in self.items)

    @property
    def passages(self) -> int:
        return sum(item.passages for item in self.items)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What holds for every file that does not say otherwise in its front matter.

    `trust_front_matter` lets a file set its own state and audience; without it a document cannot approve itself.
    `sheet`: the rows of tables are entries of its kind; without it a table is one document like any other file.
    """

    kind: str | None = None
    customer: str | None = None
    audience: Audience | None = None
    markets: tuple[str, ...] = ()
    locale: str | None = None
    state: State | None = None
    by: str = "import"
    trust_front_matter: bool = False
    sheet: SheetOptions | None = None


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file to import: where it lies, the name people see, and where it is known to come from (for the next time).

    `by_id`: it lies there for now only (an upload), so it is known again by its entry's id.
    """

    path: Path
    source: str
    origin: str
    by_id: bool = False


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """What importing a file would do: `version` becomes the next after `before` (None: a new entry). `status` is NEW,
    CHANGED, UNCHANGED, or APPROVED when only the state changes."""

    status: Status
    version: EntryVersion
    document: Document
    before: EntryVersion | None = None
    notes: tuple[str, ...] = ()


OnFile = Callable[[str, int, int], None]

_Word = TypeVar("_Word", State, Audience)


@dataclass(slots=True)
class Importer:
    """Imports files into one workspace."""

    shelf: Shelf
    customers: Customers
    _sent: dict[str, str] = field(default_factory=dict)
    """Ids of entries that files of this run gave, where those are known by their id; with the file of each."""

    @property
    def entries(self) -> Entries:
        return self.shelf.entries

    @property
    def now(self) -> Callable[[], datetime]:
        return self.shelf.now

    def run(self, paths: Sequence[Path], options: ImportOptions, on_file: OnFile = lambda *_: None) -> ImportReport:
        """Import files and folders. Raises `InputError` when a path does not exist; all else is in the report."""
        files = [GivenFile(path, source, str(path)) for given in paths for path, source in _files(given)]
        items = self.take(files, options, on_file)
        seen = {file.origin for file in files}
        items += [item for path in paths if path.is_dir() for item in self._vanished(path, seen)]
        return ImportReport(tuple(items))

    def take(
        self, files: Sequence[GivenFile], options: ImportOptions, on_file: OnFile = lambda *_: None
    ) -> list[ImportItem]:
        """Import these files, one after the other; what is wrong with one is in its item."""
        items: list[ImportItem] = []
        for number, file in enumerate(files, start=1):
            on_file(file.source, number, len(files))
            try:
                items += self._file(file, options)
            except InputError as error:
                items.append(ImportItem(file.source, Status.FAILED, message=told(error)))
        return items

    def plan(self, file: GivenFile, options: ImportOptions) -> PlannedFile:
        """What importing one document would do; nothing is written. Raises `UnreadableFile` or `InputError`."""
        document = read(file.path)
        new, notes = self._entry(document, file, options)
        with self.entries.reading() as session:
            before = self.entries.by_origin(session, file.origin)
            there = self.entries.newest_of(session, new.entry_id)
            self._refuse_foreign(session, new)
        before = before or (there if file.by_id else None)
        notes = (*document.warnings, *notes)
        if before is not None and _same(before, new, options):
            approves = new.state is State.APPROVED and before.state is State.DRAFT
            return PlannedFile(Status.APPROVED if approves else Status.UNCHANGED, new, document, before, notes)
        if before is not None and before.entry_id == new.entry_id:
            return PlannedFile(Status.CHANGED, _with_old_choices(new, before, options), document, before, notes)
        return PlannedFile(Status.CHANGED if there else Status.NEW, new, document, there, notes)

    def _file(self, file: GivenFile, options: ImportOptions) -> list[ImportItem]:
        if options.sheet is not None and file.path.suffix.lower() in SHEETS:
            done = import_sheet(self.shelf, self.customers, file.path, options.sheet, options.by)
            return list(_rows(done, file.source))
        return [self._one(file, options)]

    def _one(self, file: GivenFile, options: ImportOptions) -> ImportItem:
        planned = self.plan(file, options)
        before, entry_id = planned.before, planned.version.entry_id
        if file.by_id and self._sent.setdefault(entry_id, file.source) != file.source:
            message = f"its id '{entry_id}' is that of {self._sent[entry_id]}; rename the file, or give it an id"
            raise InputError(message)
        if before is not None and planned.status is Status.APPROVED:
            approved = self.entries.approve(before.entry_id, options.by, self.now())
            return ImportItem(file.source, Status.APPROVED, approved.entry_id, approved.version)
        if before is not None and planned.status is Status.UNCHANGED:
            return ImportItem(file.source, Status.UNCHANGED, before.entry_id, before.version)
        [(version, pks)] = self.shelf.shelve([ToShelve(planned.version, planned.document)], options.by)
        status = Status.NEW if version.version == 1 else Status.CHANGED
        return ImportItem(file.source, status, version.entry_id, version.version, len(pks), "; ".join(planned.notes))

    def _entry(
        self, document: Document, file: GivenFile, options: ImportOptions
    ) -> tuple[EntryVersion, tuple[str, ...]]:
        """The version that a file is, and what a person should look at in its fields."""
        meta = document.meta if options.trust_front_matter or _is_entry(document) else {}
        if options.trust_front_matter:
            unknown = sorted(set(meta) - _KEYS)
            if unknown:
                raise InputError(f"front matter: unknown key '{unknown[0]}'; known: {', '.join(sorted(_KEYS))}")
        today, source = self.now().date(), file.source
        body = as_markdown(document)
        text = _text_of(document, source, body)
        locale = str(meta.get("locale") or options.locale or detect_language(text) or "en")
        kind = str(meta.get("kind") or options.kind or "document")
        if kind not in KINDS:
            raise InputError(f"'{kind}' is no kind of entry; choose {', '.join(KINDS)}")
        trusted = options.trust_front_matter
        state = (meta.get("state") if trusted else None) or options.state or State.DRAFT
        audience = (meta.get("audience") if trusted else None) or options.audience or Audience.INTERNAL
        fields, notes = _fields(kind, meta.get("fields"), today)
        version = EntryVersion(
            entry_id=str(meta.get("id") or _slug(source)),
            version=0,
            kind=kind,
            locale=parse_locale(locale).tag,
            title=str(meta.get("title") or document.title or Path(source).stem),
            text=text,
            state=_word(State, state, "state"),
            audience=_word(Audience, audience, "audience"),
            fields=fields,
            markets=tuple(meta.get("markets") or options.markets),
            customer=meta.get("customer") or options.customer,
            owner=str(meta.get("owner") or ""),
            translates=meta.get("translates"),
            source=source,
            origin=file.origin,
            content_hash=document.content_hash,
            review_due=as_day(meta.get("review_due"), today, "review_due"),
            valid_until=as_day(meta.get("valid_until"), today, "valid_until"),
            body=body,
        )
        return version, notes

    def _refuse_foreign(self, session: Any, new: EntryVersion) -> None:
        """An id that belongs to another file which is still there is never written over."""
        origin = session.scalar(
            select(EntryVersionRow.origin)
            .join(EntryRow, EntryRow.id == EntryVersionRow.entry_id)
            .where(
                EntryVersionRow.workspace == self.entries.workspace,
                EntryRow.workspace == self.entries.workspace,
                EntryVersionRow.entry_id == new.entry_id,
                EntryVersionRow.version == EntryRow.latest_version,
            )
        )
        if origin and origin != new.origin and Path(origin).exists():
            raise InputError(
                f"the id '{new.entry_id}' belongs to {Path(origin).parent.name}/{Path(origin).name}; "
                "rename this file, or give it an id in its front matter"
            )

    def _vanished(self, folder: Path, seen: set[str]) -> Iterator[ImportItem]:
        prefix = f"{folder.resolve()}/"
        for entry in self.entries.latest():
            if entry.origin.startswith(prefix) and entry.origin not in seen and not Path(entry.origin).exists():
                message = "the file is gone; its entry stays until it is retired"
                yield ImportItem(entry.source, Status.VANISHED, entry.entry_id, entry.version, message=message)


def told(error: InputError) -> str:
    """Why a file is refused, without its name, which stands beside it."""
    if isinstance(error, UnreadableFile):
        return "; ".join(filter(None, (error.reason, error.remedy)))
    return str(error)


def _rows(done: SheetImport, source: str) -> Iterator[ImportItem]:
    """One item for each row of a sheet, as they stand in it; what is wrong with the sheet as a whole comes first."""
    plan = done.plan
    for problem in plan.table.problems:
        yield ImportItem(source, Status.FAILED, message=problem.line)
    items: dict[int, ImportItem] = {}
    for item, (version, pks) in zip(plan.planned, done.stored, strict=True):
        status = Status.CHANGED if item.after else Status.NEW
        items[item.row] = ImportItem(
            f"{source} row {item.row}", status, version.entry_id, version.version, len(pks), "; ".join(item.notes)
        )
    for same in plan.unchanged:
        items[same.row] = ImportItem(f"{source} row {same.row}", Status.UNCHANGED, same.entry_id)
    for refused in plan.refused:
        lines = "; ".join(problem.line for problem in refused.problems)
        items[refused.row] = ImportItem(f"{source} row {refused.row}", Status.FAILED, message=lines)
    yield from (items[row] for row in sorted(items))


def _text_of(document: Document, source: str, body: str) -> str:
    """What a reader sees of the body: a text in another format reads the same now and whenever its body is read."""
    kept = document if document.body else read_body(source, body)
    return "\n".join(block.text for block in kept.blocks)


def _word(words: type[_Word], value: Any, name: str) -> _Word:
    """Raises `InputError` for another word than these; `expired` is none, since it follows from `valid_until`."""
    known = [word for word in words if word is not State.EXPIRED]
    if value not in known:
        raise InputError(f"front matter: {name} '{value}' is none of {', '.join(known)}")
    return words(value)


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Readable files under `path` with the name people see: relative to the folder's own name."""
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if path.is_file():
        yield path.resolve(), path.name
        return
    root = path.resolve()
    for file in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
        if file.is_file() and readable(file) and not hidden:
            yield file, f"{root.name}/{file.relative_to(root).as_posix()}"


def _is_entry(document: Document) -> bool:
    """Front matter speaks our words only when it names an id or a kind of ours; a blog's `kind: page` does not."""
    return "id" in document.meta and document.meta.get("kind") in KINDS


def _slug(source: str) -> str:
    stem = source.rsplit("/", 1)[-1]
    without = source[: -len(stem)] + stem.rsplit(".", 1)[0]
    return re.sub(r"[^\w]+", "-", without.lower()).strip("-")[:200] or "entry"


def _fields(kind: str, given: Any, today: date) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of front matter as the kind declares them, and what to look at. Raises `InputError` for a value that
    does not fit."""
    if not given:
        return {}, ()
    checked = check_fields(kind, given, today)
    if checked.wrong:
        raise InputError(f"front matter: {'; '.join(checked.wrong)}")
    return checked.fields, (*checked.missing, *checked.notes)


def _same(before: EntryVersion, new: EntryVersion, options: ImportOptions) -> bool:
    """True when the file says what it said, and no option that was given now changes what is kept of it."""
    if before.content_hash != new.content_hash or before.entry_id != new.entry_id:
        return False
    given = {
        "kind": options.kind,
        "customer": options.customer,
        "audience": options.audience,
        "markets": options.markets,
        "locale": options.locale,
    }
    return all(getattr(before, name) == getattr(new, name) for name, value in given.items() if value)


def _with_old_choices(new: EntryVersion, before: EntryVersion, options: ImportOptions) -> EntryVersion:
    """A new version keeps kind, customer, audience and markets of the one before, where nothing was said now."""
    if options.trust_front_matter:
        return new
    return replace(
        new,
        kind=new.kind if options.kind or new.kind != "document" else before.kind,
        customer=new.customer or before.customer,
        audience=new.audience if options.audience else before.audience,
        markets=new.markets or before.markets,
    )
