"""/v1/localizations: files in, segments watched and edited, files, report and review out."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from api_workspace import SECRET, settings_of
from bilingual_model import BilingualModel
from httpx2 import Response
from openpyxl import load_workbook
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.access.roles import Role
from api.app import create_app
from assistant.gateway.extractive import ExtractiveModel
from assistant.localization.editing import Editing
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.memory.store import MemoryStore
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.locale import parse_locale

CASE = "# 电梯维护\n\n上线后，非计划停机由每月 9 次降至每月 2 次。\n\n我们服务制造企业。\n"
KNOWN = {
    "电梯维护": "Elevator maintenance",
    "上线后，非计划停机由每月 9 次降至每月 2 次。": (
        "After go-live, unplanned downtime fell from 9 times a month to 20 times a month."
    ),
    "我们服务制造企业。": "We serve manufacturers.",
}
"""The second is wrong: 20 for 2."""
NEW = count()
RIGHT = "After go-live, unplanned downtime fell from 9 times a month to 2 times a month."


@pytest.fixture(scope="module")
def workspace(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One for all: an engine is not begun for each test."""
    home = Path(shutil.copytree(made_home, tmp_path_factory.mktemp("localizations") / "koujing"))
    with Workspace.open(settings_of(home)) as opened:
        opened.__dict__["model"] = BilingualModel(KNOWN)
        yield opened


@pytest.fixture(scope="module")
def client(workspace: Workspace) -> Iterator[TestClient]:
    """An approver's."""
    with served(workspace) as opened:
        opened.headers.update(key_of(workspace, Role.APPROVER))
        yield opened


@pytest.fixture
def model(workspace: Workspace) -> Iterator[BilingualModel]:
    """The one that the engine has."""
    made = workspace.model
    assert isinstance(made, BilingualModel)
    yield made
    made.known = KNOWN
    made.go()


def served(workspace: Workspace) -> TestClient:
    settings = Settings({**workspace.settings.values, "secret": SECRET})
    app = create_app(settings, workspace, loopback=True)
    return TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)


def key_of(workspace: Workspace, role: Role, **more: Any) -> dict[str, str]:
    keys = Keys(workspace.database, workspace.name)
    _, secret = keys.create(str(role), workspace.settings.now(), role=role, **more)
    return {"Authorization": f"Bearer {secret}"}


def send(client: TestClient, text: str = "", name: str = "case.md", to: str = "en", **more: Any) -> Response:
    """A file that no other test has sent, unless its text is given."""
    text = text or f"{CASE}\n![](https://example.com/{next(NEW)})\n"
    data = {"to": to, "from": "zh-CN", "memory": "false", **more}
    answer: Response = client.post("/v1/localizations", files=[("files", (name, text.encode()))], data=data)
    return answer


def until(client: TestClient, job_id: str, *states: str) -> dict[str, Any]:
    for _ in range(600):
        told: dict[str, Any] = client.get(f"/v1/localizations/{job_id}").json()
        if told["job"]["state"] in states:
            return told
        time.sleep(0.05)
    raise AssertionError(f"never {states}: {told}")


def finished(client: TestClient, **more: Any) -> dict[str, Any]:
    return until(client, send(client, **more).json()["job"]["id"], "done")


def held(client: TestClient, job_id: str) -> dict[str, Any]:
    [item] = client.get(f"/v1/localizations/{job_id}/segments", params={"state": "needs_review"}).json()["items"]
    return dict(item)


