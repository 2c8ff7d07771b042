"""The gate: whether a run reaches every floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.gate.floors import CASES, Floor, Floors, Key
from evals.running.record import MeasureResult, Run, SuiteResult, Variant

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Held:
    """One floor, what the run has for it, and what is wrong (empty: it holds)."""

    suite: str
    model: str
    variant: str
    measure: str
    better: str
    floor: float
    value: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class GateResult:
    """`failures` were measured and do not hold, `missing` were not measured at all; either fails the gate.

    `trouble` is about the run as a whole. `unguarded`: measures of the run without a floor (told, not judged).
    """

    run: str
    failures: Sequence[Held]
    passed: Sequence[Held]
    missing: Sequence[Held]
    trouble: Sequence[str] = ()
    unguarded: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        """Something was held against a floor, and everything holds."""
        return bool(self.passed) and not (self.failures or self.missing or self.trouble)

    def to_json(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self)}


def check(run: Run, floors: Floors) -> GateResult:
    """Hold a run against the floors of the models that it asked. An unfinished run fails, and so does one that nothing
    is held against; floors of models that nobody asked are another run's."""
    models = {variant.model for variant in run.variants if held_to_floors(variant)}
    held = [row for key, floor in floors.entries.items() if key[1] in models for row in _held(run, key, floor)]
    trouble = [] if floors.entries else ["no floor is recorded; record some with `koujing eval gate --raise`"]
    if floors.entries and not held:
        trouble.append(f"no floor is recorded for {', '.join(sorted(models)) or 'what this run asked'}")
    trouble += [f"run {run.id} is {run.status}, not done"] if run.status != "done" else []
    return GateResult(
        run.id,
        failures=[row for row in held if row.why and row.variant],
        passed=[row for row in held if not row.why],
        missing=[row for row in held if not row.variant],
        trouble=trouble,
        unguarded=_unguarded(run, floors),
    )


def held_to_floors(variant: Variant) -> bool:
    """Floors are for the product as it ships, over the sample library: no baseline, no prompts on trial."""
    return variant.subject in ("koujing", "service") and not variant.prompts and variant.library == "sample"


def answers(run: Run, suite: str, model: str) -> list[SuiteResult]:
    """What a floor is held against: the suite as this model answered it."""
    ids = [variant.id for variant in run.variants if variant.model == model and held_to_floors(variant)]
    return [result for variant in ids if (result := run.of(suite, variant)) is not None]


def _held(run: Run, key: Key, floor: Floor) -> list[Held]:
    suite, model, measure = key
    rows = []
    for result in answers(run, suite, model):
        found = _measure(result, measure)
        value = found.value if found else None
        if measure == CASES:
            value = len(result.cases) - result.failed
        why = "; ".join(_wrong(result, found, value, floor))
        rows.append(Held(suite, model, result.variant, measure, floor.better, floor.now.floor, value, why))
    why = f"the run has no suite '{suite}' of '{model}'"
    return rows or [Held(suite, model, "", measure, floor.better, floor.now.floor, None, why)]


def _measure(result: SuiteResult, measure: str) -> MeasureResult | None:
    return next((m for m in result.measures if m.measure == measure), None)


def _wrong(result: SuiteResult, found: MeasureResult | None, value: float | None, floor: Floor) -> list[str]:
    """What keeps a floor from holding."""
    now, wrong = floor.now, []
    if value is None:
        wrong.append("nothing was looked at" if found else "the suite has no such measure")
    elif not _reaches(value, now.floor, floor.better):
        wrong.append("below its floor" if floor.better == "higher" else "above its ceiling")
    if len(result.cases) < result.expected:
        wrong.append(f"{len(result.cases)} of {result.expected} cases were asked")
    if found is None:
        return wrong
    if found.better not in (None, floor.better):
        wrong.append(f"the floor says {floor.better} is better, the scorer {found.better}")
    if found.n < now.cases:
        wrong.append(f"only {found.n} cases had something to look at, {now.cases} are needed")
    if result.failed + found.unscored > now.unscored:
        parts = [f"{result.failed} failed"] if result.failed else []
        parts += [f"{found.unscored} unscored"] if found.unscored else []
        wrong.append(f"{' and '.join(parts)}, {now.unscored or 'none'} allowed ({_named(result, found.measure)})")
    return wrong


def _reaches(value: float, floor: float, better: str) -> bool:
    """Written so that a value that is no number reaches nothing."""
    return value >= floor - _CLOSE if better == "higher" else value <= floor + _CLOSE


def _named(result: SuiteResult, measure: str) -> str:
    ids = [case.id for case in result.cases if case.error or measure in case.unscored]
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")


def _unguarded(run: Run, floors: Floors) -> list[str]:
    return [
        f"{suite.suite}/{variant.model}/{measure.measure}"
        for variant in run.variants
        for suite, measure in run.rows()
        if suite.variant == variant.id
        and held_to_floors(variant)
        and measure.better is not None
        and (suite.suite, variant.model, measure.measure) not in floors.entries
    ]
