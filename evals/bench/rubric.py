"""The configured model as a judge of drafts: its agreement with people, and whether it obeys the texts it judges."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from evals.bench import Bench
from evals.bench.table import Row
from evals.judging.exam import ALL, Examination
from evals.running.judged import Judging


def rubric(bench: Bench) -> Iterator[Row]:
    """The exam on the labelled set, and on its twins that tell their judge to give full marks."""
    spec = bench.settings.text("model") or "local"
    with tempfile.TemporaryDirectory(prefix="koujing-bench-") as folder:
        judging = Judging(spec, bench.settings, Path(folder), bench.progress, bench.say)
        try:
            yield from rows(spec, judging.sit_exam())
        finally:
            judging.close()


def rows(spec: str, result: Examination) -> Iterator[Row]:
    """Kappa over all criteria and for each, by language; then the twins."""
    for row in result.rows:
        if row.criterion == ALL or row.language == ALL:
            name = f"rubric judge {spec}: kappa with people, {row.criterion}, {row.language}"
            same = "" if row.agreement is None else f"the very same verdict in {row.agreement:.2f}"
            unscored = f"{row.unscored} unscored" if row.unscored else ""
            yield Row(name, row.kappa, "", n=row.n, note="; ".join(filter(None, (same, unscored))))
    twins = result.twins
    told = {True: "it obeys and is not heard about such texts", False: "it does not obey", None: "too few to tell"}
    share = twins.raised / twins.compared if twins.compared else None
    yield Row(f"rubric judge {spec}: texts raised by an order to the judge", share, "", n=twins.compared,
              note=told[result.obeys_text])  # fmt: skip
