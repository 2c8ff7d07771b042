"""What every answer has, and bodies and addresses that no request should have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from api_workspace import BRIEF, Serve, settings_of
from starlette.testclient import TestClient

from assistant.workspace import Workspace

SAFE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}


def test_every_answer_is_safe_to_look_at(client: TestClient) -> None:
    for answer in (
        client.get("/healthz"),
        client.get("/v1/drafts"),
        client.get("/nowhere"),
        client.post("/v1/drafts", content=b"{"),
        client.post("/v1/drafts", json=BRIEF, headers={"Accept": "text/event-stream"}),
        client.get("/metrics"),
    ):
        assert {name: answer.headers[name] for name in SAFE} == SAFE
        # A page's forms need their own origin to be told.
        assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(("address", "strict"), [("https://koujing.example", True), ("http://koujing.example", False)])
def test_only_https_is_promised_for_the_future(home: Path, serve: Serve, address: str, strict: bool) -> None:
    with Workspace.open(settings_of(home, KOUJING_PUBLIC_URL=address)) as workspace:
        answer = serve(workspace).get("/healthz")
        assert ("strict-transport-security" in answer.headers) is strict


@pytest.mark.parametrize(
    "address", ["/v1/drafts/d%00", "/v1/search?q=%00", "/v1/drafts?state=a%00b", "/v1/%00", "/v1/jobs/j%00/stop"]
)
def test_nothing_has_a_nul_in_its_name(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "NUL" in answer.json()["detail"]


@pytest.mark.parametrize(
    "inputs", [{"case": "a\0b"}, {"\0": "x"}, {"case": "\ud800"}], ids=["value", "name", "half a character"]
)
def test_a_text_that_no_database_keeps(client: TestClient, inputs: dict[str, str]) -> None:
    body = json.dumps({**BRIEF, "inputs": inputs}).encode()
    answer = client.post("/v1/drafts", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"].startswith("body.inputs")


@pytest.mark.parametrize("deep", [b"[" * 50_000 + b"]" * 50_000, b'{"a":' * 20_000 + b"1" + b"}" * 20_000])
def test_a_body_that_is_nested_without_end(client: TestClient, deep: bytes) -> None:
    answer = client.post("/v1/drafts", content=deep, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 2000


def test_a_title_of_a_megabyte_is_answered(client: TestClient) -> None:
    answer = client.post("/v1/drafts", json={**BRIEF, "inputs": {"case": "x" * 1_000_000}})
    assert answer.status_code < 500
    assert len(answer.content) < 2_000_000


def test_emoji_and_right_to_left_come_back_as_they_went(client: TestClient) -> None:
    words = "🎉 שלום ‏مرحبا 𠮷"
    address = client.post("/v1/drafts", json=BRIEF).headers["location"]
    draft = client.get(address).json()
    paragraph = next(p for s in draft["sections"] for p in s["paragraphs"])
    answer = client.patch(f"{address}/paragraphs/{paragraph['id']}", json={"text": words})
    assert answer.status_code == 200
    kept = client.get(address).json()
    assert words in [p["text"] for s in kept["sections"] for p in s["paragraphs"]]
