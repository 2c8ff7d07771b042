"""`koujing bench claims`: every benchmark of the claim ledger in one run."""

from __future__ import annotations

from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.parts import run_parts
from evals.bench.table import Row

PARTS = (
    "planted:errors",
    "exchanged:figures",
    "parallel:translations",
    "rules:packs",
    "speed:checks",
    "public:uhgeval",
    "public:summedits",
    "public:wice",
)
"""Module and function of each part."""


def claims(bench: Bench) -> Iterator[Row]:
    """The rows of all parts."""
    return run_parts(bench, "claims", PARTS)
