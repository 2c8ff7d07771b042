"""What somebody sends by mistake or on purpose: a clear problem each, never a 500, nothing written."""

from __future__ import annotations

import json
import re
import shutil
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from api_workspace import SECRET, settings_of
from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient
from walked import Walked, walk

from api.app import create_app
from api.envelope import MAX_UPLOAD, MEGABYTE
from assistant.brief import Brief
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from knowledge.records import State

ROUTES = [
    route
    for route in walk(create_app(load_settings(environ={"KOUJING_HOME": "."}), loopback=True))
    if not route.is_page
]
WITH_BODY = [route for route in ROUTES if route.body is not None]
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3))"
BAD_BODIES = {
    "no JSON": b"{",
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "a text": b'"x"',
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000,
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "not a number": b'{"version": NaN}',
    "huge number": b'{"version": 1' + b"0" * 5000 + b"}",
    "NUL": json.dumps({"text": "a\0b", "reason": "a\0b", "name": "a\0b", "by": "a\0b"}).encode(),
    "half a surrogate": b'{"text": "\\ud800", "reason": "\\ud800", "name": "\\ud800", "severity": "\\ud800"}',
}


@pytest.fixture(scope="module")
def service(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    home = Path(shutil.copytree(made_home, tmp_path_factory.mktemp("bad") / "home"))
    with Workspace.open(settings_of(home)) as workspace:
        draft = workspace.draft(Brief("success_story", {"case": "case-elevator"}), by="test")
        app = create_app(Settings({**workspace.settings.values, "secret": SECRET}), workspace, loopback=True)
        with TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False) as client:
            yield SimpleNamespace(client=client, workspace=workspace, draft=draft.id, home=home)


def written(service: SimpleNamespace) -> dict[str, Any]:
    """What a refused request must not have changed."""
    workspace: Workspace = service.workspace
    return {
        "entries": [(e.entry_id, e.version, e.state) for e in workspace.library.entries.every()],
        "customers": workspace.library.customers.all(),
        "terms": workspace.library.glossary.all(),
        "drafts": workspace.drafts.list(),
        "templates": sorted(str(path) for path in workspace.settings.templates.rglob("*")),
        "files": sorted(str(p) for p in service.home.rglob("*.md")),
    }


def problem(answer: Response, *statuses: int) -> Mapping[str, Any]:
    assert answer.status_code in statuses, f"{answer.status_code}: {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json"
    told: Mapping[str, Any] = answer.json()
    assert told["detail"]
    assert "Traceback" not in answer.text
    assert str(Path.home()) not in answer.text
    return told


def path_of(route: Walked, value: str, service: SimpleNamespace) -> str:
    path = route.path.replace("{draft_id}", service.draft)
    for name in ("entry_id", "customer_id", "template_id", "check_id", "person_id", "key_id", "job_id", "paragraph_id",
                 "section_id", "finding", "name", "locale", "term:path"):  # fmt: skip
        path = path.replace(f"{{{name}}}", value)
    return path.replace("{number}", "1")


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", BAD_BODIES)
@pytest.mark.parametrize("route", WITH_BODY, ids=str)
def test_a_body_that_is_none_is_refused(service: SimpleNamespace, route: Walked, bad: str) -> None:
    before = written(service)
    headers = {"content-type": "application/json"}
    answer = service.client.request(
        route.method, path_of(route, "zh-CN", service), content=BAD_BODIES[bad], headers=headers
    )
    problem(answer, 400, 403, 404, 422)
    assert written(service) == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "a/b", ""])
def test_another_content_type_is_refused(service: SimpleNamespace, kind: str) -> None:
    body = json.dumps({"text": "9 次"}).encode()
    problem(service.client.post("/v1/check", content=body, headers={"content-type": kind}), 400, 415, 422)


def test_json_where_files_are_taken_is_refused(service: SimpleNamespace) -> None:
    for address in ("/v1/imports", "/v1/check/file", "/v1/imports/library", "/v1/imports/glossary"):
        problem(service.client.post(address, json={"files": []}), 400, 415, 422)


