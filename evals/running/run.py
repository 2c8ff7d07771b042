"""A run from request to result: cases chosen, time planned, asked through Inspect, put together, kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant.progress import Progress
from assistant.settings import Settings
from evals.bench import machine, versions
from evals.cases import Case, digest
from evals.running.inspecting import as_task, quiet, result_of
from evals.running.plan import JUDGE, Asked, Plan, Planner, history_of, reference, writer_of
from evals.running.probe import probe
from evals.running.record import CaseResult, Run, SuiteResult, Variant
from evals.running.request import Request, request_from_json
from evals.running.stage import Stage
from evals.running.store import Runs
from evals.running.summary import Agreement, suite_result
from evals.scorers.base import Scorer
from evals.statistics.intervals import FEWEST
from evals.subjects.port import Subject
from evals.suites.base import Suite
from knowledge.domain.errors import InputError, KoujingError, SetupError

if TYPE_CHECKING:
    from evals.running.judged import Judging


@dataclass(frozen=True, slots=True)
class Turn:
    """A suite for a variant, with its cases and everybody who looks at the answers."""

    variant: Variant
    suite: Suite
    cases: Sequence[Case]
    scorers: Sequence[Scorer]


@dataclass(slots=True)
class Runner:
    """Carries out requests of one workspace. `say` gets a line for each thing that a person waits for.

    `around` and `scorers` put something in the place of subjects and scorers: to see that what is broken is found.
    """

    settings: Settings
    runs: Runs
    progress: Progress
    say: Callable[[str], None]
    key: str = ""
    around: Callable[[Subject], Subject] | None = None
    scorers: Callable[[Suite], tuple[Scorer, ...]] = lambda suite: suite.scorers
    _judging: Judging | None = field(default=None, init=False)

    def plan(self, request: Request) -> Plan:
        """What it would take, without starting it."""
        # A folder as a library is imported to see what would be asked; nothing of that is kept.
        with TemporaryDirectory(prefix="koujing-plan-") as folder:
            stage = self._stage(request, Path(folder))
            try:
                return self._planned(self._turns(request, stage))
            finally:
                stage.close()

    def start(self, request: Request) -> Run:
        """A new run. Raises `SetupError` without the packages of `koujing[eval]`, `InputError` for a bad request."""
        self._ready()
        list(request.pairs())
        run_id = self.runs.begin(request.to_json(), self.settings.now())
        try:
            return self._carry_out(run_id, request)
        except KoujingError:
            if not (self.runs.folder(run_id) / "logs").exists():
                self.runs.forget(run_id)  # nothing was asked: there is nothing to go on with
            raise

    def resume(self, name: str) -> Run:
        """A run that was cut off, gone on with: what was asked is not asked again."""
        self._ready()
        run_id = self.runs.find(name)
        return self._carry_out(run_id, request_from_json(self.runs.request(run_id)))

    def _carry_out(self, run_id: str, request: Request) -> Run:
        folder = self.runs.folder(run_id)
        begun = datetime.now(UTC)
        stage = self._stage(request, folder)
        try:
            turns = self._turns(request, stage)
            plan = self._planned(turns)
            clock = time.perf_counter()  # what the plan is about begins here
            # What cannot be opened is told once, before it is told of every case.
            for variant in reversed(list(dict.fromkeys(turn.variant for turn in turns))):
                stage.subject(variant)
            self.say(f"run {run_id}")
            self.say(plan_words(plan))
            few = [turn for turn in turns if turn.suite.writes and len(turn.cases) < FEWEST]
            if few and len(plan.parts) > 1 and len(request.variants()) > 1:
                self.say(f"{len(few[0].cases)} cases show no difference, whatever happens; ask more with --all")
            if self._judging:
                self._judging.sit_exam()
            self._ask(turns, stage, folder)
            judging = self._judging
            suites = [_result(t, folder, judging.agreements(t.variant.model) if judging else {}) for t in turns]
            suites += self._pairs(turns, suites)
        finally:
            stage.close()
            if self._judging:
                self._judging.close()
        whole = all(len(suite.cases) >= suite.expected for suite in suites)
        run = Run(
            id=run_id,
            begun=begun.isoformat(timespec="seconds"),
            ended=datetime.now(UTC).isoformat(timespec="seconds"),
            status="done" if whole else "partial",
            machine=machine(),
            versions=versions(),
            variants=tuple(dict.fromkeys(turn.variant for turn in turns)),
            suites=tuple(suites),
            judge=request.judge,
            whole=not (request.every or request.only or request.locales or request.templates),
            planned_seconds=plan.seconds,
            seconds=round(time.perf_counter() - clock, 2),
            exam_seconds=self._judging.exam_seconds if self._judging else 0.0,
        )
        self.runs.save(run)
        return run

    def _turns(self, request: Request, stage: Stage) -> list[Turn]:
        """Raises `InputError` when nothing is left to ask."""
        if request.judge and self._judging is None:
            from evals.running.judged import Judging

            self._judging = Judging(request.judge, self.settings, self.runs.root, self.progress, self.say)
        turns = []
        for variant, suite in request.pairs():
            cases = [case for case in stage.cases(suite, variant, request.wanted) if request.picks(case)]
            _unique(suite, cases)
            scorers = self.scorers(suite)
            if self._judging is not None and suite.judged:
                scorers = (*scorers, self._judging.scorer())
            if cases:
                turns.append(Turn(variant, suite, cases, scorers))
        if not turns:
            raise InputError("no case is left to ask; widen --locale and --case, or add --all")
        return turns

    def _planned(self, turns: Sequence[Turn]) -> Plan:
        history = history_of(self.runs.earlier(10))
        if self._judging and (kept := history.get(JUDGE + self._judging.spec)):
            history[JUDGE + self._judging.spec] = replace(kept, setup=0.0)  # its exam is kept
        planner = Planner(history, reference(), lambda writer: probe(writer, self.settings))
        asked = []
        for turn in turns:
            ids = [case.id for case in turn.cases]
            asked.append(Asked(turn.suite.id, turn.variant.id, writer_of(turn.variant, turn.suite), ids))
            if self._judging and turn.suite.judged:
                judge = JUDGE + self._judging.spec
                asked.append(Asked(turn.suite.id, f"{turn.variant.id}, {judge}", judge, ids))
        prices = tuple(self.settings.number(n) if self.settings.text(n) else None for n in _PRICES)
        opened = [variant.model for variant in dict.fromkeys(turn.variant for turn in turns)]
        return planner.plan(asked, opened, (prices[0], prices[1]))

    def _ask(self, turns: Sequence[Turn], stage: Stage, folder: Path) -> None:
        """Everything that was not answered before. Inspect keeps each answer as soon as it is there."""
        quiet(folder)
        from inspect_ai import eval_set

        total, done = sum(len(turn.cases) for turn in turns), 0

        def told(turn: Turn) -> Callable[[Case, float], None]:
            def tell(case: Case, seconds: float) -> None:
                nonlocal done
                done += 1
                self.progress.step("cases", done, total)
                self.say(f"  {turn.suite.id} {case.id} ({turn.variant.id}): {seconds:.1f} s")

            return tell

        tasks = [as_task(t.suite, t.variant.id, t.cases, t.scorers, stage.of(t.variant), told(t)) for t in turns]
        # Inspect prints on stdout that nothing was left to do; there only the result may stand.
        with suppress(KeyboardInterrupt), redirect_stdout(StringIO()):
            eval_set(
                tasks, log_dir=str(folder / "logs"), model=None, display="none", log_format="eval",
                max_tasks=1, max_samples=1, retry_attempts=0, retry_immediate=False, fail_on_error=False,
                log_buffer=1, log_realtime=False, log_level="error",
            )  # fmt: skip

    def _pairs(self, turns: Sequence[Turn], suites: Sequence[SuiteResult]) -> list[SuiteResult]:
        """Drafts of the first variant against those of the others, as the judge and people see them."""
        from evals.judging.choices import choices
        from evals.running.preferred import pairs

        judged = [suite for turn, suite in zip(turns, suites, strict=True) if turn.suite.judged]
        others = [other for other in judged[1:] if other.suite == judged[0].suite]
        models = frozenset(turn.variant.model for turn in turns)
        people = choices(self.settings.home)
        found = [pairs(judged[0], other, people, self._judging, models) for other in others]
        return [result for result in found if result is not None]

    def _stage(self, request: Request, folder: Path) -> Stage:
        return Stage(self.settings, folder, self.progress, request.url, self.key, self.around)

    def _ready(self) -> None:
        try:
            import inspect_ai  # noqa: F401  the rest of the extra comes with it
        except ImportError:
            raise SetupError("evals need the packages of koujing[eval]; `make eval` installs them") from None


_PRICES = ("price_prompt", "price_completion")


def plan_words(plan: Plan) -> str:
    """The plan in one line."""
    cases = sum(part.n for part in plan.parts)
    said = f"{cases} case{'' if cases == 1 else 's'}"
    cost = "" if plan.cost is None else f", {plan.cost:.2f} at the prices of the settings"
    unknown = [f"{part.suite} ({part.variant})" for part in plan.parts if part.seconds is None]
    if plan.seconds is None:
        return f"{said}; how long is not known yet for {', '.join(unknown)}{cost}"
    minutes = plan.seconds / 60
    span = f"{plan.seconds:.0f} s" if minutes < 2 else f"{minutes:.0f} minutes"
    return f"{said}, about {span}{cost}"


def _result(turn: Turn, folder: Path, agreements: Mapping[str, Agreement]) -> SuiteResult:
    """What the logs hold of a turn."""
    answered = {result.id: result for result in _logged(folder / "logs", turn)}
    cases = [answered[case.id] for case in turn.cases if case.id in answered]
    return suite_result(
        turn.suite, turn.variant.id, turn.scorers, cases,
        digest=digest(turn.cases), expected=len(turn.cases), agreements=agreements,
    )  # fmt: skip


def _logged(folder: Path, turn: Turn) -> Iterator[CaseResult]:
    """Every case in the logs of a turn, the newest last."""
    from inspect_ai.log import list_eval_logs, read_eval_log

    for info in sorted(list_eval_logs(str(folder)), key=lambda log: log.name):
        header = read_eval_log(info, header_only=True)
        if header.eval.task == turn.suite.id and (header.eval.metadata or {}).get("variant") == turn.variant.id:
            log = read_eval_log(info, resolve_attachments=True)
            yield from (result_of(sample) for sample in log.samples or [])


def _unique(suite: Suite, cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise InputError(f"suite '{suite.id}' has two cases '{case.id}'; ids must be unique in all its sets")
        seen.add(case.id)
