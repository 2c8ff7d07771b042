"""Keys and the guard: who is let in."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from api_workspace import BRIEF, Serve, settings_of
from click.testing import CliRunner
from sqlalchemy import select
from starlette.testclient import TestClient

from api.access.keys import Keys, verify
from api.command import keys as keys_command
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotAuthorised, NotFound
from knowledge.store.schema import KeyRow

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_only_the_hash_of_a_key_is_kept(keys: Keys) -> None:
    key, text = keys.create("press", NOW)
    assert text.startswith(f"kj_{key.id}_")
    with keys.reading() as session:
        row = session.scalars(select(KeyRow)).one()
        assert text.rsplit("_", 1)[1] not in repr(vars(row))
    assert verify(keys.database, text, NOW).name == "press"


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 81])
def test_a_name_is_one_short_line(keys: Keys, name: str) -> None:
    with pytest.raises(InputError):
        keys.create(name, NOW)


def test_what_is_no_key_is_refused(keys: Keys) -> None:
    key, text = keys.create("press", NOW)
    wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
    for given in ("", "kj_", wrong, text + "0", text.upper(), f"kj_{key.id}_", "kj_" + "0" * 12 + "_" + "0" * 48):
        with pytest.raises(NotAuthorised):
            verify(keys.database, given, NOW)


def test_a_revoked_key_is_refused_and_revoking_twice_keeps_the_time(keys: Keys) -> None:
    key, text = keys.create("press", NOW)
    revoked = keys.revoke(key.id, NOW + timedelta(hours=1))
    assert keys.revoke(key.id, NOW + timedelta(hours=2)).revoked_at == revoked.revoked_at
    with pytest.raises(NotAuthorised):
        verify(keys.database, text, NOW)
    assert keys.were_made()


def test_the_time_of_last_use_is_written_at_most_once_a_minute(keys: Keys) -> None:
    _, text = keys.create("press", NOW)
    for seconds in (0, 59):
        verify(keys.database, text, NOW + timedelta(seconds=seconds))
        assert keys.list()[0].last_used_at == NOW.replace(tzinfo=None)
    verify(keys.database, text, NOW + timedelta(seconds=60))
    assert keys.list()[0].last_used_at == NOW.replace(tzinfo=None) + timedelta(seconds=60)


def test_a_key_of_another_workspace_does_not_exist_here(home: Path, keys: Keys) -> None:
    other_workspace, _ = Workspace.create(settings_of(home, KOUJING_WORKSPACE="other"))
    with other_workspace:
        other = Keys(other_workspace.database, other_workspace.name)
        key, text = other.create("theirs", NOW)
        assert keys.list() == []
        assert not keys.were_made()
        with pytest.raises(NotFound):
            keys.revoke(key.id, NOW)
        assert verify(keys.database, text, NOW).workspace == "other"


def test_the_first_key_closes_the_service(client: TestClient, keys: Keys) -> None:
    assert client.get("/v1/templates").status_code == 200
    key, text = keys.create("press", NOW)
    refused = client.get("/v1/templates")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert refused.json()["code"] == "not_authorised"
    assert client.get("/v1/templates", headers=bearer(text)).status_code == 200
    assert client.get("/v1/templates", headers={"Authorization": f"Basic {text}"}).status_code == 401
    keys.revoke(key.id, NOW)
    assert client.get("/v1/templates", headers=bearer(text)).status_code == 401
    assert client.get("/v1/templates").status_code == 401


def test_every_route_but_the_probes_needs_the_key(client: TestClient, keys: Keys) -> None:
    _, text = keys.create("press", NOW)
    document = client.get("/openapi.json").json()
    open_routes = set()
    for path, methods in document["paths"].items():
        for method in methods:
            answer = client.request(method, path.replace("{draft_id}", "d").replace("{template_id}", "t"))
            if answer.status_code != 401:
                open_routes.add(path)
    assert open_routes == {"/healthz", "/readyz", "/metrics"}
    assert client.post("/v1/drafts", content=b"{").status_code == 401
    assert client.get("/v1/poems").status_code == 401
    assert client.post("/v1/drafts", json=BRIEF, headers=bearer(text)).status_code == 201


def test_a_service_on_the_network_never_answers_without_a_key(workspace: Workspace, serve: Serve) -> None:
    client = serve(workspace, loopback=False)
    assert client.get("/v1/templates").status_code == 401
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost:8420"}, 200),
        ({"Host": "[::1]:8420"}, 200),
        ({"Host": "127.0.0.1"}, 200),
        ({"Host": "koujing.evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "evil.example:8420"}, 421),
        ({"Host": "[::1"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "http://127.0.0.1:8420"}, 200),
        ({"Origin": "http://127.0.0.1:3000"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"X-Forwarded-For": "203.0.113.9"}, 403),
    ],
)
def test_without_keys_only_this_machine_is_answered(client: TestClient, headers: dict[str, str], status: int) -> None:
    for path in ("/v1/templates", "/readyz"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == status
        if status != 200:
            assert answer.headers["content-type"] == "application/problem+json"


def test_with_a_key_any_name_is_answered(client: TestClient, keys: Keys) -> None:
    _, text = keys.create("press", NOW)
    headers = {**bearer(text), "Host": "koujing.example", "Origin": "https://intranet.example"}
    assert client.get("/v1/templates", headers=headers).status_code == 200


def test_the_commands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOUJING_HOME", str(home))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(keys_command, arguments, catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    made = json.loads(run("create", "--name", "press", "--json"))
    assert made["schema"] == 1
    assert made["key"].startswith(f"kj_{made['id']}_")
    assert run("create").strip().startswith("kj_")
    listed = json.loads(run("list", "--json"))["keys"]
    assert [key["name"] for key in listed] == ["press", "api"]
    assert made["key"] not in run("list")
    assert json.loads(run("revoke", made["id"], "--json"))["revoked_at"]
    assert "revoked" in run("list")
