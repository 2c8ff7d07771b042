"""`/v1/entries`: propose, list, change, versions, diff, life, impact."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from api_workspace import BRIEF, Serve
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.v1.examples.entries import DIFF, ENTRIES, ENTRY, ENTRY_KEPT, EVENTS, IMPACT, VERSIONS
from assistant.workspace import Workspace

NEW = {
    "kind": "case",
    "title": "冷库节能改造 <script>alert(1)</script>",
    "locale": "zh-CN",
    "text": "上线后，冷库用电由每月 8 万度降至 6 万度。\n\n<script>alert(2)</script>",
    "audience": "public",
    "markets": ["CN"],
    "owner": "李雷 🙂",
}


@pytest.fixture
def entry(client: TestClient) -> str:
    """The id of a proposed entry."""
    return client.post("/v1/entries", json=NEW).json()["entry"]["id"]


def as_role(workspace: Workspace, serve: Serve, role: Role) -> TestClient:
    _, text = Keys(workspace.database, workspace.name).create(str(role), workspace.settings.now(), role=role)
    client = serve(workspace)
    client.headers["Authorization"] = f"Bearer {text}"
    return client


# --- new


def test_a_proposed_entry_is_a_draft_that_keeps_every_word(client: TestClient) -> None:
    answer = client.post("/v1/entries", json=NEW)
    assert answer.status_code == 201, answer.text
    document = answer.json()
    assert document.keys() == ENTRY_KEPT.keys()
    entry = document["entry"]
    assert entry.keys() == ENTRY_KEPT["entry"].keys()
    assert (entry["state"], entry["version"], entry["created_by"]) == ("draft", 1, "this machine")
    assert entry["title"] == NEW["title"]
    assert "<script>alert(2)</script>" in entry["body"]
    assert entry["owner"] == "李雷 🙂"
    assert answer.headers["ETag"] == '"1-draft"'
    assert answer.headers["Location"] == f"/v1/entries/{quote(entry['id'])}"
    assert client.get(answer.headers["Location"]).json()["entry"] == entry
    # Nobody approved it, so nothing is drafted from it.
    assert client.get("/v1/search", params={"q": "冷库用电", "k": 50}).text.count("冷库") == 0


def test_fields_alone_make_the_text(client: TestClient) -> None:
    fields = {"行业": "电梯", "客户痛点": "停机每月 9 次", "项目效果": "停机每月 2 次"}
    answer = client.post("/v1/entries", json={"kind": "case", "locale": "zh-CN", "title": "停机改造", "fields": fields})
    assert answer.status_code == 201, answer.text
    assert "停机每月 9 次" in answer.json()["entry"]["body"]
    lacking = client.post("/v1/entries", json={"kind": "case", "locale": "zh-CN", "title": "x", "fields": {}})
    assert lacking.status_code == 422
    assert [error["where"] for error in lacking.json()["errors"]] == ["fields.industry", "fields.pain", "fields.result"]


def test_a_wrong_field_is_named(client: TestClient) -> None:
    fields = {"results": 7, "audience": "public"}
    answer = client.post("/v1/entries", json={"kind": "case", "title": "x", "locale": "en", "fields": fields})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["detail"].startswith("fields.")
    assert {error["where"].split("[")[0] for error in problem["errors"]} >= {"fields.audience"}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "poem"}, "kind"),
        ({"kind": "case", "title": "", "text": "用电下降。"}, "title"),
        ({"locale": "!!"}, "!!"),
        ({"customer": "nobody"}, "customer"),
        ({"id": "a b/c"}, "id"),
        ({"title": "a\0b"}, "NUL"),
        ({"audience": "everybody"}, "audience"),
        ({"audince": "public"}, "audince"),
        ({"valid_until": "soon"}, "valid_until"),
        ({"title": "x" * 501}, "title"),
        ({"fields": {"result": "a\0b"}}, "control"),
        ({"text": " \n"}, "fields"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_wrong_proposal_is_refused_by_name(client: TestClient, change: dict, word: str) -> None:
    answer = client.post("/v1/entries", json={**NEW, **change})
    assert answer.status_code == 422, answer.text
    assert word in answer.text


def test_half_a_surrogate_pair_is_refused(client: TestClient) -> None:
    body = json.dumps({**NEW, "title": "x\ud83d"}).encode()
    answer = client.post("/v1/entries", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert "surrogate" in answer.text


def test_the_same_entry_twice_is_a_conflict(client: TestClient, entry: str) -> None:
    again = client.post("/v1/entries", json=NEW)
    assert again.status_code == 409
    assert entry in again.json()["detail"]
    taken = client.post("/v1/entries", json={**NEW, "id": "company"})
    assert taken.status_code == 409


# --- list


def test_the_list_narrows_and_pages(client: TestClient, entry: str) -> None:
    def ids(**filters: str) -> list[str]:
        answer = client.get("/v1/entries", params=filters)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["entries"]]

    document = client.get("/v1/entries").json()
    assert document.keys() == ENTRIES.keys()
    assert document["entries"][0].keys() == ENTRIES["entries"][0].keys()
    every = [row["id"] for row in document["entries"]]
    assert every == sorted(every)
    assert {"case-elevator", "company", "product-gateway", entry} <= set(every)
    assert ids(kind="product") == ["product-gateway"]
    assert set(ids(state="draft")) == {entry, *(i for i in every if "rumour" in i)}
    assert "company" in ids(state="approved")
    assert ids(state="expired") == []
    assert set(ids(kind="case", locale="zh")) == {"case-elevator", entry}
    assert ids(owner="李雷 🙂") == [entry]
    assert ids(q="冷库 用电") == [entry]
    assert ids(q="EDGE gateway VIBRATION") == ["product-gateway"]
    assert entry not in ids(market="EU")
    assert ids(customer="nobody") == []
    assert set(ids(audience="internal")) == set()
    seen, cursor = [], ""
    while True:
        page = client.get("/v1/entries", params={"limit": 2, "cursor": cursor}).json()
        assert len(page["entries"]) <= 2
        seen += [row["id"] for row in page["entries"]]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == every


@pytest.mark.parametrize(
    "parameters",
    [{"kind": "poem"}, {"state": "lost"}, {"limit": 0}, {"limit": 201}, {"cursor": "x!"}, {"locale": "?"}],
)
def test_a_wrong_filter_is_refused(client: TestClient, parameters: dict) -> None:
    assert client.get("/v1/entries", params=parameters).status_code == 422


# --- change


def test_a_change_is_a_new_draft_and_the_line_stays(client: TestClient) -> None:
    before = client.get("/v1/entries/case-elevator")
    assert before.json().keys() == ENTRY.keys()
    assert before.json()["entry"]["line"] == 1
    body = {"text": before.json()["entry"]["body"].replace("2 次", "3 次"), "owner": "韩梅梅", "reason": "新数字"}
    answer = client.patch("/v1/entries/case-elevator", json=body, headers={"If-Match": before.headers["ETag"]})
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after["changed"]
    assert (after["entry"]["version"], after["entry"]["state"], after["entry"]["line"]) == (2, "draft", 1)
    assert answer.headers["ETag"] == '"2-draft"'
    old = client.get("/v1/entries/case-elevator", params={"version": 1}).json()["entry"]
    assert (old["version"], old["state"], old["newest"]) == (1, "approved", 2)
    versions = client.get("/v1/entries/case-elevator/versions").json()
    assert [v["version"] for v in versions["versions"]] == [1, 2]
    assert versions["versions"][0].keys() == VERSIONS["versions"][0].keys()
    diff = client.get("/v1/entries/case-elevator/diff").json()
    assert diff.keys() == DIFF.keys()
    assert (diff["from"], diff["to"]) == (1, 2)
    assert {part["part"] for part in diff["parts"]} - {"review_due"} == {"text", "owner"}
    history = client.get("/v1/entries/case-elevator/history").json()
    assert history.keys() == EVENTS.keys()
    assert (history["history"][-1]["act"], history["history"][-1]["reason"]) == ("edited", "新数字")
    same = client.patch("/v1/entries/case-elevator", json={"owner": "韩梅梅"}).json()
    assert not same["changed"]
    assert same["entry"]["version"] == 2


def test_lists_and_records_are_set_and_cleared(client: TestClient) -> None:
    results = [{"metric": "停机", "before": "9 次", "after": "2 次"}]
    answer = client.patch("/v1/entries/case-elevator", json={"markets": ["CN", "EU"], "fields": {"results": results}})
    assert answer.status_code == 200, answer.text
    entry = answer.json()["entry"]
    assert entry["markets"] == ["CN", "EU"]
    assert entry["fields"]["results"][0]["after"] == "2 次"
    cleared = client.patch("/v1/entries/case-elevator", json={"markets": None, "fields": {"results": None}})
    assert cleared.status_code == 200, cleared.text
    assert cleared.json()["entry"]["markets"] == []
    assert "results" not in cleared.json()["entry"]["fields"]


def test_names_and_markets_stand_on_one_line(client: TestClient) -> None:
    body = {"title": " 公司\n介绍 ", "owner": " ", "markets": [" CN ", "CN", " ", "E\nU"]}
    entry = client.patch("/v1/entries/company", json=body).json()["entry"]
    assert (entry["title"], entry["owner"], entry["markets"]) == ("公司 介绍", "", ["CN", "E U"])


def test_who_looked_at_another_version_changes_nothing(client: TestClient) -> None:
    client.patch("/v1/entries/company", json={"owner": "one"})
    by_tag = client.patch("/v1/entries/company", json={"owner": "two"}, headers={"If-Match": '"1-approved"'})
    assert by_tag.status_code == 412
    assert "2-draft" in by_tag.json()["detail"]
    by_number = client.patch("/v1/entries/company", json={"owner": "two", "version": 1})
    assert by_number.status_code == 409
    assert client.get("/v1/entries/company").json()["entry"]["owner"] == "one"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"title": None}, "title"),
        ({"text": ""}, "text"),
        ({"fields": {"no_such_thing": "x"}}, "no_such_thing"),
        ({"kind": "product"}, "kind"),
        ({"customer": "nobody"}, "customer"),
        ({"version": 0}, "version"),
        ({"fields": {"results": 7}}, "results"),
    ],
    ids=str,
)
def test_a_wrong_change_is_refused_by_name(client: TestClient, change: dict, word: str) -> None:
    answer = client.patch("/v1/entries/case-elevator", json=change)
    assert answer.status_code == 422, answer.text
    assert word in answer.json()["detail"]


# --- life


def test_an_entry_goes_its_way_to_the_line_and_out(client: TestClient, entry: str) -> None:
    def step(name: str, **body: object) -> dict:
        answer = client.post(f"/v1/entries/{entry}/{name}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["entry"]

    assert step("submit", version=1, reason="请审阅")["state"] == "in_review"
    assert step("request-changes", reason="缺月份")["state"] == "draft"
    step("submit")
    approved = step("approve", version=1)
    assert (approved["state"], approved["approved_by"], approved["line"]) == ("approved", "this machine", 1)
    hits = client.get("/v1/search", params={"q": "冷库用电", "k": 50, "market": "CN"}).json()["hits"]
    assert entry in {hit["entry_id"] for hit in hits}
    twice = client.post(f"/v1/entries/{entry}/approve", json={})
    assert twice.status_code == 409
    assert step("approve", renew=True)["state"] == "approved"
    assert step("retire", reason="不再销售")["line"] is None
    acts = [event["act"] for event in client.get(f"/v1/entries/{entry}/history").json()["history"]]
    assert acts == ["created", "submitted", "changes_requested", "submitted", "approved", "reviewed", "retired"]


def test_a_step_on_another_version_or_state_is_refused(client: TestClient, entry: str) -> None:
    assert client.post(f"/v1/entries/{entry}/submit", json={"version": 7}).status_code == 409
    stale = client.post(f"/v1/entries/{entry}/submit", json={}, headers={"If-Match": '"1-approved"'})
    assert stale.status_code == 412
    assert client.post(f"/v1/entries/{entry}/request-changes", json={"reason": "x"}).status_code == 409
    assert client.post(f"/v1/entries/{entry}/request-changes", json={"reason": ""}).status_code == 422


# --- impact


def test_a_changed_figure_is_shown_to_turn_drafts_stale_before_it_is_approved(client: TestClient) -> None:
    draft = client.post("/v1/drafts", json=BRIEF).json()["draft"]["id"]
    rests = client.get("/v1/entries/case-elevator/impact").json()
    assert rests.keys() == IMPACT.keys()
    assert [row["id"] for row in rests["drafts"]] == [draft]
    assert rests["counts"] == {"drafts": 1, "stale": 0, "exports": 0}
    text = client.get("/v1/entries/case-elevator").json()["entry"]["body"]
    harmless = client.post("/v1/entries/case-elevator/impact", json={"owner": "x"}).json()
    assert harmless["counts"]["stale"] == 0
    planned = {"text": text.replace("降至每月 2 次", "降至每月 3 次")}
    turned = client.post("/v1/entries/case-elevator/impact", params={"locale": "zh"}, json=planned).json()
    assert turned["counts"]["stale"] == 1
    assert turned["drafts"][0].keys() == IMPACT["drafts"][0].keys()
    assert "第 2 版" in turned["drafts"][0]["reason"]["message"]
    assert client.get("/v1/entries/case-elevator").json()["entry"]["version"] == 1
    client.patch("/v1/entries/case-elevator", json=planned)
    for as_if in ("approved", "retired"):
        would = client.get("/v1/entries/case-elevator/impact", params={"as_if": as_if}).json()
        assert (as_if, [row["id"] for row in would["drafts"]]) == (as_if, [draft])
    client.post("/v1/entries/case-elevator/approve", json={})
    assert client.get("/v1/entries/case-elevator/impact").json()["counts"]["stale"] == 1


# --- who


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("GET", "/versions", None),
        ("GET", "/diff", None),
        ("GET", "/history", None),
        ("GET", "/impact", None),
        ("GET", "/impact?as_if=retired", None),
        ("POST", "/impact", {}),
        ("PATCH", "", {"owner": "x"}),
        ("POST", "/submit", {}),
        ("POST", "/approve", {}),
        ("POST", "/request-changes", {"reason": "x"}),
        ("POST", "/retire", {}),
        ("POST", "/blurbs", {}),
    ],
)
def test_an_unknown_entry_is_not_found(client: TestClient, method: str, path: str, body: dict | None) -> None:
    answer = client.request(method, f"/v1/entries/no-such{path}", json=body)
    assert answer.status_code == 404, answer.text
    assert "no-such" in answer.json()["detail"]


def test_an_unknown_version_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/entries/company", params={"version": 9}).status_code == 404
    assert client.get("/v1/entries/company/diff", params={"from": 9}).status_code == 404


def test_each_role_may_do_its_part(workspace: Workspace, serve: Serve) -> None:
    viewer, author, editor, approver = (
        as_role(workspace, serve, role) for role in (Role.VIEWER, Role.AUTHOR, Role.EDITOR, Role.APPROVER)
    )
    assert viewer.get("/v1/entries").status_code == 200
    assert viewer.post("/v1/entries", json=NEW).status_code == 403
    made = author.post("/v1/entries", json=NEW)
    assert made.status_code == 201
    entry = made.json()["entry"]["id"]
    assert made.json()["entry"]["created_by"] == "key author"
    assert author.patch(f"/v1/entries/{entry}", json={"owner": "x"}).status_code == 403
    assert author.post(f"/v1/entries/{entry}/submit", json={}).status_code == 403
    assert editor.post(f"/v1/entries/{entry}/submit", json={}).status_code == 200
    assert editor.post(f"/v1/entries/{entry}/approve", json={}).status_code == 403
    assert editor.post(f"/v1/entries/{entry}/request-changes", json={"reason": "x"}).status_code == 403
    assert approver.post(f"/v1/entries/{entry}/approve", json={}).json()["entry"]["approved_by"] == "key approver"
    assert author.post(f"/v1/entries/{entry}/retire", json={}).status_code == 403
