"""Marks against planted errors and true texts."""

from __future__ import annotations

from typing import Any

import pytest

from evals.cases import Case
from evals.scorers.base import Unscored
from evals.scorers.verdicts import TextVerdict, Verdicts
from evals.subjects.port import Answer

TEXT = "The bill fell to 213 yuan in May."


def span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def claim(words: str, verdict: str) -> dict[str, Any]:
    return {"span": span(words), "verdict": verdict, "kind": "quantity"}


def finding(words: str, severity: str) -> dict[str, Any]:
    return {"span": span(words) if words else None, "severity": severity, "check": "number_unsupported"}


def scored(
    wrong: list[str], claims: list[dict[str, Any]] = (), findings: list[dict[str, Any]] = (), text: str = TEXT
) -> dict[str, tuple[float, float]]:  # fmt: skip
    case = Case("c", "en", "why", {"text": TEXT, "sources": []}, {"wrong": [{"text": each} for each in wrong]})
    answer = Answer({"text": text, "claims": list(claims), "findings": list(findings)})
    return {name: (tally.hits, tally.of) for name, tally in Verdicts().score(case, answer).items()}


@pytest.mark.parametrize("verdict", ["contradicted", "unsupported", "qualifier_changed", "ambiguous"])
def test_a_wrong_verdict_on_the_error_finds_it(verdict: str) -> None:
    assert scored(["213 yuan"], [claim("213", verdict)]) == {"errors_found": (1, 1), "marks_right": (1, 1)}


@pytest.mark.parametrize("verdict", ["supported", "not_checked"])
def test_other_verdicts_find_nothing(verdict: str) -> None:
    assert scored(["213 yuan"], [claim("213 yuan", verdict)]) == {"errors_found": (0, 1)}


def test_findings_find_unless_they_only_inform() -> None:
    assert scored(["213 yuan"], findings=[finding("213 yuan", "warning")])["errors_found"] == (1, 1)
    assert scored(["213 yuan"], findings=[finding("213 yuan", "info")]) == {"errors_found": (0, 1)}


def test_a_mark_beside_the_error_is_wrong() -> None:
    result = scored(["213 yuan"], [claim("213 yuan", "contradicted"), claim("May", "unsupported")])
    assert result == {"errors_found": (1, 1), "marks_right": (1, 2)}
    assert scored(["213 yuan"], [claim("May", "unsupported")])["errors_found"] == (0, 1)


def test_marks_that_meet_the_error_do_not_touch_it() -> None:
    assert scored(["213 yuan"], [claim("to ", "unsupported")])["errors_found"] == (0, 1)


def test_a_claim_and_its_finding_are_one_mark() -> None:
    result = scored(["213 yuan"], [claim("213 yuan", "contradicted")], [finding("213 yuan", "error")])
    assert result["marks_right"] == (1, 1)


def test_a_true_text_is_left_alone() -> None:
    assert scored([], [claim("213 yuan", "supported")]) == {"false_alarms": (0, 1), "false_blocks": (0, 1)}


def test_an_alarm_blocks_only_with_an_error() -> None:
    assert scored([], findings=[finding("May", "warning")]) == {"false_alarms": (1, 1), "false_blocks": (0, 1)}
    assert scored([], findings=[finding("", "error")]) == {"false_alarms": (0, 1), "false_blocks": (1, 1)}


def test_spans_count_in_the_text_as_read() -> None:
    with pytest.raises(Unscored, match="0 times"):
        scored(["213 yuan"], text="The bill fell.")


def test_what_is_no_check_is_not_scored() -> None:
    with pytest.raises(Unscored):
        Verdicts().score(Case("c", "en", "why", {}, {"wrong": []}), Answer({"text": TEXT}))


@pytest.mark.parametrize(
    ("verdict", "wrong", "expected"),
    [
        ("unsupported", True, {"texts_wrong_found": 1}),
        ("supported", True, {"texts_wrong_found": 0}),
        ("unsupported", False, {"texts_true_passed": 0}),
        ("not_checked", False, {"texts_true_passed": 1}),
    ],
)
def test_a_whole_text_is_marked_by_any_claim(verdict: str, wrong: bool, expected: dict[str, float]) -> None:
    case = Case("c", "en", "why", {"text": TEXT}, {"wrong_text": wrong})
    answer = Answer({"text": TEXT, "claims": [claim("May", verdict)], "findings": [finding("May", "error")]})
    tallies = TextVerdict().score(case, answer)
    assert {name: tally.hits for name, tally in tallies.items()} == expected
    assert all(tally.shown[0].wrong == (tally.hits == 0) for tally in tallies.values())


def test_each_scorer_leaves_the_cases_of_the_other() -> None:
    answer = Answer({"text": TEXT, "claims": [], "findings": []})
    assert not Verdicts().score(Case("c", "en", "why", {}, {"wrong_text": True}), answer)
    assert not TextVerdict().score(Case("c", "en", "why", {}, {"wrong": []}), answer)
