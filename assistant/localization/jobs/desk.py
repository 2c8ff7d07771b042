"""One workspace's jobs in a process that works on them: what a batch's workflow does, and what follows from it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.gateway.port import ModelReply, ModelRequest, Usage
from assistant.localization.jobs.asking import Caller, Held, Patience, Provider, error_of, reply_from_json
from assistant.localization.jobs.batching import segments_per_call
from assistant.localization.jobs.opening import Opening, Tools
from assistant.localization.jobs.output import Output
from assistant.localization.jobs.planning import Planner
from assistant.localization.jobs.records import Job, JobState
from assistant.localization.jobs.results import Results, Work, held_back
from assistant.localization.jobs.store import LocalizationJobs
from assistant.localization.jobs.together import SideBySide
from assistant.localization.segment import Outcome, Segment
from assistant.localization.translating import Batch
from assistant.usage import UsageBook
from assistant.workspace import Workspace
from knowledge.domain.errors import Conflict, KoujingError, ProviderError
from knowledge.domain.locale import parse_locale

STATE_OLD = 0.5
"""Seconds for which a job's state is believed without looking: a pause takes that long to be noticed."""

OPTIONS_OLD = 5.0
"""The same for its options: only the budget may change."""

Step = Callable[[Callable[[ModelRequest], dict[str, Any]], ModelRequest], dict[str, Any]]
"""Runs a call as a durable step, or gives again how it ended."""


@dataclass(slots=True)
class _Conversation:
    """The calls of one batch in order. `thinking` is held by whoever calls, and free while the model is asked."""

    caller: Caller
    step: Step
    pause: Callable[[str], object]
    thinking: threading.Lock
    asked: int = 0
    usage: Usage = field(default_factory=Usage)

    def ask(self, request: ModelRequest) -> ModelReply:
        """See `Ask`. Raises `Held` when the job is not to go on."""
        self.asked += 1
        self.thinking.release()
        try:
            ended = self.step(self.caller.call, request)
        finally:
            self.thinking.acquire()
        if "reply" in ended:
            reply = reply_from_json(ended["reply"])
            self.usage += reply.usage
            return reply
        if "error" in ended:
            raise error_of(ended)
        if "rest" in ended:
            self.pause(ended["rest"])
        raise Held


