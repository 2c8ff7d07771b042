"""Two runs, or two variants of one, case by case: what changed, by how much, and whether that could be chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from evals.running.record import MeasureResult, Run, SuiteResult, Variant
from evals.statistics.matching import CasePairs, apart, left_out, looked, shared
from evals.statistics.pairs import SHOWN_AT, Pairs, holm
from knowledge.domain.errors import NotFound

Verdict = Literal["better", "worse", "different", "no difference shown", "not comparable"]
LEAST_SHARED = 5
"""Fewer cases than this in common, of sets that differ, are not compared."""
TROUBLES = {
    "failed": "cases that ended in an error",
    "unscored": "cases with a measure that could not be scored",
}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One measure in a and b, over the `n` cases that were scored in both.

    `difference` is b − a with its 95% interval. `p` is corrected for all rows of the comparison that could show
    anything (Holm); rows that could not keep their own. `failed` and `unscored` stand beside the measures, so that a
    crash cannot hide. Where nothing can be compared, a and b are the values of either whole side.
    """

    suite: str
    variant_a: str
    variant_b: str
    measure: str
    about: str
    better: str | None
    n: int
    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    verdict: Verdict
    why: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a in b. `notes` say what else is not the same: suites, variants, an unfinished run."""

    a: str
    b: str
    rows: Sequence[ComparedRow]
    notes: Sequence[str] = ()

    @property
    def shown(self) -> list[ComparedRow]:
        """The rows in which a difference is shown."""
        return [row for row in self.rows if row.verdict in ("worse", "better", "different")]

    def to_json(self) -> dict[str, Any]:
        return {"a": self.a, "b": self.b, "notes": list(self.notes), "rows": [asdict(row) for row in self.rows]}


def compare(a: Run, b: Run) -> Comparison:
    """What changed from run a to run b. Variants are paired by id, or when each run has only one."""
    notes = [f"run {run.id} is {run.status}: not every case was asked" for run in (a, b) if run.status != "done"]
    rows: list[_Tested] = []
    for first, other in _variants(a, b, notes):
        rows += _suites(_Side(a, first), _Side(b, other), notes)
    return Comparison(a.id, b.id, _judged(rows), tuple(notes))


def compare_variants(run: Run, first: str, other: str) -> Comparison:
    """What changes from one variant of a run to another. Raises `NotFound`."""
    known = {variant.id: variant for variant in run.variants}
    for name in (first, other):
        if name not in known:
            raise NotFound(f"run {run.id} has no variant '{name}'; there are {', '.join(known)}")
    notes = [f"run {run.id} is {run.status}: not every case was asked"] if run.status != "done" else []
    rows = _suites(_Side(run, known[first]), _Side(run, known[other]), notes)
    return Comparison(first, other, _judged(rows), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Side:
    run: Run
    variant: Variant

    def suites(self) -> dict[str, SuiteResult]:
        return {suite.suite: suite for suite in self.run.suites if suite.variant == self.variant.id}


@dataclass(frozen=True, slots=True)
class _Tested:
    row: ComparedRow
    pairs: Pairs | None = None


def _variants(a: Run, b: Run, notes: list[str]) -> list[tuple[Variant, Variant]]:
    in_b = {variant.id: variant for variant in b.variants}
    pairs = [(variant, in_b[variant.id]) for variant in a.variants if variant.id in in_b]
    if not pairs and len(a.variants) == len(b.variants) == 1:
        pairs = [(a.variants[0], b.variants[0])]
    paired = {variant.id for pair in pairs for variant in pair}
    notes += [f"variant {v.id}: only in {run.id}" for run in (a, b) for v in run.variants if v.id not in paired]
    for first, other in pairs:
        changed = [
            f"{name} {getattr(first, name) or 'ours'} → {getattr(other, name) or 'ours'}"
            for name in ("subject", "model", "prompts", "library")
            if getattr(first, name) != getattr(other, name)
        ]
        notes += [f"variant {other.id}: {', '.join(changed)}"] if changed else []
    return pairs


def _suites(a: _Side, b: _Side, notes: list[str]) -> list[_Tested]:
    in_a, in_b = a.suites(), b.suites()
    for side, own, others in ((a, in_a, in_b), (b, in_b, in_a)):
        missing = [name for name in own if name not in others]
        where = side.run.id if a.run.id != b.run.id else side.variant.id
        notes += [f"only in {where}: {', '.join(missing)}"] if missing else []
    both = [(in_a[name], in_b[name]) for name in in_a if name in in_b]
    return [row for first, other in both for row in _rows(first, other, a.run, b.run)]


def _rows(a: SuiteResult, b: SuiteResult, run_a: Run, run_b: Run) -> Iterator[_Tested]:
    found, said, few = shared(a, b)
    for name in TROUBLES:
        yield _trouble(name, a, b, found, said, few)
    in_a, in_b = ({m.measure: m for m in suite.measures} for suite in (a, b))
    for name in [*in_a, *(name for name in in_b if name not in in_a)]:
        row = _row(a, b, in_b.get(name) or in_a[name])
        why = apart(in_a.get(name), in_b.get(name), run_a, run_b)
        scored = [(x.tallies[name], y.tallies[name]) for x, y in found if looked(x, name) and looked(y, name)]
        if not why and not scored:
            why = f"no case was scored in both{said and '; ' + said}"
        if not why and few and len(scored) < LEAST_SHARED:
            why = f"too few: {said}"
        if why:
            yield _Tested(replace(row, why=why))
            continue
        pairs = Pairs([(x.hits, x.of) for x, _ in scored], [(y.hits, y.of) for _, y in scored])
        yield _measured(row, pairs, "; ".join(filter(None, (said, left_out(found, name)))))


def _measured(row: ComparedRow, pairs: Pairs, said: str) -> _Tested:
    """The row with its figures; the verdict waits for the other rows."""
    first, other = pairs.values
    low, high = pairs.bounds(bounded=not row.unit)
    row = replace(
        row, n=len(pairs), a=first, b=other, difference=other - first, low=low, high=high, p=pairs.p(),
        verdict="no difference shown", why=said,
    )  # fmt: skip
    return _Tested(row, pairs)


def _trouble(name: str, a: SuiteResult, b: SuiteResult, found: CasePairs, said: str, few: bool) -> _Tested:
    """`failed` or `unscored` as a measure of its own, with the cases in which the sides differ."""
    row = ComparedRow(
        a.suite, a.variant, b.variant, name, TROUBLES[name], "lower", 0, None, None, None, None, None, None,
        "not comparable",
    )  # fmt: skip
    if not found or (few and len(found) < LEAST_SHARED):
        return _Tested(replace(row, why=f"too few: {said}" if said else "no cases"))
    ill = [[bool(case.error if name == "failed" else case.unscored) for case in side] for side in found]
    names = [(case.id, was, now) for (case, _), (was, now) in zip(found, ill, strict=True)]
    only = [
        (side, [i for i, was, now in names if was != now and now is later])
        for side, later in (("a", False), ("b", True))
    ]
    parts = [said, *(f"{name} only in {side}: {_few(ids)}" for side, ids in only if ids)]
    pairs = Pairs([(was, 1) for _, was, _ in names], [(now, 1) for _, _, now in names])
    return _measured(row, pairs, "; ".join(filter(None, parts)))


def _few(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")


def _row(a: SuiteResult, b: SuiteResult, measure: MeasureResult) -> ComparedRow:
    """A row that tells the whole values of either side, and compares nothing yet."""
    first, other = ({m.measure: m.value for m in suite.measures}.get(measure.measure) for suite in (a, b))
    return ComparedRow(
        a.suite, a.variant, b.variant, measure.measure, measure.about, measure.better, 0, first, other,
        None, None, None, None, "not comparable", unit=measure.unit,
    )  # fmt: skip


def _judged(rows: Sequence[_Tested]) -> tuple[ComparedRow, ...]:
    """The verdicts of all rows together.

    Rows in which too few cases differ to show anything, whatever chance does, are no part of the family: which cases
    differ is known before anything is swapped, so leaving them out makes no false alarm likelier (Tarone 1990).
    """
    family = [i for i, tested in enumerate(rows) if tested.pairs is not None and tested.pairs.testable]
    corrected = dict(zip(family, holm([rows[i].row.p or 0.0 for i in family]), strict=True))
    return tuple(_verdict(tested, corrected.get(i)) for i, tested in enumerate(rows))


def _holds_zero(row: ComparedRow) -> bool:
    """Whether no difference at all lies within the interval, its ends included."""
    return row.low is not None and row.high is not None and row.low <= 0 <= row.high


def joined(found: Sequence[Comparison]) -> Comparison | None:
    """Several comparisons as one table; None when there is none."""
    if len(found) < 2:
        return found[0] if found else None
    b = ", ".join(dict.fromkeys(each.b for each in found))
    a = ", ".join(dict.fromkeys(each.a for each in found))
    rows = tuple(row for each in found for row in each.rows)
    return Comparison(a, b, rows, tuple(note for each in found for note in each.notes))


def _verdict(tested: _Tested, p: float | None) -> ComparedRow:
    row = tested.row
    if p is None:
        differ = int(tested.pairs.differing.sum()) if tested.pairs is not None else 0
        few = f"only {differ} {'case differs' if differ == 1 else 'cases differ'}, too few to show anything"
        return replace(row, why="; ".join(filter(None, (row.why, few)))) if differ else row
    row = replace(row, p=p)
    if p > SHOWN_AT or not row.difference or _holds_zero(row):
        return row
    if row.better is None:
        return replace(row, verdict="different")
    return replace(row, verdict="better" if (row.difference > 0) == (row.better == "higher") else "worse")
