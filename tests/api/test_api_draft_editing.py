"""`/v1/drafts/{id}/…`: edits, mends, findings kept, sections anew, versions compared, all against what was looked at."""

from __future__ import annotations

from typing import Any

import pytest
from api_workspace import BRIEF
from starlette.testclient import TestClient

from api.v1.examples import DRAFT, DRAFT_DIFF, DRAFT_VERSIONS

WRONG = "上线后，非计划停机由每月 9 次降至每月 3 次。"


def written(client: TestClient) -> tuple[str, dict[str, Any]]:
    """The address of a new draft, and the draft."""
    answer = client.post("/v1/drafts", json=BRIEF)
    return answer.headers["location"], answer.json()


def paragraph_of(draft: dict[str, Any], words: str = "每月 2 次") -> dict[str, Any]:
    """The first paragraph with these words."""
    return next(p for s in draft["sections"] for p in s["paragraphs"] if words in p["text"])


@pytest.fixture
def edited(client: TestClient) -> tuple[str, dict[str, Any]]:
    """A draft in which somebody wrote a wrong figure."""
    address, draft = written(client)
    answer = client.patch(f"{address}/paragraphs/{paragraph_of(draft)['id']}", json={"text": WRONG, "version": 1})
    assert answer.status_code == 200
    return address, answer.json()


def test_an_edit_is_a_new_version_checked_anew(client: TestClient, edited: tuple[str, dict[str, Any]]) -> None:
    address, draft = edited
    assert draft["draft"]["version"] == 2
    changed = paragraph_of(draft, "每月 3 次")
    assert changed["by"] == "person"
    wrong = [f for f in draft["findings"] if f["paragraph"] == changed["id"] and f["severity"] == "error"]
    assert wrong
    assert wrong[0].keys() == DRAFT["findings"][0].keys()
    assert client.get(address).json() == draft
    assert client.get(address, params={"version": 1}).json()["draft"]["version"] == 1


def test_a_mend_puts_the_right_figure_there(client: TestClient, edited: tuple[str, dict[str, Any]]) -> None:
    address, draft = edited
    finding = next(f for f in draft["findings"] if f["fix"] and f["span"])
    answer = client.post(f"{address}/findings/{finding['id']}/mend", json={"version": 2})
    assert answer.status_code == 200
    assert paragraph_of(answer.json())["text"] == WRONG.replace("3 次", "2 次")
    again = client.post(f"{address}/findings/f0000000000/mend", json={})
    assert again.status_code == 404


def test_an_error_cannot_be_kept_and_a_warning_needs_a_reason(
    client: TestClient, edited: tuple[str, dict[str, Any]]
) -> None:
    address, draft = edited
    error = next(f for f in draft["findings"] if f["severity"] == "error")
    assert client.post(f"{address}/findings/{error['id']}/keep", json={"reason": "fine"}).status_code == 409
    assert client.post(f"{address}/findings/{error['id']}/keep", json={"reason": ""}).status_code == 422


def test_a_version_is_restored_and_compared(client: TestClient, edited: tuple[str, dict[str, Any]]) -> None:
    address, _ = edited
    restored = client.post(f"{address}/versions/1/restore", json={"version": 2})
    assert restored.status_code == 200
    assert restored.json()["draft"]["version"] == 3
    assert paragraph_of(restored.json())
    versions = client.get(f"{address}/versions").json()
    assert versions.keys() == DRAFT_VERSIONS.keys()
    assert versions["versions"][0].keys() == DRAFT_VERSIONS["versions"][0].keys()
    assert [(v["version"], v["act"]) for v in versions["versions"]] == [(1, "written"), (2, "edited"), (3, "restored")]
    diff = client.get(f"{address}/diff", params={"from": 1, "to": 2}).json()
    assert diff.keys() == DRAFT_DIFF.keys()
    assert diff["changed"] == 1
    assert client.get(f"{address}/diff", params={"from": 1, "to": 9}).status_code == 404
    assert client.get(f"{address}/diff", params={"from": 1}).status_code == 422
    for number in (9, 0, -1, 2**63):
        assert client.post(f"{address}/versions/{number}/restore", json={}).status_code == 404


def test_a_section_is_written_anew_and_the_others_stay(client: TestClient) -> None:
    address, draft = written(client)
    section = next(s for s in draft["sections"] if any("每月 2 次" in p["text"] for p in s["paragraphs"]))
    answer = client.post(f"{address}/sections/{section['id']}/regenerate", json={"version": 1})
    assert answer.status_code == 200
    new = answer.json()
    assert new["draft"]["version"] == 2
    others = [[s for s in one["sections"] if s["id"] != section["id"]] for one in (draft, new)]
    assert others[0] == others[1]
    stream = client.post(
        f"{address}/sections/{section['id']}/regenerate", json={}, headers={"Accept": "text/event-stream"}
    )
    assert "event: section" in stream.text
    assert "event: done" in stream.text
    assert client.post(f"{address}/sections/nothing/regenerate", json={}).status_code == 404


def test_a_check_again_is_a_version_when_something_changed(client: TestClient) -> None:
    address, _ = written(client)
    answer = client.post(f"{address}/check", json={})
    assert answer.status_code == 200
    assert client.get(address).json() == answer.json()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "paragraphs/{p}", {"text": WRONG}),
        ("POST", "findings/0/mend", {}),
        ("POST", "findings/0/keep", {"reason": "fine"}),
        ("POST", "sections/{s}/regenerate", {}),
        ("POST", "versions/1/restore", {}),
        ("POST", "check", {}),
        ("POST", "submit", {}),
        ("POST", "approve", {}),
    ],
)
def test_nothing_is_changed_by_who_looked_at_an_older_version(
    client: TestClient, edited: tuple[str, dict[str, Any]], method: str, path: str, body: dict[str, Any]
) -> None:
    address, draft = edited
    section = draft["sections"][0]
    where = f"{address}/{path.format(p=section['paragraphs'][0]['id'], s=section['id'])}"
    for more, headers, status in (
        ({"version": 1}, {}, 409),
        ({}, {"If-Match": '"1-draft"'}, 412),
        ({}, {"If-Match": '"2-approved"'}, 412),
    ):
        answer = client.request(method, where, json={**body, **more}, headers=headers)
        assert answer.status_code == status, answer.text
        assert "2" in answer.json()["detail"]
    assert client.get(address).json() == draft


def test_a_condition_that_holds_lets_the_edit_through(client: TestClient) -> None:
    address, draft = written(client)
    shown = client.get(address)
    assert shown.headers["etag"] == '"1-draft"'
    where = f"{address}/paragraphs/{paragraph_of(draft)['id']}"
    answer = client.patch(where, json={"text": WRONG}, headers={"If-Match": shown.headers["etag"]})
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"2-draft"'
    assert client.patch(where, json={"text": WRONG}, headers={"If-Match": '"1-draft"'}).status_code == 412


@pytest.mark.parametrize("address", ["/v1/drafts/d-nothing/paragraphs/p1", "/v1/drafts/d-nothing%00/paragraphs/p1"])
def test_what_is_not_there_cannot_be_edited(client: TestClient, address: str) -> None:
    assert client.patch(address, json={"text": "x"}).status_code in (400, 404)
