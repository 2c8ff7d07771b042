"""Figures and log: they say how the service does, and nothing of what anybody wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from api_workspace import BRIEF, Serve
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from api import logs
from api.access.keys import Keys
from api.access.roles import Role
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import InputError

SECRET_WORDS = ("电梯", "hunter2", "case-elevator", "停机", "d-nothing")


def figures(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and labels."""
    text = client.get("/metrics").text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def log(workspace: Workspace) -> Iterator[io.StringIO]:
    """What is logged while `KOUJING_LOG` is json."""
    out = io.StringIO()
    logs.configure(Settings({**workspace.settings.values, "log": "json"}), out)
    yield out
    logs.configure(Settings({**workspace.settings.values, "log": "off"}))


def ask_for_much(client: TestClient) -> str:
    """Requests of all sorts, with content in address, query, body and headers; the draft's id."""
    made = client.post("/v1/drafts", json=BRIEF)
    client.get("/v1/search", params={"q": "电梯停机 hunter2"})
    client.get("/v1/drafts/d-nothing-hunter2")
    client.get("/nowhere/hunter2/电梯")
    client.request("HUNTER2", "/v1/drafts")
    client.post("/v1/drafts", content=b'{"hunter2": ')
    client.get("/v1/templates", headers={"Authorization": "Bearer kj_hunter2", "X-Request-Id": "order-1"})
    return str(made.headers["x-draft-id"])


def test_figures_of_requests_drafts_models_queue_and_library(client: TestClient) -> None:
    ask_for_much(client)
    shown = figures(client)
    where = (("method", "POST"), ("route", "/v1/drafts"), ("status", "201"))
    assert shown["koujing_http_requests_total", where] == 1
    by_id = (("method", "GET"), ("route", "/v1/drafts/{draft_id}"), ("status", "404"))
    assert shown["koujing_http_requests_total", by_id] == 1
    assert shown["koujing_http_request_seconds_count", (("method", "GET"), ("route", "/v1/search"))] == 1
    assert shown["koujing_drafts_total", (("end", "written"),)] == 1
    assert shown["koujing_queue_length", ()] == 0
    assert shown["koujing_library_entries", (("state", "approved"),)] == 3
    assert shown["koujing_library_entries", (("state", "any"),)] == 4
    assert ("koujing_model_calls_total", ()) in shown


def test_figures_hold_nothing_that_anybody_wrote(client: TestClient) -> None:
    draft = ask_for_much(client)
    text = client.get("/metrics").text
    for word in (*SECRET_WORDS, draft, "HUNTER2", "nowhere"):
        assert word not in text


def test_two_services_in_a_process_count_for_themselves(workspace: Workspace, serve: Serve) -> None:
    one, other = serve(workspace), serve(workspace)
    one.get("/v1/templates")
    where = (("method", "GET"), ("route", "/v1/templates"), ("status", "200"))
    assert ("koujing_http_requests_total", where) in figures(one)
    assert ("koujing_http_requests_total", where) not in figures(other)


def test_who_may_see_the_figures(workspace: Workspace, serve: Serve) -> None:
    keys, now = Keys(workspace.database, workspace.name), workspace.settings.now()
    text = keys.create("scraper", now, role=Role.VIEWER)[1]
    client = serve(workspace, loopback=False)
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def lines_of(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_one_line_a_request(client: TestClient, log: io.StringIO) -> None:
    logs.REQUESTS.setLevel(logging.INFO)
    client.get("/v1/templates", headers={"X-Request-Id": "order-1"})
    client.get("/v1/drafts/d-nothing")
    first, second = lines_of(log)
    assert first["request_id"] == "order-1"
    assert (first["method"], first["route"], first["status"]) == ("GET", "/v1/templates", 200)
    assert (first["workspace"], first["actor"], first["level"]) == ("default", "machine", "info")
    assert first["ms"] > 0
    assert first["time"].endswith("+00:00")
    assert (second["route"], second["status"]) == ("/v1/drafts/{draft_id}", 404)


def test_the_log_holds_nothing_that_anybody_wrote(client: TestClient, log: io.StringIO) -> None:
    draft = ask_for_much(client)
    assert len(lines_of(log)) >= 7
    for word in (*SECRET_WORDS, draft, "nowhere", "kj_"):
        assert word not in log.getvalue()


def test_an_unexpected_error_is_logged_by_kind_and_place(
    workspace: Workspace, serve: Serve, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serve(workspace)
    logs.configure(Settings({**workspace.settings.values, "log": "json"}), log)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("hunter2")

    monkeypatch.setattr(workspace, "search", broken)
    answer = client.get("/v1/search", params={"q": "x"})
    error = next(line for line in lines_of(log) if line["level"] == "error" and "error" in line)
    assert answer.json()["error_id"] in error["message"]
    assert error["error"] == "ZeroDivisionError"
    assert any("broken" in place for place in error["at"])
    assert "hunter2" not in log.getvalue()


def test_off_says_nothing(workspace: Workspace, serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(workspace).get("/v1/templates")
    assert capsys.readouterr().err == ""


def test_another_word_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="KOUJING_LOG"):
        logs.configure(Settings({**workspace.settings.values, "log": "loud"}))
