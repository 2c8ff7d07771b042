"""What every test stands on: no network, no model by accident, a home of its own."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """No setting from outside, loopback only, and the local model only where a test is marked for it."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.setenv("KOUJING_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)
    if request.node.get_closest_marker("local_llm") is None:
        monkeypatch.setenv("KOUJING_MODEL", "extractive")

        def refuse(*_: object, **__: object) -> None:
            raise RuntimeError("a test started the local model; mark it local_llm")

        monkeypatch.setattr("assistant.gateway.local_process.LocalProcess.run", refuse)


@pytest.fixture
def settings() -> Settings:
    """Settings of the test's own home."""
    return load_settings()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample library, made once. Tests copy it."""
    home = tmp_path_factory.mktemp("sample") / "home"
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
