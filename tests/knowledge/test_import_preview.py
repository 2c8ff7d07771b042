"""What an import would do, before it does anything; and files that wait for the word of whoever sent them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound
from knowledge.import_preview import import_uploads, preview_import, safe_name, uploaded
from knowledge.importing import ImportOptions, Status
from knowledge.sheets.importing import SheetOptions
from knowledge.upload_room import UploadRoom

TEXT = "# Edge gateway\n\nThe gateway reads 87 protocols and keeps 30 days of data.\n"


def put(folder: Path, name: str, text: str) -> tuple[str, Path]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return name, path


def test_the_preview_writes_nothing_and_says_what_the_import_does(sample: Workspace, tmp_path: Path) -> None:
    importer = sample.library.importer()
    sent = [put(tmp_path, "gateway.md", TEXT), put(tmp_path, "empty.md", "")]
    before = sample.library.entries.counts()
    seen = preview_import(importer, uploaded(sent), ImportOptions())
    assert [item.status for item in seen.items] == [Status.NEW, Status.FAILED]
    assert seen.writes
    assert seen.items[1].message
    assert sample.library.entries.counts() == before
    done = import_uploads(importer, uploaded(sent), ImportOptions(by="zhou"))
    assert [item.status for item in done.items] == [Status.NEW, Status.FAILED]
    assert sample.library.entries.newest("gateway").created_by == "zhou"


def test_a_file_that_is_sent_again_is_known_by_its_entry(sample: Workspace, tmp_path: Path) -> None:
    importer = sample.library.importer()
    import_uploads(importer, uploaded([put(tmp_path, "gateway.md", TEXT)]), ImportOptions())
    elsewhere = tmp_path / "later"
    elsewhere.mkdir()
    [same] = preview_import(importer, uploaded([put(elsewhere, "gateway.md", TEXT)]), ImportOptions()).items
    assert same.status is Status.UNCHANGED
    changed_file = uploaded([put(elsewhere, "gateway.md", TEXT.replace("87", "91"))])
    [changed] = preview_import(importer, changed_file, ImportOptions()).items
    assert changed.status is Status.CHANGED
    [part] = changed.parts
    assert (part.name, "87" in part.old, "91" in part.new) == ("text", True, True)
    import_uploads(importer, changed_file, ImportOptions())
    assert [v.version for v in sample.library.entries.versions("gateway")] == [1, 2]


def test_two_files_of_one_entry_are_not_written_over_each_other(sample: Workspace, tmp_path: Path) -> None:
    importer = sample.library.importer()
    sent = uploaded([put(tmp_path, "gateway.md", TEXT), put(tmp_path, "gateway.txt", "The gateway is blue.\n")])
    first, second = preview_import(importer, sent, ImportOptions()).items
    assert (first.status, second.status) == (Status.NEW, Status.FAILED)
    assert "gateway.md" in second.message


def test_rows_of_a_sheet_are_told_one_by_one(sample: Workspace, tmp_path: Path) -> None:
    sheet = "案例标题,行业,客户痛点,项目效果\n泵站,水务,停机多,停机减少 40%\n空行业,,停机,减少\n"
    options = ImportOptions(kind="case", sheet=SheetOptions("case"))
    seen = preview_import(sample.library.importer(), uploaded([put(tmp_path, "cases.csv", sheet)]), options)
    assert [item.status for item in seen.items] == [Status.NEW, Status.FAILED]
    assert seen.sheets[0].mapping()[1]["field"] == "industry"


def test_another_library_makes_another_token(sample: Workspace, tmp_path: Path) -> None:
    importer, sent = sample.library.importer(), uploaded([put(tmp_path, "gateway.md", TEXT)])
    seen = preview_import(importer, sent, ImportOptions()).token
    assert preview_import(importer, sent, ImportOptions()).token == seen
    import_uploads(importer, sent, ImportOptions())
    assert preview_import(importer, sent, ImportOptions()).token != seen


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\案例.docx", "案例.docx"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\n.md", "a-b-.md"),
        ("con|<x>.md", "con--x-.md"),
        ("长" * 300 + ".md", "长" * 39 + ".md"),
    ],
)
def test_a_name_leads_nowhere(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_files_wait_in_their_workspace_only(tmp_path: Path) -> None:
    room = UploadRoom(tmp_path, "one")
    token = room.put([("../a.md", b"x")], {"kind": "case"})
    [file], note = room.take(token)
    assert (file.source, file.path.read_bytes(), note) == ("a.md", b"x", {"kind": "case"})
    for stranger in (UploadRoom(tmp_path, "two"), UploadRoom(tmp_path, "../one")):
        with pytest.raises(NotFound):
            stranger.take(token)
    with pytest.raises(NotFound):
        room.take("../" + token)
    room.drop(token)
    with pytest.raises(NotFound):
        room.take(token)


def test_nothing_stays_of_what_is_refused(tmp_path: Path) -> None:
    room = UploadRoom(tmp_path, "one")
    for files in ([], [("a.md", b"x"), ("b/a.md", b"y")]):
        with pytest.raises(InputError):
            room.put(files, {})
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
