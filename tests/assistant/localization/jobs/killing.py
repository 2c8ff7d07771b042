"""Processes killed at random moments, and what must hold afterwards."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

PROGRAM = Path(__file__).with_name("job_process.py")


def start(job_id: str, latency: float, log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A worker process on that job (empty: on all)."""
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), job_id, str(latency), str(log)],
        env=dict(environment),
        cwd=Path(__file__).parents[4],
        start_new_session=True,
    )


def kill_at_random(
    command: Sequence[str], kills: int, seed: int, environment: Mapping[str, str], *, most: float = 1.0
) -> int:
    """Run `command` and kill it (SIGKILL) `kills` times at seeded random moments, up to `most` seconds after it began
    to work, then let it end; how often it was killed before it ended by itself."""
    moments = random.Random(seed)
    killed = 0
    while True:
        process = subprocess.Popen(
            list(command), env=dict(environment), start_new_session=True, stderr=subprocess.PIPE, text=True
        )
        try:
            # Starting takes about a second, in which there is little to kill.
            status = process.wait(moments.uniform(0.8, 1.5 + most) if killed < kills else 120)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
            if killed > kills:
                raise
        else:
            assert status == 0, process.stderr and process.stderr.read()[-2000:]
            return killed


def calls_in(log: Path) -> Counter[str]:
    """How often each call was made, by its prompt."""
    return Counter(log.read_text(encoding="utf-8").splitlines()) if log.exists() else Counter()


def wait_until(condition: object, seconds: float = 120.0) -> None:
    """Wait until `condition()` is true."""
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)