def test_a_file_goes_in_and_its_translation_comes_out(client: TestClient, model: BilingualModel) -> None:
    sent = send(client, text=CASE)
    assert sent.status_code == 202, sent.text
    job_id = sent.json()["job"]["id"]
    assert sent.headers["location"] == f"/v1/localizations/{job_id}"
    told = until(client, job_id, "done")
    assert told["segments"] == {
        "total": 3, "pending": 0, "translated": 2, "reused": 0, "needs_review": 1, "failed": 0
    }  # fmt: skip
    [file] = told["files"]
    assert (file["source"], file["target"], file["locale"], file["status"]) == ("case.md", "en/case.md", "en", "partly")
    assert (file["held"], told["held"]) == (1, 1)
    assert told["job"]["tokens"] > 0
    target = client.get(f"/v1/localizations/{job_id}/files/1/target")
    assert (
        target.text
        == "# Elevator maintenance\n\n上线后，非计划停机由每月 9 次降至每月 2 次。\n\nWe serve manufacturers.\n"
    )
    assert target.headers["content-disposition"].startswith('attachment; filename="case.en.md"')
    assert "number_changed" in {finding["check"] for finding in held(client, job_id)["findings"]}


@pytest.mark.parametrize(("language", "said"), [("zh", "译文成了"), ("en", "the source says")])
def test_findings_are_told_in_the_language_of_the_reader(client: TestClient, language: str, said: str) -> None:
    job_id = finished(client)["job"]["id"]
    address, asked = f"/v1/localizations/{job_id}/segments", {"language": language}
    [item] = client.get(address, params={**asked, "state": "needs_review"}).json()["items"]
    alone = client.get(f"{address}/{item['number']}", params=asked).json()["item"]
    wrong = {"target": item["target"]}
    edited = client.put(f"{address}/{item['number']}", params=asked, json=wrong).json()["item"]
    for told in (item, alone, edited):
        assert said in told["why"]
        assert said in told["findings"][0]["message"]


def test_what_nothing_is_held_of_comes_without_a_report(client: TestClient, model: BilingualModel) -> None:
    job_id = finished(client, text=f"# 电梯维护\n\n我们服务制造企业。\n\n<!-- {next(NEW)} -->\n")["job"]["id"]
    with zipfile.ZipFile(io.BytesIO(client.get(f"/v1/localizations/{job_id}/targets").content)) as archive:
        assert archive.namelist() == ["en/case.md"]


def test_the_same_request_is_the_same_job(client: TestClient, model: BilingualModel) -> None:
    text = f"{CASE}\n你好。\n"
    first, again = send(client, text=text), send(client, text=text)
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json()["job"]["id"] == first.json()["job"]["id"]
    assert send(client, text=text, to="en,ja").json()["job"]["id"] != first.json()["job"]["id"]


def test_an_edit_is_checked_kept_and_remembered(
    client: TestClient, workspace: Workspace, model: BilingualModel
) -> None:
    job_id = finished(client, memory="true")["job"]["id"]
    item = held(client, job_id)
    address = f"/v1/localizations/{job_id}/segments/{item['number']}"
    seen = client.get(address).headers["etag"]
    wrong = client.put(address, json={"target": RIGHT.replace(" 2 ", " 3 ")}, headers={"If-Match": seen})
    assert wrong.status_code == 200
    assert wrong.json()["item"]["state"] == "needs_review"
    assert client.put(address, json={"target": RIGHT}, headers={"If-Match": seen}).status_code == 412
    right = client.put(address, json={"target": RIGHT}, headers={"If-Match": wrong.headers["etag"]})
    assert right.json()["item"]["state"] == "translated"
    assert right.json()["item"]["by"] == "key approver"
    assert RIGHT in client.get(f"/v1/localizations/{job_id}/files/1/target").text
    assert client.get(f"/v1/localizations/{job_id}").json()["files"][0]["status"] == "written"
    segment = LocalizationJobs(workspace.database, workspace.name).segments(job_id)[item["number"] - 1].segment
    known = MemoryStore(workspace.library).find([segment], parse_locale("zh-CN"), parse_locale("en"))
    assert str(known[segment.id].target) == RIGHT


