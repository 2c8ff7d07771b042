"""A long run of mixed load on one service: no errors, and no growth of memory, open files or answering time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scale.shelves import questions
from evals.bench.scratch import environment
from evals.bench.service.clients import Tally, closed_loop, query
from evals.bench.service.served import Served, served
from evals.bench.table import Row
from knowledge.sample import load

SECONDS = 3600.0
CONNECTIONS = 4
ROUNDS = 12
"""Parts of the run. The first is left out: caches fill in it. The medians of the next three and the last three are
compared."""

_COMPARED = 3
_PAGES = ("/v1/entries", "/v1/templates", "/v1/drafts", "/readyz")


@dataclass(frozen=True, slots=True)
class Part:
    """How a part of the run went: what was answered, and what the process held at its end."""

    tally: Tally
    megabytes: float
    descriptors: int


def soak(bench: Bench) -> Iterator[Row]:
    """The rows of an hour."""
    yield from soak_rows(SECONDS)


def soak_rows(seconds: float) -> Iterator[Row]:
    """Searches, lists, drafts and exports by several connections, each asking again as soon as it has its answer."""
    with TemporaryDirectory(prefix="koujing-soak-") as folder:
        home = Path(folder) / "home"
        workspace, _ = Workspace.create(load_settings(environment(home, "extractive")))
        with workspace:
            load(workspace.library)
        with served(home) as service:
            parts = asyncio.run(_run(service, seconds / ROUNDS))
    yield from rows_of(parts, seconds)


def rows_of(parts: list[Part], seconds: float) -> Iterator[Row]:
    """What the parts say: errors, then growth from early to late parts."""
    wrong = [one for part in parts for one in part.tally.wrong]
    answered = sum(len(part.tally.seconds) for part in parts)
    name = f"soak, {seconds / 60:.0f} min" if seconds >= 60 else f"soak, {seconds:.0f} s"
    yield Row(f"{name}: errors", len(wrong), goal="≤ 0", n=answered, note=f"first: {wrong[0]}" if wrong else "")
    early, late = parts[1 : 1 + _COMPARED], parts[-_COMPARED:]
    for what, goal, of in (
        ("memory, late over early", "≤ 1.1", lambda part: part.megabytes),
        ("open descriptors, late over early", "≤ 1.1", lambda part: float(part.descriptors)),
        ("median answer, late over early", "≤ 1.3", lambda part: 1000 * part.tally.percentile(0.5)),
    ):
        before, after = median(map(of, early)), median(map(of, late))
        yield Row(f"{name}: {what}", after / before, goal=goal, baseline=f"{before:.0f} → {after:.0f}", n=answered)


async def _run(service: Served, seconds: float) -> list[Part]:
    asked, parts = questions(5000), []
    for number in range(ROUNDS):
        first = number * 10**6

        def asks(turn: int, first: int = first) -> tuple[str, str, Mapping[str, Any] | None]:
            return _request(asked, first + turn)

        tally = await closed_loop(service, asks, CONNECTIONS, seconds)
        parts.append(Part(tally, *_held(service.pid)))
    return parts


def _request(asked: list[str], number: int) -> tuple[str, str, Mapping[str, Any] | None]:
    """Of ten requests six search, three read, one writes a draft."""
    turn = number % 10
    if turn < 6:
        return "GET", query("/v1/search", q=asked[number % len(asked)], k=8), None
    if turn < 9:
        return "GET", _PAGES[number // 10 % len(_PAGES)], None
    locale = ("zh-CN", "en")[number // 10 % 2]
    return "POST", "/v1/drafts", {"template": "success_story", "inputs": {"case": "case-elevator"}, "locale": locale}


def _held(pid: int) -> tuple[float, int]:
    """Resident megabytes and open descriptors of a process, by /proc."""
    time.sleep(0.2)
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024, len(list(Path(f"/proc/{pid}/fd").iterdir()))
