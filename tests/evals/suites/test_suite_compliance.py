"""The sentences come from the rule sets, evenly chosen, and proofs reach the subject."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.workspace import Workspace
from evals.cases import Case
from evals.scorers.base import Unscored
from evals.scorers.rules import Rules
from evals.subjects.here import Here
from evals.subjects.port import Answer
from evals.suites.base import Wanted
from evals.suites.compliance import CORE, Compliance

CASES = Compliance().cases(Wanted())


def test_the_default_run_is_an_even_choice_and_always_the_same() -> None:
    core = [case for case in CASES if case.core]
    counts = Counter((case.ask["market"], case.expect["offends"]) for case in core)
    assert counts == {(market, offends): number for market, number in CORE.items() for offends in (True, False)}
    assert sum(case.locale == "zh-CN" for case in core) * 2 == len(core)
    assert Compliance().cases(Wanted(every=True)) == CASES
    assert len({case.id for case in CASES}) == len(CASES)


def test_every_case_says_why() -> None:
    assert all(case.why.isascii() and case.why for case in CASES)


def test_each_sentence_is_scored_once(sample: Workspace) -> None:
    suite, subject = Compliance(), Here(sample)
    core = [case for case in CASES if case.core]
    tallies = [Rules().score(case, suite.ask(case, subject)) for case in core]
    assert all(len(each) == 1 for each in tallies)
    shares = {
        name: [each[name].hits for each in tallies if name in each] for name in ("offences_found", "clean_passed")
    }
    # A check that objects to everything or to nothing has one of them at zero.
    assert all(sum(hits) * 2 > len(hits) == len(core) // 2 for hits in shares.values())


def test_a_proof_acquits(sample: Workspace) -> None:
    text = "本公司的网关获评国家级绿色工厂示范产品称号。"
    ask = {"text": text, "market": "CN", "proof": ""}
    bare = Case("c", "zh-CN", "w", ask, {"offends": True})
    proved = Case("c", "zh-CN", "w", {**ask, "proof": "国家级绿色工厂示范产品称号证书"}, {"offends": False})
    suite, subject = Compliance(), Here(sample)
    assert Rules().score(bare, suite.ask(bare, subject))["offences_found"].hits == 1
    assert Rules().score(proved, suite.ask(proved, subject))["clean_passed"].hits == 1


@pytest.mark.parametrize(("check", "offends", "hits"), [
    ("banned_term", True, 1), ("number_unsupported", True, 0), ("number_unsupported", False, 1), ("sensitive_term", False, 0),
])  # fmt: skip
def test_only_findings_about_words_count(check: str, offends: bool, hits: float) -> None:
    case = Case("c", "en", "w", {"text": "The best."}, {"offends": offends})
    finding = {"check": check, "severity": "warning", "span": {"start": 4, "end": 8}}
    (tally,) = Rules().score(case, Answer({"findings": [finding]})).values()
    assert (tally.hits, tally.shown[0].wrong) == (hits, not hits)


def test_no_findings_list_is_not_a_pass() -> None:
    with pytest.raises(Unscored):
        Rules().score(Case("c", "en", "w", {"text": ""}, {"offends": False}), Answer({}))
