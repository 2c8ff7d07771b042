"""Faults of the machine below: a full disk, a locked database, a clock that jumps, two processes at once.

Each is played to real commands in processes of their own; what is returned says what went wrong, and is empty when
nothing did.
"""

from __future__ import annotations

import csv
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench.scratch import environment
from knowledge.index.sync import differences
from knowledge.records import Audience, Scope, State

ROWS = 60
_ROOM = 48 * 1024
"""Bytes that a file may still grow while the disk is full."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace in a folder of its own."""

    path: Path

    @property
    def environ(self) -> dict[str, str]:
        return environment(self.path, "extractive")

    def run(self, *arguments: str, now: str = "", room: int = 0) -> Ran:
        """Run a command to its end; `room`: no file may grow beyond so many bytes."""
        process = self.begin(*arguments, now=now, room=room)
        out, err = process.communicate(timeout=600)
        return Ran(process.returncode, out, err)

    def begin(self, *arguments: str, now: str = "", room: int = 0) -> subprocess.Popen[str]:
        """Begin a command."""

        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        return subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", *arguments],
            env={**self.environ, **({"KOUJING_NOW": now} if now else {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=limited if room else None,
        )

    def entries(self) -> tuple[int, int]:
        """How many entries are there and how many are approved, when the database is sound and the index agrees with
        it; else (-1, -1)."""
        with Workspace.open(load_settings(self.environ)) as workspace:
            with workspace.database.engine.connect() as connection:
                sound = connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
                orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
            library = workspace.library
            if library.entries.counts()[0]:
                library.search("停机", Scope(audience=Audience.INTERNAL, states=tuple(State)))
                library.indexes.follow(None)
            agree = not library.entries.counts()[0] or not differences(library.indexes)
            return library.entries.counts() if sound and not orphans and agree else (-1, -1)


def disk_full(folder: Path) -> str:
    """An import finds no more room: it is told in a line, nothing of it is there, and with room again it works."""
    home, sheet = _made(folder), _sheet(folder, "one")
    room = max(path.stat().st_size for path in home.path.rglob("*") if path.is_file()) + _ROOM
    failed = home.run("library", "import", str(sheet), "--kind", "case", room=room)
    wrong = _not_told(failed, r"full|disk I/O|too large|cannot be written")
    if (found := home.entries()) != (0, 0):
        wrong.append(f"after it {found} entries are there")
    again = home.run("library", "import", str(sheet), "--kind", "case")
    if again.status or home.entries() != (ROWS, 0):
        wrong.append(f"with room again: {again.status}, {home.entries()}")
    return "; ".join(wrong)


def locked(folder: Path) -> str:
    """Somebody holds the database for longer than one waits: told in a line; afterwards it works."""
    home, sheet = _made(folder), _sheet(folder, "one")
    holding = sqlite3.connect(home.path / "koujing.sqlite", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    failed = home.run("library", "import", str(sheet), "--kind", "case")
    holding.execute("ROLLBACK")
    holding.close()
    wrong = _not_told(failed, "locked")
    again = home.run("library", "import", str(sheet), "--kind", "case")
    if again.status or home.entries() != (ROWS, 0):
        wrong.append(f"let go again: {again.status}, {home.entries()}")
    return "; ".join(wrong)


def no_home(folder: Path) -> str:
    """A home where nothing can be written, not even by the system's administrator: told in a line."""
    return "; ".join(_not_told(Home(Path("/proc/koujing")).run("init"), "/proc/koujing"))


def clock_jumps(folder: Path) -> str:
    """Ten years forward and back between acts: each is done, once, and the record keeps its order."""
    home, sheet = _made(folder), _sheet(folder, "one")
    wrong = []
    acts: Sequence[tuple[str, Sequence[str]]] = (
        ("2026-03-01T09:00:00Z", ("library", "import", str(sheet), "--kind", "case")),
        ("2016-03-01T09:00:00Z", ("library", "approve", "one-1", "one-2")),
        ("2036-03-01T09:00:00Z", ("library", "approve", "one-3")),
        ("2026-03-01T09:00:00Z", ("library", "import", str(sheet), "--kind", "case")),
        ("2016-03-01T09:00:00Z", ("library", "reindex")),
        ("2026-03-01T09:00:00Z", ("library", "show", "one-1")),
    )
    for now, act in acts:
        ran = home.run(*act, now=now)
        if ran.status or "Traceback" in ran.err:
            wrong.append(f"{now[:4]} {act[1]}: {ran.status} {ran.err.strip()[-200:]}")
    if (found := home.entries()) != (ROWS, 3):
        wrong.append(f"afterwards {found} entries are there")
    return "; ".join(wrong)


def two_processes(folder: Path) -> str:
    """Two sheets and one of them once more, imported at the same moment: every row is there once."""
    home = _made(folder)
    sheets = (_sheet(folder, "one"), _sheet(folder, "two"), _sheet(folder, "one"))
    begun = [home.begin("library", "import", str(sheet), "--kind", "case") for sheet in sheets]
    ended = [(process.communicate(timeout=600), process.returncode) for process in begun]
    wrong = [err.strip()[-200:] for (_, err), status in ended if "Traceback" in err or (status and err.count("\n") > 1)]
    for sheet in sheets[:2]:  # who came too late was told, and comes again
        home.run("library", "import", str(sheet), "--kind", "case")
    if (found := home.entries()) != (2 * ROWS, 0):
        wrong.append(f"{found} entries are there")
    return "; ".join(wrong)


PLAYED: Mapping[str, tuple[str, Callable[[Path], str]]] = {
    "disk_full": ("the disk is full during an import", disk_full),
    "no_home": ("a home that cannot be written", no_home),
    "locked": ("another process holds the database (SQLITE_BUSY)", locked),
    "clock": ("the clock jumps ten years forward and back", clock_jumps),
    "two": ("three imports at once into one workspace", two_processes),
}


def _not_told(ran: Ran, words: str) -> list[str]:
    """What is wrong with how a failure was told: by status 2 or 3 and one line on stderr."""
    said = ran.err.strip()
    if ran.status in (2, 3) and "\n" not in said and re.search(words, said):
        return []
    return [f"told so: status {ran.status}, {said[-300:]!r}"]


def _made(folder: Path) -> Home:
    home = Home(folder / "home")
    done = home.run("init")
    assert not done.status, done.err
    return home


def _sheet(folder: Path, name: str) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["编号", "项目名称", "行业", "客户痛点", "项目价值提炼", "项目效果"])
        for number in range(ROWS):
            effect = f"上线四个月后，故障由每月 {number + 3} 次降至 {number % 3} 次"
            rows.writerow([f"{name}-{number}", f"第 {number} 号泵站改造", "供水", "故障多", "少停机", effect])
    return path
