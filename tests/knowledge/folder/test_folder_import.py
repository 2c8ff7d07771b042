"""Import of a folder: nothing is overwritten, nothing approves itself, what is broken is said and the rest comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from folder_library import OpenLibrary, put

from knowledge.domain.errors import InputError
from knowledge.folder.exporting import export_folder
from knowledge.folder.importing import FolderReport, import_folder
from knowledge.importing import Status
from knowledge.library import Library
from knowledge.records import Audience, Customer, Level, Permission, State, Term, Use

A, B = "entries/case/case-a.md", "entries/case/case-b.md"


@pytest.fixture
def filled(library: Library) -> Library:
    """case-a is approved, case-b a draft."""
    put(library, "case-a", fields={"result": "停机时间降至 3 小时"})
    library.entries.approve("case-a", "chen", library.now())
    put(library, "case-b")
    return library


@pytest.fixture
def folder(filled: Library, tmp_path: Path) -> Path:
    filled.customers.save([Customer("k1", {"zh-CN": "甲集团"}, permissions=(Permission(Use.NAME, Level.PUBLIC),))])
    filled.glossary.save([Term("TingDeck", "zh-CN")])
    export_folder(filled, tmp_path / "lib")
    return tmp_path / "lib"


def bring(library: Library, folder: Path, *, trust: bool = True) -> FolderReport:
    return import_folder(library, folder, trust=trust, by="operator")


def statuses(report: FolderReport) -> dict[str, str]:
    return {item.source: str(item.status) for item in report.items if "/" in item.source}


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("trust", [True, False])
def test_twice_is_once(folder: Path, open_library: OpenLibrary, trust: bool) -> None:
    other = open_library("b")
    assert set(statuses(bring(other, folder, trust=trust)).values()) == {"new"}
    again = bring(other, folder, trust=trust)
    assert {item.status for item in again.items} == {Status.UNCHANGED}
    assert again.notes == ()
    assert len(other.entries.versions("case-a")) == 1


def test_without_trust_all_is_draft_and_internal_and_the_claims_are_counted(
    folder: Path, open_library: OpenLibrary
) -> None:
    other = open_library("b")
    report = bring(other, folder, trust=False)
    assert [(e.state, e.audience, e.approved_by, e.created_by) for e in other.entries.latest()] == [
        (State.DRAFT, Audience.INTERNAL, None, "operator")
    ] * 2
    assert report.notes == ("1 entry claims to be approved; without trust that does not count, they came in as drafts",)
    assert other.customers.get("k1").permissions == ()
    assert "permissions of 1 customer left out" in report.items[0].message


def test_a_changed_text_is_a_new_draft_beside_the_approved_line(filled: Library, folder: Path) -> None:
    change(folder, A, "12 小时降至 3 小时", "12 小时降至 1 小时")
    report = bring(filled, folder)
    assert statuses(report) == {A: "changed", B: "unchanged"}
    assert [item.message for item in report.items if item.source == A] == [
        "changed since its approval on 2026-03-01: came in as a draft"
    ]
    was, now = filled.entries.versions("case-a")
    assert (was.state, was.approved_by, now.state, now.version, now.created_by) == (
        State.APPROVED, "chen", State.DRAFT, 2, "operator",
    )  # fmt: skip
    assert "1 小时" in now.text
    assert now.approved_at is None
    assert set(statuses(bring(filled, folder)).values()) == {"unchanged"}


def test_with_trust_another_approval_counts_for_the_changed_text(filled: Library, folder: Path) -> None:
    change(folder, A, "3 小时。", "1 小时。")
    change(folder, A, "approved_at: 2026-03-01", "approved_at: 2026-03-02")
    bring(filled, folder)
    now = filled.entries.get("case-a")
    assert (now.version, now.state, now.approved_by) == (2, State.APPROVED, "chen")
    assert filled.entries.get("case-a", 1).state is State.RETIRED
    assert set(statuses(bring(filled, folder)).values()) == {"unchanged"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 水泵站", "title: 水泵房"), ("audience: public", "audience: partner"), ("  result: ", "  value: "), ("locale: zh-CN", "locale: en"),
        ("state: approved", "owner: wu\nstate: approved"), ("state: approved", "valid_until: +60d\nstate: approved"),
        ("state: approved", "markets: [CN]\nstate: approved"), ("state: approved", "customer: k1\nstate: approved"),
    ],
)  # fmt: skip
def test_every_property_counts_as_content(filled: Library, folder: Path, old: str, new: str) -> None:
    change(folder, A, old, new)
    assert statuses(bring(filled, folder))[A] == "changed"
    assert len(filled.entries.versions("case-a")) == 2


def test_an_older_folder_never_undoes_what_the_library_got_since(filled: Library, folder: Path) -> None:
    put(filled, "case-a", "停机时间降至 2 小时。\n", state=State.APPROVED)
    put(filled, "case-b", "新稿。\n")
    filled.entries.retire("case-b", "chen", filled.now())
    report = bring(filled, folder)
    assert statuses(report) == {A: "unchanged", B: "unchanged"}
    assert report.items[2].message == "the library has version 2 by now"
    assert "2 小时" in filled.entries.get("case-a").text
    assert filled.entries.newest("case-b").state is State.RETIRED


def test_going_back_to_older_words_is_a_change(filled: Library, folder: Path) -> None:
    put(filled, "case-b", "第二稿。\n")
    export_folder(filled, folder)
    change(folder, B, "第二稿。", "停机时间由 12 小时降至 3 小时。")
    assert statuses(bring(filled, folder))[B] == "changed"
    assert filled.entries.newest("case-b").version == 3


def test_an_approval_and_a_retirement_come_with_a_trusted_folder_only(
    filled: Library, folder: Path, open_library: OpenLibrary, tmp_path: Path
) -> None:
    other = open_library("b")
    bring(other, folder)
    filled.entries.approve("case-b", "wu", filled.now())
    filled.entries.retire("case-a", "wu", filled.now())
    export_folder(filled, folder)
    assert set(statuses(bring(other, folder, trust=False)).values()) == {"unchanged"}
    assert other.entries.newest("case-b").state is State.DRAFT
    assert statuses(bring(other, folder)) == {A: "changed", B: "approved"}
    approved = other.entries.get("case-b")
    assert (approved.approved_by, approved.approved_at) == ("wu", filled.entries.get("case-b").approved_at)
    assert other.entries.newest("case-a").state is State.RETIRED
    assert set(statuses(bring(other, folder)).values()) == {"unchanged"}


def test_history_is_not_rewritten(filled: Library, folder: Path) -> None:
    put(filled, "case-a", "停机时间降至 2 小时。\n", state=State.APPROVED)
    export_folder(filled, folder, history=True)
    change(folder, "history/case-a/v1.md", "3 小时", "9 小时")
    [failed] = [item for item in bring(filled, folder).items if item.status is Status.FAILED]
    assert "says otherwise than version 1" in failed.message
    assert len(filled.entries.versions("case-a")) == 2


def test_a_new_file_by_hand_needs_little(library: Library, folder: Path) -> None:
    (folder / "entries/case/case-neu.md").write_text("---\ntitle: 新案例\n---\n停机减半。\n", encoding="utf-8")
    assert statuses(bring(library, folder))["entries/case/case-neu.md"] == "new"
    new = library.entries.newest("case-neu")
    assert (new.kind, new.locale, new.state, new.audience, new.source) == (
        "case", "zh-CN", State.DRAFT, Audience.INTERNAL, "entries/case/case-neu.md",
    )  # fmt: skip


HEAD = "---\nid: x\ntitle: 甲\nkind: case\nlocale: zh-CN\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("正文\n", "line 1: no front matter"),
        (f"{HEAD}state: aproved\n---\n正文\n", "line 6: 'aproved' is no state"),
        (f"{HEAD}state: expired\n---\n正文\n", "line 6: 'expired' follows from valid_until"),
        (f"{HEAD}valid_until: 2026/13/1\n---\n正文\n", "line 6: valid_until: '2026/13/1' is no date"),
        (f"{HEAD}approved_at: soon\n---\n正文\n", "line 6: approved_at: 'soon' is no moment"),
        (f"{HEAD}vaild_until: 2026-03-01\n---\n正文\n", "line 6: unknown key 'vaild_until'; did you mean valid_until?"),
        (f"{HEAD}fields:\n  a: [1\n---\n正文\n", "front matter: line 8"),
        (f"{HEAD}fields: text\n---\n正文\n", "line 6: 'fields' is no list"),
        (f"{HEAD}title: 乙\n---\n正文\n", "line 6: 'title' stands here twice"),
        (f"{HEAD}version: two\n---\n正文\n", "line 6: version 'two' is no number"),
        (f"{HEAD}audience: all\n---\n正文\n", "line 6: 'all' is no audience"),
        (HEAD.replace("kind: case", "kind: cases") + "---\n正文\n", "line 4: 'cases' is no kind of entry; did you mean case?"),
        (HEAD.replace("locale: zh-CN", "locale: klingonisch") + "---\n正文\n", "line 5: "),
        (f"{HEAD}---\n\n", "holds no text"),
        (f"{HEAD}---\n# 标题\n", "headings only"),
        ("---\n- a\n---\n正文\n", "line 2: the front matter is no list"),
        (f"{HEAD}owner: [a]\n---\n正文\n", "line 6: owner is no text"),
        (HEAD.replace("id: x", "id: case-b") + "---\n正文\n", "the id 'case-b' stands in entries/case/case-b.md, too"),
    ],
)  # fmt: skip
def test_a_broken_file_gets_its_line_and_the_others_come_in(
    folder: Path, open_library: OpenLibrary, text: str, said: str
) -> None:
    (folder / "entries/case/x.md").write_text(text, encoding="utf-8")
    other = open_library("b")
    report = bring(other, folder)
    [failed] = [item for item in report.items if item.source == "entries/case/x.md"]
    assert failed.status is Status.FAILED
    assert said in failed.message
    assert "\n" not in failed.message
    assert other.entries.get("case-a").state is State.APPROVED


def test_links_and_other_files_are_said(folder: Path, library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\nid: s\ntitle: s\n---\n密\n", encoding="utf-8")
    (folder / "entries/case/link.md").symlink_to(tmp_path / "secret.md")
    (folder / "entries/case/paper.docx").write_bytes(b"PK")
    (folder / "entries/case/.x.md.swp").write_bytes(b"x")
    (folder / "entries/case/bin.md").write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    failed = {item.source: item.message for item in bring(library, folder).items if item.status is Status.FAILED}
    assert set(failed) == {"entries/case/link.md", "entries/case/paper.docx", "entries/case/bin.md"}
    assert "is a link" in failed["entries/case/link.md"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("customers.yaml", "customers:\n  - id: k2\n"),
        ("customers.yaml", "customers: ["),
        ("glossary.csv", "term,locale\n,zh-CN\n"),
    ],
)
def test_wrong_registers_stop_everything_before_anything_is_written(
    folder: Path, open_library: OpenLibrary, name: str, content: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    other = open_library("b")
    with pytest.raises(InputError, match=name):
        bring(other, folder)
    assert other.entries.latest() == []
    assert other.customers.all() == []
    assert other.glossary.all() == []


def test_a_folder_that_is_none_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no library\.yaml"):
        bring(library, tmp_path)


def test_a_permission_that_was_withdrawn_meanwhile_is_not_granted_anew(filled: Library, folder: Path) -> None:
    filled.customers.withdraw("k1", Use.NAME, by="chen", now=filled.now(), reason="来信")
    item = bring(filled, folder).items[0]
    assert item.status is Status.UNCHANGED
    assert "1 permission withdrawn meanwhile stay" in item.message
    [permission] = filled.customers.get("k1").permissions
    assert permission.withdrawn_by == "chen"


def test_registers_change_with_trust_only(filled: Library, folder: Path) -> None:
    change(folder, "customers.yaml", "甲集团", "甲公司")
    (folder / "glossary.csv").write_text("term,locale,note\nTingDeck,zh-CN,新\nR200,zh-CN,\n", encoding="utf-8")
    report = bring(filled, folder, trust=False)
    assert "1 differ from the library and were left" in report.items[0].message
    assert filled.customers.get("k1").names == {"zh-CN": "甲集团"}
    assert {(term.term, term.note) for term in filled.glossary.all()} == {("TingDeck", ""), ("R200", "")}
    bring(filled, folder)
    assert filled.customers.get("k1").names == {"zh-CN": "甲公司"}
    assert {term.note for term in filled.glossary.all()} == {"新", ""}


def test_line_ends_of_another_system_change_nothing(filled: Library, folder: Path) -> None:
    for name in (A, B, "customers.yaml", "glossary.csv", "library.yaml"):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data.replace(b"\n", b"\r\n"))
    assert {item.status for item in bring(filled, folder).items} == {Status.UNCHANGED}


def test_all_or_nothing(folder: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    other = open_library("b")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("knowledge.store.entries.Entries._add_passages", killed)
    with pytest.raises(KeyboardInterrupt):
        bring(other, folder)
    assert other.entries.latest() == []
