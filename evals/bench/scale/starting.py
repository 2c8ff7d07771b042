"""How soon `koujing serve` is ready with a large library."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from evals.bench import Bench
from evals.bench.scale.shelves import fill
from evals.bench.scratch import environment
from evals.bench.table import Row

PASSAGES = 100_000
STARTS = 5
ENDS_IN = 60.0


def starting(bench: Bench) -> Iterator[Row]:
    """Of a library whose index is in order, as after a stop in good order."""
    bench.say(f"    {PASSAGES:,} passages …")
    with TemporaryDirectory(prefix="koujing-scale-") as folder:
        home = Path(folder) / "home"
        fill(home, PASSAGES)
        yield start_row(home, PASSAGES)


def start_row(home: Path, passages: int) -> Row:
    """The median of some starts: from the command to `ready` of `/readyz`."""
    times = [_started(home) for _ in range(STARTS)]
    return Row(f"start of the service with {passages:,} passages, to ready", statistics.median(times), "s",
               goal="≤ 3", baseline=f"slowest {max(times):.1f} s", n=STARTS)  # fmt: skip


def _started(home: Path) -> float:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", "0", "--json"],
        stdout=subprocess.PIPE, text=True, env=environment(home, "extractive"),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        with urlopen(f"{told['url']}/readyz", timeout=ENDS_IN) as answer:  # noqa: S310  # our own service
            assert json.load(answer)["status"] == "ready"
        return time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(ENDS_IN)
