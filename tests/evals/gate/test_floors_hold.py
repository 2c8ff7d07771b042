"""The floors of this repository hold: what a default run with the scripted model reaches has not fallen."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.progress import Silent
from assistant.settings import load_settings
from evals.gate.gate import check
from evals.gate.keeping import load
from evals.running.request import Request
from evals.running.run import Runner
from evals.running.store import Runs


@pytest.mark.slow
def test_no_suite_has_fallen_below_its_floor(tmp_path: Path) -> None:
    settings = load_settings({"KOUJING_HOME": str(tmp_path)})
    run = Runner(settings, Runs(tmp_path), Silent(), lambda line: None).start(Request(models=("scripted",)))
    result = check(run, load())
    assert result.passed
    assert [str(failure) for failure in result.failures] == []
    assert result.ok, result.to_json()