@pytest.mark.parametrize("value", [0, 1764000000, "0", "1764000000", True, "tomorrow", "2026-13-40", "2026-1-1", ""])
def test_only_a_day_is_a_day(service: SimpleNamespace, value: object) -> None:
    """Pydantic reads numbers as seconds since 1970; the first run of Schemathesis found it."""
    consent = {"uses": ["name"], "level": "public", "consented_by": "Li Wei", "consented_on": value}
    told = problem(service.client.post("/v1/customers/nobody/permissions", json=consent), 422)
    assert told["errors"][0]["where"] == "body.consented_on"
    problem(service.client.get("/v1/usage", params={"since": str(value) or "x"}), 422)


@pytest.mark.parametrize(("member", "value"), [("renew", "yes"), ("renew", 1), ("version", "1"), ("version", True)])
def test_nothing_of_a_body_is_read_leniently(service: SimpleNamespace, member: str, value: object) -> None:
    problem(service.client.post("/v1/entries/company/approve", json={member: value}), 422)


# --- sizes ------------------------------------------------------------------------------------------------------------


def streamed(service: SimpleNamespace, path: str, kind: str, megabytes: int) -> tuple[int, int, int]:
    """Status, megabytes taken and peak of memory in megabytes of a body that never says how long it is."""
    taken, sent = 0, list[dict[str, Any]]()
    begin = b'--b\r\nContent-Disposition: form-data; name="files"; filename="big.md"\r\n\r\n'
    piece = b"a" * MEGABYTE

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        body = begin + piece if taken == 1 else piece
        return {"type": "http.request", "body": body, "more_body": taken < megabytes}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": b"", "root_path": "", "headers": [(b"host", b"127.0.0.1:8420"), (b"content-type", kind.encode())],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8420),
    }  # fmt: skip
    tracemalloc.start()
    anyio.run(service.client.app, scope, receive, send)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return sent[0]["status"], taken, peak // MEGABYTE


def test_an_upload_of_more_than_100_mb_is_refused_without_filling_memory(service: SimpleNamespace) -> None:
    before = written(service)
    status, taken, peak = streamed(service, "/v1/imports", "multipart/form-data; boundary=b", 150)
    assert status == 413
    assert taken <= MAX_UPLOAD // MEGABYTE + 1
    assert peak < 20
    assert written(service) == before


def test_a_json_body_of_more_than_2_mb_is_refused_at_once(service: SimpleNamespace) -> None:
    status, taken, _ = streamed(service, "/v1/check", "application/json", 50)
    assert status == 413
    assert taken <= 3
    status, taken, _ = streamed(service, "/v1/imports", "application/json", 50)
    assert status in (413, 422)
    assert taken <= 3, "only a form may be large"


def test_a_title_of_a_megabyte_is_refused_where_it_stands(service: SimpleNamespace) -> None:
    before, title = written(service), "长" * (MEGABYTE // 3)
    entry = {"kind": "document", "title": title, "text": "x", "locale": "zh-CN"}
    told = problem(service.client.post("/v1/entries", json=entry), 422)
    assert told["errors"][0]["where"] == "body.title"
    assert len(told["detail"]) < 300
    problem(service.client.patch("/v1/entries/company", json={"title": title}), 422)
    problem(service.client.post("/v1/keys", json={"name": title}), 422)
    problem(service.client.put("/v1/customers/c", json={"names": {"en": title}}), 422)
    assert written(service) == before


def test_a_query_that_is_too_long_is_refused(service: SimpleNamespace) -> None:
    told = problem(service.client.get("/v1/search", params={"q": "停机" * 1500}), 422)
    assert told["errors"][0]["where"] == "query.q"
    problem(service.client.get("/v1/drafts", params={"q": "x" * 5000}), 422)


# --- addresses --------------------------------------------------------------------------------------------------------


STRANGE = ("nothing", "..%2F..%2Fetc%2Fpasswd", "%F0%9F%92%A5", "x" * 300, "%27%20OR%201%3D1%20--", "%3Cscript%3E",
           "%E2%80%AEtxt", "0", "-1", "1e9", "null")  # fmt: skip


@pytest.mark.parametrize("id_", STRANGE)
@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "GET" and "{" in route.path], ids=str)
def test_an_id_of_nothing_is_not_found(service: SimpleNamespace, route: Walked, id_: str) -> None:
    path = path_of(route, id_, service).replace(service.draft, id_)
    answer = service.client.get(path, params={"from": 1, "to": 1, "form": "text"})
    problem(answer, 404, 422)


