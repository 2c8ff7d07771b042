"""`koujing bench fuzz`: malformed files and malformed requests."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.parts import run_parts
from evals.bench.table import Row

PARTS = ("files:files", "service:service")


def fuzz(bench: Bench) -> Iterator[Row]:
    """The rows of both."""
    return run_parts(bench, "fuzz", PARTS)
