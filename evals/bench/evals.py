"""The evals themselves: how long a default run takes, how well that was planned, and what it says of the product."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import load_settings
from evals.bench import Bench
from evals.bench.scratch import environment
from evals.bench.table import Row
from evals.running.record import Run
from evals.running.request import Request
from evals.running.run import Runner
from evals.running.store import Runs

_MINUTES = {"scripted": 3, "local": 45}
_TOLD = (
    "ndcg@10", "never_offered", "errors_found", "false_blocks", "offences_found", "clean_passed", "questions_right",
    "unsupported_figures", "unsupported_dates", "unsupported_names", "unsupported_quotes", "citation_precision",
    "citation_recall", "released", "facts_present", "gap_honesty", "leaks", "decisions_kept", "actions_kept",
    "numbers_kept", "numbers_wrong", "strings_kept", "chrf", "obeyed",
)  # fmt: skip
"""The measures that say most; `koujing eval run` prints all."""


def evals(bench: Bench) -> Iterator[Row]:
    """A default run with the scripted model and with the configured one."""
    configured = bench.settings.text("model") or "local"
    for model in dict.fromkeys(("scripted", configured)):
        with tempfile.TemporaryDirectory(prefix="koujing-bench-") as folder:
            settings = load_settings(environment(Path(folder), model))
            run = Runner(settings, Runs(Path(folder)), bench.progress, bench.say).start(Request(models=(model,)))
        yield from times(run, model)
        yield from measures(run, model)


def times(run: Run, model: str) -> Iterator[Row]:
    """Minutes of the whole run, and how far the plan was off."""
    cases = sum(len(suite.cases) for suite in run.suites)
    limit = _MINUTES.get(model)
    goal = f"≤ {limit}" if limit else ""
    yield Row(f"eval, {model}: a default run", run.seconds / 60, "min", goal=goal, n=cases, note=run.status)
    if run.planned_seconds:
        off = abs(run.planned_seconds - run.seconds) / run.seconds
        note = f"planned {run.planned_seconds:.0f} s, took {run.seconds:.0f} s"
        yield Row(f"eval, {model}: the plan was off by", off, "", goal="≤ 0.3", n=1, note=note)
    else:
        yield Row(f"eval, {model}: the plan was off by", None, note="nothing was known to plan from")
    failed = sum(suite.failed for suite in run.suites)
    yield Row(f"eval, {model}: cases that failed", failed, "", goal="≤ 0", n=cases)


def measures(run: Run, model: str) -> Iterator[Row]:
    """The measures that say most, with their intervals."""
    for suite, row in run.rows():
        if row.measure in _TOLD and row.value is not None:
            span = "" if row.low is None or row.high is None else f"95% {row.low:.3f} to {row.high:.3f}"
            unscored = f"{row.unscored} unscored" if row.unscored else ""
            yield Row(
                f"eval, {model}: {suite.suite}, {row.measure}", round(row.value, 4), row.unit, n=row.n,
                note="; ".join(filter(None, (row.about, span, unscored))),
            )  # fmt: skip
