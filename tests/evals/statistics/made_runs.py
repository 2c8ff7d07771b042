"""Runs made of bare counts, as the store would give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evals.running.record import CaseResult, MeasureResult, Run, SuiteResult, TallyRecord, Variant

Counts = Sequence[tuple[float, float] | None]


def made_case(number: int, tallies: Mapping[str, tuple[float, float]], **more: object) -> CaseResult:
    case = CaseResult(
        id=f"case-{number}", locale="en", why="made", source="golden", seconds=1.0, key=f"key-{number}",
        ask={"number": number},
        tallies={name: TallyRecord(*tally) for name, tally in tallies.items()},
    )  # fmt: skip
    return replace(case, **more)  # type: ignore[arg-type]


def made_suite(
    counts: Mapping[str, Counts],
    *,
    suite: str = "drafting",
    variant: str = "v",
    better: str | None = "higher",
    unit: str = "",
    digest: str = "d",
) -> SuiteResult:
    size = max(len(column) for column in counts.values())
    cases = []
    for number in range(size):
        found = {name: column[number] for name, column in counts.items() if number < len(column)}
        cases.append(made_case(number, {name: tally for name, tally in found.items() if tally is not None}))
    measures = []
    for name, column in counts.items():
        seen = [tally for tally in column if tally is not None and tally[1]]
        hits, of = sum(hit for hit, _ in seen), sum(size for _, size in seen)
        measures.append(
            MeasureResult(
                measure=name,
                about=name,
                better=better,
                unit=unit,
                scorer="counter",
                version=1,
                value=hits / of if of else None,
                low=None,
                high=None,
                hits=hits,
                of=of,
                n=len(seen),
                unscored=0,
            )
        )
    return SuiteResult(
        suite=suite, about=suite, variant=variant, cases_digest=digest, seconds=1.0, failed=0, usage={},
        measures=tuple(measures), cases=tuple(cases), expected=size,
    )  # fmt: skip


def made_run(*suites: SuiteResult, id: str = "run", status: str = "done", model: str = "scripted") -> Run:
    variants = dict.fromkeys(suite.variant for suite in suites)
    return Run(
        id=id, begun="2026-11-21T09:00:00+00:00", ended="2026-11-21T09:10:00+00:00", status=status, machine="m",
        versions={}, variants=tuple(Variant(name, "koujing", model) for name in variants), suites=suites,
    )  # fmt: skip
