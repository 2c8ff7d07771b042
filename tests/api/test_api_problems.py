"""Errors and envelope: every answer is safe, every failure a problem document."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from api_workspace import BRIEF, Serve
from starlette.testclient import TestClient

from api.envelope import MAX_BODY
from assistant.workspace import Workspace


def test_a_misspelt_member_is_named(client: TestClient) -> None:
    answer = client.post("/v1/drafts", json={**BRIEF, "audiense": "public"})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["status"] == 422
    assert problem["title"]
    assert [error["where"] for error in problem["errors"]] == ["body.audiense"]


def test_refused_values_are_not_repeated(client: TestClient) -> None:
    answer = client.post("/v1/drafts", json={**BRIEF, "inputs": {"case": {"password": "hunter2"}}})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "body.inputs.case"
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    ("content", "kind", "status", "word"),
    [
        (b'{"template": ', "application/json", 400, "not JSON"),
        (b"\xff\xfe", "application/json", 400, "body"),
        (b"[" * 100_000, "application/json", 400, "body"),
        (b'{"template": "success_story"}', "text/plain", 415, "application/json"),
        (b"template=success_story", "application/x-www-form-urlencoded", 415, "application/json"),
        (b"", "application/json", 422, "body"),
        (b"[]", "application/json", 422, "body"),
        (b'{"template": "\\ud800"}', "application/json", 422, "template"),
        (b'{"\\ud800": "success_story"}', "application/json", 422, "body"),
    ],
)
def test_a_body_that_is_no_json_object(client: TestClient, content: bytes, kind: str, status: int, word: str) -> None:
    answer = client.post("/v1/drafts", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large(client: TestClient, announced: bool) -> None:
    body = b'{"text": "' + b"a" * MAX_BODY + b'"}'

    def pieces() -> Iterator[bytes]:
        for at in range(0, len(body), 65536):
            yield body[at : at + 65536]

    answer = client.post(
        "/v1/check", content=body if announced else pieces(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 413


def test_wrong_addresses_and_methods(client: TestClient) -> None:
    missing, wrong = client.get("/v1/poems"), client.delete("/v1/drafts")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert set(wrong.headers["allow"].split(", ")) & {"GET", "POST"}


def test_the_unexpected_is_logged_and_not_told(
    workspace: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = serve(workspace)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret inner detail")

    monkeypatch.setattr(workspace, "search", broken)
    monkeypatch.setattr(workspace, "draft", broken)
    for answer in (client.get("/v1/search", params={"q": "x"}), client.post("/v1/drafts", json=BRIEF)):
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "ZeroDivision" not in answer.text
        error_id = answer.json()["error_id"]
        [record] = [r for r in caplog.records if r.levelno == logging.ERROR and error_id in r.getMessage()]
        assert record.exc_info
        assert answer.headers["x-request-id"]


def test_every_answer_has_safe_headers_and_an_id(client: TestClient) -> None:
    for answer in (
        client.get("/healthz"),
        client.get("/v1/templates"),
        client.get("/v1/poems"),
        client.post("/v1/drafts", content=b"{"),
        client.get("/readyz", headers={"Host": "evil.example"}),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-request-id"]
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("given", "kept"), [("order-42.a_b", True), ("a" * 64, True), ("a" * 65, False), ("a b", False), ("é", False)]
)
def test_a_sane_request_id_is_kept(client: TestClient, given: str, kept: bool) -> None:
    answer = client.get("/healthz", headers={"X-Request-Id": given.encode()})
    assert (answer.headers["x-request-id"] == given) is kept
