"""`koujing bench localization`: every benchmark of localization in one run."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.parts import run_parts
from evals.bench.table import Row

PARTS = (
    "files:round_trips", "placeholders:placeholders", "jobs:throughput", "jobs:kills",
    "placeholders:of_the_model", "terms:terms", "released:released",
)  # fmt: skip
"""Module and function of each part; what asks the configured model comes last."""


def localization(bench: Bench) -> Iterator[Row]:
    """The rows of all parts."""
    return run_parts(bench, "localization", PARTS)