def test_an_error_passes_with_a_reason_of_whoever_may_approve(client: TestClient, workspace: Workspace) -> None:
    job_id = finished(client)["job"]["id"]
    item = held(client, job_id)
    address = f"/v1/localizations/{job_id}/segments/{item['number']}"
    body = {"target": item["target"], "reason": "counted anew"}
    assert client.put(address, json=body, headers=key_of(workspace, Role.AUTHOR)).status_code == 403
    released = client.put(address, json=body).json()["item"]
    assert released["state"] == "translated"
    assert "counted anew" in released["why"]
    assert "number_changed" in {finding["check"] for finding in released["findings"]}
    [line] = Editing(workspace).events("localization", f"{job_id}/{item['number']}")
    assert (line.by, line.reason) == ("key approver", "counted anew")


@pytest.mark.parametrize(
    ("name", "text", "known", "said", "status"),
    [
        ("zh-CN.json", '{"a": "你好，{name}！"}', {"你好": "Hello, {name}!"}, "Hello!", 200),
        ("link.md", "请看[说明](https://example.com)。", {"请看": "See <t1>the guide</t1>."}, "See the guide.", 422),
    ],
)
def test_what_lost_a_placeholder_waits_and_what_lost_a_code_of_the_file_is_refused(
    client: TestClient, model: BilingualModel, name: str, text: str, known: dict[str, str], said: str, status: int
) -> None:
    model.known = known
    job_id = finished(client, text=text, name=name)["job"]["id"]
    answer = client.put(f"/v1/localizations/{job_id}/segments/1", json={"target": said})
    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json()["item"]["state"] == "needs_review"
        assert "placeholder_broken" in {finding["check"] for finding in answer.json()["item"]["findings"]}


def test_pause_resume_cancel(client: TestClient, model: BilingualModel) -> None:
    model.hold()
    job_id = send(client).json()["job"]["id"]
    address = f"/v1/localizations/{job_id}"
    assert client.get(f"{address}/files/1/target").status_code == 409
    paused = client.post(f"{address}/pause").json()["job"]
    assert (paused["state"], paused["why"]) == ("paused", "paused by key approver")
    assert client.post(f"{address}/resume").json()["job"]["state"] in ("planning", "running")
    cancelled = client.post(f"{address}/cancel").json()
    assert cancelled["job"]["state"] == "cancelled"
    assert cancelled["segments"]["pending"] == 0
    model.go()
    for act in ("pause", "resume", "cancel"):
        assert client.post(f"{address}/{act}").status_code == 409


def test_a_list_in_pages(client: TestClient, model: BilingualModel) -> None:
    ids = [send(client, to=locale).json()["job"]["id"] for locale in ("en", "de", "fr")]
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = client.get("/v1/localizations", params={"limit": 2, "cursor": cursor}).json()
        seen += [one["job"]["id"] for one in page["localizations"]]
        cursor = page["next"]
    assert seen[:3] == ids[::-1]
    assert len(seen) == len(set(seen))


def test_segments_in_pages_and_by_file_locale_and_state(client: TestClient, model: BilingualModel) -> None:
    job_id = finished(client, to="en,ja")["job"]["id"]
    address = f"/v1/localizations/{job_id}/segments"
    first = client.get(address, params={"limit": 4}).json()
    rest = client.get(address, params={"limit": 4, "cursor": first["next"]}).json()
    assert [item["number"] for item in (*first["items"], *rest["items"])] == [1, 2, 3, 4, 5, 6]
    assert {item["locale"] for item in client.get(address, params={"locale": "ja"}).json()["items"]} == {"ja"}
    assert {item["file"] for item in client.get(address, params={"file": 2}).json()["items"]} == {2}
    states = {item["state"] for item in client.get(address, params={"state": ["translated"]}).json()["items"]}
    assert states == {"translated"}
    assert client.get(address, params={"state": "nice"}).status_code == 422


