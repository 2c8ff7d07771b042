"""The suites of the evals and what each of them measures."""

from __future__ import annotations

from pathlib import Path

from evals.suites.base import Wanted
from evals.suites.registry import suites
from tools.docs.tables import table

_BETTER = {"higher": "more is better", "lower": "less is better", None: "told, not judged"}


def suite_table(_root: Path, _zh: bool) -> str:
    """Every suite with its golden cases."""
    rows = []
    for suite in suites():
        cases = suite.cases(Wanted(every=True))
        core, languages = sum(case.core for case in cases), sorted({case.locale.split("-", 1)[0] for case in cases})
        rows.append(
            (
                f"`{suite.id}`",
                suite.about,
                str(core),
                str(len(cases)),
                ", ".join(languages),
                "yes" if suite.writes else "no",
            )
        )
    return table(("suite", "what is asked", "default run", "with `--all`", "languages", "a model writes"), rows)


def measure_table(_root: Path, _zh: bool) -> str:
    """Every measure by suite, with its scorer."""
    rows = [
        (suite.id, f"`{measure.id}`", measure.about, _BETTER[measure.better], f"`{scorer.id}` {scorer.version}")
        for suite in suites()
        for scorer in suite.scorers
        for measure in scorer.measures
    ]
    return table(("suite", "measure", "what is counted", "", "scorer"), rows)
