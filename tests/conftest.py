"""What every test stands on: no network, no model by accident, a home of its own."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import databases
import pytest
from postgres import PostgresServer

from assistant.settings import SETTINGS, Settings, load_settings
from assistant.workspace import Workspace
from knowledge.sample import load

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = address[0]
        try:
            loopback = ipaddress.ip_address(host).is_loopback
        except ValueError:
            loopback = host == "localhost"
        if not loopback:
            raise RuntimeError(f"a test tried to reach {host}; tests stay on this machine")
    _connect(self, address)


WITHOUT_ROWS = (
    "assistant/checks assistant/claims assistant/lint assistant/writing assistant/test_templates_golden.py "
    "assistant/localization/checks assistant/localization/formats assistant/localization/messages "
    "assistant/localization/protection assistant/localization/review "
    "assistant/export assistant/gateway console/test_console_words.py console/test_console_parts.py evals "
    "knowledge/domain knowledge/embedding knowledge/kinds knowledge/naming "
    "knowledge/reading knowledge/sheets knowledge/index/test_index_chroma.py prompts test_architecture.py test_docs.py "
    "browser docs faults hostile operations api/test_api_schemathesis.py api/test_security_headers.py"
).split()
"""Tests that keep nothing in the database, or keep it by the same calls as others and take long (browser, contract):
they say nothing new on another one and are left out there."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgres"),
        default="sqlite",
        help="where tests keep their rows; postgres: on a server that the run starts by itself",
    )


def pytest_configure(config: pytest.Config) -> None:
    os.environ.pop(databases.SERVER, None)
    hands_out_work = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if config.getoption("database") == "sqlite" or config.option.collectonly or hands_out_work:
        return
    server = PostgresServer()
    server.start()
    config.add_cleanup(server.stop)
    os.environ[databases.SERVER] = server.url("{}")
    databases.make_migrated()
    Settings.database_url = property(  # type: ignore[assignment,method-assign]  # the homes of this run lie elsewhere
        lambda self: self.text("database_url") or databases.url_at(self.home)
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_postgres = config.getoption("database") == "postgres"
    other, reason = ("sqlite_only", "about SQLite's own files") if on_postgres else ("postgres_only", "needs both")
    for item in items:
        if item.get_closest_marker(other):
            item.add_marker(pytest.mark.skip(reason=reason))
    if on_postgres:
        folders = [Path(__file__).parent / part for part in WITHOUT_ROWS]
        kept = [item for item in items if not any(item.path.is_relative_to(folder) for folder in folders)]
        config.hook.pytest_deselected(items=list(set(items) - set(kept)))
        items[:] = kept


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """No setting from outside, loopback only, and the local model only where a test is marked for it."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
        monkeypatch.delenv(f"{setting.variable}_FILE", raising=False)
    monkeypatch.setenv("KOUJING_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)
    if request.node.get_closest_marker("local_llm") is None:
        monkeypatch.setenv("KOUJING_MODEL", "extractive")

        def refuse(*_: object, **__: object) -> None:
            raise RuntimeError("a test started the local model; mark it local_llm")

        monkeypatch.setattr("assistant.gateway.local_process.LocalProcess.run", refuse)
    yield
    if databases.on_postgres():
        databases.forget(tmp_path)


@pytest.fixture
def settings() -> Settings:
    """Settings of the test's own home."""
    return load_settings()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample library, made once. Tests copy it."""
    home = tmp_path_factory.mktemp("sample") / "home"
    home.mkdir(mode=0o700)
    settings = load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive"})
    workspace, _ = Workspace.create(settings)
    with workspace:
        report = load(workspace.library)
    assert not report.failed
    return home


@pytest.fixture
def sample(sample_home: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The sample library in a home of the test's own."""
    home = tmp_path / "sample-home"
    shutil.copytree(sample_home, home)
    settings = load_settings({**os.environ, "KOUJING_HOME": str(home)})
    with Workspace.open(settings) as workspace:
        yield workspace
