"""How floors are made stricter by a run or, with a reason, easier by a person."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Literal

from evals.gate.floors import CASES, Floor, Floors, Key, Step
from evals.gate.gate import held_to_floors
from evals.running.record import Run, SuiteResult
from knowledge.domain.errors import InputError, NotFound

HALF_STEP = 0.005
"""Floors of shares are proposed in such steps."""
Way = Literal["higher", "lower"]
What = Literal["floor", "cases", "unscored"]
WHATS: tuple[What, ...] = ("floor", "cases", "unscored")
_WAYS: tuple[Way, ...] = ("higher", "lower")


def raised(run: Run, floors: Floors) -> Floors:
    """The floors with every one as strict as the run allows, never easier; new measures get one.

    A floor is the run's value moved to the next half step of 0.005 on the easier side (0.934 → 0.93; 1 stays 1);
    of measures with a unit, to half a unit of the second digit (12.34 → 12.5). Times get none by themselves: they
    are the machine's. Nor do measures without value, or with failed or unscored cases, nor suites that were asked
    fewer cases than recorded. Raises `InputError` for a run that is not done, or asked other cases than the default.
    """
    if not run.whole:
        raise InputError(
            f"run {run.id} asked other cases than a default run; floors come from `koujing eval run` alone"
        )
    if run.status != "done":
        raise InputError(f"run {run.id} is {run.status}; only a run that is done can raise floors")
    day = date.fromisoformat(run.ended[:10])
    for variant in filter(held_to_floors, run.variants):
        for result in run.suites:
            if result.variant == variant.id:
                floors = _raised_suite(result, variant.model, floors, day)
    return floors


def _raised_suite(result: SuiteResult, model: str, floors: Floors, day: date) -> Floors:
    answered, recorded = len(result.cases) - result.failed, floors.entries.get((result.suite, model, CASES))
    if len(result.cases) < result.expected or (recorded and answered < recorded.now.floor):
        return floors
    floors = _tightened(floors, (result.suite, model, CASES), "higher", Step(answered, day))
    for measure in result.measures:
        if measure.value is None or measure.unit == "s" or result.failed + measure.unscored:
            continue
        for better in _WAYS:
            if measure.better == better:
                step = Step(eased(measure.value, better, measure.unit), day, measure.n)
                floors = _tightened(floors, (result.suite, model, measure.measure), better, step)
    return floors


def eased(value: float, better: str, unit: str = "") -> float:
    """The value at its next half step on the easier side; see `raised`."""
    half = HALF_STEP
    if unit:
        half = 10.0 ** (math.floor(math.log10(abs(value))) - 1) / 2 if value else 1.0
    steps = round(value / half, 6)
    return round((math.floor(steps) if better == "higher" else math.ceil(steps)) * half, 12)


def _tightened(floors: Floors, key: Key, better: Way, step: Step) -> Floors:
    old = floors.entries.get(key)
    if old is None:
        return floors.with_floor(key, Floor(better, (step,)))
    pick = max if old.better == "higher" else min
    tight = replace(
        step,
        floor=pick(old.now.floor, step.floor),
        cases=max(old.now.cases, step.cases),
        unscored=min(old.now.unscored, step.unscored),
    )
    if old.better != better or (tight.floor, tight.cases, tight.unscored) == (
        old.now.floor, old.now.cases, old.now.unscored,
    ):  # fmt: skip
        return floors
    return floors.with_floor(key, old.followed_by(tight))


def loosened(
    floors: Floors,
    suite: str,
    model: str,
    measure: str,
    to: float,
    reason: str,
    day: date,
    *,
    what: What = "floor",
) -> Floors:
    """The floors with one made easier, and why. `what`: the floor, or how many cases it needs or may lack.

    Raises `NotFound` for a floor that there is none of, `InputError` without a reason or when it is not easier.
    """
    key = (suite, model, measure)
    if key not in floors.entries:
        raise NotFound(
            f"no floor {'/'.join(key)}; there are {', '.join('/'.join(k) for k in floors.entries) or 'none'}"
        )
    if not reason.strip():
        raise InputError(f"{'/'.join(key)}: a floor is made easier for a reason; give it with --reason")
    floor = floors.entries[key]
    counts = what != "floor" or measure == CASES
    if not math.isfinite(to) or (counts and (to != int(to) or to < 0)):
        raise InputError(f"{'/'.join(key)}: {to} is no number that can stand there")
    changed = replace(floor.now, reason=reason.strip(), since=day)
    if what == "floor":
        changed = replace(changed, floor=to)
    elif measure == CASES:
        raise InputError(f"{'/'.join(key)}: has a floor only, no {what}")
    else:
        changed = replace(changed, cases=int(to)) if what == "cases" else replace(changed, unscored=int(to))
    if not changed.eased(floor.now, floor.better):
        raise InputError(f"{'/'.join(key)}: {to:g} is not easier than what holds; `--raise` makes floors stricter")
    return floors.with_floor(key, floor.followed_by(changed))
