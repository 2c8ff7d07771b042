"""The report beside its run, and the page on which people add labels."""

from __future__ import annotations

import shutil
from pathlib import Path

from evals.judging.labels import labels
from evals.judging.page import write_label_page
from evals.report.page import write_report
from evals.running.preferred import all_pairs
from evals.running.record import Run
from evals.running.store import Runs
from evals.statistics.paired import Comparison
from knowledge.domain.errors import InputError


def keep_report(
    runs: Runs, run: Run, comparison: Comparison | None = None, copy: Path | None = None, locale: str = "en"
) -> Path:
    """Write `report.html` and `labels.html` into the run's folder, and the report to `copy` as well: its path."""
    folder = runs.folder(run.id)
    earlier = list(reversed(runs.earlier(12, before=run.id)))
    write_report(run, folder / "report.html", earlier=earlier, comparison=comparison, locale=locale)
    keep_label_page(runs, run, locale)
    if copy is None:
        return folder / "report.html"
    shutil.copyfile(folder / "report.html", copy)
    return copy


def keep_label_page(runs: Runs, run: Run, locale: str = "en") -> Path:
    """Write `labels.html` into the run's folder: its path."""
    path = runs.folder(run.id) / "labels.html"
    write_label_page(run, path, labels(runs.root.parent), locale)
    return path


def keep_pairs_page(runs: Runs, run: Run, locale: str = "en") -> Path:
    """Write `pairs.html` into the run's folder: its path. Raises `InputError` where no two variants wrote drafts."""
    found = all_pairs(run)
    if not found:
        raise InputError(f"run {run.id} has no drafts of two variants; make one with --baseline plain or two models")
    path = runs.folder(run.id) / "pairs.html"
    write_label_page(run, path, (), locale, pairs=found)
    return path
