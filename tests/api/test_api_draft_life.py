"""`/v1/drafts/{id}/…`: handed in, sent back, approved, published, withdrawn, exported; each with the right for it."""

from __future__ import annotations

from typing import Any

import pytest
from api_workspace import BRIEF, Serve
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.v1.draft_life import file_answer
from api.v1.examples import DRAFT_READINESS, DRAFT_STATUS
from assistant.workspace import Workspace


@pytest.fixture
def address(client: TestClient) -> str:
    return str(client.post("/v1/drafts", json=BRIEF).headers["location"])


def fill_gaps(client: TestClient, address: str) -> None:
    """Write something where the draft has gaps, so that it can be handed in."""
    draft = client.get(address).json()
    for section in draft["sections"]:
        for paragraph in section["paragraphs"]:
            if paragraph["gap"]:
                text = "上线后，非计划停机由每月 9 次降至每月 2 次。"
                answer = client.patch(f"{address}/paragraphs/{paragraph['id']}", json={"text": text})
                assert answer.status_code == 200


def test_where_it_stands_and_what_lacks(client: TestClient, address: str) -> None:
    answer = client.get(f"{address}/readiness")
    shown = answer.json()
    assert shown.keys() == DRAFT_READINESS.keys()
    assert shown["status"].keys() == DRAFT_STATUS["status"].keys()
    assert shown["missing"].keys() == DRAFT_READINESS["missing"].keys()
    assert shown["status"]["state"] == "draft"
    assert "not_approved" in [one["what"] for one in shown["missing"]["export"]]
    assert shown["missing"]["export"][0].keys() == DRAFT_READINESS["missing"]["export"][0].keys()
    assert answer.headers["etag"] == '"1-draft"'


def test_handed_in_and_sent_back(client: TestClient, address: str) -> None:
    fill_gaps(client, address)
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("submit", {}, "in_review"),
        ("request-changes", {"reason": "say who did it"}, "changes_requested"),
        ("submit", {}, "in_review"),
    ]
    for act, body, state in steps:
        answer = client.post(f"{address}/{act}", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["status"]["state"] == state
        assert answer.headers["etag"].endswith(f'-{state}"')
    refused = client.post(f"{address}/submit", json={})
    assert refused.status_code == 409


def test_an_export_that_is_not_ready_says_what_lacks(client: TestClient, address: str) -> None:
    for answer in (
        client.get(f"{address}/exports", params={"form": "markdown"}),
        client.post(f"{address}/exports", json={"form": "markdown"}),
    ):
        assert answer.status_code == 409
        assert "not_approved" in [one["what"] for one in answer.json()["missing"]]
    assert client.get(f"{address}/exports", params={"form": "papyrus"}).status_code == 422
    assert client.get("/v1/drafts/d-nothing/exports", params={"form": "markdown"}).status_code == 404


def test_an_administrator_may_let_it_leave_with_a_reason(client: TestClient, address: str) -> None:
    answer = client.post(f"{address}/exports", json={"form": "markdown", "override": "the fair is tomorrow"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert "每月 2 次" in answer.text
    exported = [one for one in client.get("/v1/audit").json()["events"] if "export" in one["act"]]
    assert exported
    assert any("the fair is tomorrow" in str(one) for one in client.get("/v1/audit").json()["events"])


def test_who_may_do_what(workspace: Workspace, serve: Serve) -> None:
    keys, now = Keys(workspace.database, workspace.name), workspace.settings.now()
    texts = {role: keys.create(str(role), now, role=role)[1] for role in (Role.VIEWER, Role.AUTHOR, Role.APPROVER)}
    client = serve(workspace)

    def as_(role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {texts[role]}"}

    refused = client.post("/v1/drafts", json=BRIEF, headers=as_(Role.VIEWER))
    assert refused.status_code == 403
    address = client.post("/v1/drafts", json=BRIEF, headers=as_(Role.AUTHOR)).headers["location"]
    assert client.get(address, headers=as_(Role.VIEWER)).status_code == 200
    for act, body in (
        ("approve", {}),
        ("publish", {"to": "x"}),
        ("withdraw", {"reason": "x"}),
        ("request-changes", {"reason": "x"}),
    ):
        assert client.post(f"{address}/{act}", json=body, headers=as_(Role.AUTHOR)).status_code == 403
    override = {"form": "markdown", "override": "because"}
    assert client.post(f"{address}/exports", json=override, headers=as_(Role.APPROVER)).status_code == 403
    assert client.get("/v1/audit", headers=as_(Role.APPROVER)).status_code == 403


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("story.md", 'filename="story.md"'),
        ("停机.pdf", 'filename="__.pdf"'),
        ('a"b\r\nSet-Cookie: x.txt', 'filename="a_b__Set-Cookie_ x.txt"'),
    ],
)
def test_a_file_name_cannot_break_out_of_its_header(name: str, shown: str) -> None:
    disposition = file_answer(b"", name, "text/plain").headers["content-disposition"]
    assert shown in disposition
    assert disposition.startswith("attachment;")
    assert "\r" not in disposition
    assert "\n" not in disposition
