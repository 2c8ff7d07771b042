"""`koujing localize`: files found, language told, exit status, JSON, stopped and taken up again."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from command_line import Run

from assistant.localization.jobs.records import JobState
from assistant.localization.jobs.store import LocalizationJobs
from knowledge.domain.errors import SetupError
from knowledge.store.database import Database

sys.path.append(str(Path(__file__).parents[1] / "localization" / "jobs"))

import databases
from job_fakes import FakeModel, FakeOpening

CHINESE = "我们在深圳生产储能设备，去年交付了三百台。\n\n欢迎与我们联系。\n"
ENGLISH = "We make storage systems in Shenzhen and delivered them to our customers.\n"


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeOpening:
    """A model that answers in capital letters, in the place of the product's own."""
    made = FakeOpening()
    monkeypatch.setattr("assistant.localization.jobs.engine.ProductOpening", lambda: made)
    script = tmp_path / "script.jsonl"
    script.write_text("")
    monkeypatch.setenv("KOUJING_MODEL", f"scripted:{script}")
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "news").mkdir(parents=True)
    (folder / "index.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "news" / "new.txt").write_text("This is new, and it is for you.\n", encoding="utf-8")
    (folder / ".hidden.txt").write_text("This is not for the world.\n", encoding="utf-8")
    (folder / "logo.bin").write_bytes(b"\x00")
    return folder


@pytest.mark.usefixtures("empty", "opening")
def test_what_is_held_back_is_said_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{ENGLISH}\nThis is for you.\n", encoding="utf-8")
    asked = ("localize", tmp_path / "a.txt", "--from", "en", "--to", "sv", "--out", tmp_path / "out")
    ran = run(*asked)
    assert ran.status == 1
    assert "held back 2 of 2 segments" in ran.out
    assert "Held back: 2 segments; in the target files the source text stands in their place." in ran.out
    [page] = (tmp_path / "out").glob("*-report.html")
    assert f"{page} says why" in ran.out
    assert "This is for you." in page.read_text(encoding="utf-8")
    document = run(*asked, "--json").document
    assert (document["held"], document["files"][0]["held"]) == (2, 2)


@pytest.mark.usefixtures("empty", "opening")
def test_a_folder_comes_out_in_each_locale(run: Run, site: Path, tmp_path: Path) -> None:
    ran = run("localize", site, "--to", "de,fr", "--out", tmp_path / "out", "--json")
    assert ran.status == 0
    document = ran.document
    assert document["job"]["state"] == "done"
    assert document["job"]["from"] == "en"
    assert document["segments"] == {
        "total": 4, "pending": 0, "translated": 4, "reused": 0, "needs_review": 0, "failed": 0,
    }  # fmt: skip
    assert {(file["source"], file["locale"], file["status"]) for file in document["files"]} == {
        (f"{site}/{name}", locale, "written") for name in ("index.txt", "news/new.txt") for locale in ("de", "fr")
    }
    assert "items" not in document
    for locale in ("de", "fr"):
        assert (tmp_path / "out" / locale / "index.txt").read_text(encoding="utf-8") == ENGLISH.upper()
        assert (tmp_path / "out" / locale / "news" / "new.txt").exists()
    assert "logo.bin" in ran.err
    assert "hidden" not in ran.out + ran.err


@pytest.mark.usefixtures("empty", "opening")
def test_every_segment_with_verbose(run: Run, site: Path) -> None:
    items = run("localize", site / "index.txt", "--to", "de", "--json", "--verbose").document["items"]
    assert [(item["source"], item["target"], item["state"], item["origin"]) for item in items] == [
        (ENGLISH.strip(), ENGLISH.strip().upper(), "translated", "model")
    ]


@pytest.mark.usefixtures("empty", "opening")
def test_what_was_held_back_is_exit_status_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("This is a doubtful one.\n", encoding="utf-8")
    ran = run("localize", file, "--from", "en", "--to", "de")
    assert ran.status == 1
    assert "1 needs review" in ran.out
    assert (tmp_path / "localized/de/a.txt").read_text(encoding="utf-8") == "This is a doubtful one.\n"


@pytest.mark.usefixtures("empty", "opening")
def test_a_locale_that_koujing_does_not_know_is_all_for_review(run: Run, site: Path) -> None:
    ran = run("localize", site, "--to", "sv", "--json")
    assert ran.status == 1
    assert ran.document["segments"]["needs_review"] == ran.document["segments"]["total"] == 2


@pytest.mark.usefixtures("empty", "opening")
def test_a_file_of_no_known_kind_that_is_named_fails_alone(run: Run, site: Path) -> None:
    ran = run("localize", site / "logo.bin", site / "index.txt", "--to", "de", "--json")
    assert ran.status == 1
    assert [file["status"] for file in ran.document["files"]] == ["failed", "written"]
    assert "known endings" in ran.document["files"][0]["why"]


@pytest.mark.usefixtures("empty", "opening")
def test_the_language_is_found_or_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "none.txt").write_text("ACME 3000\n", encoding="utf-8")
    assert run("localize", tmp_path / "zh.txt", "--to", "en", "--json").document["job"]["from"] == "zh-CN"
    for names, told in ((["zh.txt", "en.txt"], "several languages"), (["none.txt"], "cannot be told")):
        ran = run("localize", *(tmp_path / name for name in names), "--to", "de")
        assert ran.status == 2
        assert told in ran.err
        assert "--from" in ran.err


