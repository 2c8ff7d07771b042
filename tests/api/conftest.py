"""A small workspace made once, and a fresh copy of it with a client for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from api_workspace import LIBRARY, SECRET, Serve, settings_of
from starlette.testclient import TestClient

from api.access.keys import Keys
from api.app import create_app
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.importing import ImportOptions
from knowledge.records import Audience, State


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three approved entries and one that is not."""
    home, folder = tmp_path_factory.mktemp("home") / "koujing", tmp_path_factory.mktemp("library")
    home.mkdir(mode=0o700)
    for name, text in LIBRARY.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "secret").mkdir()
    unapproved = folder / "secret" / "rumour.md"
    unapproved.write_text("# Rumour\n\nThe edge gateway will cost 99 dollars next spring.\n", encoding="utf-8")
    workspace, _ = Workspace.create(settings_of(home))
    with workspace:
        importer = workspace.library.importer()
        options = ImportOptions(state=State.APPROVED, audience=Audience.PUBLIC)
        report = importer.run([folder / name for name in LIBRARY], options)
        assert not report.failed, report.items
        importer.run([unapproved], ImportOptions(audience=Audience.PUBLIC))
    return home


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_home, tmp_path / "koujing"))


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with Workspace.open(settings_of(home)) as opened:
        yield opened


@pytest.fixture
def keys(workspace: Workspace) -> Keys:
    return Keys(workspace.database, workspace.name)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts the service of a workspace as a client of it: `serve(workspace)`."""
    with ExitStack() as stack:

        def start(workspace: Workspace, *, loopback: bool = True) -> TestClient:
            settings = Settings({**workspace.settings.values, "secret": SECRET})
            app = create_app(settings, workspace, loopback=loopback)
            client = TestClient(app, base_url="http://127.0.0.1:8420", raise_server_exceptions=False)
            return stack.enter_context(client)

        yield start


@pytest.fixture
def client(workspace: Workspace, serve: Serve) -> TestClient:
    """The service on the loopback address, without keys."""
    return serve(workspace)
