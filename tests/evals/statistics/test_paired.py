"""Comparing runs: a planted drop is found, nothing is made up, and what cannot be compared is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_runs import Counts, made_case, made_run, made_suite

from evals.running.record import Run, Variant
from evals.statistics.paired import ComparedRow, Comparison, compare, compare_variants
from knowledge.domain.errors import NotFound

GOOD: Counts = [(9, 10)] * 12
BAD: Counts = [(5, 10), (4, 10), (6, 10)] * 4


def _row(comparison: Comparison, measure: str = "released") -> ComparedRow:
    return next(row for row in comparison.rows if row.measure == measure)


def _runs(a: Counts, b: Counts, **more: object) -> tuple[Run, Run]:
    suites = [made_suite({"released": counts}, **more) for counts in (a, b)]  # type: ignore[arg-type]
    return made_run(suites[0], id="a"), made_run(suites[1], id="b")


def test_a_planted_drop_is_found() -> None:
    row = _row(compare(*_runs(GOOD, BAD)))
    assert (row.verdict, row.n) == ("worse", 12)
    assert (row.a, row.b) == pytest.approx((0.9, 0.5))
    assert row.difference == pytest.approx(-0.4)
    assert row.low is not None
    assert row.high is not None
    assert row.low < -0.4 < row.high < 0
    assert row.p == pytest.approx(2 / 2**12)


@pytest.mark.parametrize(("better", "verdict"), [("higher", "worse"), ("lower", "better"), (None, "different")])
def test_the_verdict_follows_what_is_better(better: str | None, verdict: str) -> None:
    assert _row(compare(*_runs(GOOD, BAD, better=better))).verdict == verdict


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.just(4)), min_size=1, max_size=20))
def test_a_run_does_not_differ_from_itself(counts: list[tuple[float, float]]) -> None:
    run = made_run(made_suite({"released": counts, "other": counts[::-1]}))
    assert {row.verdict for row in compare(run, run).rows} == {"no difference shown"}


def test_too_few_cases_show_nothing_and_say_so() -> None:
    row = _row(compare(*_runs([(1, 1)] * 5, [(0, 1)] * 5)))
    assert row.verdict == "no difference shown"
    assert "only 5 cases differ" in row.why


def test_many_measures_are_corrected_for() -> None:
    """One drop that would count alone is drowned when twenty others could have shown one as well."""
    drop = [(1.0, 1.0)] * 6, [(0.0, 1.0)] * 6
    even = [(1.0, 1.0), (0.0, 1.0)] * 3, [(0.0, 1.0), (1.0, 1.0)] * 3
    alone = compare(*_runs(*drop))
    assert _row(alone).verdict == "worse"
    others = [{"drop": drop[side], **{f"m{i}": even[side] for i in range(20)}} for side in (0, 1)]
    crowd = compare(made_run(made_suite(others[0])), made_run(made_suite(others[1])))
    assert _row(crowd, "drop").verdict == "no difference shown"
    assert _row(crowd, "drop").p == pytest.approx(min(1, 21 * 2 / 2**6))


def test_measures_that_never_move_do_not_drown_one_that_does() -> None:
    counts = [{"released": side, **{f"m{i}": GOOD for i in range(300)}} for side in (GOOD, BAD)]
    found = compare(made_run(made_suite(counts[0])), made_run(made_suite(counts[1])))
    assert [row.measure for row in found.shown] == ["released"]


def test_other_versions_of_a_scorer_are_not_compared() -> None:
    a, b = _runs(GOOD, BAD)
    suite = b.suites[0]
    b = replace(b, suites=(replace(suite, measures=(replace(suite.measures[0], version=2),)),))
    row = _row(compare(a, b))
    assert (row.verdict, row.difference, row.p) == ("not comparable", None, None)
    assert "version 2" in row.why


def test_times_of_other_machines_are_not_compared() -> None:
    a, b = _runs(GOOD, BAD, unit="s", better="lower")
    assert _row(compare(a, b)).verdict == "better"
    assert _row(compare(a, replace(b, machine="another"))).verdict == "not comparable"


def test_of_other_sets_only_the_same_questions_are_compared() -> None:
    a = made_run(made_suite({"released": GOOD}, digest="one"), id="a")
    other = made_suite({"released": BAD}, digest="two")
    asked = [replace(case, key="expected something else") if i >= 8 else case for i, case in enumerate(other.cases)]
    row = _row(compare(a, made_run(replace(other, cases=tuple(asked)), id="b")))
    assert (row.verdict, row.n) == ("worse", 8)
    assert "8 of 12 cases shared" in row.why
    asked = [replace(case, key="expected something else") if i >= 4 else case for i, case in enumerate(other.cases)]
    row = _row(compare(a, made_run(replace(other, cases=tuple(asked)), id="b")))
    assert row.verdict == "not comparable"
    assert row.why.startswith("too few")


def test_a_crash_cannot_hide() -> None:
    """A run that fails on what it was bad at looks better only to those who do not see the row beside it."""
    a = made_run(made_suite({"released": [(9, 10)] * 6 + [(1, 10)] * 6}), id="a")
    suite = made_suite({"released": [(9, 10)] * 6})
    crashed = [made_case(number, {}, error="timeout") for number in range(6, 12)]
    b = made_run(replace(suite, cases=(*suite.cases, *crashed), failed=6, expected=12), id="b")
    found = compare(a, b)
    failed, released = _row(found, "failed"), _row(found)
    assert (failed.verdict, failed.a, failed.b) == ("worse", 0, 0.5)
    assert "case-6" in failed.why
    assert (released.verdict, released.n) == ("no difference shown", 6)
    assert "6 scored only in a" in released.why


def test_a_case_that_became_unscored_is_told() -> None:
    a, b = _runs(GOOD, GOOD)
    suite = b.suites[0]
    lost = replace(suite.cases[3], tallies={}, unscored={"released": "no idea"})
    b = replace(b, suites=(replace(suite, cases=(*suite.cases[:3], lost, *suite.cases[4:])),))
    row = _row(compare(a, b), "unscored")
    assert row.difference == pytest.approx(1 / 12)
    assert "unscored only in b: case-3" in row.why


def test_what_was_looked_at_in_one_run_only_is_not_comparable() -> None:
    a, b = _runs(GOOD, [None] * 12)
    assert _row(compare(a, b)).why.startswith("no case was scored in both")
    b = made_run(made_suite({"other": GOOD}))
    assert _row(compare(a, b)).why == "only a has this measure"
    assert _row(compare(a, b), "other").why == "only b has this measure"


def test_single_variants_are_paired_by_position_and_several_by_id() -> None:
    a = made_run(made_suite({"released": GOOD}, variant="old"), id="a")
    b = made_run(made_suite({"released": BAD}, variant="new"), id="b", model="local")
    found = compare(a, b)
    assert (_row(found).variant_a, _row(found).variant_b, _row(found).verdict) == ("old", "new", "worse")
    assert any("model scripted → local" in note for note in found.notes)
    several = made_run(*(made_suite({"released": BAD}, variant=name) for name in ("x", "old")), id="c")
    found = compare(a, several)
    assert [row.variant_b for row in found.rows] == ["old"] * 3
    assert "variant x: only in c" in found.notes


def test_variants_of_one_run() -> None:
    run = made_run(*(made_suite({"released": c}, variant=v) for c, v in ((GOOD, "ours"), (BAD, "mine"))))
    found = compare_variants(run, "ours", "mine")
    assert (found.a, found.b, _row(found).verdict) == ("ours", "mine", "worse")
    with pytest.raises(NotFound, match="ours, mine"):
        compare_variants(run, "ours", "theirs")


def test_suites_of_one_side_and_unfinished_runs_are_noted() -> None:
    a = made_run(made_suite({"released": GOOD}), made_suite({"found": GOOD}, suite="retrieval"), id="a")
    b = made_run(made_suite({"released": GOOD}), id="b", status="partial")
    assert set(compare(a, b).notes) == {"only in a: retrieval", "run b is partial: not every case was asked"}


def test_the_document_is_json() -> None:
    document = json.loads(json.dumps(compare(*_runs(GOOD, BAD)).to_json()))
    assert document["a"] == "a"
    assert {row["measure"] for row in document["rows"]} == {"failed", "unscored", "released"}


def test_runs_without_a_common_variant_have_no_rows() -> None:
    a = made_run(made_suite({"released": GOOD}, variant="x"))
    b = replace(made_run(made_suite({"released": GOOD}, variant="y")), variants=(Variant("y", "k", "m"),) * 2)
    assert compare(a, b).rows == ()
