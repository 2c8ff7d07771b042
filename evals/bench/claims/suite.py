"""`koujing bench claims`: every benchmark of the claim ledger in one run."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError

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
"""Module and function of each part; none imports another."""


def claims(bench: Bench) -> Iterator[Row]:
    """The rows of all parts. A part that fails is a row that says so, and hides no other."""
    for part in PARTS:
        module, _, name = part.partition(":")
        bench.say(f"  {part} …")
        try:
            yield from getattr(importlib.import_module(f"evals.bench.claims.{module}"), name)(bench)
        except Exception as error:
            if not isinstance(error, KoujingError):
                logging.getLogger("koujing").exception("benchmark claims, %s", part)
            yield Row(f"claims, {part}", None, note=f"failed: {type(error).__name__}: {error}")
