"""`koujing bench library`: every benchmark of the governed library in one run."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator

from evals.bench import Bench
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError

PARTS = (
    "offers:offers",
    "names:names",
    "roundtrip:roundtrip",
    "sheet:sheet",
    "impact:impact",
    "lint:lint",
    "kills:kills",
)
"""Module and function of each part; none imports another."""


def library(bench: Bench) -> Iterator[Row]:
    """The rows of all parts. A part that fails is a row that says so, and hides no other."""
    for part in PARTS:
        module, _, name = part.partition(":")
        bench.say(f"  {part} …")
        try:
            yield from getattr(importlib.import_module(f"evals.bench.library.{module}"), name)(bench)
        except Exception as error:
            if not isinstance(error, KoujingError):
                logging.getLogger("koujing").exception("benchmark library, %s", part)
            yield Row(f"library, {part}", None, note=f"failed: {type(error).__name__}: {error}")
