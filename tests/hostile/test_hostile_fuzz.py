"""A part of what `koujing bench fuzz` does at length: malformed files and malformed requests, from the same seed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from evals.bench.fuzz.asking import requests_for
from evals.bench.fuzz.files import broken
from evals.bench.fuzz.service import IDS

SECRET = "a secret of tests, of more than 32 characters"


def test_malformed_files_are_read_or_refused(tmp_path: Path) -> None:
    assert list(broken(0, 120, tmp_path)) == []


@pytest.mark.slow
def test_malformed_requests_are_answered(sample_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(sample_home, tmp_path / "home")
    settings = load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive"}, secret=SECRET)
    with Workspace.open(settings) as workspace:
        app = create_app(Settings({**settings.values}), workspace, loopback=True)
        with TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False) as client:
            answers = []
            for asked in requests_for(app.openapi(), IDS, 0, 800):
                headers = [(name.encode(), value.encode("latin-1")) for name, value in asked.headers.items()]
                answer = client.request(asked.method, asked.path, headers=headers, content=asked.body)
                answers.append((answer.status_code, f"{asked.method} {asked.path[:80]}"))
    assert [told for status, told in answers if status == 500] == []
    assert len({status for status, _ in answers}) > 4
