"""Blind pairs of a run: the drafts of its first variant held against those of every other, by its judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evals.cases import Case
from evals.judging.pairs import PairJudge, Preference, blind
from evals.running.judged import Judging
from evals.running.record import CaseResult, SuiteResult, TallyRecord
from evals.running.summary import measured
from evals.scorers.base import Measure, Scorer, Tally, Unscored
from evals.statistics.kappa import cohen
from evals.subjects.port import Answer

SUITE = "pairs"
_VALUES = {"a": 1.0, "tie": 0.5, "b": 0.0}


class _Preferred(Scorer):
    """Names the measure; the pairs are counted here."""

    id, version = "pairs", 1
    measures = (Measure("preferred", "blind pairs that prefer the first variant; a tie is half", "higher"),)

    def score(self, case: Case, answer: Answer) -> Mapping[str, Tally]:
        raise NotImplementedError


def pairs(first: SuiteResult, other: SuiteResult, judging: Judging, generators: frozenset[str]) -> SuiteResult:
    """A result like a suite's: a case for each draft that both variants wrote."""
    judge = PairJudge(judging.model, judging.keep, generators=generators)
    found = [(case, judge.preference(*_asked(case, beside))) for case, beside in _both(first, other)]
    cases = [_case(case, preference) for case, preference in found]
    orders = [preference.orders for _, preference in found if isinstance(preference, Preference)]
    agreement = cohen([a for a, _ in orders], [b for _, b in orders], "none") if orders else None
    notes = [f"{first.variant} against {other.variant}, both orders"]
    notes.append("orders agree: kappa undefined" if agreement is None else f"orders agree: kappa {agreement:.2f}")
    if judge.is_generator:
        notes.append("the judge wrote the drafts: indicative only")
    measure = measured(_Preferred.measures[0], _Preferred(), cases)
    return SuiteResult(
        suite=SUITE,
        about="two drafts of one brief, without names: which would one send out?",
        variant=f"{first.variant} / {other.variant}",
        cases_digest=first.cases_digest,
        seconds=0.0,
        failed=0,
        usage={},
        measures=(replace(measure, note="; ".join(notes)),),
        cases=tuple(cases),
        expected=len(cases),
    )


def _both(first: SuiteResult, other: SuiteResult) -> Iterator[tuple[CaseResult, CaseResult]]:
    beside = {case.id: case for case in other.cases if not case.error}
    return ((case, beside[case.id]) for case in first.cases if not case.error and case.id in beside)


def _asked(case: CaseResult, beside: CaseResult) -> tuple[str, str, str, str]:
    inputs = case.ask.get("inputs", {})
    brief = "; ".join(f"{name}: {str(value)[:300]}" for name, value in inputs.items())
    return f"{case.ask.get('template')} ({brief})", blind(case.document), blind(beside.document), case.locale


def _case(case: CaseResult, preference: Preference | Unscored) -> CaseResult:
    if isinstance(preference, Unscored):
        return CaseResult(case.id, case.locale, case.why, case.source, 0.0, unscored={"preferred": str(preference)})
    shown = [
        {"text": reason, "against": f"order {number}", "why": choice, "wrong": preference.choice == "b"}
        for number, (choice, reason) in enumerate(zip(preference.orders, preference.reasons, strict=True), 1)
    ]
    tally = TallyRecord(_VALUES[preference.choice], 1.0, tuple(shown))
    return CaseResult(case.id, case.locale, case.why, case.source, 0.0, tallies={"preferred": tally})
