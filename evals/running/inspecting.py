"""One suite for one variant as a task of Inspect AI: its cases are samples, the subject is the solver, the suite's
scorers look at the answer. Inspect keeps the logs, goes on where a run was cut off, and shows them (`inspect view`)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.cases import Case, case_from_json, digest
from evals.running.record import CRASHED, CaseResult, TallyRecord
from evals.scorers.base import Scorer, Tally, Unscored
from evals.subjects.port import Answer, Prompt, Subject
from evals.suites.base import Suite

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.log import EvalSample
    from inspect_ai.scorer import Scorer as InspectScorer
    from inspect_ai.solver import Solver

Asked = Callable[[Case, float], None]
"""Told after each case: the case, and the seconds it took."""


def as_task(
    suite: Suite,
    variant: str,
    cases: Sequence[Case],
    scorers: Sequence[Scorer],
    subject: Callable[[], Subject],
    asked: Asked,
) -> Task:
    """The task of a suite; `variant` tells it from all others of the run. `subject` is opened at first need."""
    from inspect_ai import Task, task
    from inspect_ai.dataset import MemoryDataset, Sample

    @task(name=suite.id)
    def koujing(variant: str) -> Task:
        samples = [
            Sample(id=case.id, input=json.dumps(dict(case.ask), ensure_ascii=False), metadata=case.to_json())
            for case in cases
        ]
        versions = {scorer.id: scorer.version for scorer in scorers}
        return Task(
            dataset=MemoryDataset(samples, name=suite.id),
            solver=_solver(suite, subject, asked),
            scorer=_scorer(scorers),
            metadata={"variant": variant, "scorers": versions},
        )

    return koujing(variant=variant)


def _solver(suite: Suite, subject: Callable[[], Subject], asked: Asked) -> Solver:
    import anyio.to_thread
    from inspect_ai.model import ModelOutput
    from inspect_ai.solver import Generate, TaskState, solver

    @solver(name="subject")
    def asks() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            case = case_from_json(state.metadata)
            begun = time.perf_counter()
            try:
                answer = await anyio.to_thread.run_sync(lambda: suite.ask(case, subject()))
            finally:
                seconds = time.perf_counter() - begun
                asked(case, seconds)
            document = json.dumps(answer.document, ensure_ascii=False)
            state.output = ModelOutput.from_content(f"koujing/{subject().name}", document)
            state.store.set("seconds", answer.seconds or seconds)
            state.store.set("prompts", [prompt.to_json() for prompt in answer.prompts])
            return state

        return solve

    return asks()


def _scorer(scorers: Sequence[Scorer]) -> InspectScorer:
    import anyio.to_thread
    from inspect_ai.scorer import Score, Target, mean, scorer
    from inspect_ai.solver import TaskState

    @scorer(metrics={"*": [mean()]}, name="tallies")
    def tallies() -> InspectScorer:
        async def score(state: TaskState, target: Target) -> Score:
            case, begun = case_from_json(state.metadata), time.perf_counter()
            kept: Sequence[Mapping[str, Any]] = state.store.get("prompts", [])
            prompts = tuple(_prompt(prompt) for prompt in kept)
            answer = Answer(json.loads(state.output.completion), state.store.get("seconds", 0.0), prompts)
            found, unscored = await anyio.to_thread.run_sync(lambda: looked_at(case, answer, scorers))
            values = {m.id: nan for s in scorers for m in s.measures}
            values |= {name: tally.hits / tally.of for name, tally in found.items() if tally.of}
            return Score(
                value=values,
                metadata={
                    "tallies": {name: _tally(tally) for name, tally in found.items()},
                    "unscored": unscored,
                    "seconds": time.perf_counter() - begun,
                },
            )

        return score

    return tallies()


def looked_at(case: Case, answer: Answer, scorers: Sequence[Scorer]) -> tuple[dict[str, Tally], dict[str, str]]:
    """What every scorer counted, and the measures that none could: a scorer that crashes takes no other with it, and
    its measures are unscored with the reason, never zero."""
    found: dict[str, Tally] = {}
    unscored: dict[str, str] = {}
    for scorer in scorers:
        try:
            counted = scorer.score(case, answer)
            strangers = set(counted) - {measure.id for measure in scorer.measures}
            if strangers:
                raise ValueError(f"scored '{sorted(strangers)[0]}', which it does not declare")
            found |= {name: tally for name, tally in counted.items() if isinstance(tally, Tally)}
            unscored |= {name: str(why) for name, why in counted.items() if isinstance(why, Unscored)}
        except Unscored as reason:
            unscored |= {measure.id: str(reason) for measure in scorer.measures}
        except Exception as error:
            why = f"{CRASHED}scorer '{scorer.id}', {type(error).__name__}: {error}"
            unscored |= {measure.id: why for measure in scorer.measures}
    return found, unscored


def result_of(sample: EvalSample) -> CaseResult:
    """A case as Inspect logged it."""
    case = case_from_json(sample.metadata)
    score = (sample.scores or {}).get("tallies")
    kept: Mapping[str, Any] = (score.metadata or {}) if score else {}
    error = (sample.error.message if sample.error else "") or ("" if score else "was not scored")
    return CaseResult(
        id=case.id,
        locale=case.locale,
        why=case.why,
        source=case.source,
        seconds=float(sample.store.get("seconds", 0.0)),
        scoring=float(kept.get("seconds", 0.0)),
        error=error,
        key=digest([case]),
        ask=case.ask,
        document=json.loads(sample.output.completion) if score else {},
        prompts=sample.store.get("prompts", []),
        tallies={name: TallyRecord(**tally) for name, tally in kept.get("tallies", {}).items()},
        unscored=kept.get("unscored", {}),
    )


def quiet(folder: Path) -> None:
    """Inspect prints nothing and writes nothing outside the run's folder."""
    import os

    os.environ.update(INSPECT_DISPLAY="none", INSPECT_TRACE_FILE=str(folder / "trace.log"), INSPECT_LOG_LEVEL="error")


def _tally(tally: Tally) -> dict[str, Any]:
    return asdict(TallyRecord(tally.hits, tally.of, tuple(shown.to_json() for shown in tally.shown)))


def _prompt(document: Mapping[str, Any]) -> Prompt:
    return Prompt(document["section"], tuple((r, t) for r, t in document["messages"]), document["reply"])
