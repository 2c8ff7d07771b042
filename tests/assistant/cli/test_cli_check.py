"""`koujing check`."""

from __future__ import annotations

import re
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
    assert "降至 ⟦36 小时 ✗1⟧。" in checked.out
    assert re.search(r"^错误 \(1\)\n1\. 第 1 行 · number_\w+ “36 小时”$", checked.out, re.MULTILINE)
    assert checked.out.splitlines()[-1].endswith("；1 个错误")
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
    assert report.keys() == {"schema", "text", "locale", "claims", "findings", "evidence", "policy"}
    for claim in report["claims"]:
        assert report["text"][claim["span"]["start"] : claim["span"]["end"]] == claim["text"]
        assert claim["paragraph"] is None
    [finding] = [f for f in report["findings"] if f["severity"] == "error"]
    assert report["text"][finding["span"]["start"] : finding["span"]["end"]] == "36 小时"
    assert (finding["line"], finding["place"]) == (2, "line 3")
    assert [(e["source"], e["origin"]) for e in report["evidence"]] == [("source.txt", "input")]


def test_several_sources_count_together(run: Run, empty: Path, text: Path, source: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.txt"
    text.write_text("网关出货 3.2 万台。公司有员工 480 人。", encoding="utf-8")
    source.write_text("网关出货 3.2 万台。", encoding="utf-8")
    second.write_text("公司有员工 480 人。", encoding="utf-8")
    assert run("check", text, "--source", source).status == 1
    assert run("check", text, "--source", source, "--source", second).status == 0


def test_a_customers_name_without_permission_is_found(run: Run, with_sample: Path, text: Path) -> None:
    text.write_text("朔野风电用了 R200。", encoding="utf-8")
    checked = run("check", text)
    assert checked.status == 1
    assert "customer_not_permitted “朔野风电”" in checked.out
    assert "⟦朔野风电 ✗" in checked.out
    assert "customer_not_permitted" not in run("check", text, "--audience", "internal").out


def test_a_report_is_a_page(run: Run, empty: Path, text: Path, source: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    checked = run("check", text, "--source", source, "-o", page)
    assert checked.status == 1
    assert checked.out == ""
    assert checked.err == f"The report is in {page}.\n"
    html = page.read_text(encoding="utf-8")
    assert "36 小时" in html
    assert "number_contradicted" in html
    both = run("check", text, "--source", source, "-o", page, "--json")
    assert both.document["findings"]


@pytest.mark.parametrize("format_", ["docx", "html", "txt", "pdf"])
def test_other_formats_tell_where_a_finding_stands(run: Run, empty: Path, tmp_path: Path, format_: str) -> None:
    path, source = tmp_path / f"text.{format_}", tmp_path / "source.txt"
    source.write_text("The company has a staff of 480.", encoding="utf-8")
    words = "The company serves 27 cities."
    if format_ == "docx":
        import docx

        document = docx.Document()
        document.add_paragraph("A word before.")
        document.add_paragraph(words)
        document.save(str(path))
    elif format_ == "pdf":
        path.write_bytes(pdf_of(["A word before.", words]))
    else:
        path.write_text(f"<p>A word before.\n<p>{words}" if format_ == "html" else f"A word before.\n\n{words}\n")
    checked = run("check", path, "--source", source)
    assert checked.status == 1
    place = {"docx": "line 2 (paragraph 2)", "html": "line 2", "txt": "line 3", "pdf": r"line \d (page 1)"}[format_]
    pattern = place.replace("(", r"\(").replace(")", r"\)")
    assert re.search(rf"^1\. {pattern} · number_\w+ “27[^”]*”$", checked.out, re.MULTILINE), checked.out
    assert checked.out.splitlines()[-1].endswith("; 1 error")


def pdf_of(lines: list[str]) -> bytes:
    """A page with these lines, far apart."""
    shown = " ".join(f"BT /F1 12 Tf 72 {700 - 60 * n} Td ({line}) Tj ET" for n, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode("latin-1")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["missing.md"], "does not exist"),
        (["empty.md"], "is empty"),
        (["blank.md"], "no text"),
        (["code.md", "--source", "text.md"], "only code; there is nothing to check"),
        (["broken.pdf"], "is not a PDF"),
        (["folder"], "is a directory"),
        (["text.md", "--source", "blank.md"], "no text"),
        (["text.md", "--source", "text.md", "--source", "empty.md"], "is empty"),
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
    Path("code.md").write_text("```\nlimit = 4711\n```\n")
    Path("folder").mkdir()
    if "--locale" in arguments:
        arguments = [*arguments, "--source", "text.md"]
    refused = run("check", *arguments, "--json")
    assert refused.status == 2
    assert word in refused.document["error"]["message"]
    assert not Path("report.pdf").exists()
