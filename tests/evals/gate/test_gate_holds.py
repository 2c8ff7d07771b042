"""The gate: it fails for everything that could let a worse run through, and floors only move as they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.gate.changing import eased, loosened, raised
from evals.gate.floors import CASES, Floor, Floors, Step
from evals.gate.gate import check
from evals.running.record import CaseResult, MeasureResult, Run, SuiteResult, Variant
from knowledge.domain.errors import InputError, NotFound

DAY = date(2026, 11, 21)
KEY = ("drafting", "scripted", "released")


def _measure(value: float | None = 0.9, **more: Any) -> MeasureResult:
    plain = MeasureResult(
        measure="released", about="", better="higher", unit="", scorer="s", version=1, value=value, low=None,
        high=None, hits=0, of=0, n=12, unscored=0,
    )  # fmt: skip
    return replace(plain, **more)


def _run(*measures: MeasureResult, cases: int = 12, failed: int = 0, expected: int = 12, **more: Any) -> Run:
    asked = tuple(
        CaseResult(f"case-{i}", "en", "made", "golden", 1.0, error="broke" if i < failed else "") for i in range(cases)
    )
    suite = SuiteResult("drafting", "", "v", "d", 1.0, failed, {}, measures, asked, expected)
    run = Run(
        id="r", begun="2026-11-21T09:00:00+00:00", ended="2026-11-22T09:00:00+00:00", status="done", machine="m",
        versions={}, variants=(Variant("v", "koujing", "scripted"),), suites=(suite,),
    )  # fmt: skip
    return replace(run, **more)


def _floors(floor: float = 0.9, *, better: Any = "higher", cases: int = 12, unscored: int = 0) -> Floors:
    step = Step(floor, DAY, cases, unscored, "known to be hard" if unscored else "")
    return Floors({KEY: Floor(better, (step,)), ("drafting", "scripted", CASES): Floor("higher", (Step(12, DAY),))})


def test_a_run_at_its_floors_passes() -> None:
    result = check(_run(_measure(), _measure(measure="filled")), _floors())
    assert result.ok
    assert len(result.passed) == 2
    assert result.unguarded == ["drafting/scripted/filled"]


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (_run(_measure(0.89)), "below its floor"),
        (_run(_measure(float("nan"))), "below its floor"),
        (_run(_measure(None)), "nothing was looked at"),
        (_run(_measure(measure="filled")), "no such measure"),
        (_run(_measure(unscored=1)), "1 unscored, none allowed"),
        (_run(_measure(), failed=1), "1 failed, none allowed (case-0)"),
        (_run(_measure(n=3)), "only 3 cases had something to look at, 12 are needed"),
        (_run(_measure(), cases=11), "11 of 12 cases were asked"),
        (_run(_measure(), cases=11, expected=11), "below its floor"),
        (_run(_measure(better="lower")), "the scorer lower"),
    ],
)
def test_what_fails(run: Run, why: str) -> None:
    result = check(run, _floors())
    assert not result.ok
    assert any(why in row.why for row in result.failures), result


def test_a_ceiling() -> None:
    floors = _floors(0.1, better="lower")
    assert check(_run(_measure(0.1, better="lower")), floors).ok
    assert check(_run(_measure(0.11, better="lower")), floors).failures[0].why == "above its ceiling"


def test_unscored_as_far_as_allowed() -> None:
    floors = _floors(unscored=2)
    assert check(_run(_measure(unscored=2)), floors).ok
    assert not check(_run(_measure(unscored=3)), floors).ok


def test_a_missing_suite_or_model_and_an_unfinished_run_fail() -> None:
    assert len(check(_run(_measure(), suites=()), _floors()).missing) == 2
    assert not check(_run(_measure(), suites=()), _floors()).ok
    other = check(_run(_measure(), variants=(Variant("v", "koujing", "local:small"),)), _floors())
    assert not other.ok
    assert other.trouble == ["no floor is recorded for local:small"]
    partial = check(_run(_measure(), status="partial"), _floors())
    assert not partial.ok
    assert partial.trouble == ["run r is partial, not done"]


def test_floors_of_a_model_that_was_not_asked_are_another_runs() -> None:
    floors = Floors({**_floors().entries, ("drafting", "local", "released"): Floor("higher", (Step(1.0, DAY),))})
    held = check(_run(_measure()), floors)
    assert held.ok, held
    assert {row.model for row in held.passed} == {"scripted"}


def test_a_gate_without_floors_does_not_hold() -> None:
    assert not check(_run(_measure()), Floors()).ok


@pytest.mark.parametrize(
    "variant",
    [Variant("v", "plain", "scripted"), Variant("v", "koujing", "scripted", prompts="p"),
     Variant("v", "koujing", "scripted", library="workspace")],
)  # fmt: skip
def test_floors_are_for_the_product_only(variant: Variant) -> None:
    run = _run(_measure(), variants=(variant,))
    held = check(run, _floors())
    assert not held.ok
    assert held.trouble == ["no floor is recorded for what this run asked"]
    assert raised(run, Floors()).entries == {}


def test_raising_makes_new_floors_and_stricter_ones() -> None:
    floors = raised(_run(_measure(0.934)), Floors())
    assert floors.entries[KEY].now == Step(0.93, date(2026, 11, 22), 12)
    assert floors.entries["drafting", "scripted", CASES].now.floor == 12
    again = raised(_run(_measure(0.987)), floors)
    assert [step.floor for step in again.entries[KEY].history] == [0.93, 0.985]
    assert raised(_run(_measure(0.5)), again) == again


def test_raising_leaves_alone_what_says_little() -> None:
    for run in (
        _run(_measure(None)),
        _run(_measure(unscored=1)),
        _run(_measure(better=None)),
        _run(_measure(3.2, unit="s", better="lower")),
        _run(_measure(), failed=1),
        _run(_measure(), cases=11),
    ):
        assert KEY not in raised(run, Floors()).entries
    fewer = _run(_measure(1.0, n=3), cases=3, expected=3)
    assert raised(fewer, _floors()) == _floors()
    with pytest.raises(InputError, match="partial"):
        raised(_run(_measure(), status="partial"), Floors())


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.sampled_from(["higher", "lower"]))
def test_raising_never_makes_anything_easier_and_the_best_run_so_far_holds(values: list[float], better: str) -> None:
    floors, before = Floors(), None
    for value in values:
        floors = raised(_run(_measure(value, better=better)), floors)
        now = floors.entries[KEY].now
        assert not now.eased(before, better)
        before = now
    best = max(values) if better == "higher" else min(values)
    assert check(_run(_measure(best, better=better)), floors).ok


@pytest.mark.parametrize(
    ("value", "better", "unit", "floor"),
    [(1.0, "higher", "", 1.0), (0.9967, "higher", "", 0.995), (0.0, "lower", "", 0.0), (0.0967, "lower", "", 0.1),
     (0.93, "higher", "", 0.93), (12.34, "lower", "words", 12.5), (12.34, "higher", "words", 12.0),
     (0.0, "lower", "words", 0.0)],
)  # fmt: skip
def test_floors_are_rounded_to_the_easier_side(value: float, better: str, unit: str, floor: float) -> None:
    assert eased(value, better, unit) == pytest.approx(floor)


def test_loosening_writes_down_why() -> None:
    floors = loosened(_floors(), *KEY, 0.8, "two cases were wrong", date(2026, 12, 1))
    assert floors.entries[KEY].history[-1] == Step(0.8, date(2026, 12, 1), 12, 0, "two cases were wrong")
    assert len(floors.entries[KEY].history) == 2
    floors = loosened(_floors(), *KEY, 2, "the judge is often away", DAY, what="unscored")
    assert check(_run(_measure(unscored=2)), floors).ok


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((*KEY, 0.8, " "), InputError),
        ((*KEY, 0.9, "no easier"), InputError),
        ((*KEY, 0.95, "stricter"), InputError),
        ((*KEY, float("nan"), "no number"), InputError),
        (("drafting", "scripted", CASES, 10.5, "half a case"), InputError),
        (("drafting", "scripted", "nothing", 0.5, "no such floor"), NotFound),
    ],
)
def test_loosening_refuses(arguments: tuple[Any, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        loosened(_floors(), *arguments, DAY)
