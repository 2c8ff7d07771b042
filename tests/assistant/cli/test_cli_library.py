"""`koujing init` and `koujing library`."""

from __future__ import annotations

import getpass
import stat
from pathlib import Path

import pytest
from command_line import Run

GATEWAY = (
    "# Edge gateway\n\n## What it does\n\nThe gateway reads 64 sensors and sends data to the cloud every 5 seconds.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with one good file and one that is not what it says."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "gateway.md").write_text(GATEWAY, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"this is no PDF")
    return folder


def test_init_twice_is_harmless(run: Run, home: Path) -> None:
    made, found = run("init"), run("init", "--json")
    assert (made.status, found.status) == (0, 0)
    assert made.out == f"Made the workspace in {home} (0 entries).\n"
    assert found.document == {"schema": 1, "home": str(home), "made": False, "entries": 0, "items": []}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.sqlite_only
def test_only_its_owner_reads_the_database(run: Run, empty: Path) -> None:
    assert stat.S_IMODE((empty / "koujing.sqlite").stat().st_mode) == 0o600


@pytest.mark.slow
def test_init_sample_twice_changes_nothing(run: Run) -> None:
    first, second = run("init", "--sample", "--json").document, run("init", "--sample", "--json").document
    assert first["made"] is True
    assert first["entries"] == second["entries"] == len(first["items"])
    assert {item["status"] for item in first["items"]} == {"new"}
    assert {item["status"] for item in second["items"]} == {"unchanged"}


def test_init_where_no_folder_can_be_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KOUJING_HOME", str(tmp_path / "file" / "home"))
    refused = run("init")
    assert refused.status == 3
    assert refused.err.startswith(f"koujing: {tmp_path / 'file' / 'home'}: cannot be made")
    assert refused.err.count("\n") == 1


def test_without_a_workspace_every_command_says_how_to_make_one(run: Run, home: Path) -> None:
    for arguments in (["library", "list"], ["search", "R200"], ["drafts", "list"], ["draft", "success_story"]):
        refused = run(*arguments, "--json")
        assert refused.status == 3
        assert "koujing init" in refused.document["error"]["message"]
    assert not home.exists()


def test_a_bad_file_is_one_line_and_the_others_are_imported(run: Run, empty: Path, files: Path) -> None:
    report = run("library", "import", files)
    assert report.status == 1
    [line] = [line for line in report.out.splitlines() if "broken.pdf" in line]
    assert line.startswith("failed: files/broken.pdf: is not a PDF")
    assert "1 new, 1 failed" in report.out
    assert "koujing library approve ID" in report.out
    document = run("library", "import", files, "--json")
    assert document.status == 1
    assert document.document["counts"]["unchanged"] == 1
    assert [item["status"] for item in document.document["items"]] == ["failed", "unchanged"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["missing.md"], "no such file or folder"),
        (["files", "missing.md"], "no such file or folder"),
        (["files", "--kind", "poem"], "choose company"),
        (["files", "--customer", "nobody"], "no customer 'nobody'"),
        (["files", "--audience", "everybody"], "'everybody' is not one of"),
        (["files", "--state", "retired"], "'retired' is not one of"),
        ([], "Missing argument"),
    ],
)
def test_a_wrong_import_changes_nothing(
    run: Run, empty: Path, files: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], word: str
) -> None:
    monkeypatch.chdir(files.parent)
    refused = run("library", "import", *arguments, "--json")
    assert refused.status == 2
    assert word in refused.document["error"]["message"]
    assert run("library", "list", "--json").document["entries"] == []


def test_an_entry_is_imported_shown_and_approved(run: Run, empty: Path, files: Path) -> None:
    run("library", "import", files / "gateway.md", "--kind", "product", "--audience", "public")
    [entry] = run("library", "list", "--json").document["entries"]
    assert (entry["id"], entry["kind"], entry["state"], entry["audience"]) == ("gateway", "product", "draft", "public")
    assert entry["review_due"] is None
    assert "1 entries." in run("library", "list").out
    shown = run("library", "show", "gateway")
    assert "64 sensors" in shown.out
    assert "source gateway.md" in shown.out
    approved = run("library", "approve", "gateway", "--json").document["entries"]
    assert [(e["id"], e["state"]) for e in approved] == [("gateway", "approved")]
    assert approved[0]["review_due"]
    entry = run("library", "show", "gateway", "--json").document["entry"]
    assert entry["approved_by"] == getpass.getuser()
    assert "64 sensors" in entry["text"]
    again = run("library", "approve", "gateway")
    assert again.status == 2
    assert "approved already" in again.err


