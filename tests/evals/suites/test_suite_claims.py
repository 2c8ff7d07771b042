"""Planted errors stand where the cases say, the product can be asked, and public sets come when they are there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from assistant.workspace import Workspace
from evals.cases import Case, golden
from evals.public.claim_sets import claim_sets
from evals.subjects.here import Here
from evals.suites.base import Wanted
from evals.suites.claims import Claims

CASES = golden("claims")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_an_error_stands_once_in_a_text_that_is_no_copy_of_its_source(case: Case) -> None:
    assert all(case.ask["text"].count(error["text"]) == 1 for error in case.expect["wrong"])
    assert not any(case.ask["text"] in source["text"] for source in case.ask["sources"])


def test_both_languages_and_both_sorts() -> None:
    for locale in ("zh-CN", "en"):
        own = [case for case in CASES if case.locale == locale]
        assert sum(bool(case.expect["wrong"]) for case in own) >= 20
        assert sum(not case.expect["wrong"] for case in own) >= 10


def test_the_product_finds_some_and_every_case_can_be_scored(sample: Workspace) -> None:
    suite, subject = Claims(), Here(sample)
    counts = {measure.id: [0.0, 0.0] for measure in suite.measures}
    for case in suite.cases(Wanted()):
        answer = suite.ask(case, subject)
        for scorer in suite.scorers:
            for name, tally in scorer.score(case, answer).items():
                counts[name][0] += tally.hits
                counts[name][1] += tally.of
    assert counts["errors_found"][1] == sum(len(case.expect["wrong"]) for case in CASES)
    assert counts["false_alarms"][1] == sum(not case.expect["wrong"] for case in CASES)
    # Not how good it is, which the suite measures: only that finding is more likely than alarming.
    assert counts["errors_found"][0] / counts["errors_found"][1] > counts["false_alarms"][0] / counts["false_alarms"][1]


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_public_sets_are_sampled_half_and_half_and_the_same_every_time(tmp_path: Path) -> None:
    _lines(tmp_path / "claims_summedits" / "docs.jsonl", [{"doc_id": "d", "domain": "news", "text": "A document."}])
    _lines(
        tmp_path / "claims_summedits" / "samples.jsonl",
        ({"id": f"s{n}", "domain": "news", "doc_id": "d", "summary": f"S{n}.", "label": n % 3 > 0} for n in range(90)),
    )
    cases = claim_sets(tmp_path)
    assert [case.expect["wrong_text"] for case in cases] == [True] * 20 + [False] * 20
    assert all(int(case.ask["text"][1:-1]) % 3 == 0 for case in cases if case.expect["wrong_text"])
    assert not any(case.core for case in cases)
    assert all("Apache-2.0" in case.source for case in cases)
    assert claim_sets(tmp_path) == cases


def test_only_what_is_fully_supported_is_true_and_real_news_too(tmp_path: Path) -> None:
    _lines(
        tmp_path / "claims_wice" / "claims_dev.jsonl",
        (
            {"label": label, "claim": label, "evidence": ["One.", "Two."], "meta": {"id": label}}
            for label in ("supported", "partially_supported", "not_supported")
        ),
    )
    row = {"id": "u", "claim": "made up", "real_continuation": "real", "source_full": "all", "has_hallucination": True}
    _lines(tmp_path / "claims_uhgeval_zh" / "uhgeval_concise.jsonl", [row])
    cases = claim_sets(tmp_path)
    assert {case.ask["text"] for case in cases if not case.expect["wrong_text"]} == {"supported", "real"}
    assert {"One.\nTwo.", "all"} == {case.ask["sources"][0]["text"] for case in cases}


def test_absent_sets_give_nothing(tmp_path: Path) -> None:
    assert claim_sets(None) == claim_sets(tmp_path) == []
    assert list(Claims().cases(Wanted(every=True, data=tmp_path))) == CASES
