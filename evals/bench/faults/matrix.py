"""`koujing bench faults`: each fault in each act. A cell is green when the user was told rightly, and nothing was lost
or done twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from evals.bench import Bench
from evals.bench.faults.acts import ACTS, Place, cell, place
from evals.bench.faults.machine import PLAYED
from evals.bench.faults.played import FAULTS
from evals.bench.table import Row


def faults(bench: Bench) -> Iterator[Row]:
    """A row for each act with all faults of a provider, and one for each fault of the machine."""
    with place() as there:
        for act in ACTS:
            bench.say(f"  {act} …")
            yield _row(there, act)
    for what, play in PLAYED.values():
        bench.say(f"  {what} …")
        with tempfile.TemporaryDirectory(prefix="koujing-faults-") as folder:
            wrong = play(Path(folder))
        yield Row(f"{what}: not told in a line, lost or doubled", int(bool(wrong)), goal="≤ 0", n=1, note=wrong)


def _row(there: Place, act: str) -> Row:
    wrong, count = [], 0
    for fault in FAULTS:
        if fault.only and act not in fault.only:
            continue
        for lasting in (False, True):
            count += 1
            if found := cell(there, fault, act, lasting=lasting):
                wrong.append(f"{fault.id}: {found}")
    name = f"faults of a model, {act}: cells that are not green"
    return Row(name, len(wrong), goal="≤ 0", n=count, note="; ".join(wrong[:3]))