def test_of_several_to_approve_those_that_can_be_are_and_the_others_are_named(
    run: Run, empty: Path, files: Path
) -> None:
    run("library", "import", files / "gateway.md")
    some = run("library", "approve", "nothing", "gateway", "--json")
    assert some.status == 1
    assert [e["id"] for e in some.document["entries"]] == ["gateway"]
    assert "no entry 'nothing'" in some.document["failed"][0]
    none = run("library", "approve", "nothing", "gateway")
    assert none.status == 2
    assert "no entry 'nothing'" in none.err


def test_a_user_without_a_name_has_a_number(
    run: Run, empty: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert run("library", "import", files / "gateway.md", "--state", "approved").status == 0
    assert run("library", "show", "gateway", "--json").document["entry"]["approved_by"].startswith("uid ")


def test_the_list_narrows_and_marks_what_is_due(run: Run, with_sample: Path) -> None:
    everything = run("library", "list", "--json").document["entries"]
    cases = run("library", "list", "--kind", "case", "--locale", "en", "--json").document["entries"]
    assert cases
    assert {(e["kind"], e["locale"]) for e in cases} == {("case", "en")}
    drafts = run("library", "list", "--state", "draft", "--json").document["entries"]
    assert [e["id"] for e in drafts] == [e["id"] for e in everything if e["state"] == "draft"]
    words = run("library", "list").out
    assert " expired " in next(line for line in words.splitlines() if "company-figures-2025" in line)
    assert f"{len(everything)} entries." in words
    for wrong in (["--kind", "poem"], ["--state", "lost"]):
        assert run("library", "list", *wrong).status == 2


def test_an_unknown_entry_or_version_is_refused(run: Run, with_sample: Path) -> None:
    for arguments in (["nothing"], ["case-wind", "--version", "9"], ["case-wind", "--version", "0"]):
        refused = run("library", "show", *arguments, "--json")
        assert refused.status == 2
        assert refused.document["error"]["message"]
    assert run("library", "show", "case-wind", "--version", "99999999999999999999").status == 2


def test_customers_are_imported_listed_and_their_permissions_withdrawn(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "customers.yaml"
    path.write_text(
        "customers:\n"
        "  - id: acme\n"
        "    name: {en: Acme Pumps}\n"
        "    alias: {en: a pump maker}\n"
        "    permissions:\n"
        "      - {use: name, level: public, until: +30d}\n"
        "      - {use: quote, level: alias}\n",
        encoding="utf-8",
    )
    assert run("library", "customer", "import", path, "--json").document["customers"] == ["acme"]
    [acme] = run("library", "customer", "list", "--json").document["customers"]
    assert [p["use"] for p in acme["permissions"]] == ["name", "quote"]
    assert "Acme Pumps → a pump maker" in run("library", "customer", "list").out
    assert run("library", "customer", "withdraw", "acme", "--use", "quote", "--json").document["withdrawn"] == 1
    assert run("library", "customer", "withdraw", "acme").out == "1 permissions withdrawn.\n"
    assert "no permission" in run("library", "customer", "list").out
    assert run("library", "customer", "withdraw", "nobody").status == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("customers: [", "not valid YAML (line 1)"),
        ("people: []", "needs a list"),
        ("customers: [{id: x}]", "customer 1"),
    ],
)
def test_a_wrong_file_of_customers_is_one_line(run: Run, empty: Path, tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "customers.yaml"
    path.write_text(text, encoding="utf-8")
    refused = run("library", "customer", "import", path)
    assert refused.status == 2
    assert word in refused.err
    assert refused.err.count("\n") == 1
    assert run("library", "customer", "import", tmp_path / "missing.yaml").status == 2


def test_the_glossary_is_imported_and_listed(run: Run, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text("term,locale,translation_en,forbidden\n边缘网关,zh-CN,edge gateway,边沿网关\n", encoding="utf-8")
    assert run("library", "glossary", "import", path).out == "1 terms.\n"
    [term] = run("library", "glossary", "list", "--json").document["terms"]
    assert (term["translations"], term["forbidden"]) == ({"en": "edge gateway"}, ["边沿网关"])
    assert "边缘网关  →  en: edge gateway" in run("library", "glossary", "list").out
    path.write_text("word\nx\n", encoding="utf-8")
    assert "no row with known headings" in run("library", "glossary", "import", path).err


def test_reindex_counts_the_passages(run: Run, empty: Path, files: Path) -> None:
    run("library", "import", files / "gateway.md", "--state", "approved", "--audience", "public")
    assert run("library", "reindex", "--json").document["passages"] == 1
    assert "Edge gateway" in run("search", "how many sensors").out
