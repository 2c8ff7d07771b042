"""The command line in this process, and homes to run it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import Ran, Run

from assistant.cli.main import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out, err)

    return one


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home that the settings name (see `alone`); not there yet."""
    return tmp_path / "home"


@pytest.fixture
def with_sample(home: Path, sample_home: Path) -> Path:
    """A home of this test's own with the sample library."""
    return Path(shutil.copytree(sample_home, home))


@pytest.fixture
def empty(home: Path, run: Run) -> Path:
    """A home with an empty workspace."""
    assert run("init").status == 0
    return home
