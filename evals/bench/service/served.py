"""`koujing serve` as an operator starts it, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.bench.scratch import environment

STARTS_IN = 60.0
"""Seconds until it must have said where it listens."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens, the key of the benchmark, and the one-time link of the first administrator, and its process."""

    host: str
    port: int
    key: str
    setup_url: str
    pid: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def served(home: Path, model: str = "extractive", **settings: str) -> Iterator[Served]:
    """The service of the workspace in `home`, on a free port of this machine, without a limit of requests a minute."""
    where = {**environment(home, model), **settings}
    koujing = [sys.executable, "-m", "assistant.cli"]
    made = subprocess.run(
        [*koujing, "keys", "create", "--name", "bench", "--per-minute", "1000000", "--json"],
        check=True, capture_output=True, text=True, env=where,
    )  # fmt: skip
    process = subprocess.Popen([*koujing, "serve", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True,
                               env=where)  # fmt: skip
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        host, _, port = told["url"].removeprefix("http://").rpartition(":")
        yield Served(host, int(port), json.loads(made.stdout)["key"], told.get("setup_url") or "",
                     process.pid)  # fmt: skip
    finally:
        process.terminate()
        process.wait(STARTS_IN)
