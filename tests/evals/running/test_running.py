"""A run: nothing hidden, nothing asked twice, everything kept."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import toys

from evals.running.plan import Asked, Known, Planner, Spent
from evals.running.record import run_from_json
from evals.running.request import Request
from evals.running.stage import Stage
from evals.suites import registry
from knowledge.domain.errors import InputError, NotFound


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "SUITES", registry.SUITES)
    monkeypatch.setattr(Stage, "_opened", Stage._opened)


def test_a_case_that_fails_and_a_scorer_that_crashes_are_seen_and_count_nowhere(tmp_path: Path) -> None:
    run = toys.runner(tmp_path, toys.ToySubject()).start(Request(models=("toy",)))
    (suite,) = run.suites
    assert run.status == "done"
    assert suite.failed == 1
    assert next(case for case in suite.cases if case.error).error.endswith("the toy is busy")
    by_id = {measure.measure: measure for measure in suite.measures}
    assert (by_id["right"].hits, by_id["right"].of, by_id["right"].unscored) == (4, 5, 0)
    assert (by_id["crashing"].value, by_id["crashing"].n) == (1.0, 4)
    assert (by_id["crashing"].unscored, by_id["crashing"].crashed) == (1, 1)
    assert (by_id["shy"].value, by_id["shy"].unscored, by_id["shy"].crashed) == (None, 5, 0)
    assert run.troubled


def test_a_run_is_kept_as_it_was(tmp_path: Path) -> None:
    runner = toys.runner(tmp_path, toys.ToySubject())
    run = runner.start(Request(models=("toy",)))
    assert runner.runs.get(run.id[:10]) == run_from_json(run.to_json()) == runner.runs.newest()
    with pytest.raises(NotFound, match="no run 'nothing'"):
        runner.runs.get("nothing")


def test_after_a_kill_only_what_was_not_answered_is_asked_again(tmp_path: Path) -> None:
    log = tmp_path / "asked"
    command = [sys.executable, toys.__file__, str(tmp_path / "home"), str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not (log.exists() and len(log.read_text().split()) >= 3):
            assert process.poll() is None, (process.stderr or sys.stderr).read()
            time.sleep(0.02)
        time.sleep(0.2)
        process.kill()
    before = log.read_text().split()
    runner = toys.runner(tmp_path / "home", toys.ToySubject(log))
    (run_id,) = runner.runs.ids()
    with pytest.raises(NotFound, match="--resume"):
        runner.runs.get(run_id)
    run = runner.resume(run_id)
    asked = log.read_text().split()
    assert {case.id for case in run.suites[0].cases} == {f"toy-{n}" for n in range(6)}
    assert set(asked) == set("012345")
    assert len(asked) <= 6 + 1, f"only the case in hand may be asked twice: {before} then {asked[len(before) :]}"


def test_a_second_run_is_planned_from_the_first(tmp_path: Path) -> None:
    said: list[str] = []
    runner = toys.runner(tmp_path, toys.ToySubject(), said)
    assert runner.plan(Request(models=("toy",))).seconds is None
    runner.start(Request(models=("toy",)))
    plan = runner.plan(Request(models=("toy",)))
    assert plan.seconds is not None
    assert plan.parts[0].seconds == pytest.approx(5 * 0.5 * 1, abs=0.4)
    assert "not known yet for toys" in " ".join(said)


def test_a_plan_scales_the_reference_by_the_probe_and_prices_its_tokens() -> None:
    cases = {f"drafting/{n}": Spent(10.0, 1000, 100) for n in range(4)}
    planner = Planner({}, {"local": Known(2.0, 5.0, cases, "reference")}, lambda model: 4.0)
    plan = planner.plan([Asked("drafting", "local", "local", [str(n) for n in range(4)])], ["local"], (1.0, 10.0))
    assert plan.seconds == pytest.approx(5.0 + 4 * 10 * 2)
    assert plan.cost == pytest.approx((4000 * 1 + 400 * 10) / 1e6)
    unknown = planner.plan([Asked("new", "local", "local", ["a"])])
    assert unknown.seconds is None


def test_requests_that_cannot_be_met_are_refused_in_one_line(tmp_path: Path) -> None:
    runner = toys.runner(tmp_path, toys.ToySubject())
    with pytest.raises(InputError, match=r"no suite 'toy'; there are toys"):
        runner.start(Request(suites=("toy",), models=("toy",)))
    with pytest.raises(InputError, match="no case is left"):
        runner.start(Request(models=("toy",), only=("nothing",)))
    with pytest.raises(InputError, match=r"no template\.yaml"):
        runner.start(Request(models=("toy",), prompts=(str(tmp_path),)))
