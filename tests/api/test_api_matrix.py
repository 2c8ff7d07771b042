"""Every role at every address, and one workspace at every id of another. Generated from the routes themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from api_workspace import BRIEF, LIBRARY, settings_of
from httpx2 import Response
from starlette.testclient import TestClient
from walked import OPEN, Walked, walk

from api.access.invitations import Invitations, accept
from api.access.keys import Keys
from api.access.people import Persons
from api.access.roles import Right, Role
from api.app import create_app
from assistant.brief import Brief
from assistant.draft_jobs import DraftJobs
from assistant.localization.jobs.records import JobOptions, SourceFile
from assistant.localization.jobs.store import LocalizationJobs
from assistant.settings import load_settings
from assistant.template_editing import new_template
from assistant.workspace import Workspace
from knowledge.importing import ImportOptions
from knowledge.records import Audience, Customer, State, Term

ROUTES = walk(create_app(load_settings(environ={"KOUJING_HOME": "."}), loopback=True))
_QUERIES = {
    "/v1/drafts/{draft_id}/diff": {"from": 1, "to": 1},
    "/v1/drafts/{draft_id}/exports": {"form": "markdown"},
    "/drafts/{draft_id}/changes": {"since": 1},
    "/v1/search": {"q": "elevator 电梯"},
}
"""What an address must be asked with."""
_FORM = {
    "after": "1", "text": "words", "finding": "0", "reason": "because", "role": "viewer", "name": "nobody", "seen": "1",
    "old": "x", "new": "x", "again": "y", "severity": "info", "version": "1", "to": "https://example.com", "use": "name",
    "form": "markdown", "level": "public", "title": "t", "body": "b", "template": "success_story", "inputs": "",
}  # fmt: skip
"""Fields of forms; a form takes those it knows."""
_WITH_A_FILE = {"POST /v1/localizations/{localization_id}/review"}
_STRANGE = {"draft_id": "d-0", "entry_id": "no-such", "number": "1", "version": "1"}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A service of two workspaces in one database: a key of each role in the first, one thing of each sort in the
    second."""
    folder = tmp_path_factory.mktemp("two")
    settings = settings_of(folder / "home")
    first, _ = Workspace.create(settings)
    second, _ = Workspace.create(replace(settings, values={**settings.values, "workspace": "second"}))
    with first, second:
        _fill(first, folder / "first")
        ids = _fill(second, folder / "second")
        now = settings.now()
        keys = {
            role: Keys(first.database, first.name).create(str(role), now, role=role, per_minute=10**6)[1]
            for role in Role
        }
        app = create_app(settings, first, loopback=True)
        with TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False) as client:
            client.follow_redirects = False
            yield SimpleNamespace(client=client, keys=keys, first=first, second=second, ids=ids)


def _fill(workspace: Workspace, folder: Path) -> dict[str, str]:
    """Everything that has an id, and its id by the name of the path's parameter."""
    folder.mkdir()
    name, now = workspace.name, workspace.settings.now()
    for file, text in LIBRARY.items():
        # Of each workspace its own ids: an answer can be told apart by them.
        own = re.sub(r"^id: (.*)$", rf"id: {name}-\1", text, flags=re.MULTILINE)
        (folder / file).write_text(own, encoding="utf-8")
    options = ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC)
    assert not workspace.library.importer().run([folder], options).failed
    workspace.library.customers.save([Customer(f"{name}-customer", {"en": f"Firm of {name}"})], by="test", now=now)
    workspace.library.glossary.save([Term(f"{name}-term", "en", {"zh-CN": "词"})])
    workspace.settings.templates.mkdir(parents=True, exist_ok=True)
    new_template(workspace.templates, workspace.settings.templates, f"{name}_template", source="success_story")
    workspace.__dict__.pop("templates", None)
    draft = workspace.draft(Brief("success_story", {"case": f"{name}-case-elevator"}), by="test")
    jobs = DraftJobs(workspace.database, name)
    job = jobs.add("draft", draft.id, BRIEF, "test")
    jobs.end(job.id, "failed")
    key, _ = Keys(workspace.database, name).create("other", now)
    token = Invitations(workspace.database, name).member(Role.ADMIN, "Someone", "test", now)
    person, _ = accept(Persons(workspace.database), token, f"{name}@example.com", "Someone", "a long sentence 123", now)
    section, paragraph = next(draft.paragraphs())
    localizations = LocalizationJobs(workspace.database, name)
    files = [SourceFile(f"{name}.txt", f"{name}.txt", b"Hello.")]
    localization, _ = localizations.submit(JobOptions(source="en", targets=("zh-CN",)), files, "test")
    localizations.cancel(localization.id)
    return {
        "localization_id": localization.id,
        "draft_id": draft.id,
        "entry_id": f"{name}-case-elevator",
        "customer_id": f"{name}-customer",
        "template_id": f"{name}_template",
        "job_id": job.id,
        "key_id": key.id,
        "person_id": person.id,
        "name": name,
        "term": f"{name}-term",
        "locale": "en",
        "paragraph_id": paragraph.id,
        "section_id": section.id,
        "finding": "0",
        "step": "disable",
        "number": "1",
        "version": "1",
    }


def _filled(path: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)(?::path)?\}", lambda found: values.get(found[1], "nothing"), path)


def _ask(two: SimpleNamespace, route: Walked, path: str, key: str | None) -> int:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return int(_sent(two, route, path, headers).status_code)


