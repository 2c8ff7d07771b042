"""What every answer says to a browser, walked over every route: pages, programs' addresses, files, refusals."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from api_workspace import SECRET, settings_of
from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient
from walked import Walked, walk

from api.access.invitations import Invitations, accept
from api.access.people import Persons
from api.access.sign_ins import COOKIE
from api.app import create_app
from assistant.brief import Brief
from assistant.localization.content import Content
from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.records import JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.segment import Outcome, SegmentState
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from knowledge.records import Customer, Term

ROUTES = walk(create_app(load_settings(environ={"KOUJING_HOME": "."}), loopback=True))
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) \u202emanu'
_QUERIES = {
    "/v1/drafts/{draft_id}/diff": {"from": 1, "to": 1},
    "/v1/drafts/{draft_id}/exports": {"form": "markdown"},
    "/drafts/{draft_id}/changes": {"since": 1},
    "/v1/search": {"q": "elevator"},
}
_JAVASCRIPT = re.compile(r"^[\x00-\x20]*javascript:", re.IGNORECASE)


@pytest.fixture(scope="module")
def service(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A service with hostile words in its draft, entry, customer and glossary, an administrator at its pages, and a
    client that nobody has signed in with."""
    home = Path(shutil.copytree(made_home, tmp_path_factory.mktemp("headers") / "home"))
    with Workspace.open(settings_of(home)) as workspace:
        now = workspace.settings.now()
        workspace.library.customers.save([Customer("firm", {"en": HOSTILE}, aliases={"en": HOSTILE})], by="t", now=now)
        workspace.library.glossary.save([Term("word", "en", {"zh-CN": HOSTILE}, note=HOSTILE)])
        inputs = {"case": "case-elevator", "angle": HOSTILE}
        draft = workspace.draft(Brief("success_story", inputs, audience="public"), by=HOSTILE)
        section, paragraph = next(draft.paragraphs())
        draft = workspace.edit(draft.id, paragraph.id, HOSTILE, by=HOSTILE, after=draft.version)
        token = Invitations(workspace.database, workspace.name).first(now)
        person, signed_in = accept(
            Persons(workspace.database), token, "admin@example.com", HOSTILE[:60], "correct horse battery staple", now
        )
        settings = Settings({**workspace.settings.values, "secret": SECRET})
        app = create_app(settings, workspace, loopback=True)
        with TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False) as client:
            client.follow_redirects = False
            client.cookies.set(COOKIE, signed_in)
            found = re.search(r'name="_csrf" value="([^"]+)"', client.get("/drafts").text)
            assert found
            entry = {"kind": "document", "title": HOSTILE, "text": HOSTILE, "locale": "en", "id": "evil"}
            client.headers["x-csrf-token"] = found[1]
            made = client.post("/v1/entries", json=entry)
            assert made.status_code == 201, made.text
            yield SimpleNamespace(
                client=client,
                ids={
                    "localization_id": _hostile_localization(workspace),
                    "draft_id": draft.id, "entry_id": "evil", "customer_id": "firm", "template_id": "success_story",
                    "check_id": "citation_weak", "job_id": "j-0", "key_id": "0", "person_id": person.id, "term": "word",
                    "locale": "en", "name": "default", "version": "1", "number": "1", "token": "none",
                    "paragraph_id": paragraph.id, "section_id": section.id, "finding": "0", "evidence_id": "S1",
                },
            )  # fmt: skip


def _hostile_localization(workspace: Workspace) -> str:
    """A job that has ended, with hostile words in its file, its name, its segments and who edited them."""
    jobs = LocalizationJobs(workspace.database, workspace.name)
    name = f"{HOSTILE[:40].replace('/', '-')}.txt"
    files = [SourceFile(name, name, f"{HOSTILE}\n\nMore of it.\n".encode())]
    job, _ = jobs.submit(JobOptions(source="en", targets=("zh-CN",), columns=(HOSTILE,)), files, HOSTILE)
    Planner(workspace.database, workspace.name, None).plan(job.id)
    jobs.cancel(job.id, HOSTILE)
    jobs.edit(job.id, 1, Content.of(HOSTILE), HOSTILE, Outcome(SegmentState.NEEDS_REVIEW, why=HOSTILE))
    return job.id


