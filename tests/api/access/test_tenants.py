"""Two workspaces in one service: each key and person sees their own, and nothing of the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from access_people import Browser, made
from api_workspace import BRIEF, Serve, settings_of
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.people import People
from api.access.roles import Role
from api.tenants import Tenants
from api.v1.examples.access import NEW_WORKSPACE, WORKSPACE, WORKSPACES
from assistant.governance import Governance
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotFound

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def other(workspace: Workspace) -> Iterator[Workspace]:
    """A second workspace in the same database, without a line in its library."""
    opened, _ = Workspace.create(settings_of(workspace.settings.home, KOUJING_WORKSPACE="other"))
    with opened:
        yield opened


def test_a_key_works_in_its_own_workspace(
    workspace: Workspace, other: Workspace, keys: Keys, client: TestClient
) -> None:
    _, ours = keys.create("ours", NOW)
    _, theirs = Keys(other.database, "other").create("theirs", NOW)
    draft = client.post("/v1/drafts", json=BRIEF, headers=bearer(ours))
    assert draft.status_code == 201
    draft_id = draft.json()["draft"]["id"]
    assert client.get(f"/v1/drafts/{draft_id}", headers=bearer(ours)).status_code == 200
    assert client.get(f"/v1/drafts/{draft_id}", headers=bearer(theirs)).status_code == 404
    assert client.get("/v1/drafts", headers=bearer(theirs)).json()["drafts"] == []
    found = {
        text: client.get("/v1/search", params={"q": "电梯"}, headers=bearer(text)).json() for text in (ours, theirs)
    }
    assert found[ours]["hits"]
    assert found[theirs]["hits"] == []
    assert [key["name"] for key in client.get("/v1/keys", headers=bearer(theirs)).json()["keys"]] == ["theirs"]
    our_key = client.get("/v1/keys", headers=bearer(ours)).json()["keys"][0]["id"]
    assert client.delete(f"/v1/keys/{our_key}", headers=bearer(theirs)).status_code == 404
    missing = client.post("/v1/drafts", json=BRIEF, headers=bearer(theirs))
    assert missing.json()["draft"]["state"] == "open"


def test_a_person_goes_from_one_workspace_into_another(
    workspace: Workspace, other: Workspace, client: TestClient
) -> None:
    anna, token = made(workspace, "anna", "admin")
    browser = Browser(client, token)
    csrf = browser.csrf
    assert browser.post("/v1/me/workspace", json={"workspace": "other"}).status_code == 404
    People(other.database, "other").join(anna.id, Role.VIEWER, "test", workspace.settings.now())
    listed = browser.get("/v1/workspaces").json()
    assert listed.keys() == WORKSPACES.keys()
    assert [(w["name"], w["role"], w["current"]) for w in listed["workspaces"]] == [
        ("default", "admin", True),
        ("other", "viewer", False),
    ]
    assert browser.post("/v1/me/workspace", json={"workspace": "other"}).status_code == 204
    me = browser.get("/v1/me").json()
    assert (me["workspace"], me["role"], me["csrf"]) == ("other", "viewer", csrf)
    assert browser.get("/v1/search", params={"q": "电梯"}).json()["hits"] == []
    assert browser.get("/v1/keys").status_code == 403
    assert browser.get("/v1/workspaces/default").status_code == 404
    People(other.database, "other").remove(anna.id, "test", workspace.settings.now())
    assert browser.get("/v1/me").json()["workspace"] == "default"


def test_a_key_goes_nowhere_else(other: Workspace, keys: Keys, client: TestClient) -> None:
    _, text = keys.create("ours", NOW)
    for path, body in (("/v1/me/workspace", {"workspace": "other"}), ("/v1/me/password", {"old": "x", "new": "y"})):
        assert client.post(path, json=body, headers=bearer(text)).status_code == 403


def test_new_workspaces_are_for_administrators_of_the_first(
    workspace: Workspace, other: Workspace, keys: Keys, client: TestClient
) -> None:
    _, ours = keys.create("ours", NOW)
    _, theirs = Keys(other.database, "other").create("theirs", NOW)
    assert client.post("/v1/workspaces", json={"name": "emea"}, headers=bearer(theirs)).status_code == 403
    made_one = client.post("/v1/workspaces", json={"name": "emea"}, headers=bearer(ours))
    assert made_one.status_code == 201
    assert made_one.json().keys() == NEW_WORKSPACE.keys()
    assert "/welcome/" in made_one.json()["link"]
    assert client.post("/v1/workspaces", json={"name": "emea"}, headers=bearer(ours)).status_code == 409
    assert client.post("/v1/workspaces", json={"name": "../x"}, headers=bearer(ours)).status_code == 422
    anna = Browser(client, made(workspace, "anna", "admin")[1])
    assert anna.post("/v1/workspaces", json={"name": "apac"}).json()["link"] is None
    assert anna.post("/v1/me/workspace", json={"workspace": "apac"}).status_code == 204
    assert anna.get("/v1/me").json()["role"] == "admin"


def test_a_workspace_chooses_how_it_works(workspace: Workspace, other: Workspace, client: TestClient) -> None:
    anna = Browser(client, made(workspace, "anna", "admin", name="Anna")[1])
    csrf = {"X-CSRF-Token": anna.csrf}
    path = "/v1/workspaces/default"
    assert anna.get(path).json()["choices"] == {"four_eyes": False, "daily_tokens": None, "per_minute": None}
    body = {"four_eyes": True, "daily_tokens": 5000, "reason": "legal asked"}
    chosen = anna.ask("PATCH", path, headers=csrf, json=body)
    assert chosen.json().keys() == WORKSPACE.keys()
    assert chosen.json()["choices"] == {"four_eyes": True, "daily_tokens": 5000, "per_minute": None}
    anna.ask("PATCH", path, headers=csrf, json={"four_eyes": True, "daily_tokens": None})
    assert anna.get(path).json()["choices"]["daily_tokens"] is None
    assert [(e["act"], e["by"], e["reason"]) for e in anna.get(path).json()["history"]] == [
        ("chose four_eyes=true", "Anna", "legal asked"),
        ("chose daily_tokens=5000", "Anna", "legal asked"),
        ("chose daily_tokens=none", "Anna", ""),
    ]
    for wrong in ({"four_eyes": None}, {"per_minute": 0}, {"per_minute": "many"}, {"six_eyes": True}):
        assert anna.ask("PATCH", path, headers=csrf, json=wrong).status_code == 422
    assert not Governance(other.database, "other").choices().four_eyes
    viewer = Browser(client, made(workspace, "bo", "viewer")[1])
    assert viewer.get(path).status_code == 200
    refused = viewer.ask("PATCH", path, headers={"X-CSRF-Token": viewer.csrf}, json={"four_eyes": False})
    assert refused.status_code == 403


def test_what_cannot_be_chosen_is_refused(workspace: Workspace) -> None:
    governance = Governance(workspace.database, workspace.name)
    for name, value in (("eyes", True), ("four_eyes", 1), ("per_minute", True), ("daily_tokens", 2**31)):
        with pytest.raises(InputError):
            governance.choose(name, value, "anna", NOW)
    assert governance.history() == []


def test_a_workspace_is_opened_once_and_the_first_stays_open(workspace: Workspace, other: Workspace) -> None:
    tenants = Tenants(workspace.settings, workspace)
    opened = tenants.of("other")
    assert tenants.of("other") is opened
    assert tenants.of("default") is workspace
    assert opened.model is workspace.model
    assert opened.settings.templates != workspace.settings.templates
    with pytest.raises(NotFound):
        tenants.of("nowhere")
    tenants.close()
    assert workspace.library.entries.counts()[0] == 4


def test_the_probe_speaks_of_the_first(workspace: Workspace, other: Workspace, serve: Serve) -> None:
    Keys(other.database, "other").create("theirs", NOW)
    assert serve(workspace).get("/readyz").json()["library"]["entries"] == 4
