"""The judge: public sets by program only, and with the configured model as judge of what the program left open.

On a fixed sample, since a small model on two cores takes seconds for each sentence. The judge is first examined as in
the product; one that fails is not heard, and the two results are the same.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.checking import CheckReport
from assistant.claims.judge.judge import Judge
from assistant.claims.judge.opinions import Remembered
from assistant.gateway.factory import open_model
from assistant.judging import judge_by, judged_report
from evals.bench import Bench
from evals.bench.claims.grounded import checked
from evals.bench.claims.marks import WRONG
from evals.bench.table import Row

SEED = 20_270_301
SUMMEDITS, WICE = 160, 80
"""Samples: of SummEdits equally many of each domain and label, of WiCE as they come."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text, its document, and whether the document carries all of it."""

    text: str
    document: str
    true: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a case was true, and whether something in it was flagged by program and with the judge."""

    true: bool
    program: bool
    judge: bool


def sets(bench: Bench) -> Iterator[Row]:
    """SummEdits (balanced accuracy) and WiCE (F1 of `not fully supported`)."""
    assert bench.data is not None
    model = open_model(bench.settings, bench.progress)
    if not model.writes:
        yield Row("judge", None, note=f"skipped: {model.name} cannot judge; set KOUJING_MODEL")
        return
    try:
        judge = judge_by(model, bench.settings, Remembered(), bench.progress, bench.say)
        yield from rows(bench.data, judge, bench.say)
    finally:
        model.close()


def rows(data: Path, judge: Judge, say: Callable[[str], None]) -> Iterator[Row]:
    """The exams, then both sets (which are in English)."""
    for language in ("en", "zh"):
        result = judge.result(language)
        if judge.failure:
            yield Row("judge", None, note=f"skipped: {judge.failure}")
            return
        powers = [name for name, has in (("acquit", result.may_acquit), ("convict", result.may_convict)) if has]
        passed, caught = f"{result.passed} of {result.true} true", f"{result.caught} of {result.false} false"
        yield Row(
            f"judge: exam ({language}), sentences judged right",
            (result.passed + result.caught) / (result.true + result.false),
            n=result.true + result.false,
            note=f"{passed}, {caught}; {'may ' + ' and '.join(powers) if powers else 'failed: not heard'}",
        )
    for name, measure, marked, cases in (
        ("SummEdits, balanced accuracy", balanced_accuracy, found_wrong, summedits(data)),
        ("WiCE dev, F1 of not fully supported", f1, not_supported, wice(data)),
    ):
        before = judge.usage
        outcomes = [outcome(case, judge, marked) for case in cases]
        program = round(measure([(o.true, o.program) for o in outcomes]), 4)
        value = round(measure([(o.true, o.judge) for o in outcomes]), 4)
        changed = sum(o.program != o.judge for o in outcomes)
        calls, seconds = judge.usage.calls - before.calls, judge.usage.seconds - before.seconds
        say(f"  {name}: {program:.3f} by program, {value:.3f} with the judge")
        yield Row(
            f"judge: {name}", value, "", goal=f"≥ {program:.4f}", baseline=f"program only {program:.3f}",
            n=len(outcomes), note=f"{changed} texts changed, {calls} calls, {seconds:.0f} s",
        )  # fmt: skip


def outcome(case: Case, judge: Judge, marked: Callable[[CheckReport], bool]) -> Outcome:
    """One case, both ways."""
    report = checked(case.text, case.document, "en")
    return Outcome(case.true, marked(report), marked(judged_report(report, judge)))


def found_wrong(report: CheckReport) -> bool:
    """True when a claim is contradicted or unsupported."""
    return any(claim.verdict in WRONG for claim in report.claims)


def not_supported(report: CheckReport) -> bool:
    """True when a claim is anything but supported."""
    return any(claim.verdict != "supported" for claim in report.claims)


def balanced_accuracy(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Of (true, flagged): the mean of how many true texts pass and how many false ones are flagged."""
    passed = [not flagged for true, flagged in pairs if true]
    caught = [flagged for true, flagged in pairs if not true]
    return (sum(passed) / max(1, len(passed)) + sum(caught) / max(1, len(caught))) / 2


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Of (true, flagged): F1 of flagging what is not true."""
    hits = sum(flagged and not true for true, flagged in pairs)
    misses = sum(flagged != (not true) for true, flagged in pairs)
    return 2 * hits / max(1, 2 * hits + misses)


def summedits(data: Path, size: int = SUMMEDITS) -> list[Case]:
    """The sample, every domain and label alike, in an order of its own."""
    folder = data / "claims_summedits"
    documents = {row["doc_id"]: row["text"] for row in _lines(folder / "docs.jsonl")}
    groups: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for row in _lines(folder / "samples.jsonl"):
        case = Case(row["summary"], documents[row["doc_id"]], row["label"] == 1)
        groups[row["domain"], row["label"]].append(case)
    dice = random.Random(SEED)  # noqa: S311  the same sample every time, no secret
    cases = [case for _, group in sorted(groups.items()) for case in _some(group, size // len(groups), dice)]
    dice.shuffle(cases)
    return cases


def wice(data: Path, size: int = WICE) -> list[Case]:
    """The sample; only what is fully supported counts as true."""
    found = [
        Case(row["claim"], "\n".join(row["evidence"]), row["label"] == "supported")
        for row in _lines(data / "claims_wice" / "claims_dev.jsonl")
    ]
    return _some(found, size, random.Random(SEED))  # noqa: S311  the same sample every time, no secret


def _some(cases: Sequence[Case], size: int, dice: random.Random) -> list[Case]:
    return dice.sample(cases, min(size, len(cases)))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())
