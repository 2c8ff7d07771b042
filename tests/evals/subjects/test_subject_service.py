"""A running service as a subject, on a real socket."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from subject_contract import QUERY, STORY, AsksBack, Checks, Drafts, Searches

from api.access.keys import Keys
from api.app import create_app
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from evals.subjects.port import Subject
from evals.subjects.scripted import SourcesModel
from evals.subjects.service import Service
from knowledge.domain.errors import (
    InputError,
    KoujingError,
    NotAuthorised,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    SetupError,
)

KEY = "kj-secret-key-nobody-sees"


@pytest.fixture(scope="module")
def served(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("served") / "home"))
    with Workspace.open(load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive"})) as workspace:
        workspace.model = SourcesModel()
        yield workspace


@contextmanager
def listening(workspace: Workspace, *, loopback: bool) -> Iterator[str]:
    settings = Settings({**workspace.settings.values, "secret": "a secret of more than 32 characters"})
    with socket.create_server(("127.0.0.1", 0)) as bound:
        config = uvicorn.Config(create_app(settings, workspace, loopback=loopback), log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=60)


@pytest.fixture(scope="module")
def address(served: Workspace) -> Iterator[str]:
    with listening(served, loopback=True) as url:
        yield url


class TestService(Searches, Drafts, AsksBack, Checks):
    @pytest.fixture
    def subject(self, address: str) -> Iterator[Subject]:
        service = Service(address)
        yield service
        service.close()
        service.close()

    def test_it_names_the_model_of_the_service(self, subject: Subject) -> None:
        assert subject.model == "scripted"


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert Service(address).search(QUERY, {}).document["hits"]


def test_with_keys_only_the_right_one_is_answered(sample: Workspace) -> None:
    _, secret = Keys(sample.database, sample.name).create("eval", sample.settings.now())
    with listening(sample, loopback=False) as url:
        assert Service(url, secret).search(QUERY, {}).document["hits"]
        for wrong in ("", KEY):
            with pytest.raises(NotAuthorised) as caught:
                Service(url, wrong).search(QUERY, {})
            assert KEY not in str(caught.value)


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that always says the same; its address, and the keys it was sent."""
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys.append(self.headers.get("Authorization", ""))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", keys
    finally:
        server.shutdown()
        thread.join(timeout=60)
        server.server_close()


def problem(code: str, detail: str) -> bytes:
    return json.dumps({"type": "about:blank", "title": "t", "status": 0, "code": code, "detail": detail}).encode()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (503, problem("provider_busy", f"busy,\nand it repeats {KEY}"), ProviderBusy),
        (504, problem("provider_timeout", "late"), ProviderTimeout),
        (503, problem("setup_error", "no model"), SetupError),
        (422, problem("input_error", "locale: no such"), InputError),
        (500, problem("unexpected", "the log has it under 12ab"), ProviderError),
        (502, b"<html>Bad Gateway</html>", ProviderError),
        (404, b"", InputError),
        (200, b"[1]", ProviderError),
        (200, b"<html>", ProviderError),
        (302, b"", SetupError),
    ],
)
def test_what_goes_wrong_is_one_line_of_the_products_own_kind(
    status: int, body: bytes, kind: type[KoujingError]
) -> None:
    with answering(status, body) as (url, _):
        with pytest.raises(kind) as caught:
            Service(url, KEY).draft(STORY)
        assert "\n" not in caught.value.message
        assert KEY not in caught.value.message
        assert url in caught.value.message


def test_the_key_is_not_sent_to_where_a_redirect_points() -> None:
    with answering(200, b"{}") as (other, seen), answering(302, b"", Location=other) as (url, first):
        with pytest.raises(SetupError):
            Service(url, KEY).search(QUERY, {})
        assert first == [f"Bearer {KEY}"]
        assert seen == []


def test_a_service_that_is_not_there_or_too_slow_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ProviderTimeout, match="no answer"):
            Service(url, seconds=0.2).search(QUERY, {})
    with pytest.raises(SetupError, match="koujing serve"):
        Service(url, KEY).search(QUERY, {})


@pytest.mark.parametrize("url", ["127.0.0.1:8420", "file:///etc/passwd", "http://me:word@host", "http://h?key=x", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        Service(url, KEY)
