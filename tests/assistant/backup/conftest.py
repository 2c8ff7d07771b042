"""Homes with something in every table and file, and places to restore them to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from backup_places import Place
from every_table import fill

from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from knowledge.store.database import Database

FILES = {
    "koujing.toml": '# ours\nrepairs = "3"\napi_key = "sk-secret"\nbase_url = "https://anna:pass@models.example/v1"\n',
    "culture.yaml": "idioms: []\n",
    "templates/note/template.yaml": "id: note\n",
    "workspaces/second/templates/memo/template.yaml": "id: memo\n",
    "evals/labels.jsonl": '{"label": "口径"}\n',
}
LEFT = {"secret": "f" * 64, "logs/error-1.txt": "trace", "uploads/1/a.txt": "waiting", "chroma/x": "index"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """`place("there")`: settings of a home of that name, which is not made yet."""

    def one(name: str) -> Settings:
        return load_settings({**os.environ, "KOUJING_HOME": str(tmp_path / name)})

    return one


@pytest.fixture(autouse=True)
def without_vectors(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The vector index takes seconds to open, and only the tests marked by `with_vectors` are about it."""
    if "with_vectors" not in request.fixturenames:
        monkeypatch.setattr("assistant.backup.restoring._index", lambda *_: (0, {}))


@pytest.fixture
def with_vectors() -> None:
    """See `without_vectors`."""


@pytest.fixture
def full(place: Place) -> Settings:
    """A home with files of each sort and rows in every table."""
    settings = place("full")
    workspace, _ = Workspace.create(settings)
    workspace.close()
    for name, text in {**FILES, **LEFT}.items():
        path = settings.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    database = Database(settings.database_url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM workspace")
    fill(database)
    database.close()
    return settings