@pytest.mark.parametrize(("form", "suffix"), [("xlsx", ".xlsx"), ("xliff", ".xlf")])
def test_a_review_goes_out_and_its_edits_come_back(
    client: TestClient, model: BilingualModel, form: str, suffix: str
) -> None:
    job_id = finished(client)["job"]["id"]
    address = f"/v1/localizations/{job_id}/review"
    out = client.get(address, params={"form": form})
    assert out.headers["content-disposition"].endswith(f"review{suffix}")
    edited = _in_workbook(out.content) if form == "xlsx" else out.content.replace(b"20 times", b"2 times")
    back = client.post(address, files={"file": (f"back{suffix}", edited)})
    assert back.json() == {"schema": 1, "taken": 1, "waiting": [], "problems": []}
    assert client.get(f"/v1/localizations/{job_id}").json()["segments"]["translated"] == 3
    assert RIGHT in client.get(f"/v1/localizations/{job_id}/files/1/target").text


def _in_workbook(content: bytes) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("20 times", "2 times")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_targets_in_one_file_and_the_report(client: TestClient, model: BilingualModel) -> None:
    job_id = finished(client, to="en,ja")["job"]["id"]
    packed = client.get(f"/v1/localizations/{job_id}/targets").content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert sorted(archive.namelist()) == ["en/case.md", "ja/case.md", f"{job_id}-report.html"]
        assert "Localization report" in archive.read(f"{job_id}-report.html").decode()
    for language, word in (("zh", "本地化报告"), ("en", "Localization report")):
        report = client.get(f"/v1/localizations/{job_id}/report", params={"language": language})
        assert word in report.text
        assert report.headers["content-disposition"].startswith("attachment")


def test_tokens_are_booked_to_whoever_asked_and_end_their_budget(client: TestClient, workspace: Workspace) -> None:
    poor = key_of(workspace, Role.AUTHOR, daily_tokens=5)
    sent = client.post(
        "/v1/localizations",
        files=[("files", ("a.md", CASE.encode()))],
        data={"to": "en", "memory": "false"},
        headers=poor,
    )
    assert sent.status_code == 202, sent.text
    until(client, sent.json()["job"]["id"], "done")
    for _ in range(100):  # it is booked now and then
        again = client.post(
            "/v1/localizations",
            files=[("files", ("b.md", CASE.encode()))],
            data={"to": "en", "memory": "false"},
            headers=poor,
        )
        if again.status_code == 429:
            break
        time.sleep(0.05)
    assert again.status_code == 429
    assert "retry-after" in again.headers
    assert send(client).status_code == 202


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"to": ""}, "no locale"),
        ({"to": "zh-CN"}, "already"),
        ({"to": "nonsense!"}, "not a locale"),
        ({"name": "photo.png"}, "known endings"),
        ({"budget": "0"}, "greater"),
    ],
)
def test_what_cannot_be_done_is_told(client: TestClient, model: BilingualModel, change: dict, told: str) -> None:
    answer = send(client, **change)
    assert answer.status_code == 422
    assert told in answer.text


def test_two_files_of_one_name_are_refused(client: TestClient, model: BilingualModel) -> None:
    files = [("files", ("case.md", CASE.encode())), ("files", ("case.md", b"# A"))]
    answer = client.post("/v1/localizations", files=files, data={"to": "en", "from": "zh-CN"})
    assert (answer.status_code, "case.md" in answer.text) == (422, True)


def test_without_a_model_that_translates_nothing_is_begun(client: TestClient, workspace: Workspace) -> None:
    model = workspace.__dict__["model"]
    workspace.__dict__["model"] = ExtractiveModel()
    # Jobs of other tests may go on meanwhile: which there are is looked at, not how they stand.
    before = [one["job"]["id"] for one in client.get("/v1/localizations").json()["localizations"]]
    assert send(client).status_code == 503
    assert [one["job"]["id"] for one in client.get("/v1/localizations").json()["localizations"]] == before
    workspace.__dict__["model"] = model
