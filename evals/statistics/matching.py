"""Which cases and measures of two results may be held against each other, and why others may not. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.running.record import CaseResult, MeasureResult, Run, SuiteResult

CasePairs = Sequence[tuple[CaseResult, CaseResult]]


def shared(a: SuiteResult, b: SuiteResult) -> tuple[list[tuple[CaseResult, CaseResult]], str, bool]:
    """The cases that a and b were both asked, what to say of the others, and whether the sets of cases differ."""
    in_b = {case.id: case for case in b.cases}
    pairs = [(case, in_b[case.id]) for case in a.cases if case.id in in_b]
    differ = a.cases_digest != b.cases_digest
    if differ:
        pairs = [(x, y) for x, y in pairs if x.key == y.key]
    total = len({case.id for suite in (a, b) for case in suite.cases})
    return pairs, f"{len(pairs)} of {total} cases shared" if differ or len(pairs) < total else "", differ


def looked(case: CaseResult, measure: str) -> bool:
    """Whether a measure had something to look at in a case."""
    tally = case.tallies.get(measure)
    return tally is not None and tally.of > 0


def left_out(found: CasePairs, name: str) -> str:
    """What was scored on one side only: a measure can look better because hard cases dropped out."""
    only_a = sum(looked(x, name) and not looked(y, name) for x, y in found)
    only_b = sum(looked(y, name) and not looked(x, name) for x, y in found)
    parts = [f"{n} scored only in {side}" for n, side in ((only_a, "a"), (only_b, "b")) if n]
    return f"left out: {', '.join(parts)}" if parts else ""


def apart(a: MeasureResult | None, b: MeasureResult | None, run_a: Run, run_b: Run) -> str:
    """Why a measure cannot be compared, however many cases there are."""
    if a is None or b is None:
        return f"only {'b' if a is None else 'a'} has this measure"
    if (a.scorer, a.version) != (b.scorer, b.version):
        return f"scorer {a.scorer} version {a.version} in a, {b.scorer} version {b.version} in b"
    if a.unit != b.unit:
        return f"unit {a.unit or 'share'} in a, {b.unit or 'share'} in b"
    if (a.kappa, b.kappa) != (None, None) and run_a.judge != run_b.judge:
        return f"judged by {run_a.judge or 'nobody'} in a, {run_b.judge or 'nobody'} in b"
    if a.unit == "s" and run_a.machine != run_b.machine:
        return "times of different machines"
    return ""
