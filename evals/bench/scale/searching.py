"""A search in large libraries: how long it takes, and what it finds of what exact search finds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import load_settings
from assistant.workspace import Workspace
from evals.bench import Bench
from evals.bench.scale.shelves import fill, questions
from evals.bench.scratch import environment
from evals.bench.table import Row
from knowledge.records import Audience, Scope
from knowledge.retrieval import Retrieval

SIZES = {10_000: 20.0, 100_000: 200.0}
"""Passages, and the milliseconds within which half of the searches must be done."""

SEARCHES = 200
K = 8
WARM = 10
SCOPE = Scope(audience=Audience.PUBLIC)


def searching(bench: Bench) -> Iterator[Row]:
    """The rows of every size."""
    for passages, goal in SIZES.items():
        bench.say(f"    {passages:,} passages …")
        with TemporaryDirectory(prefix="koujing-scale-") as folder:
            home = Path(folder) / "home"
            fill(home, passages)
            yield from search_rows(home, passages, goal)


def search_rows(home: Path, passages: int, goal: float) -> Iterator[Row]:
    """Milliseconds of a search whose question is new, embedded and all; and the share of the best `K` by exact search
    over every stored embedding that it finds."""
    asked = questions(SEARCHES + WARM)
    with Workspace.open(load_settings(environment(home, "extractive"))) as workspace:
        library, today = workspace.library, workspace.settings.now().date()
        for question in asked[:WARM]:
            library.search(question, SCOPE, K)
        times, found = [], []
        for question in asked[WARM:]:
            begun = time.perf_counter()
            hits = library.search(question, SCOPE, K)
            times.append((time.perf_counter() - begun) * 1000)
            found.append({hit.passage.id for hit in hits})
        exact = _exactly(library.indexes, asked[WARM:], today)
    times.sort()
    name = f"search of {passages:,} passages"
    slow = times[int(len(times) * 0.95)]
    yield Row(f"{name}, new questions: p50", statistics.median(times), "ms", goal=f"≤ {goal:g}",
              baseline=f"p95 {slow:.0f} ms", n=SEARCHES)  # fmt: skip
    recall = statistics.mean(len(ours & best) / len(best) for ours, best in zip(found, exact, strict=True) if best)
    yield Row(f"{name}: recall@{K} against exact search", recall, goal="≥ 0.98", n=SEARCHES)


def _exactly(indexes: object, asked: list[str], today: date) -> list[set[str]]:
    from knowledge.index.indexes import Indexes

    assert isinstance(indexes, Indexes)
    exact = Retrieval(indexes, exact_limit=10**9)
    return [{hit.passage.id for hit in exact.search(question, SCOPE, K, today=today)} for question in asked]
