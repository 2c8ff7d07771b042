"""`/v1/templates`: one's own, edited, tried and deleted over the service."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_workspace import INPUTS, Serve
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.v1.examples.templates import FAULTS, FILES, PREVIEWED, SAVED
from assistant.workspace import Workspace


@pytest.fixture
def story(client: TestClient) -> dict[str, str]:
    """The files of a template of one's own, begun from a built-in one."""
    answer = client.post("/v1/templates", json={"id": "our_story", "from": "success_story", "name_zh": "我们的故事"})
    assert answer.status_code == 201, answer.text
    assert answer.json().keys() == FILES.keys()
    return dict(answer.json()["files"])


def test_a_template_of_ones_own_is_there_at_once(client: TestClient, story: dict[str, str]) -> None:
    listed = {t["id"]: t for t in client.get("/v1/templates").json()["templates"]}
    assert (listed["our_story"]["origin"], listed["success_story"]["origin"]) == ("workspace", "built-in")
    assert listed["our_story"]["name"]["zh"] == "我们的故事"
    assert {"template.yaml", "zh.j2", "en.j2"} <= set(story)
    draft = client.post("/v1/drafts", json={"template": "our_story", "inputs": INPUTS})
    assert draft.status_code == 201


def test_a_saved_change_counts_from_the_next_request_on(client: TestClient, story: dict[str, str]) -> None:
    shown = client.get("/v1/templates/our_story/files")
    changed = {**story, "template.yaml": story["template.yaml"].replace("我们的故事", "新故事 <script>x</script>")}
    changed.pop("en.j2")
    saved = client.put("/v1/templates/our_story", json={"files": {**changed, "en.j2": story["en.j2"]}},
                       headers={"If-Match": shown.headers["ETag"]})  # fmt: skip
    assert saved.status_code == 200, saved.text
    assert saved.json().keys() == SAVED.keys()
    after = client.get("/v1/templates/our_story")
    assert after.json()["template"]["name"]["zh"] == "新故事 <script>x</script>"
    assert after.json()["origin"] == "workspace"
    assert after.headers["ETag"] == saved.headers["ETag"] != shown.headers["ETag"]
    late = client.put("/v1/templates/our_story", json={"files": story}, headers={"If-Match": shown.headers["ETag"]})
    assert late.status_code == 412


def test_a_faulty_template_is_refused_with_all_that_is_wrong_and_the_old_one_stays(
    client: TestClient, story: dict[str, str]
) -> None:
    faulty = {**story, "template.yaml": story["template.yaml"].replace("version: 1", "version: one\ncolour: red", 1)}
    answer = client.put("/v1/templates/our_story", json={"files": faulty})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) >= 2
    assert all("template.yaml" in error["where"] for error in answer.json()["errors"])
    assert client.get("/v1/templates/our_story/files").json()["files"] == story
    found = client.post("/v1/templates/our_story/lint", json={"files": faulty}).json()
    assert found.keys() == FAULTS.keys()
    assert found["counts"]["error"] >= 2
    assert client.get("/v1/templates/our_story/lint").json()["counts"]["error"] == 0


def test_a_built_in_one_is_replaced_and_comes_back(client: TestClient) -> None:
    files = client.get("/v1/templates/success_story/files").json()["files"]
    assert client.delete("/v1/templates/success_story").status_code == 409
    mine = {**files, "zh.j2": files["zh.j2"] + "\n{# ours #}\n"}
    assert client.put("/v1/templates/success_story", json={"files": mine}).json()["origin"] == "overrides built-in"
    assert client.delete("/v1/templates/success_story", headers={"If-Match": '"x"'}).status_code == 412
    assert client.delete("/v1/templates/success_story").status_code == 204
    back = client.get("/v1/templates/success_story/files").json()
    assert (back["origin"], back["files"]) == ("built-in", files)


