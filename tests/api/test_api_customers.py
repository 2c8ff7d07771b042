"""`/v1/customers`, `/v1/permissions`, `/v1/glossary`: registers over the service."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from api_workspace import BRIEF, Serve
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.v1.examples.customers import (
    CLEARANCE,
    CUSTOMER,
    CUSTOMERS,
    GRID,
    PERMISSIONS,
    PERMISSIONS_LISTED,
    WITHDRAWN,
)
from api.v1.examples.glossary import TERM, TERMS
from assistant.workspace import Workspace

SHENTE = {
    "names": {"zh_cn": "申特电梯集团", "en": "Shente <script>alert(1)</script>"},
    "aliases": {"zh-CN": "华东电梯维保集团"},
    "other_names": ["申特"],
    "segment": "lifts",
}
CONSENT = {"uses": ["name", "figures"], "level": "public", "markets": ["CN"], "consented_by": "李伟"}


@pytest.fixture
def shente(client: TestClient) -> TestClient:
    assert client.put("/v1/customers/shente", json=SHENTE).status_code == 200
    return client


def as_role(workspace: Workspace, serve: Serve, role: Role) -> TestClient:
    _, text = Keys(workspace.database, workspace.name).create(str(role), workspace.settings.now(), role=role)
    client = serve(workspace)
    client.headers["Authorization"] = f"Bearer {text}"
    return client


# --- customers


def test_a_customer_is_kept_whole_and_its_permissions_stay(shente: TestClient) -> None:
    document = shente.get("/v1/customers/shente").json()
    assert document.keys() == CUSTOMER.keys()
    assert document["customer"].keys() == CUSTOMER["customer"].keys()
    assert document["customer"]["names"] == {"zh-CN": "申特电梯集团", "en": "Shente <script>alert(1)</script>"}
    assert shente.post("/v1/customers/shente/permissions", json=CONSENT).status_code == 201
    again = shente.put("/v1/customers/shente", json={"names": {"zh-CN": "申特集团"}}).json()["customer"]
    assert again["names"] == {"zh-CN": "申特集团"}
    assert (again["aliases"], again["other_names"], again["segment"]) == ({}, [], "")
    assert [p["withdrawn_on"] for p in again["permissions"]] == [None, None]
    acts = [event["act"] for event in shente.get("/v1/customers/shente").json()["history"]]
    assert (acts[0], acts[-1]) == ("created", "changed")


def test_customers_are_listed_found_and_paged(shente: TestClient) -> None:
    for number in range(3):
        shente.put(f"/v1/customers/c{number}", json={"names": {"en": f"Customer {number}"}})
    document = shente.get("/v1/customers").json()
    assert document.keys() == CUSTOMERS.keys()
    assert [c["id"] for c in document["customers"]] == ["c0", "c1", "c2", "shente"]
    assert [c["id"] for c in shente.get("/v1/customers", params={"q": "申特"}).json()["customers"]] == ["shente"]
    first = shente.get("/v1/customers", params={"limit": 3}).json()
    second = shente.get("/v1/customers", params={"limit": 3, "cursor": first["next"]}).json()
    assert [c["id"] for c in second["customers"]] == ["shente"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("customer", "body", "word"),
    [
        ("a b", SHENTE, "id"),
        ("x", {"names": {}}, "names"),
        ("x", {"names": {"en": " "}}, "names"),
        ("x", {"names": {"!!": "X"}}, "names"),
        ("x", {"names": {"en": "a\0"}}, "NUL"),
        ("x", {**SHENTE, "permissions": []}, "permissions"),
    ],
    ids=["id", "no names", "blank name", "locale", "NUL", "unknown member"],
)
def test_a_wrong_customer_is_refused(client: TestClient, customer: str, body: dict, word: str) -> None:
    answer = client.put(f"/v1/customers/{customer}", json=body)
    assert answer.status_code == 422, answer.text
    assert word in answer.text


# --- permissions


def test_what_a_customer_permits_is_on_the_grid_until_it_is_withdrawn(shente: TestClient) -> None:
    granted = shente.post("/v1/customers/shente/permissions", json={**CONSENT, "until": "2099-12-31"})
    assert granted.status_code == 201, granted.text
    assert granted.json().keys() == PERMISSIONS.keys()
    assert granted.json()["permissions"][0].keys() == PERMISSIONS["permissions"][0].keys()
    grid = shente.get("/v1/permission-grid").json()
    assert grid.keys() == GRID.keys()
    assert grid["markets"] == ["CN"]
    everywhere, in_china = grid["rows"][0]["uses"]["name"]
    assert everywhere["level"] == "alias"
    assert (in_china["markets"], in_china["level"], in_china["until"]) == (["CN"], "public", "2099-12-31")
    one = shente.get("/v1/permission-grid", params={"market": "CN", "day": "2100-01-01"}).json()
    assert one["rows"][0]["uses"]["name"][0]["ground"] == "expired"
    clearance = shente.get("/v1/customers/shente/clearance", params={"market": "CN"}).json()
    assert clearance.keys() == CLEARANCE.keys()
    assert {use["use"]: use["level"] for use in clearance["uses"]}["name"] == "public"
    listed = shente.get("/v1/permissions", params={"limit": 1}).json()
    assert listed.keys() == PERMISSIONS_LISTED.keys()
    rest = shente.get("/v1/permissions", params={"cursor": listed["next"]}).json()
    assert {p["use"] for p in (*listed["permissions"], *rest["permissions"])} == {"name", "figures"}
    taken = shente.post("/v1/customers/shente/permissions/withdraw", json={"use": "name", "reason": "合同到期"}).json()
    assert taken.keys() == WITHDRAWN.keys()
    assert taken["withdrawn"] == 1
    assert [p["use"] for p in shente.get("/v1/permissions").json()["permissions"]] == ["figures"]
    every = shente.get("/v1/permissions", params={"withdrawn": True, "customer": "申特"}).json()["permissions"]
    assert [(p["use"], p["reason"]) for p in every if p["withdrawn_on"]] == [("name", "合同到期")]


def test_what_a_withdrawal_turns_stale_is_told_before(shente: TestClient) -> None:
    shente.post("/v1/customers/shente/permissions", json={**CONSENT, "markets": []})
    shente.patch("/v1/entries/case-elevator", json={"customer": "申特"})
    shente.post("/v1/entries/case-elevator/approve", json={})
    draft = shente.post("/v1/drafts", json=BRIEF).json()["draft"]["id"]
    speaks = shente.get("/v1/customers/shente/impact").json()
    assert [row["id"] for row in speaks["drafts"]] == [draft]
    would = shente.get("/v1/customers/shente/impact", params={"as_if": "withdrawn"}).json()
    assert would["counts"]["stale"] == 1
    assert would["drafts"][0]["reason"]["cause"] == "permission"
    assert shente.get("/v1/customers/shente/impact").json()["counts"]["stale"] == 0
    done = shente.post("/v1/customers/shente/permissions/withdraw", json={}).json()
    assert (done["withdrawn"], done["stale"]) == (2, 1)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"uses": []}, "uses"),
        ({"uses": ["song"]}, "uses"),
        ({"level": "secret"}, "level"),
        ({"until": "2001-01-01"}, "until"),
        ({"consented_by": " "}, "consented_by"),
    ],
    ids=["no use", "unknown use", "unknown level", "past", "nobody"],
)
def test_a_wrong_consent_is_refused(shente: TestClient, change: dict, word: str) -> None:
    answer = shente.post("/v1/customers/shente/permissions", json={**CONSENT, **change})
    assert answer.status_code == 422
    assert word in answer.json()["detail"]
    assert shente.get("/v1/permissions").json()["permissions"] == []


def test_the_same_consent_twice_is_refused(shente: TestClient) -> None:
    shente.post("/v1/customers/shente/permissions", json=CONSENT)
    assert shente.post("/v1/customers/shente/permissions", json=CONSENT).status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("GET", "/impact", None),
        ("GET", "/impact?as_if=withdrawn", None),
        ("GET", "/clearance", None),
        ("POST", "/permissions", CONSENT),
        ("POST", "/permissions/withdraw", {}),
    ],
)
def test_an_unknown_customer_is_not_found(client: TestClient, method: str, path: str, body: dict | None) -> None:
    assert client.request(method, f"/v1/customers/nobody{path}", json=body).status_code == 404


# --- glossary


def test_a_term_comes_changes_and_goes(client: TestClient) -> None:
    address = f"/v1/glossary/zh/{quote('边缘/网关', safe='')}"
    body = {"translations": {"EN": "edge gateway", "de": ""}, "forbidden": ["边缘盒子", "边缘盒子"], "note": "<b>x</b>"}
    put = client.put(address, json=body)
    assert put.status_code == 200, put.text
    assert put.json().keys() == TERM.keys()
    term = put.json()["term"]
    assert term.keys() == TERM["term"].keys()
    assert (term["term"], term["locale"]) == ("边缘/网关", "zh-CN")
    assert (term["translations"], term["forbidden"], term["note"]) == (
        {"en": "edge gateway"}, ["边缘盒子"], "<b>x</b>",
    )  # fmt: skip
    assert client.get(address).json()["term"] == term
    listed = client.get("/v1/glossary", params={"q": "EDGE"}).json()
    assert listed.keys() == TERMS.keys()
    assert listed["terms"] == [term]
    assert client.get("/v1/glossary", params={"locale": "en"}).json()["terms"] == []
    assert client.delete(address, params={"reason": "unused"}).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404


def test_the_glossary_is_paged(client: TestClient) -> None:
    for word in ("a", "b", "c"):
        client.put(f"/v1/glossary/en/{word}", json={"do_not_translate": True})
    first = client.get("/v1/glossary", params={"limit": 2}).json()
    second = client.get("/v1/glossary", params={"limit": 2, "cursor": first["next"]}).json()
    assert [t["term"] for t in (*first["terms"], *second["terms"])] == ["a", "b", "c"]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("en/x", {"case_rule": "loud"}),
        ("en/x", {"translations": {"!!": "y"}}),
        ("!!/x", {}),
        ("en/%20", {}),
        ("en/x", {"colour": "red"}),
        ("en/" + "x" * 201, {}),
    ],
)
def test_a_wrong_term_is_refused(client: TestClient, address: str, body: dict) -> None:
    assert client.put(f"/v1/glossary/{address}", json=body).status_code == 422


# --- who


def test_a_viewer_reads_and_changes_nothing(workspace: Workspace, serve: Serve) -> None:
    viewer, author = as_role(workspace, serve, Role.VIEWER), as_role(workspace, serve, Role.AUTHOR)
    for path in ("/v1/customers", "/v1/permissions", "/v1/permission-grid", "/v1/glossary"):
        assert viewer.get(path).status_code == 200
    for client in (viewer, author):
        assert client.put("/v1/customers/x", json=SHENTE).status_code == 403
        assert client.post("/v1/customers/x/permissions", json=CONSENT).status_code == 403
        assert client.post("/v1/customers/x/permissions/withdraw", json={}).status_code == 403
        assert client.put("/v1/glossary/en/x", json={}).status_code == 403
        assert client.delete("/v1/glossary/en/x").status_code == 403
