"""`koujing eval` over a home with two small runs, made once; the sample library is copied, not imported anew."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from eval_command import Eval, Kept, called, exit_status

from assistant.settings import Settings
from assistant.workspace import Workspace
from evals.subjects import here, scratch

PROMPTS = Path(__file__).parents[3] / "prompts"


def _from_copies(monkeypatch: pytest.MonkeyPatch, sample: Path) -> None:
    """Scratch workspaces of the sample library begin as a copy of one that was filled before."""
    real = scratch.filled

    def filled(settings: Settings, *, library: str, prompts: Path | None, home: Path, **given: Any) -> Workspace:
        if library == "sample" and not home.exists():
            shutil.copytree(sample, home)
            for folder in prompts.iterdir() if prompts else ():
                shutil.copytree(folder, home / "templates" / folder.name)
            mark = {"library": library, "prompts": str(prompts or ""), "done": True}
            (home / scratch.MARK).write_text(json.dumps(mark), encoding="utf-8")
        return real(settings, library=library, prompts=prompts, home=home, **given)

    monkeypatch.setattr(here, "filled", filled)


@pytest.fixture(autouse=True)
def _quick(alone: None, monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    _from_copies(monkeypatch, sample_home)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Kept:
    folder = tmp_path_factory.mktemp("evals")
    home, prompts = folder / "home", folder / "ours-shorter"
    template = Path(shutil.copytree(PROMPTS / "success_story", prompts / "success_story")) / "template.yaml"
    text = template.read_text(encoding="utf-8")
    shorter = text.replace("zh: {least: 50, most: 180}, en: {least: 30, most: 110}",
                           "zh: {least: 50, most: 90}, en: {least: 30, most: 60}", 1)  # fmt: skip
    assert shorter != text
    template.write_text(shorter, encoding="utf-8")
    runs = []
    with pytest.MonkeyPatch.context() as patch:
        _from_copies(patch, sample_home)
        patch.setenv("KOUJING_HOME", str(home))
        for arguments in (
            ("drafting", "-M", "scripted", "-P", prompts, "-c", "draft-story"),
            ("interview", "-M", "scripted", "-c", "nothing"),
        ):
            assert exit_status("eval", "run", *arguments) == 0
            runs += [path.parent.name for path in home.glob("evals/*/run.json") if path.parent.name not in runs]
    return Kept(home, prompts, *runs)


@pytest.fixture
def kept(_made: Kept, tmp_path: Path) -> Kept:
    """A home of this test's own with both runs."""
    without = shutil.ignore_patterns("variants")
    return Kept(Path(shutil.copytree(_made.home, tmp_path / "home", ignore=without)), _made.prompts,
                _made.drafts, _made.questions)  # fmt: skip


@pytest.fixture
def koujing(capsys: pytest.CaptureFixture[str]) -> Eval:
    return lambda *arguments: called(capsys, *arguments)
