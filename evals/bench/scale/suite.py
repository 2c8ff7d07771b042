"""`koujing bench scale`: large libraries, and the start of the service with one."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.parts import run_parts
from evals.bench.table import Row

PARTS = ("searching:searching", "starting:starting")
"""Module and function of each part."""


def scale(bench: Bench) -> Iterator[Row]:
    """The rows of all parts."""
    return run_parts(bench, "scale", PARTS)
