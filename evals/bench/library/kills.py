"""`kill -9` at random moments of import, approve and reindex: what is left is whole, and the next start mends it."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from assistant.settings import Settings, load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError
from knowledge.index.sync import differences
from knowledge.records import Audience, Scope, State

KILLS = 20
ROWS = 120
_SEED = 9


@dataclass(frozen=True)
class _Act:
    """A command to be killed: what comes before it, and what may be seen after it was cut."""

    name: str
    arguments: Sequence[str]
    prepare: Callable[[_Place], None]
    whole: Callable[[Workspace], bool]
    done: Callable[[Workspace], bool]


@dataclass(frozen=True)
class _Place:
    """A workspace in a folder of its own, and how to run a command in it."""

    home: Path
    sheet: Path

    @property
    def settings(self) -> Settings:
        return load_settings(environment(self.home, "extractive"))

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", *arguments],
            env=environment(self.home, "extractive"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def run(self, *arguments: str) -> float:
        """Run to the end; how long it took."""
        begun = time.perf_counter()
        self.begin(*arguments).wait()
        return time.perf_counter() - begun


def kills(bench: Bench) -> Iterator[Row]:
    """One row for each act: how often something half-done was seen, or an index did not agree after the next start."""
    chance = random.Random(_SEED)  # noqa: S311  # a fixed sequence, not a secret
    with tempfile.TemporaryDirectory(prefix="koujing-kill-") as folder:
        sheet = Path(folder) / "cases.csv"
        _write_sheet(sheet)
        ids = [f"kill-{number}" for number in range(ROWS)]
        imported = ["library", "import", str(sheet), "--kind", "case"]
        acts = (
            _Act(
                "import",
                imported,
                lambda place: None,
                lambda w: len(w.library.entries.latest()) in (0, ROWS),
                lambda w: w.library.entries.counts() == (ROWS, 0),
            ),
            _Act(
                "approve",
                ["library", "approve", *ids],
                lambda p: _done(p, imported),
                _approvals_are_whole,
                lambda w: w.library.entries.counts() == (ROWS, ROWS),
            ),
            _Act(
                "reindex",
                ["library", "reindex"],
                lambda p: _done(p, imported),
                lambda w: True,
                lambda w: w.library.entries.counts() == (ROWS, 0),
            ),
        )
        for act in acts:
            bench.say(f"    {act.name} …")
            yield _row(act, Path(folder), sheet, chance)


def _row(act: _Act, folder: Path, sheet: Path, chance: random.Random) -> Row:
    base = _Place(folder / f"{act.name}-base", sheet)
    base.run("init")
    act.prepare(base)
    whole = _Place(folder / f"{act.name}-whole", sheet)
    _copy(base.home, whole.home)
    seconds = whole.run(*act.arguments)
    if not _holds(whole, act) or not _finished(whole, act):
        raise KoujingError(f"{act.name} does not do its work even when nothing stops it")
    wrong, cut = 0, 0
    for number in range(KILLS):
        place = _Place(folder / f"{act.name}-{number}", sheet)
        _copy(base.home, place.home)
        process = place.begin(*act.arguments)
        time.sleep(chance.uniform(0.15, 1.0) * seconds)
        cut += process.poll() is None
        process.kill()
        process.wait()
        wrong += not _holds(place, act)
    return Row(
        f"kill -9 during {act.name}: half-done, or not mended by the next start",
        wrong,
        goal="≤ 0",
        n=KILLS,
        note=f"{cut} of {KILLS} were cut while at work",
    )


def _holds(place: _Place, act: _Act) -> bool:
    """The database is sound, nothing half-done is seen, and after one search the indexes agree with it."""
    with Workspace.open(place.settings) as workspace:
        with workspace.database.engine.connect() as connection:
            sound = connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        if not sound or orphans or not act.whole(workspace):
            return False
        library = workspace.library
        library.search("downtime", Scope(audience=Audience.INTERNAL, states=tuple(State)))
        library.indexes.follow(None)
        return not differences(library.indexes)


def _finished(place: _Place, act: _Act) -> bool:
    with Workspace.open(place.settings) as workspace:
        return act.done(workspace)


def _approvals_are_whole(workspace: Workspace) -> bool:
    """Each entry is either a draft or approved by somebody on some day, with its line in the record."""
    entries = workspace.library.entries
    told = {event.subject_id for event in entries.events("entry") if event.act == "approved"}
    return all(
        (entry.state is State.APPROVED) == (entry.approved_by is not None) == (entry.entry_id in told)
        for entry in entries.latest()
    )


def _done(place: _Place, arguments: Sequence[str]) -> None:
    place.run(*arguments)


def _copy(home: Path, to: Path) -> None:
    import shutil

    shutil.copytree(home, to)


def _write_sheet(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["编号", "项目名称", "行业", "客户痛点", "项目价值提炼", "项目效果"])
        for number in range(ROWS):
            rows.writerow(
                [f"kill-{number}", f"第 {number} 号泵站改造", "供水", f"故障每月 {number + 3} 次", "少停机",
                 f"上线四个月后，故障由每月 {number + 3} 次降至 {number % 3} 次"]
            )  # fmt: skip
