"""The page that checks a text: what it takes, what it refuses and how, what the result shows, what it keeps (nothing)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from docx import Document
from library_console import People, Reader, serve
from sqlalchemy import inspect
from sqlalchemy import text as sql

from api.console import check_page
from api.console.catalogue import Wording
from assistant.workspace import Workspace

TEXT = "上线四个月后，故障平均响应时间由 95 分钟降至 38 分钟。\n\n人工巡检成本下降 71%。"
SOURCE = "上线后，非计划停机由每月 9 次降至每月 2 次。"
EVIL = "<script>alert(1)</script> 成本下降 71%。"


@pytest.fixture
def viewer(sample: Workspace) -> Iterator[Reader]:
    """Who may only look may check, too."""
    with serve(sample) as client:
        yield People(sample, client).reader("viewer")


def check(reader: Reader, text: str = "", files: object = None, **form: str) -> object:
    return reader.post("/check", {"text": text, **form}, files=files or {"file": ("", b"")})


def word(key: str, **values: object) -> str:
    return Wording("zh")(f"check.{key}", **values)


def docx(*paragraphs: str) -> bytes:
    document, out = Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def said(html: str) -> str:
    """The words of the page's evidence pane and text, without markup."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_claims_are_marked_by_verdict_with_their_evidence(viewer: Reader) -> None:
    page = check(viewer, TEXT)
    assert page.status_code == 200
    assert re.search(r'<mark class="claim quiet supported"[^>]*>38 分钟</mark>', page.text)
    wrong = re.search(r'<mark class="claim loud unsupported" id="(m-line-3-\d+)"[^>]*>71%</mark>', page.text)
    assert wrong
    assert f'href="#{wrong[1]}"' in page.text, "the finding leads to its words"
    assert f'data-mark="{wrong[1]}"' in page.text, "and the words to a card"
    assert 'href="/library/case-elevator?version=1"' in page.text
    assert "第 3 行" in said(page.text)
    assert word("result_not_kept") in page.text


def test_the_report_can_be_kept_as_a_file(viewer: Reader) -> None:
    page = check(viewer, TEXT).text
    found = re.search(r'href="data:text/html;charset=utf-8;base64,([^"]+)" download="([^"]+)"', page)
    assert found
    assert found[2] == "text-check.html"
    report = base64.b64decode(unescape(found[1])).decode()
    assert "<!doctype html>" in report.lower()
    assert "71%" in report


def test_given_sources_are_the_only_ones(viewer: Reader) -> None:
    page = check(viewer, "非计划停机由每月 9 次降至每月 2 次。故障平均响应时间为 38 分钟。", sources=SOURCE).text
    assert re.search(r'class="claim quiet supported"[^>]*>9</mark>', page)
    assert re.search(r'class="claim loud unsupported"[^>]*>38 分钟', page)
    assert word("with_sources", n=1) in page
    assert word("source_name") in said(page)
    files = [
        ("source_files", ("资料.md", SOURCE.encode())),
        ("source_files", ("b.txt", "故障平均响应时间为 38 分钟。".encode())),
    ]
    page = check(viewer, "故障平均响应时间为 38 分钟。", files=files).text
    assert 'class="claim loud' not in page
    assert word("with_sources", n=2) in page
    assert "b.txt" in page


def test_a_file_is_read_with_its_places(viewer: Reader) -> None:
    page = check(viewer, files={"file": ("稿件.docx", docx("标题", "人工巡检成本下降 71%。"))}).text
    assert "<title>稿件.docx" in page
    assert 'download="稿件-check.html"' in page
    assert "第 2 段" in said(page)
    page = check(viewer, files={"file": ("a.md", "# 标题\n\n---\n\n成本下降 71%。\n".encode())}).text
    assert "第 5 行" in said(page)


def test_a_text_is_data(viewer: Reader) -> None:
    page = check(viewer, EVIL)
    assert "<script>alert" not in page.text
    assert "alert(1)" in page.text
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("form", "files", "status", "told"),
    [
        ({}, None, 422, word("nothing")),
        ({"text": " \n "}, None, 422, word("nothing")),
        ({"text": "有字"}, {"file": ("a.md", b"x")}, 422, word("both")),
        ({}, {"file": ("a.exe", b"MZ")}, 422, "a.exe"),
        ({}, {"file": ("a.md", b"")}, 422, word("empty_file", name="a.md")),
        ({}, {"file": ("kaputt.docx", b"no zip")}, 422, "kaputt.docx"),
        ({"text": "有字"}, {"source_files": ("b.pdf", b"no pdf")}, 422, "b.pdf"),
        ({"text": "有字", "locale": "klingon_of_course"}, None, 422, "klingon"),
        ({"text": "有字", "audience": "everybody"}, None, 422, "everybody"),
        ({"text": "字" * (check_page.LONGEST + 1)}, None, 422, word("too_long", most="200,000")),
        ({"text": "x" * (5 << 20)}, None, 400, "4096KB"),
    ],
    ids=["nothing", "blank", "both", "type", "empty", "unreadable", "source", "locale", "audience", "long", "huge"],
)
def test_what_cannot_be_checked_is_refused_in_one_line(
    viewer: Reader, form: dict[str, str], files: object, status: int, told: str
) -> None:
    answer = check(viewer, **form, files=files)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    faults = re.findall(r'role="alert" data-failed><p>([^<]*)</p>', answer.text)
    assert len(faults) == 1
    assert told in unescape(faults[0])
    if status == 422 and len(form.get("text", "")) < 100:
        assert form.get("text", "").strip() in answer.text, "what was typed is still there"


def test_a_file_may_not_be_too_large(viewer: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_page, "MOST_OF_ONE", 10)
    answer = check(viewer, files={"file": ("a.md", b"more than ten bytes")})
    assert answer.status_code == 413
    assert "“a.md”" in answer.text


def test_nothing_of_a_check_is_kept(viewer: Reader, sample: Workspace) -> None:
    def counts() -> dict[str, int]:
        with sample.database.engine.connect() as connection:
            names = inspect(connection).get_table_names()
            return {name: connection.execute(sql(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}

    viewer.get("/check")
    before, files = counts(), {path for path in sample.settings.home.rglob("*") if path.is_file()}
    assert check(viewer, TEXT).status_code == 200
    assert check(viewer, files={"file": ("a.docx", docx("成本下降 71%。"))}).status_code == 200
    assert counts() == before
    assert {path for path in sample.settings.home.rglob("*") if path.is_file()} == files
