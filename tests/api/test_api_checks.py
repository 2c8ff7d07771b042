"""`/v1/checks`: the list, one check, and what the workspace ruled."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from api_workspace import Serve
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.v1.examples import CHECK_DETAIL, CHECKS
from assistant.checks.registry import BY_ID
from assistant.workspace import Workspace

ID = "number_unsupported"


def test_every_check_is_listed(client: TestClient) -> None:
    document = client.get("/v1/checks").json()
    assert document.keys() == CHECKS.keys()
    assert [check["id"] for check in document["checks"]] == list(BY_ID)
    assert document["checks"][0].keys() == CHECKS["checks"][0].keys()


def test_a_ruling_is_kept_with_who_made_it_and_can_be_taken_back(client: TestClient) -> None:
    off = client.put(f"/v1/checks/{ID}", json={"severity": "off", "reason": "too loud", "by": "anna"})
    assert off.status_code == 200
    check = off.json()["check"]
    assert check.keys() == CHECK_DETAIL["check"].keys()
    assert check["ruling"].keys() == CHECK_DETAIL["check"]["ruling"].keys()
    assert (check["ruling"]["severity"], check["ruling"]["by"]) == ("off", "anna")
    client.put(f"/v1/checks/{ID}", json={"severity": "default", "reason": "mended"})
    again = client.get(f"/v1/checks/{ID}").json()["check"]
    assert again["ruling"] is None
    assert [(r["severity"], r["by"]) for r in again["history"]] == [("off", "anna"), ("default", "this machine")]


def test_what_is_off_is_not_found_by_a_check(client: TestClient) -> None:
    body = {"text": "全国 27 座城市。", "sources": [{"name": "a.txt", "text": "员工 480 人。"}]}
    [wrong] = [f for f in client.post("/v1/check", json=body).json()["findings"] if f["severity"] == "error"]
    client.put(f"/v1/checks/{wrong['check']}", json={"severity": "off", "reason": "too loud"})
    report = client.post("/v1/check", json=body).json()
    assert wrong["check"] not in {f["check"] for f in report["findings"]}
    assert [(p["check"], p["reason"], p["findings"]) for p in report["policy"]] == [(wrong["check"], "too loud", 1)]


def test_the_key_is_kept_with_the_ruling(workspace: Workspace, keys: Keys, serve: Serve) -> None:
    _, text = keys.create("website", datetime(2026, 3, 1, tzinfo=UTC))
    client = serve(workspace)
    ruling = {"severity": "info", "reason": "a trial"}
    assert client.put(f"/v1/checks/{ID}", json=ruling).status_code == 401
    client.headers["Authorization"] = f"Bearer {text}"
    assert client.put(f"/v1/checks/{ID}", json=ruling).json()["check"]["ruling"]["by"] == "key website"
    named = client.put(f"/v1/checks/{ID}", json={**ruling, "by": "anna"})
    assert named.json()["check"]["ruling"]["by"] == "anna, key website"


@pytest.mark.parametrize(
    ("check", "body", "status"),
    [
        ("number_unsuported", {"severity": "off", "reason": "x"}, 404),
        (ID, {"severity": "fatal", "reason": "x"}, 422),
        (ID, {"severity": "off"}, 422),
        (ID, {"severity": "off", "reason": ""}, 422),
        (ID, {"severity": "off", "reason": "  "}, 422),
        (ID, {"severity": "off", "reason": "x", "key": "y"}, 422),
    ],
)
def test_what_cannot_be_ruled_is_refused(client: TestClient, check: str, body: dict, status: int) -> None:
    answer = client.put(f"/v1/checks/{check}", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(f"/v1/checks/{ID}").json()["check"]["history"] == []
    assert client.get("/v1/checks/number_unsuported").status_code == 404
