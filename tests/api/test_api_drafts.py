"""`/v1/drafts`: written whole or as a stream, with questions, kept in every case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from api_workspace import BRIEF, INPUTS, Serve, settings_of
from starlette.testclient import TestClient

from api.v1.examples import DRAFT, DRAFTS
from assistant.workspace import Workspace

STREAM = {"Accept": "text/event-stream"}


def events_of(text: str) -> list[tuple[str, dict]]:
    """Name and data of every event in a stream."""
    events = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            events.append((lines["event"], json.loads(lines["data"])))
    return events


def scripted(home: Path, lines: list[dict]) -> Workspace:
    """The workspace of `home` with a model that plays these lines."""
    script = home / "script.jsonl"
    script.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return Workspace.open(settings_of(home, KOUJING_MODEL=f"scripted:{script}", KOUJING_RETRIES="0"))


def test_a_draft_is_created_kept_and_found_again(client: TestClient) -> None:
    answer = client.post("/v1/drafts", json=BRIEF)
    assert answer.status_code == 201
    draft = answer.json()
    assert answer.headers["location"] == f"/v1/drafts/{draft['draft']['id']}"
    assert answer.headers["x-draft-id"] == draft["draft"]["id"]
    assert draft["draft"]["state"] == "draft"
    assert draft["questions"] == []
    assert "每月 2 次" in answer.text
    again = client.get(answer.headers["location"])
    assert again.status_code == 200
    assert again.json() == draft
    assert [d["id"] for d in client.get("/v1/drafts").json()["drafts"]] == [draft["draft"]["id"]]


def test_documents_have_the_members_that_the_description_shows(client: TestClient) -> None:
    draft = client.post("/v1/drafts", json=BRIEF).json()
    assert draft.keys() == DRAFT.keys()
    assert draft["draft"].keys() == DRAFT["draft"].keys()
    assert draft["evidence"][0].keys() == DRAFT["evidence"][0].keys()
    assert draft["claims"][0].keys() == DRAFT["claims"][0].keys()
    assert draft["sections"][0]["paragraphs"][0].keys() == DRAFT["sections"][0]["paragraphs"][0].keys()
    listed = client.get("/v1/drafts").json()
    assert listed.keys() == DRAFTS.keys()
    assert listed["drafts"][0].keys() == DRAFTS["drafts"][0].keys()


def test_the_stream_tells_sections_before_their_paragraphs_and_ends_with_the_draft(client: TestClient) -> None:
    answer = client.post("/v1/drafts", json=BRIEF, headers=STREAM)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = events_of(answer.text)
    names = [name for name, _ in events]
    assert names[0] == "section"
    assert names[-1] == "done"
    assert names.count("done") == 1
    assert set(names) <= {"section", "paragraph", "finding", "done"}
    begun: list[str] = []
    told: list[str] = []
    for name, data in events:
        if name == "section":
            begun.append(data["id"])
        if name == "paragraph":
            assert data["section"] == begun[-1]
            told.append(data["id"])
    draft = events[-1][1]
    assert answer.headers["x-draft-id"] == draft["draft"]["id"]
    assert answer.headers["location"] == f"/v1/drafts/{draft['draft']['id']}"
    assert told == [p["id"] for s in draft["sections"] for p in s["paragraphs"]]
    found = [data for name, data in events if name == "finding"]
    assert found == [{name: one[name] for name in found[0]} for one in draft["findings"]]
    assert client.get(f"/v1/drafts/{draft['draft']['id']}").json() == draft


def test_missing_inputs_are_asked_for_and_answered(client: TestClient) -> None:
    opened = client.post("/v1/drafts", json={**BRIEF, "inputs": {}})
    assert opened.status_code == 201
    draft = opened.json()
    assert draft["draft"]["state"] == "open"
    assert [question["input"] for question in draft["questions"]] == ["case"]
    address = opened.headers["location"]
    written = client.post(f"{address}/answers", json={"inputs": INPUTS})
    assert written.status_code == 200
    assert written.json()["draft"] == {"id": draft["draft"]["id"], "state": "draft", "version": 2}
    assert written.json()["questions"] == []
    assert client.get(address, params={"version": 1}).json()["draft"]["state"] == "open"
    refused = client.post(f"{address}/answers", json={"inputs": INPUTS})
    assert refused.status_code == 409
    assert refused.json()["code"] == "conflict"


def test_answers_can_be_streamed(client: TestClient) -> None:
    opened = client.post("/v1/drafts", json={**BRIEF, "inputs": {}}, headers=STREAM)
    [(name, draft)] = events_of(opened.text)
    assert name == "done"
    answered = client.post(f"/v1/drafts/{draft['draft']['id']}/answers", json={"inputs": INPUTS}, headers=STREAM)
    assert events_of(answered.text)[-1][0] == "done"
    assert answered.headers["x-draft-id"] == draft["draft"]["id"]


def test_an_open_draft_keeps_the_model_it_was_asked_from_unless_another_is_named(home: Path, serve: Serve) -> None:
    with scripted(home, [{"fault": "500"}]) as workspace:
        client = serve(workspace)
        opened = {**BRIEF, "inputs": {}, "model": "extractive"}
        first, second = (client.post("/v1/drafts", json=opened).headers["location"] for _ in range(2))
        assert client.post(f"{first}/answers", json={"inputs": INPUTS}).json()["model"] == "extractive"
        named = {"inputs": INPUTS, "model": workspace.model.name}
        assert client.post(f"{second}/answers", json=named).status_code == 502
        assert client.post(f"{second}/answers", json={"inputs": INPUTS, "model": "openai:gpt"}).status_code == 422


def test_the_list_is_of_the_newest_and_as_long_as_asked_for(client: TestClient) -> None:
    opened = {**BRIEF, "inputs": {}}
    ids = [client.post("/v1/drafts", json=opened).headers["x-draft-id"] for _ in range(3)]
    assert {d["id"] for d in client.get("/v1/drafts").json()["drafts"]} == set(ids)
    assert len(client.get("/v1/drafts", params={"limit": 2}).json()["drafts"]) == 2
    for limit in (0, 201, "all"):
        answer = client.get("/v1/drafts", params={"limit": limit})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["where"] == "query.limit"


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"template": "sonnet"}, 404, "success_story"),
        ({"inputs": {"case": "case-elevator", "colour": "red"}}, 422, "colour"),
        ({"locale": "klingon!"}, 422, "klingon"),
        ({"model": "openai:gpt"}, 422, "extractive"),
    ],
)
@pytest.mark.parametrize("headers", [{}, STREAM], ids=["whole", "stream"])
def test_what_is_wrong_from_the_start_has_its_own_status(
    client: TestClient, change: dict, status: int, word: str, headers: dict[str, str]
) -> None:
    answer = client.post("/v1/drafts", json={**BRIEF, **change}, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]
    assert client.get("/v1/drafts").json()["drafts"] == []


def test_a_caller_may_choose_extractive_instead_of_the_configured_model(home: Path, serve: Serve) -> None:
    with scripted(home, [{"fault": "500"}]) as workspace:
        client = serve(workspace)
        answer = client.post("/v1/drafts", json={**BRIEF, "model": "extractive"})
        assert answer.status_code == 201
        assert answer.json()["model"] == "extractive"


@pytest.mark.parametrize(("fault", "status"), [("500", 502), ("429", 503)])
def test_a_failed_model_is_a_problem(home: Path, serve: Serve, fault: str, status: int) -> None:
    with scripted(home, [{"fault": fault, "retry_after": 1}]) as workspace:
        answer = serve(workspace).post("/v1/drafts", json=BRIEF)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_error_in_the_middle_of_a_stream_is_its_last_event(home: Path, serve: Serve) -> None:
    with scripted(home, [{"fault": "500"}]) as workspace:
        answer = serve(workspace).post("/v1/drafts", json=BRIEF, headers=STREAM)
        assert answer.status_code == 200
        events = events_of(answer.text)
        assert [name for name, _ in events] == ["section", "error"]
        problem = events[-1][1]
        assert problem["status"] == 502
        assert problem["code"] == "provider_error"


def test_an_unknown_draft_or_version_is_not_found(client: TestClient) -> None:
    address = client.post("/v1/drafts", json=BRIEF).headers["location"]
    for answer in (client.get("/v1/drafts/d-nothing"), client.get(address, params={"version": 7})):
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"
    assert client.get(address, params={"version": 0}).status_code == 422
    assert client.post("/v1/drafts/d-nothing/answers", json={"inputs": INPUTS}).status_code == 404
