"""Cases into measures: sums over cases, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.running.record import CRASHED, CaseResult, MeasureResult, SuiteResult
from evals.scorers.base import Measure, Scorer
from evals.statistics.intervals import interval
from evals.suites.base import Suite


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a judge's measure agrees with people, and what else must stand beside it."""

    kappa: float | None
    note: str = ""


def suite_result(
    suite: Suite,
    variant: str,
    scorers: Sequence[Scorer],
    cases: Sequence[CaseResult],
    *,
    digest: str,
    expected: int,
    agreements: Mapping[str, Agreement] | None = None,
) -> SuiteResult:
    """The result of a suite. Failed and unscored cases are counted where everybody sees them."""
    measures = [
        measured(measure, scorer.id, scorer.version, cases, (agreements or {}).get(measure.id))
        for scorer in scorers
        for measure in scorer.measures
    ]
    return SuiteResult(
        suite=suite.id,
        about=suite.about,
        variant=variant,
        cases_digest=digest,
        seconds=round(sum(case.seconds + case.scoring for case in cases), 3),
        failed=sum(bool(case.error) for case in cases),
        usage=_usage(cases),
        measures=tuple(measures),
        cases=tuple(cases),
        expected=expected,
    )


def measured(
    measure: Measure, scorer: str, version: int, cases: Sequence[CaseResult], agreement: Agreement | None = None
) -> MeasureResult:
    """One measure over all cases that had something to look at."""
    tallies = [case.tallies[measure.id] for case in cases if measure.id in case.tallies]
    tallies = [tally for tally in tallies if tally.of]
    found = interval([t.hits for t in tallies], [t.of for t in tallies], bounded=not measure.unit)
    return MeasureResult(
        measure=measure.id,
        about=measure.about,
        better=measure.better,
        unit=measure.unit,
        scorer=scorer,
        version=version,
        value=found.value,
        low=found.low,
        high=found.high,
        hits=sum(t.hits for t in tallies),
        of=sum(t.of for t in tallies),
        n=len(tallies),
        unscored=sum(measure.id in case.unscored for case in cases),
        crashed=sum(case.unscored.get(measure.id, "").startswith(CRASHED) for case in cases),
        kappa=agreement.kappa if agreement else None,
        note=agreement.note if agreement else "",
    )


def _usage(cases: Sequence[CaseResult]) -> dict[str, float]:
    """Tokens, calls and cost of all drafts together, as far as the documents tell them."""
    total: dict[str, float] = {}
    for case in cases:
        for name, value in (case.document.get("usage") or {}).items():
            if isinstance(value, int | float):
                total[name] = round(total.get(name, 0) + value, 6)
    return total
