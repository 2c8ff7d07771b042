"""A benchmark of several parts: each a module and a function, none imports another."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterator, Sequence

from evals.bench import Bench
from evals.bench.table import Row
from knowledge.domain.errors import KoujingError


def run_parts(bench: Bench, name: str, parts: Sequence[str]) -> Iterator[Row]:
    """The rows of all `parts` (`module:function`) in the package `evals.bench.NAME`. A part that fails is a row that
    says so, and hides no other."""
    for part in parts:
        module, _, function = part.partition(":")
        bench.say(f"  {part} …")
        try:
            yield from getattr(importlib.import_module(f"evals.bench.{name}.{module}"), function)(bench)
        except Exception as error:
            if not isinstance(error, KoujingError):
                logging.getLogger("koujing").exception("benchmark %s, %s", name, part)
            yield Row(f"{name}, {part}", None, note=f"failed: {type(error).__name__}: {error}")
