"""Search, templates, check, probes, and the description of it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_workspace import Serve, settings_of
from databases import forget
from starlette.testclient import TestClient

from api.v1.examples import CHECK, HITS, READY, TEMPLATE, TEMPLATES
from assistant.workspace import Workspace


def test_search_finds_what_may_be_said(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "非计划停机降到多少", "k": 3})
    assert answer.status_code == 200
    hits = answer.json()["hits"]
    assert 0 < len(hits) <= 3
    assert hits[0]["entry_id"] == "case-elevator"
    assert hits[0].keys() == HITS["hits"][0].keys()


def test_search_crosses_languages_and_narrows_by_kind_and_locale(client: TestClient) -> None:
    def found(**filters: str) -> set[str]:
        hits = client.get("/v1/search", params={"q": "边缘网关能接多少个传感器", "k": 50, **filters}).json()["hits"]
        return {hit["entry_id"] for hit in hits}

    assert "product-gateway" in found()
    assert found(kind="product") == {"product-gateway"}
    assert found(locale="en") == {"product-gateway"}
    assert found(kind="competitor") == set()


def test_what_is_not_approved_is_never_found(client: TestClient) -> None:
    answer = client.get("/v1/search", params={"q": "edge gateway price 99 dollars", "k": 50, "audience": "internal"})
    assert "99 dollars" not in answer.text


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({}, "q"),
        ({"q": "   "}, "empty"),
        ({"q": "x", "k": 51}, "k"),
        ({"q": "x", "k": 0}, "k"),
        ({"q": "x", "kind": "poem"}, "poem"),
        ({"q": "x", "audience": "everybody"}, "audience"),
        ({"q": "x", "locale": "!!"}, "locale"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, parameters: dict, word: str) -> None:
    answer = client.get("/v1/search", params=parameters)
    assert answer.status_code == 422
    assert word in answer.json()["detail"]


def test_templates_say_what_they_ask_for_in_both_languages(client: TestClient) -> None:
    templates = {t["id"]: t for t in client.get("/v1/templates").json()["templates"]}
    assert {"success_story", "press_release", "meeting_minutes"} <= templates.keys()
    story = templates["success_story"]
    assert story.keys() == TEMPLATES["templates"][0].keys()
    assert story["required"] == ["case"]
    assert story["name"]["zh"]
    assert story["name"]["en"]
    question = next(i for i in story["inputs"] if i["name"] == "case")["question"]
    assert question["zh"]
    assert question["en"]


def test_a_broken_template_of_ones_own_is_named_and_hides_no_other(home: Path, serve: Serve) -> None:
    own = home / "templates" / "our_story"
    own.mkdir(parents=True)
    (own / "template.yaml").write_text("id: our_story\nversion: [", encoding="utf-8")
    with Workspace.open(settings_of(home)) as workspace:
        client = serve(workspace)
        document = client.get("/v1/templates").json()
        assert document.keys() == TEMPLATES.keys()
        assert "success_story" in [t["id"] for t in document["templates"]]
        [broken] = document["broken"]
        assert broken.keys() == TEMPLATES["broken"][0].keys()
        assert broken["id"] == "our_story"
        assert "our_story/template.yaml, line 2" in broken["message"]
        assert client.get("/v1/templates/our_story").status_code == 422


def test_one_template_shows_its_sections(client: TestClient) -> None:
    template = client.get("/v1/templates/success_story").json()["template"]
    assert template.keys() == TEMPLATE["template"].keys()
    assert "pain" in [section["id"] for section in template["sections"]]
    missing = client.get("/v1/templates/sonnet")
    assert missing.status_code == 404
    assert "success_story" in missing.json()["detail"]


def test_check_against_given_sources(client: TestClient) -> None:
    body = {
        "text": "上线后非计划停机由每月 9 次降至 4 次。",
        "sources": [{"name": "a.txt", "text": "停机由每月 9 次降至 2 次。"}],
    }
    answer = client.post("/v1/check", json=body)
    assert answer.status_code == 200
    report = answer.json()
    assert report.keys() == CHECK.keys()
    [finding] = report["findings"]
    assert finding.keys() == CHECK["findings"][0].keys()
    assert (finding["severity"], finding["line"], finding["place"]) == ("error", 1, "")
    assert finding["check"].startswith("number_")
    assert report["claims"][0].keys() == CHECK["claims"][0].keys()
    [wrong] = [c for c in report["claims"] if c["kind"] == "quantity" and c["verdict"] != "supported"]
    span = wrong["span"]
    assert "4" in report["text"][span["start"] : span["end"]]
    assert report["evidence"][0].keys() == CHECK["evidence"][0].keys()
    assert report["evidence"][0]["source"] == "a.txt"
    assert report["evidence"][0]["locator"] == "line 1"
    assert report["evidence"][0]["locale"] == "zh"


def test_check_against_the_library(client: TestClient) -> None:
    right = client.post("/v1/check", json={"text": "上线后，非计划停机由每月 9 次降至每月 2 次。"}).json()
    wrong = client.post("/v1/check", json={"text": "上线后，非计划停机由每月 9 次降至每月 1 次。"}).json()
    assert [f for f in right["findings"] if f["severity"] == "error"] == []
    assert [f["check"] for f in wrong["findings"] if f["severity"] == "error"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "  "},
        {"text": "9 次", "sources": []},
        {"text": "9 次", "sources": [{"name": "a.txt", "text": " \n "}]},
        {"text": "9 次", "source": "x"},
        {"text": "a\0b"},
        {"text": "a" * 200_001},
        {"text": "9 次", "sources": [{"name": "a.txt", "text": "a" * 200_001}]},
    ],
    ids=["empty", "no sources", "blank sources", "unknown member", "NUL", "too long", "source too long"],
)
def test_check_refuses_what_it_cannot_use(client: TestClient, body: dict) -> None:
    assert client.post("/v1/check", json=body).status_code == 422


def test_a_text_of_the_greatest_length_is_checked(client: TestClient) -> None:
    body = {"text": "口" * 200_000, "sources": [{"name": "a.txt", "text": "停机降至 2 次。"}]}
    assert client.post("/v1/check", json=body).status_code == 200


def test_probes(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json().keys() == READY.keys()
    assert ready.json()["library"] == {"entries": 4, "approved": 3}
    assert ready.json()["index"] == {"owner": "not opened yet"}


def test_not_ready_without_a_database(client: TestClient, workspace: Workspace) -> None:
    workspace.database.close()
    forget(workspace.settings.home)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200


def test_the_description_is_complete_and_no_page_loads_foreign_scripts(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["tags"], path
            for status, answer in operation["responses"].items():
                shown = answer.get("content", {}).get("application/json")
                if status.startswith("2") and shown is not None:
                    assert "example" in shown or "examples" in shown, f"{method} {path} {status}"
    assert "text/event-stream" in document["paths"]["/v1/drafts"]["post"]["responses"]["201"]["content"]
    assert "application/problem+json" in document["paths"]["/v1/search"]["get"]["responses"]["422"]["content"]
    assert document["components"]["schemas"]["DraftRequest"]["examples"]
    for path in ("/docs", "/redoc"):
        assert client.get(path, follow_redirects=False).status_code in (303, 404)
