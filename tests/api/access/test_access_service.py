"""When the service asks who somebody is, under which names it answers, and what it signs with."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest
from access_people import Browser, made
from api_workspace import SECRET, settings_of
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.secret import public_origin, service_secret
from api.app import create_app
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def service(workspace: Workspace, *, loopback: bool = True, **values: str) -> TestClient:
    settings = Settings({**workspace.settings.values, "secret": SECRET, **values})
    app = create_app(settings, workspace, loopback=loopback)
    return TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)


def test_the_first_person_closes_the_service(workspace: Workspace, client: TestClient) -> None:
    assert client.get("/v1/me").json()["kind"] == "machine"
    made(workspace, "anna", "viewer")
    assert client.get("/v1/me").status_code == 401


def test_pages_need_a_person_from_the_beginning(client: TestClient) -> None:
    answer = client.get("/drafts", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/drafts")
    assert client.get("/sign-in").status_code == 200
    assert client.get("/static/console.css").status_code == 200


def test_a_key_of_another_workspace_closes_the_service(workspace: Workspace, client: TestClient) -> None:
    other, _ = Workspace.create(settings_of(workspace.settings.home, KOUJING_WORKSPACE="other"))
    with other:
        Keys(other.database, "other").create("theirs", NOW)
    assert client.get("/v1/templates").status_code == 401


def test_a_service_with_a_public_address_always_asks_who_it_is(workspace: Workspace) -> None:
    """Behind a proxy every request comes from this machine."""
    with service(workspace, public_url="https://Koujing.example/") as client:
        assert client.get("/v1/templates").status_code == 401
        host = {"Host": "koujing.example"}
        assert client.get("/v1/templates", headers=host).status_code == 401
        assert client.get("/v1/templates", headers={"Host": "evil.example"}).status_code == 421
        anna = Browser(client, made(workspace, "anna")[1])
        for origin, status in (("https://koujing.example", 201), ("http://koujing.example", 403)):
            answer = anna.post("/v1/keys", json={"name": "x"}, headers={**host, "Origin": origin})
            assert answer.status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [("koujing.example", 200), ("KOUJING.example:443", 200), ("koujing.example:8420", 421), ("127.0.0.1:8420", 421)],
)
def test_beyond_this_machine_only_the_public_name_is_answered(workspace: Workspace, host: str, status: int) -> None:
    _, text = Keys(workspace.database, workspace.name).create("press", NOW)
    headers = {"Host": host, "Authorization": f"Bearer {text}"}
    with service(workspace, loopback=False, public_url="https://koujing.example") as client:
        assert client.get("/v1/templates", headers=headers).status_code == status
        assert client.get("/readyz", headers=headers).status_code == 200


def test_figures_are_for_this_machine_or_a_key(workspace: Workspace) -> None:
    _, text = Keys(workspace.database, workspace.name).create("press", NOW)
    with service(workspace) as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 401
        assert client.get("/metrics", headers={"Host": "koujing.example"}).status_code == 401
    with service(workspace, loopback=False) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_the_secret_is_given_or_kept_in_the_home(workspace: Workspace) -> None:
    settings = workspace.settings
    kept = service_secret(settings, loopback=True)
    path = settings.home / "secret"
    assert len(kept) >= 32
    assert service_secret(settings, loopback=True) == kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in settings.home.glob("secret*")] == ["secret"]
    path.write_text("")
    with pytest.raises(SetupError, match="secret"):
        service_secret(settings, loopback=True)
    given = Settings({**settings.values, "secret": SECRET})
    assert service_secret(given, loopback=False) == SECRET.encode()
    for wrong in ("", "x" * 31):
        with pytest.raises(SetupError, match="KOUJING_SECRET"), service(workspace, loopback=False, secret=wrong):
            pass


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("", ""),
        ("https://Koujing.Example", "https://koujing.example"),
        ("https://koujing.example:443/", "https://koujing.example"),
        ("http://[::1]:8420", "http://[::1]:8420"),
    ],
)
def test_the_public_address_as_browsers_write_it(workspace: Workspace, address: str, origin: str) -> None:
    assert public_origin(Settings({**workspace.settings.values, "public_url": address})) == origin
