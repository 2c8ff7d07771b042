"""Roles, scopes, expiry and limits of keys."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import pytest
from api_workspace import Serve
from click.testing import CliRunner
from sqlalchemy import select
from starlette.testclient import TestClient

import api.access.keys as keys_module
from api.access.actor import Actor
from api.access.keys import Keys, verify
from api.access.limits import Budget, Rates
from api.access.roles import Right, Role
from api.command import keys as keys_command
from api.context import Needs
from api.v1 import keys as keys_routes
from api.v1 import me, people, workspaces
from api.v1.examples.access import KEY, KEYS, NEW_KEY
from assistant.gateway.port import Usage
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError, NotAllowed, NotAuthorised, TooMuch
from knowledge.store.schema import ReplayRow

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_roles_are_a_ladder() -> None:
    rights = [role.rights for role in Role]
    assert all(lower < higher for lower, higher in pairwise(rights))
    assert rights[0] == {Right.READ}
    assert rights[-1] == set(Right)


@pytest.mark.parametrize("role", list(Role))
def test_a_key_may_what_its_role_may(client: TestClient, keys: Keys, role: Role) -> None:
    _, text = keys.create("press", NOW, role=role)
    me = client.get("/v1/me", headers=bearer(text)).json()
    assert set(me["rights"]) == role.rights
    status = client.get("/v1/keys", headers=bearer(text)).status_code
    assert status == (200 if role is Role.ADMIN else 403)


def test_scopes_narrow_a_role(client: TestClient, keys: Keys) -> None:
    _, text = keys.create("press", NOW, role="approver", scopes=["read", "approve"])
    assert client.get("/v1/me", headers=bearer(text)).json()["rights"] == ["read", "approve"]
    _, only_admin = keys.create("press", NOW, role="admin", scopes=["admin"])
    refused = client.get("/v1/me", headers=bearer(only_admin))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert "'read'" in refused.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "king"},
        {"role": "viewer", "scopes": ["draft"]},
        {"scopes": ["everything"]},
        {"expires_at": NOW},
        {"daily_tokens": 0},
        {"per_minute": 2**31},
    ],
)
def test_a_key_that_makes_no_sense_is_not_made(keys: Keys, wrong: dict) -> None:
    with pytest.raises(InputError):
        keys.create("press", NOW, **wrong)
    assert keys.list() == []


def test_a_key_ends_on_its_day(keys: Keys) -> None:
    _, text = keys.create("press", NOW, expires_at=NOW + timedelta(days=1))
    assert verify(keys.database, text, NOW + timedelta(hours=23)).usable(NOW)
    with pytest.raises(NotAuthorised, match="expired"):
        verify(keys.database, text, NOW + timedelta(days=1))


def test_a_wrong_key_is_compared_in_the_same_time(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _ = keys.create("press", NOW)
    compared = Mock(wraps=keys_module.compare_digest)
    monkeypatch.setattr(keys_module, "compare_digest", compared)
    for given in (f"kj_{key.id}_" + "0" * 48, "kj_" + "0" * 12 + "_" + "0" * 48, "no key"):
        with pytest.raises(NotAuthorised):
            verify(keys.database, given, NOW)
    assert compared.call_count == 3
    assert {len(side) for call in compared.call_args_list for side in call.args} == {64}


def test_keys_over_the_api(client: TestClient, keys: Keys) -> None:
    _, text = keys.create("first", NOW)
    client.headers.update(bearer(text))
    made = client.post("/v1/keys", json={"name": "press", "role": "author", "expires_at": "2999-01-01T00:00:00Z"})
    assert made.status_code == 201
    assert made.json().keys() == NEW_KEY.keys()
    assert client.get("/v1/me", headers=bearer(made.json()["key"])).json()["role"] == "author"
    listed = client.get("/v1/keys").json()
    assert listed["keys"][0].keys() == KEYS["keys"][0].keys()
    assert made.json()["key"] not in client.get("/v1/keys").text
    gone = client.delete(f"/v1/keys/{made.json()['id']}")
    assert gone.json().keys() == KEY.keys()
    assert gone.json()["revoked_at"]
    assert client.get("/v1/me", headers=bearer(made.json()["key"])).status_code == 401
    assert client.delete("/v1/keys/nothing").status_code == 404
    assert client.post("/v1/keys", json={"name": "x", "expires_at": "2001-01-01T00:00:00Z"}).status_code == 422
    assert [event.act for event in keys.events("key")] == ["made", "made", "revoked"]


def test_no_key_gives_more_than_it_has(client: TestClient, keys: Keys) -> None:
    _, text = keys.create("narrow", NOW, scopes=["admin"])
    wide = client.post("/v1/keys", json={"name": "wide", "role": "admin"}, headers=bearer(text))
    assert (wide.status_code, wide.json()["code"]) == (403, "not_allowed")
    same = client.post("/v1/keys", json={"name": "same", "role": "admin", "scopes": ["admin"]}, headers=bearer(text))
    assert same.status_code == 201


@pytest.mark.parametrize("module", [keys_routes, people, workspaces, me])
def test_every_route_says_what_it_needs(module: ModuleType) -> None:
    assert module.router.routes
    for route in module.router.routes:
        assert [d for d in route.dependencies if isinstance(d.dependency, Needs)], route.path


# --- limits


def test_a_bucket_fills_in_a_minute() -> None:
    clock = Mock(return_value=0.0)
    rates = Rates(clock)
    assert [rates.take("a", 60).remaining for _ in range(60)] == list(range(59, -1, -1))
    empty = rates.take("a", 60)
    assert (empty.wait, empty.remaining) == (1.0, 0)
    assert rates.take("b", 60).wait == 0
    clock.return_value = 2.0
    assert [bool(rates.take("a", 60).wait) for _ in range(3)] == [False, False, True]
    clock.return_value = 1000.0
    assert rates.take("a", 60).remaining == 59


def test_too_many_requests_are_told_when_to_come_again(client: TestClient, keys: Keys) -> None:
    _, text = keys.create("press", NOW, per_minute=3)
    answers = [client.get("/v1/me", headers=bearer(text)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    last = answers[-1]
    assert (last.json()["code"], last.headers["ratelimit-limit"]) == ("too_much", "3")
    assert 1 <= int(last.headers["retry-after"]) <= 20
    assert int(last.headers["ratelimit-reset"]) <= 60
    _, other = keys.create("other", NOW)
    assert client.get("/v1/me", headers=bearer(other)).headers["ratelimit-limit"] == "600"


def _asker(daily_tokens: int | None) -> Actor:
    return Actor("key", "k1", "key press", "default", Role.ADMIN, Role.ADMIN.rights, daily_tokens=daily_tokens)


def test_a_day_has_a_budget_of_tokens(workspace: Workspace) -> None:
    budget, book = Budget(workspace.database), UsageBook(workspace.database, workspace.name)
    for actor in ("k1", "somebody else"):
        book.add(Usage(prompt_tokens=70, completion_tokens=30, calls=1), NOW, act="draft", model="m", actor=actor)
    budget.refuse(_asker(None), NOW)
    budget.refuse(_asker(101), NOW)
    with pytest.raises(TooMuch) as caught:
        budget.refuse(_asker(100), NOW)
    assert caught.value.retry_after == timedelta(hours=15).total_seconds()
    budget.refuse(_asker(100), NOW + timedelta(hours=15))


def test_the_workspace_limits_whoever_has_no_limit_of_their_own(workspace: Workspace, serve: Serve, keys: Keys) -> None:
    client = serve(workspace)
    _, text = keys.create("press", NOW)
    _, own = keys.create("own", NOW, per_minute=7, daily_tokens=70)
    chosen = client.patch("/v1/workspaces/default", json={"per_minute": 5, "daily_tokens": 50}, headers=bearer(text))
    assert chosen.status_code == 200
    for key, limits in ((text, (5, 50)), (own, (7, 70))):
        me = client.get("/v1/me", headers=bearer(key)).json()
        assert (me["per_minute"], me["daily_tokens"]) == limits


def test_a_right_that_is_missing_is_named() -> None:
    viewer = Actor("person", "p", "Anna", "default", Role.VIEWER, Role.VIEWER.rights)
    with pytest.raises(NotAllowed, match=r"Anna has the role viewer .* 'draft'"):
        viewer.must(Right.DRAFT)


def test_a_key_on_the_command_line_has_a_role_a_last_day_and_limits(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOUJING_HOME", str(home))
    arguments = (
        "create --role approver --scope read --scope approve --expires 2999-01-31 --daily-tokens 9 --per-minute 8"
    )
    result = CliRunner().invoke(keys_command, [*arguments.split(), "--json"], catch_exceptions=False)
    made = json.loads(result.stdout)
    assert (made["role"], made["scopes"], made["expires_at"]) == (
        "approver",
        ["approve", "read"],
        "2999-02-01T00:00:00Z",
    )
    assert (made["daily_tokens"], made["per_minute"]) == (9, 8)
    shown = CliRunner().invoke(keys_command, ["list"], catch_exceptions=False).stdout
    assert "approver (approve, read)" in shown
    assert "expires 2999-02-01" in shown


def test_what_is_shown_once_is_not_kept_for_a_second_try(workspace: Workspace, client: TestClient, keys: Keys) -> None:
    _, text = keys.create("first", NOW)
    for path, body, shown in (
        ("/v1/keys", {"name": "press"}, "key"),
        ("/v1/people/invitations", {"role": "viewer"}, "url"),
        ("/v1/workspaces", {"name": "emea"}, "link"),
    ):
        headers = {**bearer(text), "Idempotency-Key": f"one for {path}".replace(" ", "-")}
        first, second = (client.post(path, json=body, headers=headers) for _ in range(2))
        assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "conflict")
        with workspace.database.session(workspace.name) as session:
            assert all(first.json()[shown].encode() not in row.body for row in session.scalars(select(ReplayRow)))
    assert [key.name for key in keys.list()] == ["first", "press"]


def test_a_key_of_another_workspace_is_nobody_here(workspace: Workspace, keys: Keys) -> None:
    _, text = keys.create("press", NOW, role="author")
    assert keys.actor(text, NOW).role is Role.AUTHOR
    with pytest.raises(NotAuthorised, match="elsewhere"):
        Keys(workspace.database, "elsewhere").actor(text, NOW)