class Desk:
    """Made once for a workspace in a process. `provider` gives the shared pace of a model, `stops` says whether the
    process is to stop."""

    def __init__(
        self,
        workspace: Workspace,
        opening: Opening,
        provider: Callable[[Tools], Provider],
        patience: Patience,
        stops: Callable[[], bool],
    ) -> None:
        self.workspace = workspace
        database, name = workspace.database, workspace.name
        self.jobs = LocalizationJobs(database, name)
        self.results = Results(database, name)
        self.output = Output(database, name, format_of=opening.format_of, write_file=opening.write_file)
        self._side_by_side = SideBySide(database, name)
        self._usage = UsageBook(database, name)
        self._opening, self._provider, self._patience, self._stops = opening, provider, patience, stops
        self._tools: dict[str, Tools] = {}
        self._jobs_seen: dict[str, tuple[float, Job]] = {}
        self._states: dict[str, tuple[float, JobState]] = {}
        self._used: dict[tuple[str, str], Usage] = {}
        self._opens = threading.RLock()
        # Python runs one thread at a time. Dozens that prepare and check at once only take turns in the midst of it,
        # compile the same expressions, and make the few that could ask the model wait: one batch after the other.
        self._thinking = threading.Lock()

    def tools(self, job_id: str) -> Tools:
        """The tools of a job, opened once. Raises `SetupError`, `InputError`."""
        with self._opens:
            if job_id not in self._tools:
                self._tools[job_id] = self._opening.tools(self.workspace, self.job(job_id))
            return self._tools[job_id]

    def job(self, job_id: str) -> Job:
        """The job as it stood a few seconds ago: its options and files, which hardly change."""
        with self._opens:
            seen, job = self._jobs_seen.get(job_id, (0.0, None))
            if job is None or time.monotonic() - seen > OPTIONS_OLD:
                job = self.jobs.get(job_id, counts=False)
                self._jobs_seen[job_id] = (time.monotonic(), job)
            return job

    def book(self) -> None:
        """Put on the book what the models were used for since the last time."""
        with self._opens:
            used, self._used = self._used, {}
        for (model, actor), usage in used.items():
            self._usage.add(usage, self.workspace.settings.now(), act="localize", model=model, actor=actor)

    def plan(self, job_id: str) -> JobState:
        """Plan the job and do what needs no model; where it stands then. A model that cannot be opened pauses it."""
        try:
            memory = self.tools(job_id).memory
        except KoujingError as error:
            return self._pause(job_id, error.message)
        size = segments_per_call(self.job(job_id).options.model)
        planner = Planner(
            self.workspace.database, self.workspace.name, memory,
            format_of=self._opening.format_of, segments_per_call=size,
        )  # fmt: skip
        state = planner.plan(job_id)
        if state is JobState.RUNNING:
            self.complete(job_id, self.results.complete(job_id))
            state = self.jobs.state(job_id)
        return state

    def work(self, job_id: str, number: int, step: Step) -> dict[str, Any]:
        """Translate one batch: what its workflow does. What it gives back says how it ended, for the queue."""
        with self._thinking:
            work = self.results.work(job_id, number)
        if work is None:
            self.results.record(job_id, number, {})
            self.complete(job_id, self.results.complete(job_id))
            return {"done": True}
        try:
            tools = self.tools(job_id)
        except KoujingError as error:
            self._pause(job_id, error.message)
            return {"held": 1}
        talk = _Conversation(
            Caller(self._provider(tools), self._patience, lambda: self._goes_on(job_id), self._stops),
            step,
            lambda why: self._pause(job_id, why),
            self._thinking,
        )
        try:
            with self._thinking:
                outcomes = self._translated(work, tools, talk)
        except Held:
            return {"held": talk.asked}
        except ProviderError as error:
            if parts := self.results.split(job_id, number, _tokens(talk.usage)):
                self._book(job_id, talk.usage, tools)
                return {"split": parts}
            outcomes = held_back(work, error.message)
        self._record(work, outcomes, tools, talk.usage)
        return {"done": True}

    def complete(self, job_id: str, files: list[int]) -> None:
        """Write these files, remember what is in them, and end the job when they were the last."""
        job = self.job(job_id)
        for file in job.files:
            if file.number in files:
                self.output.write(job, file)
                self._remember(job, file.number, file.locale)
        if self.results.finish(job_id):
            self._side_by_side.look(job)
            self.output.tell(job_id)

    def _translated(self, work: Work, tools: Tools, talk: _Conversation) -> dict[str, Outcome]:
        job = self.job(work.job_id)
        source = parse_locale(job.options.source)
        target = parse_locale(next(file.locale for file in job.files if file.number == work.file))
        examples = tools.memory.alike(work.segments, source, target) if tools.memory else {}
        batch = Batch(work.segments, source, target, dict(examples))
        try:
            return tools.translator.translate(batch, talk.ask)
        except ProviderError:
            raise
        except Exception as error:
            print(f"koujing: batch {work.number} of job {work.job_id}: {error!r}", file=sys.stderr)
            return held_back(work, f"an unexpected error ({type(error).__name__}); this is a fault of Koujing")

    def _record(self, work: Work, outcomes: dict[str, Outcome], tools: Tools, usage: Usage) -> None:
        forgotten = {segment.id for segment in work.segments} - set(outcomes)
        outcomes = (
            {**held_back(work, "the translator left it out; this is a fault of Koujing"), **outcomes}
            if (forgotten)
            else outcomes
        )
        budget = self.job(work.job_id).options.budget is not None
        with self._thinking:
            # What it locks is not held while others think: those of other processes wait for it.
            done = self.results.record(work.job_id, work.number, outcomes, _tokens(usage), budget=budget)
        if done.changed:
            self._book(work.job_id, usage, tools)
        if done.spent:
            self._now(work.job_id, JobState.PAUSED)
        if done.complete:
            self.complete(work.job_id, done.complete)

    def _remember(self, job: Job, file: int, locale: str) -> None:
        """What the model wrote in a file that is complete goes to the memory, in one go."""
        memory = self.tools(job.id).memory
        if memory is None:
            return
        made: dict[Segment, Any] = {
            one.segment: one.target
            for one in self.jobs.segments(job.id, file=file, limit=None)
            if one.state.released and one.origin == "model" and one.target is not None
        }
        if made:
            source = parse_locale(job.options.source)
            memory.keep(made, source, parse_locale(locale), origin="model", by=self.tools(job.id).model.name)

    def _book(self, job_id: str, usage: Usage, tools: Tools) -> None:
        with self._opens:
            key = tools.model.name, self.job(job_id).options.actor
            self._used[key] = self._used.get(key, Usage()) + usage

    def _goes_on(self, job_id: str) -> bool:
        with self._opens:
            seen, state = self._states.get(job_id, (0.0, None))
            if state is None or time.monotonic() - seen > STATE_OLD:
                state = self._now(job_id, self.jobs.state(job_id))
            return state is JobState.RUNNING

    def _now(self, job_id: str, state: JobState) -> JobState:
        """The state, believed for a while."""
        with self._opens:
            self._states[job_id] = (time.monotonic(), state)
        return state

    def _pause(self, job_id: str, why: str) -> JobState:
        try:
            return self._now(job_id, self.jobs.pause(job_id, why).state)
        except Conflict:
            return self._now(job_id, self.jobs.state(job_id))


def _tokens(usage: Usage) -> int:
    return usage.prompt_tokens + usage.completion_tokens
