"""Blind pairs of a run: the drafts of its first variant held against those of another, by its judge and by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evals.judging.choices import PersonsChoice, agreement, readers
from evals.judging.labels import text_key
from evals.judging.pairs import Pair, PairJudge, Preference, blind
from evals.running.judged import Judging
from evals.running.record import CaseResult, MeasureResult, Run, SuiteResult, TallyRecord
from evals.running.summary import measured
from evals.scorers.base import Measure, Unscored
from evals.statistics.kappa import cohen

SUITE = "pairs"
_VALUES = {"a": 1.0, "tie": 0.5, "b": 0.0}
JUDGED = Measure("preferred", "blind pairs that the judge decides for the first variant; a tie is half", "higher")
READ = Measure("preferred_by_readers", "the same, decided by readers", "higher")
_COUNTED = ("pairs", 1)
"""Who counts, and the version of how."""


def pairs_of(first: SuiteResult, other: SuiteResult) -> list[tuple[CaseResult, Pair]]:
    """A pair for each case that both variants answered with some text, blind."""
    beside = {case.id: case for case in other.cases if not case.error}
    found = []
    for case in first.cases:
        if not case.error and case.id in beside:
            a, b = blind(case.document), blind(beside[case.id].document)
            if a and b:
                found.append((case, Pair(case.id, _brief(case), a, b, case.locale)))
    return found


def all_pairs(run: Run, suite: str = "drafting") -> list[Pair]:
    """The pairs of the first variant with every other."""
    results = [result for result in run.suites if result.suite == suite]
    return [pair for other in results[1:] for _, pair in pairs_of(results[0], other)]


def pairs(
    first: SuiteResult,
    other: SuiteResult,
    choices: Sequence[PersonsChoice],
    judging: Judging | None,
    generators: frozenset[str],
) -> SuiteResult | None:
    """A result like a suite's; None when neither a judge nor people said anything."""
    found = pairs_of(first, other)
    tallies: dict[str, dict[str, TallyRecord]] = {case.id: {} for case, _ in found}
    unscored: dict[str, dict[str, str]] = {case.id: {} for case, _ in found}
    remarks: dict[str, MeasureResult] = {}
    told = {pair.id: _by_people(pair, choices) for _, pair in found}
    for name, tally in told.items():
        if tally is not None:
            tallies[name][READ.id] = tally
    judge = PairJudge(judging.model, judging.keep, generators=generators) if judging else None
    heard = {pair.id: judge.preference(pair.brief, pair.a, pair.b, pair.locale) for _, pair in found} if judge else {}
    for name, preference in heard.items():
        if isinstance(preference, Unscored):
            unscored[name][JUDGED.id] = str(preference)
        else:
            tallies[name][JUDGED.id] = _judged(preference)
    cases = [
        CaseResult(
            case.id, case.locale, case.why, case.source, 0.0, key=case.key,
            tallies=tallies[case.id], unscored=unscored[case.id],
        )
        for case, _ in found
    ]  # fmt: skip
    only = [pair for _, pair in found]
    if judge:
        remarks[JUDGED.id] = _of_judge(measured(JUDGED, *_COUNTED, cases), judge, only, heard, choices)
    if any(told.values()):
        remarks[READ.id] = _of_readers(measured(READ, *_COUNTED, cases), only, choices)
    if not remarks:
        return None
    return SuiteResult(
        suite=SUITE,
        about="two drafts of one brief, without names: which would one send out?",
        variant=f"{first.variant} / {other.variant}",
        cases_digest=first.cases_digest,
        seconds=0.0,
        failed=0,
        usage={},
        measures=tuple(remarks.values()),
        cases=tuple(cases),
        expected=len(cases),
    )


def _brief(case: CaseResult) -> str:
    inputs = "; ".join(f"{name}: {str(value)[:300]}" for name, value in case.ask.get("inputs", {}).items())
    return f"{case.ask.get('template')} ({inputs})"


def _judged(preference: Preference) -> TallyRecord:
    shown = [
        {"text": reason, "against": f"order {number}", "why": choice, "wrong": preference.choice == "b"}
        for number, (choice, reason) in enumerate(zip(preference.orders, preference.reasons, strict=True), 1)
    ]
    return TallyRecord(_VALUES[preference.choice], 1.0, tuple(shown))


def _by_people(pair: Pair, choices: Sequence[PersonsChoice]) -> TallyRecord | None:
    """The mean over all readers of these two texts; None when nobody read them."""
    said = list(_said(pair, choices))
    if not said:
        return None
    shown = [
        {"text": choice.prefers, "against": choice.by, "why": "", "wrong": choice.prefers == "b"} for choice in said
    ]
    return TallyRecord(sum(_VALUES[choice.prefers] for choice in said) / len(said), 1.0, tuple(shown))


def _said(pair: Pair, choices: Sequence[PersonsChoice]) -> Iterator[PersonsChoice]:
    keys = (text_key(pair.a), text_key(pair.b))
    return (choice for choice in choices if (choice.a, choice.b) == keys)


def _of_judge(
    measure: MeasureResult,
    judge: PairJudge,
    found: Sequence[Pair],
    heard: Mapping[str, Preference | Unscored],
    choices: Sequence[PersonsChoice],
) -> MeasureResult:
    said = {name: p for name, p in heard.items() if isinstance(p, Preference)}
    orders = [preference.orders for preference in said.values()]
    with_itself = cohen([a for a, _ in orders], [b for _, b in orders], "none") if orders else None
    notes = [f"the two orders agree with kappa {_shown(with_itself)}"]
    if judge.is_generator:
        notes.append("the judge wrote the drafts: indicative only")
    kappa = agreement(found, {name: p.choice for name, p in said.items()}, choices)
    return replace(measure, kappa=kappa, note="; ".join(notes))


def _of_readers(measure: MeasureResult, found: Sequence[Pair], choices: Sequence[PersonsChoice]) -> MeasureResult:
    """With the agreement of the two who read most, which bounds what any judge can reach."""
    who = Counter(choice.by for pair in found for choice in _said(pair, choices))
    kappa = readers(found, choices, *[name for name, _ in who.most_common(2)]) if len(who) > 1 else None
    return replace(measure, kappa=kappa, note=f"{len(who)} readers, kappa between two of them")


def _shown(kappa: float | None) -> str:
    return "undefined" if kappa is None else f"{kappa:.2f}"