def _asked(service: SimpleNamespace, route: Walked, language: str = "en") -> Response:
    def filled(found: re.Match[str]) -> str:
        if route.path == "/static/{name}":
            return "console.css"
        return str(service.ids.get(found[1], "0"))

    path = re.sub(r"\{(\w+)(?::path)?\}", filled, route.path)
    headers = {"accept": "text/html" if route.is_page else "application/json", "accept-language": language}
    answer: Response = service.client.request(
        route.method, path, params=_QUERIES.get(route.path, {}), headers=headers, json=None
    )
    return answer


def _held(answer: Response) -> None:
    policy = answer.headers["content-security-policy"]
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-request-id"]
    for cookie in SimpleCookie("\r\n".join(answer.headers.get_list("set-cookie"))).values():
        assert cookie["httponly"]
        assert cookie["samesite"].lower() in ("lax", "strict")


def _nothing_inline(answer: Response) -> None:
    """No script, style, handler or address of a page can have come from what somebody wrote."""
    for element in html.fromstring(answer.text).iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag != "style", "an inline style sheet"
        if element.tag == "script":
            assert urlsplit(element.get("src", "")).path.startswith("/static/"), html.tostring(element)[:200]
            assert not (element.text or "").strip(), "an inline script"
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), f"{name}={value[:80]}"
            assert name.lower() != "style", f"{name}={value[:80]}"
            if name.lower() in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
                assert not _JAVASCRIPT.match(value), f"{name}={value[:80]}"


def _is_page(answer: Response) -> bool:
    return (
        answer.headers.get("content-type", "").startswith("text/html") and "content-disposition" not in answer.headers
    )


_ENDS_IT = ("DELETE", "POST /sign-out")
"""Without these the walk keeps its sign-in and what it looks at."""


@pytest.mark.parametrize("route", [route for route in ROUTES if not str(route).startswith(_ENDS_IT)], ids=str)
def test_every_answer_is_held(service: SimpleNamespace, route: Walked) -> None:
    answer = _asked(service, route)
    assert answer.status_code < 500, answer.text[:500]
    _held(answer)
    kept = answer.headers["cache-control"]
    assert kept == ("public, max-age=31536000, immutable" if route.path.startswith("/static/") else "no-store")
    if _is_page(answer):
        _nothing_inline(answer)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "GET" and route.is_page], ids=str)
def test_no_page_carries_a_script_or_a_style_of_its_own(service: SimpleNamespace, route: Walked, language: str) -> None:
    answer = _asked(service, route, language)
    if _is_page(answer) and answer.text.strip():
        _nothing_inline(answer)


def test_hostile_words_are_on_the_pages_that_were_walked(service: SimpleNamespace) -> None:
    """Otherwise the walk would show nothing."""
    shown = [
        service.client.get(path, headers={"accept": "text/html"}).text
        for path in (
            f"/drafts/{service.ids['draft_id']}",
            f"/localize/{service.ids['localization_id']}/files/1",
            "/library/evil",
            "/library/entries/evil",
            "/customers/firm",
        )
    ]
    assert sum("&lt;script&gt;alert(1)" in text for text in shown) >= 3


@pytest.mark.parametrize("path", ["/drafts", "/v1/drafts", "/nothing", "/v1/nothing", "/static/nothing.css", "/mcp"])
def test_refusals_are_held_too(service: SimpleNamespace, path: str) -> None:
    stranger = TestClient(service.client.app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)
    for method in ("GET", "POST", "TRACE"):
        for wanted in ("text/html", "application/json"):
            answer = stranger.request(method, path, headers={"accept": wanted}, follow_redirects=False)
            _held(answer)
            if _is_page(answer) and answer.text.strip():
                _nothing_inline(answer)


def test_a_sign_in_cookie_is_held(service: SimpleNamespace) -> None:
    stranger = TestClient(service.client.app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)
    answer = stranger.post(
        "/sign-in",
        data={"login": "admin@example.com", "password": "correct horse battery staple"},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text[:300]
    [cookie] = [each for each in answer.headers.get_list("set-cookie") if each.startswith(COOKIE)]
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    _held(answer)