def _sent(two: SimpleNamespace, route: Walked, path: str, headers: Mapping[str, str]) -> Response:
    """The request with what it needs: a JSON body, or the fields of a form, and its query."""
    given: dict[str, Any] = {"params": _QUERIES.get(route.path, {})}
    if route.body is not None:
        given["json"] = dict(route.body)
    elif route.is_page and route.method == "POST":
        given["data"] = _FORM
    elif str(route) in _WITH_A_FILE:
        given["files"] = {"file": ("review.xlf", b"<xliff/>")}
    answer: Response = two.client.request(route.method, path, headers=dict(headers), **given)
    return answer


_IDS = {
    "draft_id", "entry_id", "customer_id", "template_id", "job_id", "key_id", "person_id", "term", "name",
    "localization_id",
}  # fmt: skip
_MAKES_IT = {
    "PUT /v1/glossary/{locale}/{term:path}", "PUT /v1/customers/{customer_id}", "PUT /v1/templates/{template_id}"
}  # fmt: skip
"""Routes that make what is not there: under the id of another workspace's thing they make one's own."""
_LOOKS_AT_WHAT_IS_GIVEN = {
    "POST /v1/templates/{template_id}/lint", "POST /templates/{template_id}/preview", "POST /templates/{template_id}/edit"
}  # fmt: skip
"""Routes that answer with what was sent: a template that is gone is no reason to lose what was typed."""


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.method == "GET" and "{" not in route.path], ids=str
)
def test_no_list_shows_anything_of_another_workspace(two: SimpleNamespace, route: Walked) -> None:
    told = _sent(two, route, route.path, {"Authorization": f"Bearer {two.keys[Role.ADMIN]}"}).text
    for id_ in (v for k, v in two.ids.items() if k in _IDS - {"name"}):
        assert id_ not in told, f"{id_} in {route.path}"
    assert "Firm of second" not in told


def test_every_route_asks_for_a_right_or_is_open_on_purpose() -> None:
    without = {(route.method, route.path) for route in ROUTES if route.right is None}
    assert without == OPEN


def test_there_is_a_body_for_every_route_that_takes_one() -> None:
    """Otherwise the matrix would stop at the validation and say nothing."""
    empty = [str(route) for route in ROUTES if route.body == {} and not route.path.endswith(("/stop", "/submit"))]
    assert empty == []


@pytest.mark.parametrize("route", [route for route in ROUTES if route.right is not None], ids=str)
def test_who_lacks_the_right_is_refused_and_who_has_it_is_not(two: SimpleNamespace, route: Walked) -> None:
    path = _filled(route.path, _STRANGE)
    statuses = {role: _ask(two, route, path, two.keys[role]) for role in Role}
    assert route.right is not None
    for role, status in statuses.items():
        if route.right in role.rights:
            assert status not in (401, 403) or _is_for_people(route), f"{role}: {status}"
            assert status < 500, f"{role}: {status}"
        else:
            assert status == 403, f"{role}: {status}"
    nobody = _ask(two, route, path, None)
    assert nobody == (303 if route.is_page else 401), f"nobody: {nobody}"


def _is_for_people(route: Walked) -> bool:
    """A key has no password, no language and no other workspace."""
    return route.path.startswith(("/v1/me", "/settings/password", "/settings/workspace", "/sign-out"))


def _of_a_thing(route: Walked) -> bool:
    if str(route) in _MAKES_IT | _LOOKS_AT_WHAT_IS_GIVEN or route.path == "/static/{name}":
        return False
    return bool(_IDS & set(re.findall(r"\{(\w+)", route.path)))


@pytest.mark.parametrize("route", [route for route in ROUTES if _of_a_thing(route)], ids=str)
def test_nothing_of_another_workspace_is_there(two: SimpleNamespace, route: Walked) -> None:
    before = _everything(two.second)
    answer = _sent(two, route, _filled(route.path, two.ids), {"Authorization": f"Bearer {two.keys[Role.ADMIN]}"})
    assert answer.status_code == 404, f"{answer.status_code}: {answer.text[:300]}"
    assert "Firm of second" not in answer.text
    assert _everything(two.second) == before


@pytest.mark.parametrize("route", [route for route in ROUTES if str(route) in _MAKES_IT], ids=str)
def test_an_id_of_another_workspace_makes_a_thing_of_ones_own(two: SimpleNamespace, route: Walked) -> None:
    before = _everything(two.second)
    answer = _sent(two, route, _filled(route.path, two.ids), {"Authorization": f"Bearer {two.keys[Role.ADMIN]}"})
    assert answer.status_code < 500
    assert "Firm of second" not in answer.text
    assert _everything(two.second) == before


def _everything(workspace: Workspace) -> dict[str, object]:
    """What another workspace must not have changed."""
    return {
        "entries": [(e.entry_id, e.version, e.state) for e in workspace.library.entries.latest()],
        "customers": workspace.library.customers.all(),
        "terms": workspace.library.glossary.all(),
        "drafts": workspace.drafts.list(),
        "localizations": LocalizationJobs(workspace.database, workspace.name).newest(),
        "keys": [replace(key, last_used_at=None) for key in Keys(workspace.database, workspace.name).list()],
        "templates": sorted(path.name for path in workspace.settings.templates.rglob("*")),
    }


def test_the_rights_of_the_ladder_are_all_asked_for_somewhere() -> None:
    assert {route.right for route in ROUTES if route.right} == set(Right)
