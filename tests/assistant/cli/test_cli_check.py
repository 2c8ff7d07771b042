"""`koujing check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

RIGHT = "上线十个月后，齿轮箱非计划停机由单台年均 74 小时降至 46 小时。"
WRONG = "上线十个月后，齿轮箱非计划停机由单台年均 74 小时降至 36 小时。"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.md"
    path.write_text(WRONG, encoding="utf-8")
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.txt"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def test_a_wrong_figure_is_found_in_the_library(run: Run, with_sample: Path, text: Path) -> None:
    checked = run("check", text)
    assert checked.status == 1
    assert "error: number_unsupported “36 小时”" in checked.out
    assert checked.err == ""
    text.write_text(RIGHT, encoding="utf-8")
    assert run("check", text).status == 0


def test_the_document_has_the_text_as_read_and_spans_that_count_in_it(
    run: Run, empty: Path, text: Path, source: Path
) -> None:
    text.write_text(f"# 标题\n\n{WRONG}\n", encoding="utf-8")
    checked = run("check", text, "--source", source, "--json")
    assert checked.status == 1
    report = checked.document
    assert report.keys() == {"schema", "text", "locale", "claims", "findings", "evidence"}
    for claim in report["claims"]:
        assert report["text"][claim["span"]["start"] : claim["span"]["end"]] == claim["text"]
        assert claim["paragraph"] is None
    [finding] = [f for f in report["findings"] if f["severity"] == "error"]
    assert report["text"][finding["span"]["start"] : finding["span"]["end"]] == "36 小时"
    assert [(e["source"], e["origin"]) for e in report["evidence"]] == [("source.txt", "input")]


def test_several_sources_count_together(run: Run, empty: Path, text: Path, source: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.txt"
    second.write_text("另一台机组降至 36 小时。", encoding="utf-8")
    assert run("check", text, "--source", source).status == 1
    assert run("check", text, "--source", source, "--source", second).status == 0


def test_a_customers_name_without_permission_is_found(run: Run, with_sample: Path, text: Path) -> None:
    text.write_text("朔野风电用了 R200。", encoding="utf-8")
    checked = run("check", text)
    assert checked.status == 1
    assert "customer_not_permitted “朔野风电”" in checked.out
    assert run("check", text, "--audience", "internal").status == 0


def test_a_report_is_a_page(run: Run, empty: Path, text: Path, source: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    checked = run("check", text, "--source", source, "-o", page)
    assert checked.status == 1
    assert checked.out == ""
    assert checked.err == f"The report is in {page}.\n"
    html = page.read_text(encoding="utf-8")
    assert "36 小时" in html
    assert "number_unsupported" in html
    both = run("check", text, "--source", source, "-o", page, "--json")
    assert both.document["findings"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["missing.md"], "does not exist"),
        (["empty.md"], "is empty"),
        (["blank.md"], "no text"),
        (["broken.pdf"], "is not a PDF"),
        (["text.md", "--source", "missing.txt"], "missing.txt: does not exist"),
        (["text.md", "-o", "report.pdf"], "the ending must be one of .htm, .html"),
        (["text.md", "-o", "nowhere/report.html"], "the folder nowhere does not exist"),
        (["text.md", "--locale", "klingon!"], "klingon"),
        ([], "Missing argument"),
        (["text.md"], "no approved entry to check against"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    run: Run, empty: Path, text: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], word: str
) -> None:
    monkeypatch.chdir(text.parent)
    Path("empty.md").write_text("")
    Path("blank.md").write_text(" \n\n---\n")
    Path("broken.pdf").write_text("no PDF")
    if "--locale" in arguments:
        arguments = [*arguments, "--source", "text.md"]
    refused = run("check", *arguments, "--json")
    assert refused.status == 2
    assert word in refused.document["error"]["message"]
    assert not Path("report.pdf").exists()
