"""The questions fit the sample library, and the product's answers to them can be scored."""

from __future__ import annotations

from assistant.workspace import Workspace
from evals.cases import golden
from evals.scorers.ranking import BEST, Ranking
from evals.subjects.here import Here, scope_of
from evals.suites.base import Wanted
from evals.suites.retrieval import Retrieval

CASES = golden("retrieval")


def test_the_entries_are_there_and_may_be_seen_or_not_as_the_cases_say(sample: Workspace) -> None:
    known = {entry.entry_id: entry for entry in sample.library.entries.latest()}
    for case in CASES:
        scope, _ = scope_of({key: value for key, value in case.ask.items() if key != "query"})
        offered = {entry.entry_id for entry in sample.library.offered(scope)}
        assert set(case.expect.get("relevant", {})) <= offered, case.id
        never = set(case.expect.get("never", ()))
        assert never <= set(known), case.id
        assert not never & offered, case.id


def test_a_question_has_a_best_answer_or_something_that_must_not_come() -> None:
    for case in CASES:
        grades = case.expect.get("relevant", {}).values()
        assert BEST in grades if grades else case.expect["never"], case.id
        assert set(grades) <= {1, 2, 3}, case.id
    assert sum(case.locale == "en" for case in CASES) * 2 == len(CASES) >= 40


def test_the_product_answers_and_offers_nothing_forbidden(sample: Workspace) -> None:
    suite, subject = Retrieval(), Here(sample)
    tallies = [Ranking().score(case, suite.ask(case, subject)) for case in suite.cases(Wanted())]
    assert [tally.shown for each in tallies if (tally := each.get("never_offered")) and tally.hits] == []
    assert any(each["ndcg@10"].hits == 1 for each in tallies if "ndcg@10" in each)


def test_the_scope_of_a_case_reaches_the_subject(sample: Workspace) -> None:
    inside = next(case for case in CASES if case.id == "find-mining-internal-zh")
    hits = Retrieval().ask(inside, Here(sample)).document["hits"]
    assert 0 < len(hits) <= inside.ask["k"]
    assert "case-mining" in {hit["entry_id"] for hit in hits}
