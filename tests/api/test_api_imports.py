"""`/v1/imports` and `/v1/exports`: files in, with a preview, and the whole library out and back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from api_workspace import Serve
from starlette.testclient import TestClient

from api import uploads
from api.access.keys import Keys
from api.access.roles import Role
from api.v1.examples.imports import IMPORTED, PACKED, PREVIEW, REGISTER
from assistant.workspace import Workspace
from knowledge.folder import packing

TEXT = "# 冷库节能\n\n上线后，冷库用电由每月 8 万度降至 6 万度。\n\n<script>alert(1)</script> 保留。\n"
SHEET = "项目名称,行业,客户痛点,项目效果\n冷库改造,冷链,用电每月 8 万度,降至每月 6 万度\n坏行,,,\n"


def send(client: TestClient, *files: tuple[str, str | bytes], preview: bool = False, **fields: str) -> dict:
    answer = client.post(
        "/v1/imports",
        params={"preview": preview},
        files=[("files", (name, text if isinstance(text, bytes) else text.encode())) for name, text in files],
        data=fields,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def as_role(workspace: Workspace, serve: Serve, role: Role) -> TestClient:
    _, text = Keys(workspace.database, workspace.name).create(str(role), workspace.settings.now(), role=role)
    client = serve(workspace)
    client.headers["Authorization"] = f"Bearer {text}"
    return client


def entries(client: TestClient) -> set[str]:
    return {row["id"] for row in client.get("/v1/entries").json()["entries"]}


# --- documents


def test_a_preview_says_what_would_become_of_each_file_and_writes_nothing(client: TestClient) -> None:
    before = entries(client)
    found = send(client, ("冷库.md", TEXT), ("logo.png", b"\x89PNG"), ("empty.md", ""), preview=True)
    assert found.keys() == PREVIEW.keys()
    assert [item["status"] for item in found["items"]] == ["new", "failed", "failed"]
    assert found["items"][0].keys() == PREVIEW["items"][0].keys()
    assert ".png" in found["items"][1]["message"]
    assert entries(client) == before


def test_what_can_be_read_is_imported_and_the_rest_is_told(client: TestClient) -> None:
    done = send(client, ("冷库.md", TEXT), ("logo.png", b"\x89PNG"), kind="case", market="CN")
    assert done.keys() == IMPORTED.keys()
    first, second = done["items"]
    assert first.keys() == IMPORTED["items"][0].keys()
    assert (first["status"], second["status"]) == ("new", "failed")
    entry = client.get(f"/v1/entries/{first['entry_id']}").json()["entry"]
    assert (entry["kind"], entry["state"], entry["audience"], entry["markets"]) == ("case", "draft", "internal", ["CN"])
    assert entry["created_by"] == "this machine"
    assert "<script>alert(1)</script>" in entry["body"]


def test_the_same_file_again_changes_nothing_and_another_text_is_shown_word_by_word(client: TestClient) -> None:
    send(client, ("冷库.md", TEXT))
    assert send(client, ("冷库.md", TEXT))["items"][0]["status"] == "unchanged"
    changed = TEXT.replace("6 万度", "5 万度")
    planned = send(client, ("冷库.md", changed), preview=True)["items"][0]
    assert (planned["status"], planned["after"]) == ("changed", 1)
    pieces = [p for part in planned["changes"] for p in part["pieces"] if p["change"] != "same"]
    assert [(p["change"], p["text"]) for p in pieces] == [("removed", "6"), ("added", "5")]
    done = send(client, ("冷库.md", changed))["items"][0]
    assert (done["status"], done["version"]) == ("changed", 2)
    assert client.get("/v1/entries", params={"q": "5 万度"}).json()["entries"][0]["version"] == 2


def test_a_token_holds_an_import_to_its_preview(client: TestClient) -> None:
    token = send(client, ("冷库.md", TEXT), preview=True)["token"]
    other = client.post("/v1/imports", files=[("files", ("冷库.md", b"# x\n\nother words"))], data={"token": token})
    assert other.status_code == 409
    assert send(client, ("冷库.md", TEXT), token=token)["items"][0]["status"] == "new"
    late = client.post("/v1/imports", files=[("files", ("冷库.md", TEXT.encode()))], data={"token": token})
    assert late.status_code == 409


@pytest.mark.parametrize("name", ["../../etc/冷库.md", "..\\..\\冷库.md", "/tmp/冷库.md", "C:\\x\\冷库.md"])
def test_a_path_in_a_name_leads_nowhere(client: TestClient, name: str) -> None:
    item = send(client, (name, TEXT))["items"][0]
    assert (item["status"], item["source"]) == ("new", "冷库.md")


def test_two_files_of_one_id_do_not_write_over_each_other(client: TestClient) -> None:
    text = "---\nid: twice\nkind: document\n---\n# A\n\nwords of {0}\n"
    files = (("a.md", text.format("a")), ("b.md", text.format("b")))
    for preview in (True, False):
        items = send(client, *files, preview=preview)["items"]
        assert [item["status"] for item in items] == ["new", "failed"]
        assert "a.md" in items[1]["message"]
    assert client.get("/v1/entries/twice").json()["entry"]["version"] == 1


def test_front_matter_approves_nothing_without_trust(client: TestClient) -> None:
    text = "---\nid: self-made\nkind: document\nstate: approved\naudience: public\n---\n# A\n\nwords\n"
    send(client, ("a.md", text))
    entry = client.get("/v1/entries/self-made").json()["entry"]
    assert (entry["state"], entry["audience"]) == ("draft", "internal")


# --- sheets


def test_rows_of_a_sheet_become_entries(client: TestClient) -> None:
    found = send(client, ("cases.csv", SHEET), kind="case", preview=True)
    assert [item["status"] for item in found["items"]] == ["new", "failed"]
    assert "行业" in found["items"][1]["message"]
    assert found["sheets"][0]["mapping"][0]["column"] == "项目名称"
    done = send(client, ("cases.csv", SHEET), kind="case")
    made, failed = done["items"]
    assert (made["status"], failed["status"]) == ("new", "failed")
    assert client.get(f"/v1/entries/{made['entry_id']}").json()["entry"]["kind"] == "case"
    again = send(client, ("cases.csv", SHEET), kind="case")["items"]
    assert [item["status"] for item in again] == ["unchanged", "failed"]
    strict = client.post(
        "/v1/imports", files=[("files", ("b.csv", SHEET.encode()))], data={"kind": "case", "strict": "true"}
    )
    assert [item["status"] for item in strict.json()["items"]] == ["failed"]


# --- refused as a whole


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "poem"}, 422),
        ({"customer": "nobody"}, 404),
        ({"audience": "everybody"}, 422),
        ({"locale": "!!"}, 422),
        ({"state": "retired"}, 422),
    ],
    ids=str,
)
def test_wrong_options_are_refused(client: TestClient, fields: dict, status: int) -> None:
    answer = client.post("/v1/imports", files=[("files", ("a.md", b"# A\n\nwords"))], data=fields)
    assert answer.status_code == status, answer.text


def test_no_file_and_no_form_are_refused(client: TestClient) -> None:
    assert client.post("/v1/imports").status_code == 422
    assert client.post("/v1/imports", json={"files": []}).status_code in (400, 415, 422)
    twice = client.post("/v1/imports", files=[("files", (name, b"# A\n\nwords")) for name in ("x/a.md", "y/a.md")])
    assert twice.status_code == 422
    assert "a.md" in twice.json()["detail"]


def test_too_large_a_file_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_OF_ONE", 1 << 20)
    answer = client.post("/v1/imports", files=[("files", ("../big.txt", b"a" * (1 << 20) + b"b"))])
    assert answer.status_code == 413
    assert answer.json()["detail"].startswith("big.txt is larger than 1 MB")
    monkeypatch.setattr(uploads, "MOST_OF_ALL", 1 << 20)
    halves = [("files", (name, b"a" * (600 << 10))) for name in ("a.txt", "b.txt")]
    assert client.post("/v1/imports", files=halves).status_code == 413


# --- registers


def test_terms_come_from_a_sheet_all_or_none_and_go_out_again(client: TestClient) -> None:
    def post(text: str, **params: bool) -> object:
        return client.post("/v1/imports/glossary", params=params, files={"file": ("terms.csv", text.encode())})

    sheet = "term,locale,translation_en\n边缘网关,zh-CN,edge gateway\n"
    preview = post(sheet, preview=True).json()
    assert preview.keys() == REGISTER.keys()
    assert preview["taken"] == ["边缘网关 (zh-CN)"]
    assert client.get("/v1/glossary").json()["terms"] == []
    wrong = post(sheet + ",zh-CN,nothing\n")
    assert wrong.status_code == 422
    assert wrong.json()["errors"]
    assert client.get("/v1/glossary").json()["terms"] == []
    assert post(sheet).status_code == 200
    out = client.get("/v1/exports/glossary", params={"format": "csv"})
    assert out.headers["content-type"].startswith("text/csv")
    assert "attachment" in out.headers["content-disposition"]
    assert "边缘网关" in out.content.decode("utf-8-sig")


def test_customers_and_permissions_come_from_files(client: TestClient) -> None:
    yaml = "customers:\n- id: shente\n  name: {zh-CN: 申特电梯集团}\n  permissions:\n  - {use: name, level: alias}\n"
    done = client.post("/v1/imports/customers", files={"file": ("customers.yaml", yaml.encode())})
    assert done.json()["taken"] == ["shente"]
    sheet = "客户,用途,级别,同意人\n申特电梯集团,数据,公开,李伟\n没有这家,数据,公开,李伟\n"
    permitted = client.post("/v1/imports/permissions", files={"file": ("p.csv", sheet.encode())})
    assert permitted.status_code == 200, permitted.text
    assert permitted.json()["taken"] == ["shente"]
    assert permitted.json()["refused"] == 1
    assert {p["use"] for p in client.get("/v1/permissions").json()["permissions"]} == {"name", "figures"}
    for path, word in (
        ("customers?format=yaml", "申特电梯集团"),
        ("customers?format=csv", "申特电梯集团"),
        ("permissions?format=csv", "李伟"),
        ("entries?kind=case&format=csv", "case-elevator"),
    ):
        assert word in client.get(f"/v1/exports/{path}").content.decode("utf-8-sig")
    assert client.get("/v1/exports/entries?kind=case").content.startswith(b"PK")
    assert client.get("/v1/exports/entries?kind=poem").status_code == 422


# --- the whole library


def test_a_library_goes_out_and_comes_back(client: TestClient) -> None:
    packed = client.get("/v1/exports/library", params={"history": True})
    assert packed.headers["content-type"] == "application/zip"
    assert packed.content == client.get("/v1/exports/library", params={"history": True}).content
    names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
    assert "library/library.yaml" in names
    back = client.post("/v1/imports/library", files={"file": ("library.zip", packed.content)})
    assert back.status_code == 200, back.text
    assert back.json().keys() == PACKED.keys()
    assert {item["status"] for item in back.json()["items"]} == {"unchanged"}


def _zip(**files: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"no zip at all",
        _zip(**{"../library.yaml": "x", "a.md": "x"}),
        _zip(**{"/tmp/library.yaml": "x"}),
        _zip(**{"a.md": "x"}),
    ],
    ids=["no zip", "leads out", "absolute", "no library"],
)
def test_what_is_no_packed_library_is_refused(client: TestClient, data: bytes, tmp_path: Path) -> None:
    answer = client.post("/v1/imports/library", files={"file": ("library.zip", data)})
    assert answer.status_code == 422, answer.text
    assert str(tmp_path.parent) not in answer.text


def test_a_packed_library_that_swells_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)
    data = _zip(**{"library/library.yaml": "x", "library/entries/case/a.md": "a" * 2000})
    answer = client.post("/v1/imports/library", files={"file": ("../library.zip", data)})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("library.zip: unpacks to more")


# --- who


def test_each_role_may_do_its_part(workspace: Workspace, serve: Serve) -> None:
    viewer, author, editor, approver = (
        as_role(workspace, serve, role) for role in (Role.VIEWER, Role.AUTHOR, Role.EDITOR, Role.APPROVER)
    )
    one = [("files", ("冷库.md", TEXT.encode()))]
    for client in (viewer, author):
        assert client.post("/v1/imports", files=one).status_code == 403
        assert client.post("/v1/imports", params={"preview": True}, files=one).status_code == 403
        assert client.get("/v1/exports/library").status_code == 403
    assert viewer.get("/v1/exports/glossary").status_code == 200
    assert editor.post("/v1/imports", files=one, data={"state": "approved"}).status_code == 403
    assert editor.post("/v1/imports", files=one, data={"trust": "true"}).status_code == 403
    assert editor.post("/v1/imports", files=one).json()["items"][0]["status"] == "new"
    done = approver.post("/v1/imports", files=one, data={"state": "approved"}).json()["items"][0]
    assert done["status"] == "approved"
    assert approver.get(f"/v1/entries/{done['entry_id']}").json()["entry"]["approved_by"] == "key approver"
