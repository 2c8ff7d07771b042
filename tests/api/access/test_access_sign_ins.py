"""Sign-ins: how long they hold, what a cookie alone may not do, and where those who are signed out are sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from access_people import Browser, made
from api_workspace import SECRET, Serve, settings_of
from fastapi import Request
from sqlalchemy import select
from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.testclient import TestClient

from api.access.people import People
from api.access.sign_ins import COOKIE, SignedOut, SignIns, csrf_of
from api.app import create_app
from assistant.workspace import Workspace
from knowledge.store.schema import SignInRow

OWN = "http://127.0.0.1:8420"


@pytest.fixture
def browser(workspace: Workspace, client: TestClient) -> Browser:
    return Browser(client, made(workspace, "anna@koujing.example", name="Anna")[1])


def test_only_the_hash_of_a_token_is_kept(workspace: Workspace) -> None:
    _, token = made(workspace, "anna@koujing.example")
    with workspace.database.session() as session:
        assert token not in repr(vars(session.scalars(select(SignInRow)).one()))


def test_a_sign_in_ends_by_itself(workspace: Workspace) -> None:
    _, token = made(workspace, "anna@koujing.example")
    sign_ins, now = SignIns(workspace.database), workspace.settings.now()
    for hours in range(0, 7 * 24, 11):
        sign_ins.verify(token, now + timedelta(hours=hours))
    with pytest.raises(SignedOut):
        sign_ins.verify(token, now + timedelta(days=7))
    _, idle = made(workspace, "bo@koujing.example")
    with pytest.raises(SignedOut):
        sign_ins.verify(idle, now + timedelta(hours=12, minutes=1))


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5000, "中" * 43])
def test_what_is_no_token_signs_nobody_in(workspace: Workspace, token: str) -> None:
    made(workspace, "anna@koujing.example")
    with pytest.raises(SignedOut):
        SignIns(workspace.database).verify(token, workspace.settings.now())


def test_signing_out_and_disabling_end_it(workspace: Workspace) -> None:
    person, token = made(workspace, "anna@koujing.example")
    made(workspace, "bo@koujing.example")
    sign_ins, now = SignIns(workspace.database), workspace.settings.now()
    other = sign_ins.begin(person.id, now)
    sign_ins.end(token)
    sign_ins.end(token)
    with pytest.raises(SignedOut):
        sign_ins.verify(token, now)
    People(workspace.database, workspace.name).disable(person.id, "bo", now)
    with pytest.raises(SignedOut):
        sign_ins.verify(other, now)


def test_whoever_is_member_of_nothing_any_more_is_signed_out(workspace: Workspace, browser: Browser) -> None:
    made(workspace, "bo@koujing.example")
    people = People(workspace.database, workspace.name)
    [anna] = [member for member in people.members() if member.person.name == "Anna"]
    people.remove(anna.person.id, "bo", workspace.settings.now())
    assert browser.get("/v1/me").status_code == 401


def test_a_person_acts_with_their_own_name_and_rights(browser: Browser) -> None:
    me = browser.get("/v1/me").json()
    assert (me["kind"], me["name"], me["role"], me["workspace"]) == ("person", "Anna", "admin", "default")
    assert me["csrf"] == csrf_of(SECRET.encode(), browser.token)


# --- what a cookie alone may not do


def test_a_cookie_alone_changes_nothing(browser: Browser) -> None:
    for headers in ({}, {"X-CSRF-Token": "0" * 64}, {"X-CSRF-Token": browser.csrf[:-1]}, {"X-CSRF-Token": "é"}):
        encoded = {name: value.encode() for name, value in headers.items()}
        for method, path in (
            ("POST", "/v1/keys"),
            ("PATCH", "/v1/me"),
            ("PUT", "/v1/checks/x"),
            ("DELETE", "/v1/keys/x"),
        ):
            answer = browser.ask(method, path, headers=encoded, json={"name": "stolen", "role": "admin"})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
            assert "_csrf" in answer.json()["detail"]
    assert browser.get("/v1/keys").json()["keys"] == []
    assert browser.post("/v1/keys", json={"name": "own"}).status_code == 201


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:3000", "https://127.0.0.1:8420"])
def test_a_page_of_another_site_changes_nothing(browser: Browser, origin: str) -> None:
    answer = browser.post("/v1/keys", json={"name": "stolen"}, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert browser.post("/v1/keys", json={"name": "own"}, headers={"Origin": OWN}).status_code == 201


def test_the_token_of_another_sign_in_is_of_no_use(workspace: Workspace, browser: Browser, client: TestClient) -> None:
    other = Browser(client, made(workspace, "bo@koujing.example")[1])
    headers = {"X-CSRF-Token": other.csrf}
    assert browser.ask("POST", "/v1/keys", headers=headers, json={"name": "x"}).status_code == 403


@pytest.fixture
def forms(workspace: Workspace) -> TestClient:
    """A service with a route of its own that tells what came of a form."""
    app = create_app(
        type(workspace.settings)({**workspace.settings.values, "secret": SECRET}), workspace, loopback=True
    )

    @app.post("/form")
    async def form(request: Request) -> dict[str, Any]:
        async with request.form(max_part_size=10_000_000) as given:
            files = {name: len(await f.read()) for name, f in given.items() if isinstance(f, UploadFile)}
            return {**{name: len(value) for name, value in given.items() if isinstance(value, str)}, **files}

    return TestClient(app, base_url=OWN)


def test_a_form_carries_the_token_in_its_first_field_and_arrives_whole(workspace: Workspace, forms: TestClient) -> None:
    text, file = "长" * 100_000, b"x" * 1_000_000
    with forms:
        browser = Browser(forms, made(workspace, "anna@koujing.example")[1])
        assert len(browser.csrf) == 64
        for more in ({}, {"files": {"file": ("a.txt", file)}}):
            data = {"_csrf": browser.csrf, "text": text}
            answer = browser.ask("POST", "/form", data=data, **more)
            assert answer.status_code == 200
            sizes = {"_csrf": 64, "text": len(text), **({"file": len(file)} if more else {})}
            assert answer.json() == sizes
            for wrong in ({"text": text}, {"_csrf": "0" * 64, "text": text}, {"text": text, "_csrf": browser.csrf}):
                assert browser.ask("POST", "/form", data=wrong, **more).status_code == 403
        assert browser.ask("POST", "/form", content=f"_csrf={browser.csrf}").status_code == 403
        assert browser.post("/form", data={"text": text}).json() == {"text": len(text)}


def test_the_cookie_is_kept_from_scripts_and_other_sites(workspace: Workspace, serve: Serve) -> None:
    door = serve(workspace).app.state.door  # type: ignore[attr-defined]  # a FastAPI
    plain = Response()
    door.remember(plain, "TOKEN")
    shown = plain.headers["set-cookie"].lower()
    assert shown.startswith(f"{COOKIE}=token;")
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in shown.split(";")}
    assert "secure" not in shown
    door = type(door)(settings_of(workspace.settings.home, KOUJING_PUBLIC_URL="https://k.example"), workspace.database)
    secure = Response()
    door.remember(secure, "TOKEN")
    assert "; secure" in secure.headers["set-cookie"].lower()


# --- signed out


@pytest.mark.parametrize(
    ("method", "headers", "to"),
    [
        ("GET", {"Accept": "text/html"}, "/sign-in?next=/drafts/d-1%3Fversion%3D2"),
        ("GET", {}, "/sign-in?next=/drafts/d-1%3Fversion%3D2"),
        ("GET", {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}, "/sign-in?next=/drafts/d-1%3Fversion%3D2"),
        ("POST", {"Accept": "text/html", "Referer": f"{OWN}/drafts/d-1"}, "/sign-in?next=/drafts/d-1"),
        ("POST", {"Accept": "text/html", "Referer": "https://evil.example//evil"}, "/sign-in?next=/evil"),
        ("POST", {"Accept": "text/html"}, "/sign-in?next=/"),
    ],
)
def test_a_page_without_a_sign_in_leads_to_it(
    workspace: Workspace, client: TestClient, method: str, headers: dict[str, str], to: str
) -> None:
    for cookie in ({}, {"Cookie": f"{COOKIE}={'x' * 43}"}):
        answer = client.request(method, "/drafts/d-1?version=2", headers={**headers, **cookie}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, to)
        made(workspace, f"anna{len(cookie)}")


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "Accept": "text/html"},
        {"Sec-Fetch-Mode": "cors"},
        {"Accept": "text/event-stream"},
        {"Accept": "application/json"},
    ],
)
def test_a_part_of_a_page_is_told_and_the_page_is_not_lost(
    workspace: Workspace, client: TestClient, headers: dict[str, str]
) -> None:
    made(workspace, "anna@koujing.example")
    for cookie in ({}, {"Cookie": f"{COOKIE}={'x' * 43}"}):
        answer = client.get("/drafts/d-1", headers={**headers, **cookie}, follow_redirects=False)
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
        assert "hx-redirect" not in answer.headers


def test_programs_are_told_and_not_led(workspace: Workspace, client: TestClient) -> None:
    made(workspace, "anna@koujing.example")
    for path in ("/v1/templates", "/v1/poems", "/v1"):
        answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authorised")


def test_a_cookie_of_another_time_keeps_nobody_from_signing_in(workspace: Workspace, client: TestClient) -> None:
    made(workspace, "anna@koujing.example")
    headers = {"Cookie": f"{COOKIE}={'x' * 43}"}
    assert client.get("/readyz", headers=headers).status_code == 200
    assert client.get("/openapi.json", headers=headers).status_code == 200
    assert client.get("/sign-in", headers=headers).status_code == 200
    assert client.post("/sign-in", headers={**headers, "Origin": "https://evil.example"}).status_code == 403
