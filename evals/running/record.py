"""What a run leaves behind: one JSON document per run, complete enough for tables, comparison, gate and report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA = 1
CRASHED = "crashed: "
"""How the reason begins when a scorer did not say that it cannot tell, but fell over."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What was judged: a subject with a model, a set of prompts (empty: ours) and a library."""

    id: str
    subject: str
    model: str
    prompts: str = ""
    library: str = "sample"


@dataclass(frozen=True, slots=True)
class TallyRecord:
    """A measure in one case. `shown` are objects with text, against, why, wrong."""

    hits: float
    of: float
    shown: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case, answered or failed (`error` says why), with the tally of every measure that looked at something.

    `unscored` holds the measures whose scorer could not say or crashed, with the reason: they count nowhere.
    `key` is the digest of the case with all that was expected: two cases of one key are the same question.
    `seconds` went into the answer, `scoring` into looking at it (a judge takes its time).
    """

    id: str
    locale: str
    why: str
    source: str
    seconds: float
    scoring: float = 0.0
    error: str = ""
    key: str = ""
    ask: Mapping[str, Any] = field(default_factory=dict)
    document: Mapping[str, Any] = field(default_factory=dict)
    prompts: Sequence[Mapping[str, Any]] = ()
    tallies: Mapping[str, TallyRecord] = field(default_factory=dict)
    unscored: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """A measure over a suite: value (None: nothing was looked at) with a 95% interval over cases.

    `n` cases had something to look at, `unscored` could not be scored (of these `crashed` because of a fault in the
    scorer), `of` is what was looked at in all.
    `kappa` is the agreement of a judge with human labels, None for a program's measure.
    """

    measure: str
    about: str
    better: str | None
    unit: str
    scorer: str
    version: int
    value: float | None
    low: float | None
    high: float | None
    hits: float
    of: float
    n: int
    unscored: int
    crashed: int = 0
    kappa: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """A suite as one variant answered it. `failed` cases have an error and count in no measure but are never hidden."""

    suite: str
    about: str
    variant: str
    cases_digest: str
    seconds: float
    failed: int
    usage: Mapping[str, Any]
    measures: Sequence[MeasureResult]
    cases: Sequence[CaseResult]
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run. `status`: `done`, or `partial` when cases are still to be asked (resume it).

    `exam_seconds` of `seconds` went into the judge's exam; answers are kept, so that it is taken once.
    `whole`: every case of the default run was asked, and no other; False where options chose other cases.
    """

    id: str
    begun: str
    ended: str
    status: str
    machine: str
    versions: Mapping[str, str]
    variants: Sequence[Variant]
    suites: Sequence[SuiteResult]
    judge: str = ""
    whole: bool = True
    planned_seconds: float | None = None
    seconds: float = 0.0
    exam_seconds: float = 0.0

    def of(self, suite: str, variant: str) -> SuiteResult | None:
        """The result of a suite for a variant."""
        return next((s for s in self.suites if (s.suite, s.variant) == (suite, variant)), None)

    @property
    def troubled(self) -> bool:
        """True when a case failed, or a scorer crashed. A judge that does not know is no trouble."""
        return any(suite.failed or any(m.crashed for m in suite.measures) for suite in self.suites)

    def rows(self) -> Iterator[tuple[SuiteResult, MeasureResult]]:
        """Every measure with its suite, in order."""
        return ((suite, measure) for suite in self.suites for measure in suite.measures)

    def to_json(self, *, cases: bool = True) -> dict[str, Any]:
        """The document; without `cases` only what fits a screen."""
        document = {"schema": SCHEMA, **asdict(self)}
        if not cases:
            for suite in document["suites"]:
                suite["cases"] = len(suite["cases"])
        return document


def run_from_json(document: Mapping[str, Any]) -> Run:
    """The inverse of `Run.to_json`."""
    values = {key: value for key, value in document.items() if key != "schema"}
    values["variants"] = tuple(Variant(**v) for v in document["variants"])
    values["suites"] = tuple(_suite(s) for s in document["suites"])
    return Run(**values)


def _suite(document: Mapping[str, Any]) -> SuiteResult:
    values = dict(document)
    values["measures"] = tuple(MeasureResult(**m) for m in document["measures"])
    values["cases"] = tuple(_case(c) for c in document["cases"])
    return SuiteResult(**values)


def _case(document: Mapping[str, Any]) -> CaseResult:
    tallies = {name: TallyRecord(**tally) for name, tally in document["tallies"].items()}
    return CaseResult(**{**document, "tallies": tallies})
