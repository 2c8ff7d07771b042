"""Import: incremental, honest about every file, and a document never approves itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.days import as_day
from knowledge.domain.errors import InputError
from knowledge.importing import ImportOptions, Status
from knowledge.records import Audience, Scope, State


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    made, _ = Workspace.create(settings)
    with made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "pump.md").write_text("# 水泵站\n\n## 效果\n\n停机时间由 12 小时降至 3 小时。\n", encoding="utf-8")
    (docs / "note.txt").write_text("The pump station went online in March 2026.\n", encoding="utf-8")
    return docs


OFFERED = ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC, by="ann")


def test_imported_entries_are_internal_drafts_unless_said_otherwise(workspace: Workspace, folder: Path) -> None:
    report = workspace.library.importer().run([folder], ImportOptions())
    assert [item.status for item in report.items] == [Status.NEW, Status.NEW]
    entries = workspace.library.entries.latest()
    assert {(e.state, e.audience) for e in entries} == {(State.DRAFT, Audience.INTERNAL)}
    assert workspace.search("停机时间", Scope(audience=Audience.INTERNAL)) == []


def test_language_title_source_and_locator_are_found_out(workspace: Workspace, folder: Path) -> None:
    workspace.library.importer().run([folder], OFFERED)
    hit = workspace.search("停机时间", Scope(), 1)[0]
    assert hit.passage.entry.title == "水泵站"
    assert hit.passage.entry.locale == "zh-CN"
    assert hit.passage.entry.source == "docs/pump.md"
    assert hit.passage.locator == "效果 · line 5"
    assert workspace.library.entries.get("docs-note").locale == "en"


def test_unchanged_is_skipped_changed_is_a_new_version_vanished_is_reported(workspace: Workspace, folder: Path) -> None:
    importer = workspace.library.importer()
    importer.run([folder], OFFERED)
    (folder / "pump.md").write_text("# 水泵站\n\n## 效果\n\n停机时间由 12 小时降至 2 小时。\n", encoding="utf-8")
    (folder / "note.txt").unlink()
    report = importer.run([folder], OFFERED)
    assert {item.source: item.status for item in report.items} == {
        "docs/pump.md": Status.CHANGED, "docs/note.txt": Status.VANISHED,
    }  # fmt: skip
    assert "2 小时" in workspace.search("停机时间", Scope(), 1)[0].passage.text
    assert "3 小时" in workspace.library.entries.get("docs-pump", 1).text, "an old version stays readable"
    assert importer.run([folder], OFFERED).count(Status.UNCHANGED) == 1


def test_a_changed_draft_does_not_push_out_the_approved_version(workspace: Workspace, folder: Path) -> None:
    importer = workspace.library.importer()
    importer.run([folder], OFFERED)
    (folder / "pump.md").write_text("# 水泵站\n\n停机时间降至 1 小时。\n", encoding="utf-8")
    importer.run([folder], ImportOptions(audience=Audience.PUBLIC))
    assert "3 小时" in workspace.search("停机时间", Scope(), 1)[0].passage.text
    workspace.library.entries.approve("docs-pump", "bob", workspace.settings.now())
    assert "1 小时" in workspace.search("停机时间", Scope(), 1)[0].passage.text


def test_approving_by_a_second_import_is_recorded(workspace: Workspace, folder: Path) -> None:
    importer = workspace.library.importer()
    importer.run([folder], ImportOptions(audience=Audience.PUBLIC))
    report = importer.run([folder], OFFERED)
    assert report.count(Status.APPROVED) == 2
    entry = workspace.library.entries.get("docs-pump")
    assert (entry.state, entry.approved_by) == (State.APPROVED, "ann")


def test_a_broken_file_gets_one_line_and_the_rest_is_imported(workspace: Workspace, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 garbage")
    (folder / "empty.md").write_text("", encoding="utf-8")
    report = workspace.library.importer().run([folder], ImportOptions())
    failed = {item.source: item.message for item in report.items if item.status is Status.FAILED}
    assert set(failed) == {"docs/broken.pdf", "docs/empty.md"}
    assert all(message and "\n" not in message for message in failed.values())
    assert report.count(Status.NEW) == 2


def test_front_matter_cannot_approve_itself_unless_trusted(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "claim.md"
    file.write_text(
        "---\nid: claim\nkind: company\nstate: approved\naudience: public\nvalid_until: +5d\n---\n我们有 100 家客户。\n",
        encoding="utf-8",
    )
    workspace.library.importer().run([file], ImportOptions())
    entry = workspace.library.entries.get("claim")
    assert (entry.state, entry.audience, entry.kind) == (State.DRAFT, Audience.INTERNAL, "company")
    file.write_text(file.read_text(encoding="utf-8") + "\n再加一句。\n", encoding="utf-8")
    workspace.library.importer().run([file], ImportOptions(trust_front_matter=True))
    entry = workspace.library.entries.get("claim")
    assert (entry.state, entry.audience) == (State.APPROVED, Audience.PUBLIC)


def test_an_id_that_belongs_to_another_file_is_not_written_over(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("---\nid: same\nkind: company\n---\n文字。\n", encoding="utf-8")
    report = workspace.library.importer().run([tmp_path / "a.md", tmp_path / "b.md"], ImportOptions())
    assert [item.status for item in report.items] == [Status.NEW, Status.FAILED]
    assert "belongs to" in report.items[1].message


def test_expiry_is_a_matter_of_the_date_alone(folder: Path, settings: Settings) -> None:
    (folder / "old.md").write_text(
        "---\nid: old\nkind: company\nvalid_until: 2026-03-01\n---\n我们有 80 家客户。\n", encoding="utf-8"
    )
    values = dict(settings.values)
    made, _ = Workspace.create(Settings({**values, "now": "2026-03-01T12:00:00Z"}))
    with made:
        made.library.importer().run([folder], OFFERED)
        assert made.search("客户", Scope(entries=("old",)))
    with Workspace.open(Settings({**values, "now": "2026-03-02T00:00:00Z"})) as later:
        assert later.search("客户", Scope(entries=("old",))) == []


def test_a_missing_path_is_an_input_error(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        workspace.library.importer().run([tmp_path / "nowhere"], ImportOptions())


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        ("", None),
        ("+60d", date(2027, 1, 20)),
        ("-1d", date(2026, 11, 20)),
        ("2026-03-01", date(2026, 3, 1)),
    ],
)
def test_days(value: str | None, day: date | None) -> None:
    assert as_day(value, date(2026, 11, 21), "review_due") == day


def test_an_impossible_day_names_its_field() -> None:
    with pytest.raises(InputError, match=r"review_due: '2026/13/1' is no date"):
        as_day("2026/13/1", date(2026, 11, 21), "review_due")
