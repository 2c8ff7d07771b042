"""`koujing bench library`: every benchmark of the governed library in one run."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.parts import run_parts
from evals.bench.table import Row

PARTS = (
    "offers:offers",
    "names:names",
    "roundtrip:roundtrip",
    "sheet:sheet",
    "impact:impact",
    "lint:lint",
    "kills:kills",
)
"""Module and function of each part."""


def library(bench: Bench) -> Iterator[Row]:
    """The rows of all parts."""
    return run_parts(bench, "library", PARTS)
