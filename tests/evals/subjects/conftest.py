"""The sample library with the stand-in model, opened once for a file of tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.subjects.here import Here
from evals.subjects.scripted import SourcesModel


@pytest.fixture(scope="module")
def here(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("subject") / "home"))
    workspace = Workspace.open(load_settings({"KOUJING_HOME": str(home), "KOUJING_MODEL": "extractive"}))
    workspace.model = SourcesModel()
    here = Here(workspace, SourcesModel())
    yield here
    here.close()
    here.close()
