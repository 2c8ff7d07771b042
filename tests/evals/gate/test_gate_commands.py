"""`koujing eval compare` and `gate` as commands, over runs that are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.settings import load_settings
from evals.cli.compare import compare, number
from evals.cli.gate import gate
from evals.running.record import CaseResult, MeasureResult, Run, SuiteResult, TallyRecord, Variant
from evals.running.store import Runs
from knowledge.domain.errors import InputError

Say = Callable[..., tuple[int, str]]


def _kept(run_id: str, hits: int, status: str = "done") -> Run:
    cases = tuple(
        CaseResult(f"case-{i}", "en", "made", "golden", 1.0, tallies={"released": TallyRecord(hits, 10)})
        for i in range(12)
    )
    measure = MeasureResult(
        "released", "", "higher", "", "s", 1, hits / 10, None, None, hits * 12, 120, 12, 0
    )  # fmt: skip
    suite = SuiteResult("drafting", "", "scripted", "d", 1.0, 0, {}, (measure,), cases, 12)
    run = Run(
        id=run_id, begun="2026-11-21T09:00:00+00:00", ended="2026-11-22T09:00:00+00:00", status=status, machine="m",
        versions={}, variants=(Variant("scripted", "koujing", "scripted"),), suites=(suite,),
    )  # fmt: skip
    folder = load_settings().home / "evals" / run_id
    folder.mkdir(parents=True)
    (folder / "request.json").write_text(json.dumps({"suites": ["drafting"], "models": ["scripted"]}))
    Runs(load_settings().home).save(run)
    return run


@pytest.fixture
def say() -> Say:
    def run(command: Any, *arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done.return_value, done.stdout

    return run


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.yaml"
    path.write_text("# Head.\n{}\n", encoding="utf-8")
    return path


def test_a_drop_is_told_in_words(say: Say) -> None:
    _kept("20261121-a", 9)
    _kept("20261122-b", 5)
    status, text = say(compare, "20261121", "20261122")
    assert status == 0
    assert "worse: drafting/released [scripted] .9 → .5 (−.4, 95% −.533…−.091, 12 cases, p <.001)" in text
    assert text.splitlines()[1].strip().startswith("worse")
    status, text = say(compare, "20261121-a", "latest", "--json")
    assert {row["verdict"] for row in json.loads(text)["comparison"]["rows"]} == {"worse", "no difference shown"}


def test_the_same_run_twice(say: Say) -> None:
    _kept("20261121-a", 9)
    assert "no difference shown in any measure" in say(compare, "latest", "latest")[1]
    with pytest.raises(InputError, match="leave out B"):
        say(compare, "latest", "latest", "--variants", "x", "y")


def test_raise_hold_fall_loosen_hold(say: Say, floors: Path) -> None:
    _kept("20261121-a", 9)
    assert say(gate, "--floors", floors)[0] == 1
    status, text = say(gate, "--floors", floors, "--raise")
    assert status == 0
    assert "drafting/scripted/released: new, 0.9 (12 cases)" in text
    assert floors.read_text(encoding="utf-8").startswith("# Head.\ndrafting:\n")
    _kept("20261122-b", 8)
    _kept("20261123-c", 9, status="partial")
    status, text = say(gate, "--floors", floors)
    assert status == 1
    assert text.startswith("FAILED  drafting/scripted/released 0.8 (floor ≥ 0.9): below its floor")
    assert say(gate, "20261121", "--floors", floors)[0] == 0
    assert say(gate, "20261123", "--floors", floors)[0] == 1
    wanted = "drafting/scripted/released=0.8"
    with pytest.raises(InputError, match="--reason"):
        say(gate, "--floors", floors, "--loosen", wanted)
    say(gate, "--floors", floors, "--loosen", wanted, "--reason", "two cases were wrong")
    assert say(gate, "--floors", floors)[0] == 0
    status, text = say(gate, "--floors", floors, "--json")
    assert json.loads(text)["gate"]["ok"] is True


def test_a_model_may_have_slashes_and_a_floor_more_than_a_value(say: Say, floors: Path) -> None:
    run = _kept("20261121-a", 9)
    named = replace(run, variants=(Variant("scripted", "koujing", "openai:org/model=x"),))
    Runs(load_settings().home).save(named)
    say(gate, "--floors", floors, "--raise")
    status, text = say(gate, "--floors", floors, "--loosen", "drafting/openai:org/model=x/released:cases=10",
                       "--reason", "two cases went away")  # fmt: skip
    assert (status, text) == (0, "drafting/openai:org/model=x/released: 0.9 (12 cases) → 0.9 (10 cases)\n")


@pytest.mark.parametrize("wanted", ["released=1", "a/b/c", "a/b/c=x", "a/b/c:what=1", "a/b/=1"])
def test_loosen_says_how_it_is_written(say: Say, floors: Path, wanted: str) -> None:
    with pytest.raises(InputError, match="SUITE/MODEL/MEASURE=VALUE"):
        say(gate, "--floors", floors, "--loosen", wanted, "--reason", "r")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.92, ".92"), (1.0, "1"), (0.0, "0"), (-0.34, "−.34"), (12.345, "12.3"), (0.9967, ".997"), (1234.5, "1234"),
     (100.0, "100"), (None, "—")],
)  # fmt: skip
def test_numbers_as_people_write_them(value: float | None, text: str) -> None:
    assert number(value) == text
