"""`/v1/lint`, `/v1/due`, `/v1/reindex`: what keeps a library in order."""

from __future__ import annotations

import pytest
from api_workspace import Serve
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.v1.examples.upkeep import DUE, LINT, REINDEXED
from assistant.workspace import Workspace


def test_lint_finds_what_two_entries_say_differently(client: TestClient) -> None:
    text = client.get("/v1/entries/case-elevator").json()["entry"]["body"]
    other = {"kind": "case", "title": "电梯厂商预测性维护", "locale": "zh-CN", "id": "case-again"}
    client.post("/v1/entries", json={**other, "text": text.replace("降至每月 2 次", "降至每月 5 次")})
    found = client.get("/v1/lint", params={"locale": "zh"}).json()
    assert found.keys() == LINT.keys()
    assert found["findings"]
    assert found["findings"][0].keys() == LINT["findings"][0].keys()
    assert sum(found["counts"].values()) == len(found["findings"])
    about = client.get("/v1/lint", params={"entry": "case-again"}).json()["findings"]
    assert about
    assert all("case-again" in finding["entries"] for finding in about)
    one = about[0]["rule"]
    assert {f["rule"] for f in client.get("/v1/lint", params={"rule": one}).json()["findings"]} == {one}
    assert client.get("/v1/lint", params={"kind": "competitor"}).json()["findings"] == []


@pytest.mark.parametrize("parameters", [{"rule": "no_such"}, {"kind": "poem"}, {"locale": "fr"}])
def test_lint_refuses_what_it_does_not_know(client: TestClient, parameters: dict) -> None:
    assert client.get("/v1/lint", params=parameters).status_code == 422


def test_what_is_due_comes_with_the_most_urgent_first(client: TestClient) -> None:
    assert client.get("/v1/due", params={"within": 0}).json()["due"] == []
    found = client.get("/v1/due", params={"within": 3650}).json()
    assert found.keys() == DUE.keys()
    assert found["due"][0].keys() == DUE["due"][0].keys()
    days = [item["day"] for item in found["due"]]
    assert days == sorted(days)
    assert "case-elevator" in {item["id"] for item in found["due"]}
    assert client.get("/v1/due", params={"within": -1}).status_code == 422


def test_the_indexes_are_made_again(client: TestClient, workspace: Workspace, serve: Serve) -> None:
    found = client.post("/v1/reindex").json()
    assert found.keys() == REINDEXED.keys()
    assert found["passages"] > 0
    hits = client.get("/v1/search", params={"q": "非计划停机降到多少"}).json()["hits"]
    assert hits[0]["entry_id"] == "case-elevator"
    _, text = Keys(workspace.database, workspace.name).create("k", workspace.settings.now(), role=Role.APPROVER)
    approver = serve(workspace)
    approver.headers["Authorization"] = f"Bearer {text}"
    assert approver.post("/v1/reindex").status_code == 403
    assert approver.get("/v1/lint").status_code == 200
    assert approver.get("/v1/due").status_code == 200
