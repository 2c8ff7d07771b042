"""The real process: it starts, says one line, streams, and stops when asked."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from api_workspace import BRIEF, settings_of
from databases import url_at

from api.app import create_app
from api.server import run
from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError

START = (
    "import sys; from assistant.cli.main import main; from api.command import serve; serve.main(standalone_mode=False)"
)


@contextmanager
def started(home: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The process and the document that it prints when it answers."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, "--port", "0", "--json"],
        env={
            **os.environ,
            "KOUJING_HOME": str(home),
            "KOUJING_MODEL": "extractive",
            "KOUJING_DATABASE_URL": url_at(home),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.stderr and process.stderr.read()
        yield process, json.loads(line)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_the_process_serves_and_stops_when_asked(home: Path, asked: signal.Signals) -> None:
    with started(home) as (process, serving):
        assert serving["keyless"] is True
        assert serving["setup_url"].startswith(f"{serving['url']}/welcome/")
        assert (serving["model"], serving["destination"]) == ("extractive", "this machine")
        assert httpx2.get(f"{serving['url']}/readyz").json()["status"] == "ready"
        draft = httpx2.post(f"{serving['url']}/v1/drafts", json=BRIEF, timeout=60)
        assert draft.status_code == 201
        assert "server" not in draft.headers
        process.send_signal(asked)
        assert process.wait(timeout=60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_caller_who_never_finishes_does_not_hold_up_the_end(home: Path) -> None:
    with started(home) as (process, serving):
        body = {**BRIEF, "inputs": {}}
        host, port = serving["url"].removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as half_open:
            half_open.sendall(b"POST /v1/drafts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\n")
            assert httpx2.post(f"{serving['url']}/v1/drafts", json=body).status_code == 201
            process.terminate()
            assert process.wait(timeout=60) == 0


def refused(home: Path, host: str, port: int, **environ: str) -> str:
    """Why the service does not start."""
    with pytest.raises(SetupError) as caught:
        run(settings_of(home, **environ), host, port, lambda _: pytest.fail("it serves"))
    return str(caught.value)


def test_a_port_in_use_is_one_line(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port}" in refused(home, "127.0.0.1", port)


def test_a_host_that_is_not_here_is_one_line(home: Path) -> None:
    assert "192.0.2.1" in refused(home, "192.0.2.1", 0)


def test_the_network_needs_a_secret_first(home: Path) -> None:
    assert "KOUJING_SECRET" in refused(home, "0.0.0.0", 0)
    assert "32" in refused(home, "0.0.0.0", 0, KOUJING_SECRET="too short")
    assert "KOUJING_SECRET" in refused(home, "127.0.0.1", 0, KOUJING_SECRET="too short")
    assert not (home / "secret").exists()


@pytest.mark.parametrize("address", ["koujing.example", "ftp://koujing.example", "https://k.example/path", "https://"])
def test_a_public_address_that_is_none_is_one_line(home: Path, address: str) -> None:
    assert "KOUJING_PUBLIC_URL" in refused(home, "127.0.0.1", 0, KOUJING_PUBLIC_URL=address)


def test_no_workspace_is_one_line(tmp_path: Path) -> None:
    assert "koujing init" in refused(tmp_path / "nowhere", "127.0.0.1", 0)


def test_the_command_line_stays_light() -> None:
    heavy = ("fastapi", "uvicorn", "sqlalchemy", "chromadb")
    code = f"import sys, api.command; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@contextmanager
def listening(workspace: Workspace) -> Iterator[str]:
    """The service on a real socket in this process; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        config = uvicorn.Config(create_app(workspace.settings, workspace, loopback=True), log_level="error")
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


def test_events_come_while_the_draft_is_written_and_a_caller_who_leaves_loses_nothing(workspace: Workspace) -> None:
    seen, draft = threading.Event(), workspace.draft

    def held(brief: Any, listener: Any, **more: Any) -> Any:
        """Drafts as ever, but waits behind the first paragraph until somebody has seen it."""
        tell = listener.paragraph

        def paragraph(*told: Any) -> None:
            tell(*told)
            assert seen.wait(30)

        listener.paragraph = paragraph
        return draft(brief, listener, **more)

    workspace.draft = held  # type: ignore[method-assign]
    with listening(workspace) as address:
        with httpx2.stream(
            "POST", f"{address}/v1/drafts", json=BRIEF, headers={"Accept": "text/event-stream"}, timeout=30
        ) as answer:
            begun = answer.headers["x-draft-id"]
            for line in answer.iter_lines():
                if line == "event: paragraph":
                    break
        assert workspace.drafts.list() == []
        seen.set()
        until = time.monotonic() + 120
        while not workspace.drafts.list() and time.monotonic() < until:
            time.sleep(0.05)
        [kept] = httpx2.get(f"{address}/v1/drafts").json()["drafts"]
        assert (kept["id"], kept["state"]) == (begun, "draft")
