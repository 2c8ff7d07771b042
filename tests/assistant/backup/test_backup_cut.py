"""A restore whose process is killed at any step leaves the old state or says so, and the next one brings all back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from backup_places import Place
from every_table import told

from assistant.backup import placing, restoring
from assistant.backup.restoring import restore
from assistant.backup.taking import take
from assistant.backup.unfinished import NAME
from assistant.settings import Settings
from assistant.workspace import Workspace
from knowledge.domain.errors import SetupError
from knowledge.store import staging
from knowledge.store.database import Database

KILLED = 9
EACH = 5
"""A restore has some hundred steps; every fifth of them."""

STEPS: tuple[tuple[Any, str], ...] = (
    (restoring, "put_rows"), (restoring, "set_counters"), (Database, "migrate"), (Path, "rename"), (Path, "unlink"),
    (Path, "write_text"), (os, "replace"), (shutil, "rmtree"), (staging, "_into_one_file"), (staging, "_to_disk"),
    (Database, "close"), (placing.NewFiles, "write"),
)  # fmt: skip
"""What a restore is made of: the process dies before one of these."""


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Run `act` in a process of its own that is gone, without any cleaning up, before its step `number`; whether it
    came so far."""
    child = os.fork()
    if child == 0:
        status, left = 1, [number]
        try:
            for where, name in STEPS:
                setattr(where, name, _counted(getattr(where, name), left))
            act()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED


def _counted(step: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def counting(*arguments: Any, **named: Any) -> Any:
        if left[0] == 0:
            os._exit(KILLED)
        left[0] -= 1
        return step(*arguments, **named)

    return counting


def files(home: Path) -> set[str]:
    return {path.name for folder in ("templates", "evals") for path in (home / folder).rglob("*") if path.is_file()}


@pytest.mark.slow
def test_killed_at_each_step(full: Settings, place: Place, tmp_path: Path) -> None:
    new = tmp_path / "new.zip"
    take(full, new)
    place_of_old = place("old")
    Workspace.create(place_of_old)[0].close()
    (place_of_old.home / "templates" / "old").mkdir(parents=True)
    (place_of_old.home / "templates" / "old" / "old.yaml").write_text("id: old\n")
    take(place_of_old, tmp_path / "old.zip")
    wanted = {
        "old": (_all(place_of_old), {"old.yaml"}),
        "new": (_all(full), {"template.yaml", "labels.jsonl"}),
    }
    there, seen, number = place("there"), [], 0
    while True:
        restore(there, tmp_path / "old.zip", replace=True)
        cut = killed_at(number, lambda: restore(there, new, replace=True))
        if not cut:
            break
        if (there.home / NAME).exists():
            with pytest.raises(SetupError, match=f"koujing restore {new} --replace"):
                Workspace.open(there)
            seen.append("told")
        else:
            Workspace.open(there).close()
            state = (_all(there), files(there.home))
            seen.append(next(name for name, known in wanted.items() if known == state))
        restore(there, new, replace=True)
        assert (_all(there), files(there.home)) == wanted["new"]
        assert not list(there.home.glob(".restoring-*"))
        number += EACH
    assert seen[0] == "old"
    assert seen == sorted(seen, key=["old", "told", "new"].index)
    assert set(seen) == {"old", "told", "new"}


def test_a_full_disk_leaves_the_old_state(
    full: Settings, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(full, tmp_path / "b.zip")
    before, rename = _all(full), Path.rename
    refused: list[Path] = []

    def refuse(self: Path, target: Path) -> Path:
        if target == full.home / "evals" and not refused:
            refused.append(target)
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(SetupError, match="No space left"):
        restore(full, tmp_path / "b.zip", replace=True)
    monkeypatch.undo()
    assert _all(full) == before
    assert {"template.yaml", "labels.jsonl"} == files(full.home)
    Workspace.open(full).close()


def _all(settings: Settings) -> dict[str, Any]:
    database = Database(settings.database_url)
    try:
        return told(database)
    finally:
        database.close()
