"""Idempotency-Key: done once, answered twice with the same words."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from api_workspace import BRIEF, Serve, settings_of
from starlette.testclient import TestClient

from api import idempotency
from api.access.keys import Keys
from api.access.roles import Role
from api.idempotency import Kept, Replays, StillRunning
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict
from knowledge.store.schema import ReplayRow

KEY = {"Idempotency-Key": "order-42"}
STREAM = {"Accept": "text/event-stream"}


def drafts(client: TestClient) -> int:
    return len(client.get("/v1/drafts").json()["drafts"])


def replays_of(workspace: Workspace) -> Replays:
    return Replays(workspace.database, workspace.name)


@pytest.mark.parametrize("headers", [{}, STREAM, {"Prefer": "respond-async"}], ids=["whole", "stream", "job"])
def test_the_second_answer_is_the_first_one(client: TestClient, headers: dict[str, str]) -> None:
    first, second = (client.post("/v1/drafts", json=BRIEF, headers={**KEY, **headers}) for _ in range(2))
    assert first.status_code in (200, 201, 202)
    assert second.status_code == first.status_code
    assert second.content == first.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    for name in ("content-type", "location", "x-draft-id", "cache-control"):
        assert second.headers[name] == first.headers[name]
    assert second.headers["x-request-id"] != first.headers["x-request-id"]
    assert len(client.get("/v1/jobs").json()["jobs"]) == 1


def test_another_request_may_not_take_the_key(client: TestClient) -> None:
    client.post("/v1/drafts", json=BRIEF, headers=KEY)
    for answer in (
        client.post("/v1/drafts", json={**BRIEF, "inputs": {}}, headers=KEY),
        client.post("/v1/check", json={"text": "x"}, headers=KEY),
        client.post("/v1/drafts", json=BRIEF, headers={**KEY, **STREAM}),
    ):
        assert answer.status_code == 409
        assert answer.json()["code"] == "conflict"
        assert "key" in answer.json()["detail"]
    assert drafts(client) == 1


def test_without_a_key_each_request_is_one(client: TestClient) -> None:
    for _ in range(2):
        client.post("/v1/drafts", json={**BRIEF, "inputs": {}})
    assert drafts(client) == 2


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 201, "ключ", "a\tb"])
def test_a_key_that_is_none(client: TestClient, key: str) -> None:
    answer = client.post("/v1/drafts", json=BRIEF, headers={"Idempotency-Key": key.encode()})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]
    assert drafts(client) == 0


def test_a_refusal_is_kept_and_a_failure_is_not(home: Path, serve: Serve) -> None:
    script = home / "script.jsonl"
    script.write_text('{"fault": "500"}\n{"fault": "500"}\n')
    settings = settings_of(home, KOUJING_MODEL=f"scripted:{script}", KOUJING_RETRIES="0")
    with Workspace.open(settings) as workspace:
        client = serve(workspace)
        failed = [client.post("/v1/drafts", json=BRIEF, headers=KEY) for _ in range(2)]
        assert [answer.status_code for answer in failed] == [502, 502]
        assert "idempotency-replayed" not in failed[1].headers
        wrong = {**BRIEF, "template": "sonnet"}
        refused = [client.post("/v1/drafts", json=wrong, headers={"Idempotency-Key": "k2"}) for _ in range(2)]
        assert [answer.status_code for answer in refused] == [404, 404]
        assert refused[1].headers["idempotency-replayed"] == "true"


def test_a_key_belongs_to_whoever_sent_it(workspace: Workspace, serve: Serve) -> None:
    keys, now = Keys(workspace.database, workspace.name), workspace.settings.now()
    one, other = (keys.create(name, now, role=Role.AUTHOR)[1] for name in ("one", "other"))
    client = serve(workspace)
    ids = {
        client.post("/v1/drafts", json=BRIEF, headers={**KEY, "Authorization": f"Bearer {text}"}).headers["x-draft-id"]
        for text in (one, other, one)
    }
    assert len(ids) == 2


async def test_of_two_at_the_same_moment_one_runs(workspace: Workspace, serve: Serve) -> None:
    client = serve(workspace)
    release, begun, draft = threading.Event(), threading.Event(), workspace.draft

    def held(*given: Any, **more: Any) -> Any:
        begun.set()
        assert release.wait(30)
        return draft(*given, **more)

    workspace.draft = held  # type: ignore[method-assign]
    transport = httpx2.ASGITransport(app=client.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8420") as caller:
        first = asyncio.create_task(caller.post("/v1/drafts", json=BRIEF, headers=KEY, timeout=60))
        assert await asyncio.to_thread(begun.wait, 30)
        others = [await caller.post("/v1/drafts", json=BRIEF, headers=KEY) for _ in range(3)]
        assert [answer.status_code for answer in others] == [409] * 3
        assert all(answer.headers["retry-after"] for answer in others)
        assert others[0].json()["code"] == "still_running"
        release.set()
        answer = await first
        again = await caller.post("/v1/drafts", json=BRIEF, headers=KEY)
    assert answer.status_code == 201
    assert again.content == answer.content


async def test_many_at_once_make_one_draft(workspace: Workspace, serve: Serve) -> None:
    client = serve(workspace)
    transport = httpx2.ASGITransport(app=client.app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8420") as caller:
        answers = await asyncio.gather(
            *(caller.post("/v1/drafts", json=BRIEF, headers=KEY, timeout=60) for _ in range(8))
        )
    made = [answer for answer in answers if answer.status_code == 201 and "idempotency-replayed" not in answer.headers]
    assert len(made) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert drafts(client) == 1


async def test_a_caller_who_leaves_finds_the_answer(workspace: Workspace, serve: Serve) -> None:
    """The middleware does not tell the application that its caller has left."""
    app = serve(workspace).app
    body, sent = b"%s" % httpx2.Request("POST", "http://x", json=BRIEF).content, []
    scope = {
        "type": "http", "method": "POST", "path": "/v1/drafts", "raw_path": b"/v1/drafts", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), (b"idempotency-key", b"order-42"),
                    (b"accept", b"text/event-stream")],
        "scheme": "http", "server": ("127.0.0.1", 8420), "client": ("127.0.0.1", 1), "http_version": "1.1",
        "asgi": {"version": "3.0", "spec_version": "2.3"}, "root_path": "",
    }  # fmt: skip
    given = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Any:
        return next(given, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) > 2:
            raise OSError("nobody listens")

    await app(scope, receive, send)
    assert len(sent) == 3
    again = TestClient(app, base_url="http://127.0.0.1:8420").post(
        "/v1/drafts", content=body, headers={**KEY, **STREAM, "Content-Type": "application/json"}
    )
    assert again.headers["idempotency-replayed"] == "true"
    assert "event: done" in again.text


def test_a_form_is_known_again_whatever_its_boundary(client: TestClient) -> None:
    def sent(boundary: str, text: str = "非计划停机由每月 9 次降至 2 次。") -> Any:
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            f"Content-Type: text/plain\r\n\r\n{text}\r\n--{boundary}--\r\n"
        )
        headers = {**KEY, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        return client.post("/v1/check/file", content=body.encode(), headers=headers)

    first, second, other = sent("aaaa1111"), sent("bbbb2222"), sent("cccc3333", "别的。")
    assert first.status_code == 200, first.text
    assert second.content == first.content
    assert second.headers["idempotency-replayed"] == "true"
    assert other.status_code == 409


def test_after_a_day_the_key_is_free(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    replays = replays_of(workspace)
    assert replays.begin("a", "k", "hash") is None
    replays.keep("a", "k", Kept(201, {"x": "y"}, b"body"))
    assert replays.begin("a", "k", "hash") == Kept(201, {"x": "y"}, b"body")
    monkeypatch.setattr(idempotency, "KEPT", timedelta(0))
    assert replays.begin("a", "k", "other hash") is None
    with pytest.raises(StillRunning):
        replays.begin("a", "k", "other hash")


def test_old_answers_are_let_go_of(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    replays = replays_of(workspace)
    replays.begin("a", "k", "hash")
    replays.keep("a", "k", Kept(200, {}, b"secret"))
    replays.clean()
    assert replays.begin("a", "k", "hash") is not None
    monkeypatch.setattr(idempotency, "KEPT", timedelta(0))
    replays.clean()
    with replays.reading() as session:
        assert list(session.scalars(replays.rows(ReplayRow))) == []


def test_a_request_whose_process_died_may_be_made_again(workspace: Workspace) -> None:
    replays = replays_of(workspace)
    replays.begin("a", "k", "hash")
    with pytest.raises(StillRunning):
        replays.begin("a", "k", "hash")
    with replays.writing(revises=False) as session:
        row = session.get_one(ReplayRow, (workspace.name, "a", "k"))
        row.created_at -= idempotency.DEAD_AFTER
    assert replays.begin("a", "k", "hash") is None


def test_the_same_key_for_another_request_is_a_conflict_even_while_it_runs(workspace: Workspace) -> None:
    replays = replays_of(workspace)
    replays.begin("a", "k", "hash")
    with pytest.raises(Conflict, match="another request"):
        replays.begin("a", "k", "other")
    assert replays.begin("b", "k", "other") is None
    replays.drop("a", "k")
    assert replays.begin("a", "k", "other") is None
