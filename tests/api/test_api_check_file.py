"""`/v1/check/file`: a file is read as the library reads it, and checked like a text."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from starlette.testclient import TestClient

from api.envelope import MAX_BODY
from api.v1.examples import CHECK

WRONG = "上线后非计划停机由每月 9 次降至 3 次。"
SOURCE = "上线后，非计划停机由每月 9 次降至每月 2 次。"


def word(text: str) -> bytes:
    made = Document()
    made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(client: TestClient, name: str, content: bytes, sources: dict[str, bytes] | None = None, **form: str) -> Any:
    files = [("file", (name, content)), *(("sources", (n, c)) for n, c in (sources or {}).items())]
    return client.post("/v1/check/file", files=files, data=form)


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", WRONG.encode()), ("a.md", WRONG.encode()), ("a.docx", word(WRONG))]
)
def test_a_file_is_checked_against_given_sources(client: TestClient, name: str, content: bytes) -> None:
    answer = sent(client, name, content, {"case.docx": word(SOURCE)}, locale="zh-CN")
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report.keys() == {*CHECK.keys(), "warnings"}
    assert "number_contradicted" in [finding["check"] for finding in report["findings"]]
    assert report["evidence"][0]["source"] == "case.docx"


def test_a_file_is_checked_against_the_library(client: TestClient) -> None:
    report = sent(client, "a.txt", WRONG.encode()).json()
    assert "case-elevator" in [evidence["entry_id"] for evidence in report["evidence"]]


def test_a_file_that_cannot_be_read_is_named_as_it_was_sent(client: TestClient) -> None:
    answer = sent(client, "../../etc/notes.docx", b"this is no Word file")
    assert answer.status_code == 422
    assert "notes.docx" in answer.json()["detail"]
    assert "/tmp" not in answer.text
    assert ".." not in answer.text
    broken = sent(client, "a.txt", WRONG.encode(), {"case.docx": b"nothing"})
    assert broken.status_code == 422
    assert broken.json()["detail"].startswith("case.docx")


def test_without_a_file_it_says_what_to_send(client: TestClient) -> None:
    assert client.post("/v1/check/file", data={"locale": "zh-CN"}).status_code == 422
    assert client.post("/v1/check/file", json={"text": "x"}).status_code in (415, 422)
    assert sent(client, "a.txt", WRONG.encode(), market="x" * 300).status_code == 422


def test_a_file_may_be_larger_than_a_body(client: TestClient) -> None:
    large = "".join(f"<!-- {n} {'x' * 400} -->\n" for n in range(6000)).encode() + WRONG.encode()
    assert len(large) > MAX_BODY
    assert sent(client, "a.html", large).status_code == 200
    refused = client.post("/v1/check", json={"text": "x" * MAX_BODY})
    assert refused.status_code == 413
    assert "2 MB" in refused.json()["detail"]


def test_a_hundred_megabytes_and_more_are_refused_before_they_are_read(client: TestClient) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(101 * 1024 * 1024)}
    answer = client.post("/v1/check/file", content=b"--x--", headers=headers)
    assert answer.status_code == 413
    assert "100 MB" in answer.json()["detail"]
