"""Members and their roles: over the API, over the commands, and never without an administrator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from access_people import PASSWORD, Browser, made
from api_workspace import Serve, settings_of
from click.testing import CliRunner
from starlette.testclient import TestClient

from api.access.people import People
from api.access.roles import Role
from api.people_command import people as people_command
from api.people_command import workspaces as workspaces_command
from api.v1.examples.access import LINK, ME, MEMBER, MEMBERS
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, NotAllowed


@pytest.fixture
def admin(workspace: Workspace, client: TestClient) -> Browser:
    return Browser(client, made(workspace, "bo", name="Bo")[1])


def test_an_administrator_invites_and_changes_and_takes_out(admin: Browser, client: TestClient) -> None:
    link = admin.post("/v1/people/invitations", json={"role": "author", "name": "Anna"})
    assert link.status_code == 201
    assert link.json().keys() == LINK.keys()
    assert link.json()["url"].startswith("http://127.0.0.1:8420/welcome/")
    token = link.json()["url"].rsplit("/", 1)[1]
    door = client.app.state.door  # type: ignore[attr-defined]  # a FastAPI
    person, signed_in = door.accept(token, "anna", "", PASSWORD, "")
    anna = Browser(client, signed_in)
    assert anna.get("/v1/me").json().keys() == ME.keys()
    assert anna.get("/v1/me").json()["rights"] == ["read", "draft"]
    assert anna.get("/v1/people").status_code == 403
    listed = admin.get("/v1/people").json()
    assert listed.keys() == MEMBERS.keys()
    assert [(each["name"], each["role"]) for each in listed["people"]] == [("Anna", "author"), ("Bo", "admin")]
    path = f"/v1/people/{person.id}"
    csrf = {"X-CSRF-Token": admin.csrf}
    changed = admin.ask("PATCH", path, headers=csrf, json={"role": "approver"})
    assert changed.json().keys() == MEMBER.keys()
    assert "approve" in anna.get("/v1/me").json()["rights"]
    assert admin.post(f"{path}/disable").json()["disabled_at"]
    assert anna.get("/v1/me").status_code == 401
    assert admin.post(f"{path}/enable").json()["disabled_at"] is None
    assert admin.post(f"{path}/password-link").json()["login"] == "anna"
    assert admin.ask("DELETE", path, headers=csrf).status_code == 204
    assert admin.ask("DELETE", path, headers=csrf).status_code == 404


def test_the_last_administrator_stays(workspace: Workspace, admin: Browser) -> None:
    own = f"/v1/people/{admin.get('/v1/me').json()['id']}"
    csrf = {"X-CSRF-Token": admin.csrf}
    second, _ = made(workspace, "anna", "admin")
    People(workspace.database, workspace.name).disable(second.id, "bo", workspace.settings.now())
    made(workspace, "carl", "approver")
    for answer in (
        admin.ask("PATCH", own, headers=csrf, json={"role": "approver"}),
        admin.ask("DELETE", own, headers=csrf),
        admin.post(f"{own}/disable"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    made(workspace, "dora", "admin")
    assert admin.ask("PATCH", own, headers=csrf, json={"role": "viewer"}).status_code == 200


def test_what_is_theirs_everywhere_is_not_for_the_administrators_of_one(workspace: Workspace, serve: Serve) -> None:
    """Who administers one workspace does not take over whoever administers another by a new password."""
    now = workspace.settings.now()
    boss, _ = made(workspace, "boss", "admin")
    other, _ = Workspace.create(settings_of(workspace.settings.home, KOUJING_WORKSPACE="other"))
    with other:
        theirs = People(other.database, "other")
        theirs.join(boss.id, Role.VIEWER, "test", now)
        client = serve(workspace)
        eve = Browser(client, made(other, "eve", "admin")[1])
        assert eve.get("/v1/me").json()["workspace"] == "other"
        for act in ("disable", "enable", "password-link"):
            assert eve.post(f"/v1/people/{boss.id}/{act}").status_code == 403
        with pytest.raises(NotAllowed):
            theirs.disable(boss.id, "eve", now)
        assert eve.ask("DELETE", f"/v1/people/{boss.id}", headers={"X-CSRF-Token": eve.csrf}).status_code == 204
        assert eve.post(f"/v1/people/{boss.id}/disable").status_code == 404


def test_whoever_is_the_last_administrator_elsewhere_is_not_disabled(workspace: Workspace) -> None:
    now = workspace.settings.now()
    made(workspace, "bo")
    anna, _ = made(workspace, "anna", "viewer")
    other, _ = Workspace.create(settings_of(workspace.settings.home, KOUJING_WORKSPACE="other"))
    with other:
        People(other.database, "other").join(anna.id, Role.ADMIN, "test", now)
    with pytest.raises(Conflict, match="other"):
        People(workspace.database, workspace.name).disable(anna.id, "bo", now, anywhere=True)


def test_a_person_chooses_a_language_and_a_password(workspace: Workspace, client: TestClient) -> None:
    anna = Browser(client, made(workspace, "anna", "viewer")[1])
    csrf = {"X-CSRF-Token": anna.csrf}
    assert anna.ask("PATCH", "/v1/me", headers=csrf, json={"language": "zh"}).status_code == 204
    assert anna.ask("PATCH", "/v1/me", headers=csrf, json={"language": "fr"}).status_code == 422
    assert anna.get("/v1/me").json()["language"] == "zh"
    wrong = anna.post("/v1/me/password", json={"old": "a wrong one, really", "new": "another few words"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "input_error")
    right = anna.post("/v1/me/password", json={"old": PASSWORD, "new": "another few words"})
    assert right.status_code == 204
    assert anna.get("/v1/me").status_code == 200


def test_the_commands_of_people(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOUJING_HOME", str(home))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(people_command, arguments, catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    assert "invite" in run("list")
    link = json.loads(run("invite", "--role", "editor", "--name", "Anna", "--json"))
    assert (link["schema"], link["role"]) == (1, "editor")
    with Workspace.open(settings_of(home)) as workspace:
        anna, _ = made(workspace, "anna", "viewer")
    assert [person["login"] for person in json.loads(run("list", "--json"))["people"]] == ["anna"]
    assert json.loads(run("role", anna.id, "approver", "--json"))["role"] == "approver"
    assert "disabled" in run("disable", anna.id)
    assert "disabled" not in run("disable", anna.id, "--undo")
    again = run("invite", "--password-of", anna.id, "--url", "https://k.example/")
    assert again.startswith("https://k.example/welcome/")


def test_the_commands_of_workspaces(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOUJING_HOME", str(home))
    runner = CliRunner()
    made_one = runner.invoke(workspaces_command, ["create", "emea", "--json"], catch_exceptions=False)
    assert json.loads(made_one.stdout)["workspace"] == "emea"
    listed = runner.invoke(workspaces_command, ["list", "--json"], catch_exceptions=False)
    assert [each["name"] for each in json.loads(listed.stdout)["workspaces"]] == ["default", "emea"]
    with pytest.raises(Conflict):
        runner.invoke(workspaces_command, ["create", "emea"], catch_exceptions=False)