@pytest.mark.parametrize("path", ["/v1/drafts/a%00b", "/v1/search?q=a%00b", "/v1/entries/%00", "/drafts/%00"])
def test_nul_in_an_address_is_refused(service: SimpleNamespace, path: str) -> None:
    assert "NUL" in problem(service.client.get(path), 400)["detail"]


PAGED = [
    "/v1/drafts", "/v1/jobs", "/v1/entries", "/v1/customers", "/v1/permission-grid", "/v1/permissions", "/v1/glossary",
    "/v1/audit",
]  # fmt: skip


@pytest.mark.parametrize(
    "cursor", ["x", "bnVsbA", "WzFd", "W10", "💥", "=" * 50, "WyJhIiwiYiIsImMiLCJkIl0", "x" * 2000]
)
@pytest.mark.parametrize("path", PAGED)
def test_a_cursor_that_no_list_gave_is_refused(service: SimpleNamespace, path: str, cursor: str) -> None:
    problem(service.client.get(path, params={"cursor": cursor}), 422)


@pytest.mark.parametrize("limit", ["0", "-1", "201", "x", "1e3", "9" * 40])
@pytest.mark.parametrize("path", PAGED)
def test_a_limit_out_of_bounds_is_refused(service: SimpleNamespace, path: str, limit: str) -> None:
    problem(service.client.get(path, params={"limit": limit}), 422)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/drafts", "GET, POST"),
        ("PATCH", "/v1/glossary/en/word", "DELETE, GET, PUT"),
        ("DELETE", "/v1/people/invitations/x", ""),
        ("OPTIONS", "/v1/people/invitations", "POST"),
    ],
)
def test_a_method_that_is_not_taken_is_told_which_are(
    service: SimpleNamespace, method: str, path: str, allowed: str
) -> None:
    answer = service.client.request(method, path)
    problem(answer, 405 if allowed else 404)
    assert answer.headers.get("allow", "") == allowed


def test_a_method_that_is_not_taken_is_told_so_whatever_its_idempotency_key(service: SimpleNamespace) -> None:
    headers = {"Idempotency-Key": "one"}
    assert service.client.post("/v1/check", json={"text": "9 次"}, headers=headers).status_code == 200
    problem(service.client.patch("/v1/check", json={}, headers=headers), 405)


# --- files ------------------------------------------------------------------------------------------------------------


NAMES = ("../../../evil.md", "..\\..\\evil.md", "/etc/evil.md", "C:\\evil.md", "a/b/../evil.md", ".evil.md")


@pytest.mark.parametrize("name", NAMES)
def test_a_path_in_a_file_name_leads_nowhere(service: SimpleNamespace, name: str) -> None:
    before = written(service)["files"]
    files = {"files": (name, "# Words\n\nThe gateway has 64 inputs.\n", "text/markdown")}
    answer = service.client.post("/v1/imports", files=files, params={"preview": True}, data={"kind": "document"})
    assert answer.status_code == 200, answer.text
    [item] = answer.json()["items"]
    assert item["source"].rpartition("/")[2].endswith("evil.md")
    assert ".." not in item["source"]
    assert "\\" not in item["source"]
    assert written(service)["files"] == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("empty.md", b""),
        ("renamed.docx", b"not a zip"),
        ("renamed.pdf", b"%PDF-1.7 but no more"),
        ("program.exe", b"MZ" + b"\0" * 100),
        ("no-ending", b"words"),
        ("deep.json", b"[" * 100_000),
    ],
)
def test_a_file_of_a_wrong_type_is_told_by_its_name(service: SimpleNamespace, name: str, content: bytes) -> None:
    before = written(service)
    checked = problem(service.client.post("/v1/check/file", files={"file": (name, content)}), 422)
    assert name in checked["detail"]
    for address in ("/v1/imports/customers", "/v1/imports/permissions", "/v1/imports/glossary", "/v1/imports/library"):
        answer = service.client.post(address, files={"file": (name, content)})
        told = problem(answer, 422)
        assert "/tmp/" not in told["detail"], "where it lies here is nobody's business"
        assert "koujing-" not in told["detail"]
    answer = service.client.post("/v1/imports", files={"files": (name, content)}, data={"kind": "document"})
    if answer.status_code == 200:
        assert [item["status"] for item in answer.json()["items"]] == ["failed"], answer.text
    else:
        problem(answer, 422)
    assert written(service) == before


