"""The sample library out as a folder of text files and in again: what is not the same afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from evals.bench import Bench
from evals.bench.scratch import empty_workspace, sample_workspace
from evals.bench.table import Row
from knowledge.folder.editing import with_changes
from knowledge.folder.exporting import export_folder
from knowledge.folder.importing import import_folder
from knowledge.importing import Status
from knowledge.library import Library
from knowledge.records import EntryVersion
from knowledge.sheets import write_entries
from knowledge.sheets.importing import SheetOptions, import_sheet
from knowledge.shelving import ToShelve

_OF_THE_FILE = ("origin", "content_hash")
_IN_A_SHEET = (
    "title", "kind", "locale", "translates", "text", "body", "fields", "facts", "audience", "markets", "customer",
    "owner", "review_due", "valid_until",
)  # fmt: skip


def roundtrip(bench: Bench) -> Iterator[Row]:
    """The rows of `koujing bench`."""
    yield from roundtrip_rows()
    yield from through_sheets()


def roundtrip_rows() -> Iterator[Row]:
    """Versions that come back equal in every property, registers, and files that differ between two exports."""
    with (
        tempfile.TemporaryDirectory(prefix="koujing-bench-") as scratch,
        sample_workspace("extractive") as one,
        empty_workspace("extractive") as other,
    ):
        _live_in(one.library)
        first, second = Path(scratch) / "first", Path(scratch) / "second"
        export_folder(one.library, first, history=True)
        report = import_folder(other.library, first, trust=True, by="bench")
        export_folder(other.library, second, history=True)
        was, now = _versions(one.library), _versions(other.library)
        equal = sum(now.get(key) == version for key, version in was.items())
        yield Row("folder round trip, identical versions", equal / len(was), "share", goal="≥ 1", n=len(was))
        registers = [
            *zip(one.library.customers.all(), other.library.customers.all(), strict=False),
            *zip(one.library.glossary.all(), other.library.glossary.all(), strict=False),
        ]
        count = len(one.library.customers.all()) + len(one.library.glossary.all())
        same = sum(before == after for before, after in registers)
        yield Row("folder round trip, identical customers and terms", same / count, "share", goal="≥ 1", n=count)
        files, differ = _compared(first, second)
        failed = [f"{item.source}: {item.message}" for item in report.items if item.status is Status.FAILED]
        note = "; ".join(failed)[:200]
        yield Row("folder round trip, files that differ", differ, "files", goal="≤ 0", n=files, note=note)


def _live_in(library: Library) -> None:
    """What the sample does not have by itself: older versions, a draft beside the line, a retirement, a withdrawal."""
    now = library.now
    for number, entry in enumerate(library.entries.line()[:6]):
        change = with_changes(entry, {"title": f"{entry.title}（{number}）"}, now().date())
        assert change is not None
        library.shelf.shelve([ToShelve(change.version, change.document, after=entry.version)], "bench", act="edited")
        if number % 2:
            library.entries.approve(entry.entry_id, "bench", now())
    library.entries.retire(library.entries.line()[-1].entry_id, "bench", now(), reason="no longer said")
    library.customers.withdraw(library.customers.all()[0].id, by="bench", now=now(), reason="asked for it")


def _versions(library: Library) -> dict[tuple[str, int], dict[str, object]]:
    versions = (version for entry in library.entries.latest() for version in library.entries.versions(entry.entry_id))
    return {(version.entry_id, version.version): _properties(version) for version in versions}


def _properties(version: EntryVersion) -> dict[str, object]:
    """All but where it was read and the hash of what was read there."""
    return {name: getattr(version, name) for name in version.__dataclass_fields__ if name not in _OF_THE_FILE}


def _compared(first: Path, second: Path) -> tuple[int, int]:
    """How many files there are, and how many are not in both with the same bytes."""
    names = {file.relative_to(folder) for folder in (first, second) for file in folder.rglob("*") if file.is_file()}
    differ = sum(not ((first / name).is_file() and (second / name).is_file()) or
                 (first / name).read_bytes() != (second / name).read_bytes() for name in names)  # fmt: skip
    return len(names), differ


def through_sheets() -> Iterator[Row]:
    """The cases of the sample library to XLSX, and from there into a workspace that knows only the customers."""
    with sample_workspace("extractive") as sample, empty_workspace("extractive") as other:
        cases = [entry for entry in sample.library.entries.latest() if entry.kind == "case"]
        customers = sample.library.customers.all()
        other.library.customers.save(customers, by="bench", now=other.settings.now())
        path = other.settings.home / "cases.xlsx"
        write_entries(cases, "case", path, customers=customers)
        library = other.library
        import_sheet(library.shelf, library.customers, path, SheetOptions("case"), "bench")
        back = {entry.entry_id: entry for entry in library.entries.latest()}
    same = sum(_kept(case) == _kept(back[case.entry_id]) for case in cases if case.entry_id in back)
    yield Row("cases through XLSX, identical", same / len(cases), "share", goal="≥ 1", n=len(cases))


def _kept(entry: EntryVersion) -> tuple[object, ...]:
    """What a sheet holds of an entry; state, version and approval are no part of it."""
    return tuple(getattr(entry, name) for name in _IN_A_SHEET)
