"""`koujing bench service`: every benchmark of the service in one run."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.parts import run_parts
from evals.bench.table import Row

PARTS = (
    "searching:searching",
    "drafting:added",
    "drafting:crowd",
    "drafting:first_text",
    "page:page",
    "contract:contract",
)
"""Module and function of each part."""


def service(bench: Bench) -> Iterator[Row]:
    """The rows of all parts."""
    return run_parts(bench, "service", PARTS)