# --- words ------------------------------------------------------------------------------------------------------------


def test_emoji_and_right_to_left_text_stay_as_they_are(service: SimpleNamespace) -> None:
    title, text = "👩‍🔬 المصعد 🛗 عربي", "نص من اليمين إلى اليسار 👨‍👩‍👧‍👦 e\u0301 \U0001f6d7"
    entry = {"kind": "document", "id": "emoji", "title": title, "text": text, "locale": "en"}
    answer = service.client.post("/v1/entries", json=entry)
    assert answer.status_code == 201, answer.text
    kept = service.client.get("/v1/entries/emoji").json()["entry"]
    assert kept["title"] == title
    assert "👨‍👩‍👧‍👦" in kept["body"]
    assert "من اليمين" in kept["body"]


def _inert(page: str) -> None:
    for element in html.fromstring(page).iter():
        if isinstance(element.tag, str):
            assert element.tag != "img" or element.get("src") != "x"
            # Data for search engines is no script, as long as nothing in it ends the element.
            assert element.tag != "script" or element.get("type") == "application/ld+json"
            assert element.tag != "script" or "<" not in (element.text or "")
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not element.get("href", "").lower().strip().startswith("javascript:")


def test_scripts_in_a_brief_an_entry_and_an_edit_stay_words(service: SimpleNamespace) -> None:
    """On the pages, and in every export that is made of markup."""
    client = service.client
    entry = {
        "kind": "case", "id": "evil-case", "title": HOSTILE, "locale": "en", "audience": "public",
        "text": f"## Challenge\n\n{HOSTILE}\n\n## Results\n\nUnplanned stops fell from 9 to 2 a month. {HOSTILE}\n",
        "fields": {"industry": HOSTILE, "pain": HOSTILE, "solution": HOSTILE, "result": HOSTILE},
    }  # fmt: skip
    answer = client.post("/v1/entries", json=entry)
    assert answer.status_code == 201, answer.text
    assert client.post("/v1/entries/evil-case/approve", json={}).json()["entry"]["state"] == State.APPROVED
    brief = {"template": "success_story", "inputs": {"case": "evil-case", "angle": HOSTILE}, "locale": "en"}
    draft = client.post("/v1/drafts", json=brief).json()
    id_, paragraph = draft["draft"]["id"], draft["sections"][-1]["paragraphs"][0]["id"]
    edited = client.patch(f"/v1/drafts/{id_}/paragraphs/{paragraph}", json={"text": HOSTILE})
    assert edited.status_code == 200, edited.text
    for form in ("html", "wechat", "markdown", "docx", "pdf", "text"):
        exported = client.post(f"/v1/drafts/{id_}/exports", json={"form": form, "override": "a test of words"})
        assert exported.status_code == 200, exported.text[:500]
        if form in ("html", "wechat"):
            _inert(exported.text)
            assert "alert(1)" in exported.text
        if form == "markdown":
            text = exported.text.split("\n---\n", 1)[1]  # the front matter is data
            assert re.findall(r"(?<!\\)(?:<script|<img|\]\(javascript)", text) == []
    for path in (f"/drafts/{id_}", "/library/evil-case", "/drafts", "/library"):
        page = client.get(path, headers={"accept": "text/html"})
        assert "<script>alert" not in page.text