@pytest.mark.parametrize(
    ("template_id", "files", "word"),
    [
        ("Our-Story", None, "no id"),
        ("shared", None, "taken"),
        ("our_story", {"../x.j2": "x"}, "../x.j2"),
        ("our_story", {"a/b.j2": "x"}, "a/b.j2"),
        ("our_story", {"notes.txt": "x"}, "notes.txt"),
        ("our_story", {"zh.j2": "a\0b"}, "NUL"),
        ("our_story", {"zh.j2": "x" * 270_000}, "larger"),
        ("our_story", {f"p{n}.j2": "x" for n in range(21)}, "files"),
        ("our_story", {"template.yaml": None}, "template.yaml"),
    ],
    ids=["id", "shared", "up", "folder", "text", "NUL", "large", "many", "no yaml"],
)
def test_what_is_no_template_is_refused(
    client: TestClient, home: Path, story: dict[str, str], template_id: str, files: dict | None, word: str
) -> None:
    given = {name: text for name, text in {**story, **(files or {})}.items() if text is not None}
    answer = client.put(f"/v1/templates/{template_id}", json={"files": given})
    assert answer.status_code == 422, answer.text
    assert word in answer.text
    assert str(home) not in answer.text
    assert client.get("/v1/templates/our_story/files").json()["files"] == story
    assert sorted(path.name for path in (home / "templates").iterdir()) == ["our_story"]


def test_a_preview_shows_prompts_with_evidence_and_asks_no_model(client: TestClient, story: dict[str, str]) -> None:
    body = {"inputs": INPUTS, "locale": "zh-CN", "writing": "compose"}
    found = client.post("/v1/templates/our_story/preview", json=body)
    assert found.status_code == 200, found.text
    document = found.json()
    assert document.keys() == PREVIEWED.keys()
    assert document["sections"][0].keys() == PREVIEWED["sections"][0].keys()
    asked = [one for section in document["sections"] for one in section["asked"]]
    assert any("非计划停机" in one["prompt"] for one in asked)
    only = client.post("/v1/templates/our_story/preview", json={**body, "sections": ["pain"]}).json()
    assert [section["id"] for section in only["sections"]] == ["pain"]
    unsaved = {**story, "zh.j2": story["zh.j2"].replace("{% block role %}", "{% block role %}口径测试", 1)}
    tried = client.post("/v1/templates/our_story/preview", json={**body, "files": unsaved})
    assert tried.status_code == 200, tried.text
    assert "口径测试" in tried.text
    assert "口径测试" not in found.text
    assert client.get("/v1/templates/our_story/files").json()["files"] == story


def test_a_preview_says_what_is_missing(client: TestClient) -> None:
    missing = client.post("/v1/templates/success_story/preview", json={})
    assert missing.status_code == 422
    assert [question["input"] for question in missing.json()["questions"]] == ["case"]
    for change, word in (
        ({"sections": ["no_such"]}, "no_such"),
        ({"locale": "!!"}, "!!"),
        ({"inputs": {"colour": "x"}}, "colour"),
    ):
        answer = client.post("/v1/templates/success_story/preview", json={"inputs": INPUTS, **change})
        assert answer.status_code == 422
        assert word in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("GET", "/files", None),
        ("GET", "/lint", None),
        ("POST", "/preview", {}),
        ("DELETE", "", None),
    ],
)
def test_an_unknown_template_is_not_found(client: TestClient, method: str, path: str, body: dict | None) -> None:
    assert client.request(method, f"/v1/templates/sonnet{path}", json=body).status_code == 404


def test_beginning_twice_or_from_nothing_is_refused(client: TestClient, story: dict[str, str], home: Path) -> None:
    again = client.post("/v1/templates", json={"id": "our_story"})
    assert again.status_code == 409
    assert str(home) not in again.text
    assert client.post("/v1/templates", json={"id": "success_story"}).status_code == 409
    assert client.post("/v1/templates", json={"id": "../x"}).status_code == 422
    assert client.post("/v1/templates", json={"id": "x", "from": "sonnet"}).status_code == 404


def test_who_may_change_templates(workspace: Workspace, serve: Serve) -> None:
    _, text = Keys(workspace.database, workspace.name).create("a", workspace.settings.now(), role=Role.AUTHOR)
    author = serve(workspace)
    author.headers["Authorization"] = f"Bearer {text}"
    files = author.get("/v1/templates/success_story/files").json()["files"]
    assert author.post("/v1/templates/success_story/lint", json={"files": files}).status_code == 200
    assert author.post("/v1/templates", json={"id": "x"}).status_code == 403
    assert author.put("/v1/templates/x", json={"files": files}).status_code == 403
    assert author.delete("/v1/templates/success_story").status_code == 403