@pytest.mark.usefixtures("empty", "opening")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["site"], "--to"),
        (["--to", "de"], "no file is named"),
        (["nowhere", "--to", "de"], "nowhere"),
        (["site", "--to", "!!"], "not a locale"),
        (["site", "--from", "de", "--to", "de"], "already"),
        (["site/logo", "--to", "de"], "no such file"),
        (["site", "site/index.txt", "--to", "de", "--report", "x.pdf"], "ending"),
    ],
)
def test_what_is_wrong_is_told_before_any_work(run: Run, site: Path, arguments: list[str], told: str) -> None:
    assert site.exists()
    ran = run("localize", *arguments)
    assert ran.status == 2
    assert told in ran.err
    assert run("jobs", "list", "--json").document["jobs"] == []


@pytest.mark.usefixtures("empty")
def test_a_model_that_cannot_translate_is_told(run: Run, site: Path) -> None:
    ran = run("localize", site, "--to", "de")
    assert ran.status == 3
    assert "KOUJING_MODEL" in ran.err


@pytest.mark.usefixtures("empty")
def test_the_same_command_again_asks_nothing_and_brings_back_what_is_gone(
    run: Run, site: Path, tmp_path: Path, opening: FakeOpening
) -> None:
    first = run("localize", site, "--to", "de", "--json").document
    calls = len(opening.model.asked)
    (tmp_path / "localized/de/index.txt").unlink()
    second = run("localize", site, "--to", "de", "--json").document
    assert second == first
    assert len(opening.model.asked) == calls
    assert (tmp_path / "localized/de/index.txt").exists()
    third = run("localize", site, "--to", "de", "--again", "--json").document
    assert third["job"]["id"] != first["job"]["id"]


@pytest.mark.usefixtures("empty")
def test_a_refused_key_is_exit_status_3_and_nothing_is_lost(run: Run, site: Path, opening: FakeOpening) -> None:
    def refuse(_number: int, _prompt: str) -> None:
        raise SetupError("the model refused the key (401); check KOUJING_API_KEY")

    opening.model = FakeModel(before=refuse)
    ran = run("localize", site, "--to", "de", "--json")
    assert ran.status == 3
    assert ran.document["job"]["state"] == "paused"
    assert ran.document["segments"]["pending"] == 2
    assert "KOUJING_API_KEY" in ran.err
    assert f"koujing jobs resume {ran.document['job']['id']}" in ran.err
    opening.model = FakeModel()
    assert run("localize", site, "--to", "de").status == 0


@pytest.mark.usefixtures("empty")
def test_ctrl_c_pauses_truthfully_and_the_job_goes_on(
    run: Run, tmp_path: Path, opening: FakeOpening, home: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n\n".join(f"This is the sentence number {n}." for n in range(160)), encoding="utf-8")

    def interrupt(number: int, _prompt: str) -> None:
        if number == 2:
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    opening.model = FakeModel(latency=0.6, before=interrupt)
    ran = run("localize", file, "--from", "en", "--to", "de", "--concurrency", "1", "--json")
    assert ran.status == 130
    job_id = ran.document["job"]["id"]
    assert ran.document["job"]["state"] == "paused"
    assert 0 < ran.document["segments"]["translated"] < 160
    asked = list(opening.model.asked)
    opening.model = FakeModel()
    assert run("jobs", "resume", job_id, "--json").document["segments"]["translated"] == 160
    assert len(set(asked + opening.model.asked)) == len(asked) + len(opening.model.asked) == 20
    database = databases.database_at(home)
    assert isinstance(database, Database)
    assert LocalizationJobs(database, "default").state(job_id) is JobState.DONE


@pytest.mark.usefixtures("empty", "opening")
def test_only_into_the_queue(run: Run, site: Path, tmp_path: Path) -> None:
    ran = run("localize", site, "--to", "de", "--detach", "--json")
    assert ran.status == 0
    assert ran.document["job"]["state"] == "planning"
    assert not (tmp_path / "localized").exists()


@pytest.mark.usefixtures("empty", "opening")
def test_the_report_names_what_was_held_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("This is a doubtful one.\n", encoding="utf-8")
    run("localize", tmp_path / "a.txt", "--from", "en", "--to", "de", "--report", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "This is a doubtful one." in page
    assert "a figure changed" in page


@pytest.mark.usefixtures("empty", "opening")
def test_the_sample_site(run: Run, tmp_path: Path) -> None:
    only = run("localize", "--sample-site", tmp_path / "sample")
    assert only.status == 0
    assert len([path for path in (tmp_path / "sample").rglob("*") if path.is_file()]) == 12


@pytest.mark.usefixtures("empty", "opening")
def test_held_segments_go_to_a_linguist_and_come_back(run: Run, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    (tmp_path / "a.txt").write_text("This is a doubtful one, and it costs 12 euros.\n", encoding="utf-8")
    document = run("localize", tmp_path / "a.txt", "--from", "en", "--to", "de", "--json").document
    job_id, sheet = document["job"]["id"], tmp_path / "review.xlsx"
    assert run("jobs", "export", job_id, "-o", sheet, "--json").document["segments"] == 1
    for text, released in (("Das kostet 13 Euro.", 0), ("Das ist zweifelhaft und kostet 12 Euro.", 1)):
        book = load_workbook(sheet)
        for cells in book.active.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and (cell.value.isupper() or cell.value.startswith("Das ")):
                    cell.value = text
        book.save(sheet)
        ran = run("jobs", "import", job_id, sheet, "--json")
        assert ran.document["problems"] == []
        assert (ran.document["released"], len(ran.document["held"])) == (released, 1 - released)
        assert ran.status == 1 - released
    assert (tmp_path / "localized/de/a.txt").read_text(encoding="utf-8") == f"{text}\n"
    assert run("jobs", "show", job_id, "--json").document["files"][0]["status"] == "written"
