"""`/v1/usage` and `/v1/audit`: what models used, who did what."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from api_workspace import BRIEF, INPUTS, Serve, settings_of
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.v1.examples import AUDIT, USAGE
from assistant.audit import Asked, Audit
from assistant.brief import Brief
from assistant.gateway.port import Usage
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from evals.subjects.scripted import SourcesModel
from knowledge.domain.errors import ProviderError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def book(workspace: Workspace) -> UsageBook:
    """A book with three acts of two askers on two days."""
    book = UsageBook(workspace.database, workspace.name)
    book.add(Usage(100, 10, 2, 1.5, 0.5), NOON, act="draft", model="local", actor="k1", template="press_release")
    book.add(Usage(200, 20, 1, 0.5, None), NOON, act="answer", model="local", actor="k2", template="case")
    later = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    book.add(Usage(10, 1, 1, 0.25, None), later, act="judge", model="other", actor="k1")
    return book


def test_tokens_of_one_asker_on_one_day(book: UsageBook) -> None:
    assert book.used("k1", date(2026, 3, 1)) == 110
    assert book.used("k1", date(2026, 3, 2)) == 11
    assert book.used("nobody", date(2026, 3, 1)) == 0
    assert book.used_by_all(date(2026, 3, 1)) == 330


def test_sums_by_group(book: UsageBook) -> None:
    days = book.by("day")
    assert [(row["day"], row["acts"], row["calls"], row["cost"]) for row in days] == [
        ("2026-03-01", 2, 3, 0.5),
        ("2026-03-02", 1, 1, None),
    ]
    assert [row["actor"] for row in book.by("actor")] == ["k2", "k1"]
    assert [row["model"] for row in book.by("model", since=date(2026, 3, 2))] == ["other"]
    assert [row["act"] for row in book.by("act", until=date(2026, 3, 1))] == ["answer", "draft"]


def test_the_usage_of_another_workspace_is_not_there(workspace: Workspace, book: UsageBook) -> None:
    other = UsageBook(workspace.database, "other")
    assert other.by("day") == []
    assert other.used("k1", date(2026, 3, 1)) == 0


def test_an_act_without_a_call_leaves_no_row(workspace: Workspace) -> None:
    book = UsageBook(workspace.database, workspace.name)
    book.add(Usage(), NOON, act="draft", model="extractive")
    assert book.by("day") == []


def test_what_a_draft_used_is_on_the_book_of_whoever_asked(workspace: Workspace, serve: Serve) -> None:
    workspace.model = SourcesModel()
    keys, now = Keys(workspace.database, workspace.name), workspace.settings.now()
    key, text = keys.create("website", now)
    client = serve(workspace)
    headers = {"Authorization": f"Bearer {text}"}
    draft = client.post("/v1/drafts", json=BRIEF, headers=headers).json()
    shown = client.get("/v1/usage", params={"group": "actor"}, headers=headers).json()
    assert shown.keys() == USAGE.keys()
    [row] = shown["usage"]
    assert (row["actor"], row["acts"]) == (key.id, 1)
    assert row["calls"] == draft["usage"]["calls"] > 0
    assert row["prompt_tokens"] == draft["usage"]["prompt_tokens"]
    [day] = client.get("/v1/usage", headers=headers).json()["usage"]
    assert day.keys() == USAGE["usage"][0].keys()
    tomorrow = {"since": "2999-01-01"}
    assert client.get("/v1/usage", params=tomorrow, headers=headers).json()["usage"] == []


def test_what_a_failed_draft_used_counts_too(workspace: Workspace) -> None:
    class Failing(SourcesModel):
        calls = 0

        def complete(self, *given: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls > 1:
                raise ProviderError("gone")
            return super().complete(*given, **more)

    with pytest.raises(ProviderError):
        workspace.draft(Brief("success_story", INPUTS), model=Failing(), actor="k1")
    [row] = UsageBook(workspace.database, workspace.name).by("actor")
    assert (row["actor"], row["calls"]) == ("k1", 1)


@pytest.mark.parametrize("given", [{"group": "customer"}, {"since": "yesterday"}, {"until": "2026-13-01"}])
def test_what_cannot_be_summed(client: TestClient, given: dict[str, str]) -> None:
    assert client.get("/v1/usage", params=given).status_code == 422


def test_a_day_s_budget_ends_the_writing(home: Path, serve: Serve) -> None:
    with Workspace.open(settings_of(home)) as workspace:
        workspace.model = SourcesModel()
        keys = Keys(workspace.database, workspace.name)
        text = keys.create("small", workspace.settings.now(), daily_tokens=10)[1]
        client = serve(workspace)
        headers = {"Authorization": f"Bearer {text}"}
        assert client.post("/v1/drafts", json=BRIEF, headers=headers).status_code == 201
        refused = client.post("/v1/drafts", json=BRIEF, headers=headers)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert len(client.get("/v1/jobs", headers=headers).json()["jobs"]) == 1


def test_a_day_s_budget_ends_short_texts_of_a_case_too(home: Path, serve: Serve) -> None:
    with Workspace.open(settings_of(home)) as workspace:
        key, text = Keys(workspace.database, workspace.name).create(
            "small", workspace.settings.now(), role=Role.ADMIN, daily_tokens=10
        )
        UsageBook(workspace.database, workspace.name).add(
            Usage(9, 1, 1), workspace.settings.now(), act="draft", model="m", actor=key.id
        )
        headers = {"Authorization": f"Bearer {text}"}
        refused = serve(workspace).post("/v1/entries/case-elevator/blurbs", json={}, headers=headers)
        assert refused.status_code == 429


def test_the_record_in_one_list_the_newest_first(client: TestClient, workspace: Workspace) -> None:
    address = client.post("/v1/drafts", json=BRIEF).headers["location"]
    client.put("/v1/checks/citation_weak", json={"severity": "info", "reason": "we read every one", "by": "anna"})
    client.post(f"{address}/exports", json={"form": "markdown", "override": "for the fair"})
    shown = client.get("/v1/audit").json()
    assert shown.keys() == AUDIT.keys()
    assert shown["events"][0].keys() == AUDIT["events"][0].keys()
    times = [one["at"] for one in shown["events"]]
    assert times == sorted(times, reverse=True)
    [ruled] = client.get("/v1/audit", params={"subject": "check"}).json()["events"]
    assert (ruled["subject_id"], ruled["detail"]) == ("citation_weak", {"severity": "info"})
    draft = address.rpartition("/")[2]
    acts = [e["act"] for e in client.get("/v1/audit", params={"subject_id": draft}).json()["events"]]
    assert "written" in acts
    assert [e for e in acts if e.startswith("export")]
    entries = client.get("/v1/audit", params={"subject": "entry", "act": "approved"}).json()["events"]
    assert {one["act"] for one in entries} == {"approved"}
    assert client.get("/v1/audit", params={"by": "nobody"}).json()["events"] == []
    assert client.get("/v1/audit", params={"since": "2999-01-01T00:00:00Z"}).json()["events"] == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_record_page_by_page_is_the_whole_record(client: TestClient, size: int) -> None:
    for number in range(3):
        address = client.post("/v1/drafts", json={**BRIEF, "inputs": {}}).headers["location"]
        client.put("/v1/checks/citation_weak", json={"severity": "info", "reason": f"reason {number}"})
    assert address
    whole = client.get("/v1/audit").json()["events"]
    pages: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get("/v1/audit", params={"limit": size, "cursor": cursor}).json()
        pages += page["events"]
        cursor = page["next"]
    assert json.dumps(pages) == json.dumps(whole)
    assert len(whole) > 6
    assert client.get("/v1/audit", params={"cursor": "broken"}).status_code == 422


def test_the_record_of_another_workspace_is_not_there(workspace: Workspace, client: TestClient) -> None:
    client.post("/v1/drafts", json=BRIEF)
    assert Audit(workspace.database, "other").lines(Asked(), 100) == []
