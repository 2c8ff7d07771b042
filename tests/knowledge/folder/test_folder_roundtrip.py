"""Out and in again: the same files byte for byte, the same versions in every property."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from folder_library import OpenLibrary, put, version_of
from hypothesis import assume, given
from hypothesis import strategies as st
from test_folder_yaml import NASTY, VALUES

from assistant.workspace import Workspace
from knowledge.domain.errors import UnreadableFile
from knowledge.domain.text import clean
from knowledge.folder.entry_file import file_text, read_entry
from knowledge.folder.exporting import export_folder
from knowledge.folder.importing import import_folder
from knowledge.folder.names import entry_path
from knowledge.importing import ImportOptions, Status
from knowledge.library import Library
from knowledge.reading import read_body
from knowledge.records import Audience, Customer, EntryVersion, Level, Permission, State, Term, Use
from knowledge.shelving import ToShelve

TODAY = date(2026, 3, 1)
# Where it was read, and the hash of what was read there.
_OF_THE_FILE = ("origin", "content_hash")


def properties(version: EntryVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in version.__dataclass_fields__ if name not in _OF_THE_FILE}


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def assert_identical(one: Library, other: Library, *, history: bool = False) -> None:
    assert [properties(v) for v in other.entries.latest()] == [properties(v) for v in one.entries.latest()]
    assert [properties(v) for v in other.entries.line()] == [properties(v) for v in one.entries.line()]
    if history:
        for entry in one.entries.latest():
            was, now = one.entries.versions(entry.entry_id), other.entries.versions(entry.entry_id)
            assert list(map(properties, now)) == list(map(properties, was))
    assert other.customers.all() == one.customers.all()
    assert other.glossary.all() == one.glossary.all()


def there_and_back(one: Library, other: Library, tmp_path: Path, *, history: bool = False) -> dict[str, bytes]:
    export_folder(one, tmp_path / "A", history=history)
    report = import_folder(other, tmp_path / "A", trust=True, by="operator")
    assert not report.failed, report
    assert report.notes == ()
    export_folder(other, tmp_path / "B", history=history)
    assert files(tmp_path / "B") == files(tmp_path / "A")
    assert_identical(one, other, history=history)
    again = import_folder(other, tmp_path / "A", trust=True, by="operator")
    assert {item.status for item in again.items} == {Status.UNCHANGED}
    return files(tmp_path / "A")


def _lived_in(library: Library, tmp_path: Path) -> None:
    """What a library looks like after a while: every state, odd texts, files of other formats, withdrawn permissions."""
    import docx

    put(library, "case-old")
    library.entries.approve("case-old", "chen", library.now())
    put(library, "case-old", "停机时间降至 2 小时。\n")
    library.entries.approve("case-old", "chen", library.now())
    put(
        library,
        "case-old",
        "停机时间降至 1 小时。\n",
        title="新稿：待定 # 1",
        fields={"result": "95", "approved": True},
    )
    library.entries.submit("case-old", "wu", library.now())
    put(library, "case-gone")
    library.entries.approve("case-gone", "chen", library.now())
    library.entries.retire("case-gone", "chen", library.now(), reason="不再说")
    for entry_id in ("Case-Old", "客户：甲/乙", "con"):
        put(
            library,
            entry_id,
            "---\nkey: value\n---\n\n正文 😀\n\n---\n\n结尾  \n",
            owner="95",
            markets=("NO", "CN"),
            customer="k1",
        )
    paper = docx.Document()
    paper.add_heading("项目", 1)
    paper.add_paragraph("# 不是标题, 5 < 6 und *kein* _Kursiv_ <b>")
    paper.add_table(1, 2).cell(0, 0).text = "值 | 值"
    paper.save(str(tmp_path / "paper.docx"))
    (tmp_path / "list.csv").write_text('客户,结果\n甲,"停机 *3* 小时\n两行"\n', encoding="utf-8")
    (tmp_path / "plain.txt").write_text("1. 第一\n\n    deep\n\n===\n\nend\n", encoding="utf-8")
    paths = [tmp_path / name for name in ("paper.docx", "list.csv", "plain.txt")]
    assert not library.importer().run(paths, ImportOptions(state=State.APPROVED, by="chen")).failed
    permission = Permission(Use.NAME, Level.ALIAS, ("CN",), ("web",), TODAY, "王芳: 市场部", TODAY, "mail 95.pdf")
    library.customers.save([Customer("k1", {"zh-CN": "甲集团", "en": "no"}, ("甲", "007"), {"en": "a: b"}, "MVC",
                                     (permission, Permission(Use.LOGO, Level.PUBLIC)))])  # fmt: skip
    library.customers.withdraw("k1", Use.NAME, by="chen", now=library.now(), reason="来信要求")
    library.glossary.save([Term("TingDeck", "zh-CN", {"en": "TingDeck", "de": "Ting,Deck"}, "noun", True, ("Ting Deck", "汀台"),
                                "两\n行, \"引\"", "exact"), Term("a", "en")])  # fmt: skip


def test_a_library_that_was_lived_in(open_library: OpenLibrary, tmp_path: Path) -> None:
    one, other = open_library("one"), open_library("two")
    _lived_in(one, tmp_path)
    found = there_and_back(one, other, tmp_path)
    assert "pending/case/case-old.md" in found
    assert "entries/case/case-gone.md" in found
    assert "state: in_review" in found["pending/case/case-old.md"].decode()
    assert "approved_by: chen" in found["entries/case/case-old.md"].decode()
    assert not any(name.startswith("history/") for name in found)


def test_with_history_every_version_comes_back(open_library: OpenLibrary, tmp_path: Path) -> None:
    one, other = open_library("one"), open_library("two")
    _lived_in(one, tmp_path)
    found = there_and_back(one, other, tmp_path, history=True)
    assert "history/case-old/v1.md" in found
    then = one.entries.get("case-old", 1).approved_at
    assert then is not None
    assert [v.version for v in other.entries.on_day(then.date())] == [
        v.version for v in one.entries.on_day(then.date())
    ]


def test_an_empty_library(open_library: OpenLibrary, tmp_path: Path) -> None:
    found = there_and_back(open_library("one"), open_library("two"), tmp_path)
    assert set(found) == {"library.yaml", "customers.yaml", "glossary.csv"}


def test_the_sample_library(sample: Workspace, open_library: OpenLibrary, tmp_path: Path) -> None:
    library = sample.library
    document = read_body("x", "停机时间改写。\n")
    draft = version_of("case-wind", "停机时间改写。\n")
    library.shelf.shelve([ToShelve(draft, document)], "ann")
    library.entries.retire("case-mining", "ann", library.now())
    library.customers.withdraw("shente", by="ann", now=library.now(), reason="asked for it")
    found = there_and_back(library, open_library("two"), tmp_path)
    assert len([name for name in found if name.startswith("entries/")]) == len(library.entries.latest())
    for text in map(bytes.decode, found.values()):
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text


def test_the_same_library_is_the_same_bytes_each_time(sample: Workspace, tmp_path: Path) -> None:
    export_folder(sample.library, tmp_path / "A", history=True)
    export_folder(sample.library, tmp_path / "B", history=True)
    assert files(tmp_path / "A") == files(tmp_path / "B")


@pytest.mark.parametrize("body", ["---\na: b\n---\ntext", "+++\ntext", "%PDF-1 text", "GIF89a is a format", "    code 1",
                                  "text  ", "a\n\n\n\nb", "\ttab", "{% tag %} text", "<div>html</div> x", "- a\n  - b"])  # fmt: skip
def test_bodies_that_look_like_something_else(body: str) -> None:
    _comes_back(version_of("e", f"\n{body}"))


SAID = st.one_of(st.sampled_from(NASTY), st.text(max_size=40)).map(clean)
LINES = st.lists(
    st.one_of(SAID, st.sampled_from(["---", "+++", "# 标题", "- x", "> y", "```", "|a|b|", "    c"])), max_size=6
)


@given(
    title=SAID.filter(str.strip), lines=LINES, owner=SAID, customer=st.none() | SAID, fields=st.dictionaries(SAID, VALUES, max_size=4),
    markets=st.lists(SAID.filter(bool), max_size=3), source=SAID, entry_id=SAID.filter(lambda t: t.strip() and "\n" not in t)
)  # fmt: skip
def test_any_version_is_what_its_file_says(
    title: str, lines: list[str], owner: str, customer: str | None, fields: dict[str, Any], markets: list[str],
    source: str, entry_id: str,
) -> None:  # fmt: skip
    try:
        version = version_of(entry_id[:200], "\n".join(lines))
    except UnreadableFile:
        assume(False)
    _comes_back(
        replace(
            version, title=title, owner=owner, customer=customer, fields=_cleaned(fields), markets=tuple(markets),
            source=source, version=3, approved_at=datetime(2026, 3, 1, 8, 30, 1, 5), approved_by="no",
            valid_until=TODAY, state=State.APPROVED, audience=Audience.PARTNER,
        )
    )  # fmt: skip


def _comes_back(version: EntryVersion) -> None:
    text = file_text(version)
    assert text.encode("utf-8").decode("utf-8") == text
    for written in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        try:
            read = read_entry(written, entry_path(version.entry_id, version.kind), TODAY).version
        except Exception as error:
            if "headings only" in str(error):
                assume(False)
            raise
        assert repr(properties(read)) == repr(properties(version))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def test_utc_moments_of_other_zones_are_the_same_moment() -> None:
    text = "---\nid: e\ntitle: t\nkind: case\ncreated_at: 2026-03-01T16:30:00+08:00\n---\n正文\n"
    assert read_entry(text, "entries/case/e.md", TODAY).version.created_at == datetime(
        2026, 3, 1, 8, 30, tzinfo=UTC
    ).replace(tzinfo=None)
