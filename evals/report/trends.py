"""The course of every measure over earlier runs, with breaks where values stop being comparable. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.running.record import MeasureResult, Run, SuiteResult


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure of a suite and variant over runs, the oldest first, this run last.

    `breaks` are the places before which the cases or the scorer changed.
    """

    suite: SuiteResult
    measure: MeasureResult
    values: tuple[float, ...]
    breaks: frozenset[int]

    @property
    def comparable(self) -> tuple[float, ...]:
        """The values since the last break."""
        return self.values[max(self.breaks, default=0) :]


def trends(run: Run, earlier: Sequence[Run]) -> list[Trend]:
    """Trends of the measures that have a value now and had one before. Complete runs count, whatever their order."""
    past = sorted((one for one in earlier if one.id != run.id and one.status == "done"), key=lambda one: one.begun)
    found = []
    for suite, measure in run.rows():
        points = [point for one in past if one.begun <= run.begun and (point := _point(one, suite, measure))]
        if measure.value is None or not points:
            continue
        points.append((measure.value, _basis(suite, measure)))
        breaks = frozenset(n for n in range(1, len(points)) if points[n][1] != points[n - 1][1])
        found.append(Trend(suite, measure, tuple(value for value, _ in points), breaks))
    return found


def _point(run: Run, suite: SuiteResult, measure: MeasureResult) -> tuple[float, tuple[object, ...]] | None:
    then = run.of(suite.suite, suite.variant)
    if then is None:
        return None
    for one in then.measures:
        if one.measure == measure.measure and one.value is not None:
            return one.value, _basis(then, one)
    return None


def _basis(suite: SuiteResult, measure: MeasureResult) -> tuple[object, ...]:
    return suite.cases_digest, measure.scorer, measure.version
