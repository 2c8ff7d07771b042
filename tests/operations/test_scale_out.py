"""Two services and two workers on one PostgreSQL and one Chroma server: it does not matter which of them answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import httpx2
import pytest
from scaled_out import ScaledOut, scaled_out, wait_until

BRIEF = {"template": "success_story", "inputs": {"case": "case-elevator"}, "locale": "zh-CN", "model": "extractive"}
SENTENCES = [f"第 {number} 号工厂把备件库存降到 {number + 20} 件。" for number in range(10, 40)]
KNOWN = {text: f"Plant no. {n} cut its spare-part stock to {n + 20} pieces." for n, text in enumerate(SENTENCES, 10)}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScaledOut]:
    with scaled_out(tmp_path_factory.mktemp("scaled"), KNOWN) as made:
        yield made


@pytest.fixture(scope="module")
def key(parts: ScaledOut) -> str:
    return str(parts.koujing("keys", "create", "--role", "admin")["key"])


@pytest.fixture
def both(parts: ScaledOut, key: str) -> Iterator[list[httpx2.Client]]:
    clients = [parts.client(number, key) for number in range(2)]
    yield clients
    for client in clients:
        client.close()


pytestmark = [pytest.mark.slow]


def test_every_process_has_the_whole_library(both: list[httpx2.Client]) -> None:
    shown = [client.get("/readyz").json() for client in both]
    assert shown[0] == shown[1]
    assert shown[0]["database"]["kind"] == "server"
    assert shown[0]["index"] == {"owner": "server"}
    found = [client.get("/v1/search", params={"q": "电梯停机", "k": 3}).json()["hits"] for client in both]
    assert found[0] == found[1]
    assert found[0]


def test_a_draft_goes_from_one_to_the_other(both: list[httpx2.Client]) -> None:
    one, other = both
    made = one.post("/v1/drafts", json=BRIEF)
    assert made.status_code == 201, made.text
    address = made.headers["location"]
    turns = cycle(both)
    for section in other.get(address).json()["sections"]:
        for paragraph in section["paragraphs"]:
            if paragraph["gap"]:
                text = {"text": "欢迎与我们联系。"}
                assert next(turns).patch(f"{address}/paragraphs/{paragraph['id']}", json=text).status_code == 200
    assert other.post(f"{address}/submit", json={}).status_code == 200
    approved = one.post(f"{address}/approve", json={"reason": "read"})
    assert approved.status_code == 200, approved.text
    assert other.get(f"{address}/readiness").json()["status"]["state"] == "approved"
    files = [client.get(f"{address}/exports", params={"form": "markdown"}) for client in both]
    assert [file.status_code for file in files] == [200, 200], files[0].text


def test_a_request_asked_twice_is_done_once(both: list[httpx2.Client]) -> None:
    headers = {"Idempotency-Key": "scale-out-1"}
    first, second = (client.post("/v1/drafts", json=BRIEF, headers=headers) for client in both)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["draft"]["id"] == second.json()["draft"]["id"]
    assert second.headers["idempotency-replayed"] == "true"


def test_a_key_that_is_revoked_at_one_is_nobodys_at_the_other(parts: ScaledOut, key: str) -> None:
    made = parts.koujing("keys", "create", "--role", "viewer")
    with parts.client(0, made["key"]) as one, parts.client(1, made["key"]) as other:
        assert [client.get("/v1/entries").status_code for client in (one, other)] == [200, 200]
        parts.koujing("keys", "revoke", made["id"])
        assert [client.get("/v1/entries").status_code for client in (one, other)] == [401, 401]


def test_a_rate_holds_for_both_together(parts: ScaledOut) -> None:
    made = parts.koujing("keys", "create", "--role", "viewer", "--per-minute", "1")
    with parts.client(0, made["key"]) as one, parts.client(1, made["key"]) as other:
        begun = time.monotonic()
        found = [client.get("/v1/templates").status_code for client in (one, other)]
        # The one that is let in comes back within a minute, which a machine at its limits may take.
        assert found == [200, 429] or time.monotonic() - begun > 55


def test_the_workers_do_a_job_that_a_service_took_though_one_of_each_dies(
    parts: ScaledOut, both: list[httpx2.Client], tmp_path: Path
) -> None:
    """Last of all: a service and a worker are killed in it."""
    one, other = both
    text = "\n\n".join(SENTENCES) + "\n"
    sent = one.post(
        "/v1/localizations",
        files=[("files", ("stock.md", text.encode()))],
        data={"to": "en", "from": "zh-CN", "memory": "false"},
    )
    assert sent.status_code == 202, sent.text
    address = sent.headers["location"]
    wait_until(lambda: bool(parts.asked))
    parts.services[0][0].kill()
    parts.workers[0].kill()
    wait_until(lambda: other.get(address).json()["job"]["state"] in ("done", "failed", "paused"))
    told = other.get(address).json()
    assert told["job"]["state"] == "done", told
    assert told["segments"]["total"] == len(SENTENCES)
    assert (told["segments"]["pending"], told["segments"]["failed"]) == (0, 0)
    # What the checks hold back is kept for review, none of it twice.
    page = other.get(f"{address}/segments", params={"limit": 100}).json()["items"]
    assert [item["number"] for item in page] == list(range(1, len(SENTENCES) + 1))
    assert other.get("/readyz").json()["status"] == "ready"
