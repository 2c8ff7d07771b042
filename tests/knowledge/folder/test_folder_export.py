"""Export: an earlier export is brought up to date, and nothing that is somebody else's is touched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from folder_library import put

from knowledge.domain.errors import InputError
from knowledge.folder.exporting import export_folder
from knowledge.library import Library
from knowledge.records import State


@pytest.fixture
def filled(library: Library) -> Library:
    put(library, "case-a")
    put(library, "case-b")
    library.entries.approve("case-b", "chen", library.now())
    return library


def test_only_what_differs_is_written(filled: Library, tmp_path: Path) -> None:
    first = export_folder(filled, tmp_path / "out")
    assert (first.entries, first.pending, first.history, len(first.written)) == (2, 0, 0, 5)
    os.utime(tmp_path / "out/entries/case/case-a.md", (1, 1))
    put(filled, "case-b", "停机时间降至 1 小时。\n")
    second = export_folder(filled, tmp_path / "out")
    assert second.written == ("pending/case/case-b.md",)
    assert second.removed == ()
    assert second.unchanged == 5
    assert (tmp_path / "out/entries/case/case-a.md").stat().st_mtime == 1


def test_what_is_gone_goes_and_what_is_theirs_stays(filled: Library, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(filled, "case-b", "停机时间降至 1 小时。\n")
    export_folder(filled, out, history=True)
    theirs = ["README.md", ".git/HEAD", "entries/case/mine.md", "entries/notes.txt", "docs/x.md", "entries/case/.swp"]
    for name in theirs:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("---\nid: mine\n---\n还没有导入。\n", encoding="utf-8")
    filled.entries.approve("case-b", "chen", filled.now())
    stale = out / "entries/product/gone.md"
    stale.parent.mkdir()
    stale.write_bytes((out / "entries/case/case-a.md").read_bytes())
    report = export_folder(filled, out)
    assert set(report.removed) == {"pending/case/case-b.md", "entries/product/gone.md"}
    assert not stale.parent.exists()
    assert not (out / "pending").exists()
    assert all((out / name).is_file() for name in theirs)


def test_history_is_written_when_asked_and_stays_while_its_entry_does(filled: Library, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put(filled, "case-b", "停机时间降至 1 小时。\n", state=State.APPROVED)
    assert export_folder(filled, out).history == 0
    assert export_folder(filled, out, history=True).written == ("history/case-b/v1.md",)
    assert export_folder(filled, out).removed == ()
    gone = out / "history/case-z/v1.md"
    gone.parent.mkdir()
    gone.write_bytes((out / "history/case-b/v1.md").read_bytes())
    assert export_folder(filled, out).removed == ("history/case-z/v1.md",)


def test_an_empty_clone_will_do(filled: Library, tmp_path: Path) -> None:
    (tmp_path / "out/.git").mkdir(parents=True)
    assert export_folder(filled, tmp_path / "out").entries == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("out/budget.xlsx", "x", "holds 'budget.xlsx' and no library.yaml"),
        ("out/library.yaml", "books: 3\n", "belongs to something else"),
        ("out/library.yaml", "koujing: library\nformat: 9\n", "format 9 is not known here"),
        ("out/library.yaml", "a: [\n", "cannot be read"),
        ("out", "x", "is a file"),
    ],
)
def test_a_foreign_folder_is_refused_untouched(
    filled: Library, tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        export_folder(filled, tmp_path / "out")
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and "home" not in str(file)] == [
        Path(name).name
    ]


def test_what_cannot_be_written_is_one_line_and_leaves_no_rubbish(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(InputError, match="No space left on device"):
        export_folder(filled, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_files_have_the_usual_mode_and_a_link_is_not_written_through(filled: Library, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_folder(filled, out)
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("theirs", encoding="utf-8")
    file = out / "entries/case/case-a.md"
    file.unlink()
    file.symlink_to(elsewhere)
    umask = os.umask(0o027)
    try:
        export_folder(filled, out)
    finally:
        os.umask(umask)
    assert stat.S_IMODE(file.lstat().st_mode) == 0o640
    assert elsewhere.read_text(encoding="utf-8") == "theirs"
